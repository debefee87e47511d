"""Python-Markdown's inline patterns, tried only where they match.

It calls every pattern for every text, and most texts have nothing of what most patterns look for;
that is half of its time. What is made of a text is the same.
"""

import re
from functools import cached_property
from re import _constants, _parser  # type: ignore[attr-defined] # what a pattern is made of
from typing import Any, Final

import markdown
from markdown import inlinepatterns, treeprocessors, util

_REPEATS: Final = frozenset(
    {_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT}
)


class InlineProcessor(treeprocessors.InlineProcessor):
    """The same as that of its name in Python-Markdown, whose private method it replaces."""

    @cached_property
    def _signs(self) -> list[str]:
        """What must stand in a text for a pattern to match; nothing where it may be several."""
        return [
            sign_of(pattern.getCompiledRegExp())
            if isinstance(pattern, inlinepatterns.InlineProcessor)
            else ""
            for pattern in self.inlinePatterns
        ]

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


def sign_of(pattern: re.Pattern[str]) -> str:
    """Return a character without which nothing matches a pattern, empty where there is none.

    It is quicker to look for than the pattern, and is no letter, which has two cases.
    """
    return _sign(_parser.parse(pattern.pattern, pattern.flags))


def _sign(parts: Any) -> str:
    """Return what one of these parts, all of which must match, is sure to need."""
    for operation, value in parts:
        if operation is _constants.LITERAL and not chr(value).isalpha():
            return chr(value)
        if operation is _constants.SUBPATTERN and (found := _sign(value[-1])):
            return found
        if operation in _REPEATS and value[0] and (found := _sign(value[2])):
            return found
    return ""


def try_what_matches(converter: markdown.Markdown) -> markdown.Markdown:
    """Return a converter that tries only the patterns that match."""
    for processor in converter.treeprocessors:
        if type(processor) is treeprocessors.InlineProcessor:
            processor.__class__ = InlineProcessor  # Smarty has one of its own, and patterns in it
    return converter
