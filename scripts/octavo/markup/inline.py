"""Python-Markdown's inline patterns, tried only where they match.

It calls every pattern for every text, and most texts have nothing of what most patterns look for;
that is half of its time. What is made of a text is the same.
"""

from functools import cached_property
from typing import Any

import markdown
from markdown import inlinepatterns, treeprocessors, util


class InlineProcessor(treeprocessors.InlineProcessor):
    """The same as that of its name in Python-Markdown, whose private method it replaces."""

    @cached_property
    def _searches(self) -> list[Any]:
        """What finds a pattern in a text; None for those that tell by themselves."""
        return [
            pattern.getCompiledRegExp().search
            if isinstance(pattern, inlinepatterns.InlineProcessor)
            else None
            for pattern in self.inlinePatterns
        ]

    def __handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if isinstance(data, util.AtomicString):
            return data
        at, start = patternIndex, 0
        apply: Any = self._InlineProcessor__applyPattern  # type: ignore[attr-defined]
        while at < len(self._searches):
            search = self._searches[at]
            matched = False
            if search is None or search(data, start):
                data, matched, start = apply(self.inlinePatterns[at], data, at, start)
            if not matched:
                at, start = at + 1, 0
        return data


def try_what_matches(converter: markdown.Markdown) -> markdown.Markdown:
    """Return a converter that tries only the patterns that match."""
    for processor in converter.treeprocessors:
        if type(processor) is treeprocessors.InlineProcessor:
            processor.__class__ = InlineProcessor  # Smarty has one of its own, and patterns in it
    return converter
