"""Python-Markdown's inline patterns, tried only where they match.

It calls every pattern for every text, and most texts have nothing of what most patterns look for;
that is half of its time. What is made of a text is the same.
"""

from functools import cached_property
from typing import Any, Final

import markdown
from markdown import inlinepatterns, treeprocessors, util

_SIGNS: Final = {
    "backtick": "`",
    "escape": "\\",
    **dict.fromkeys(("reference", "link", "image_link", "image_reference"), "["),
    **dict.fromkeys(("short_reference", "short_image_ref"), "["),
    **dict.fromkeys(("autolink", "automail", "html"), "<"),
    "entity": "&",
    "em_strong": "*",
    "em_strong2": "_",
}
"""Without what no pattern of a name in Python-Markdown matches: quicker to look for than itself."""


class InlineProcessor(treeprocessors.InlineProcessor):
    """The same as that of its name in Python-Markdown, whose private method it replaces."""

    @cached_property
    def _signs(self) -> list[str]:
        """What must stand in a text for a pattern to match; nothing where that is not known."""
        patterns = self.inlinePatterns
        signs = {
            patterns.get_index_for_name(name): _SIGNS[name] for name in _SIGNS if name in patterns
        }
        return [signs.get(at, "") for at in range(len(patterns))]

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
            search, sign = self._searches[at], self._signs[at]
            matched = False
            if sign in data and (search is None or search(data, start)):
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
