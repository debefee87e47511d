"""Python-Markdown's inline patterns, tried only where they match, and Smarty's without its nodes.

It calls every pattern for every text, and most texts have nothing of what most patterns look for;
and it makes a node of every mark that Smarty sets. That is most of its time. What is made of a text
is the same.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, partial
from re import _constants, _parser  # type: ignore[attr-defined] # what a pattern is made of
from typing import Any, Final

import markdown
from markdown import inlinepatterns, treeprocessors, util

_REPEATS: Final = frozenset(
    {_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT}
)

_PLACEHOLDER: Final = util.INLINE_PLACEHOLDER % "0123456789"
"""All that a placeholder may have."""


class _Choice:
    """Which patterns may match a text, by the signs that stand in it."""

    def __init__(self, signs: Iterable[str]) -> None:
        self._signs = tuple(signs)
        self._all = frozenset("".join(self._signs))
        self._known: dict[str, tuple[int, ...]] = {}

    def of(self, text: str) -> tuple[int, ...]:
        """Return the numbers of the patterns to be tried, those that need no sign among them."""
        there = "".join([sign for sign in self._all if sign in text])
        if there not in self._known:
            # What has matched leaves a placeholder, which may have what later patterns look for.
            seen = frozenset(there + _PLACEHOLDER)
            self._known[there] = tuple(
                number
                for number, signs in enumerate(self._signs)
                if not signs or not seen.isdisjoint(signs)
            )
        return self._known[there]


class InlineProcessor(treeprocessors.InlineProcessor):
    """The same as that of its name in Python-Markdown, whose private method it replaces."""

    @cached_property
    def _choice(self) -> _Choice:
        return _Choice(signs_of(search.__self__) if search else "" for search in self._searches)

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
        apply: Any = self._InlineProcessor__applyPattern  # type: ignore[attr-defined]
        for at in self._choice.of(data):
            search, start, matched = self._searches[at], 0, at >= patternIndex
            while matched and (search is None or search(data, start)):
                data, matched, start = apply(self.inlinePatterns[at], data, at, start)
        return data


class SmartyProcessor(treeprocessors.InlineProcessor):
    """The same as Python-Markdown's with Smarty's patterns, which put text in the place of text.

    As there, what one match has set is out of reach of all others, which see a placeholder.
    """

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], tuple[int | str, ...]]]:
        """Each pattern, and what takes its place: groups and texts."""
        patterns: Iterable[Any] = self.inlinePatterns
        return [(each.getCompiledRegExp(), tuple(each.replace)) for each in patterns]

    @cached_property
    def _choice(self) -> _Choice:
        return _Choice(signs_of(pattern) for pattern, _ in self._patterns)

    def run(self, tree: Any, ancestors: list[str] | None = None) -> Any:  # noqa: ARG002 - its signature
        """Set the texts of all elements in a tree, and return the tree."""
        for element in tree.iter():
            if element is not tree:
                element.text, element.tail = self._set(element.text), self._set(element.tail)
        return tree

    def _set(self, text: str | None) -> str | None:
        if not text or isinstance(text, util.AtomicString):
            return text
        kept: list[str] = []
        for number in self._choice.of(text):
            pattern, parts = self._patterns[number]
            found = pattern.search(text)
            while found:
                put = [found[part] if isinstance(part, int) else part for part in parts]
                before = text[: found.start()] + util.INLINE_PLACEHOLDER % len(kept)
                text = before + text[found.end() :]
                kept.append("".join(put))
                found = pattern.search(text, len(before))
        return util.INLINE_PLACEHOLDER_RE.sub(partial(_kept, kept), text) if kept else text


def _kept(kept: Sequence[str], placeholder: re.Match[str]) -> str:
    number = int(placeholder[1])
    return kept[number] if number < len(kept) else placeholder[0]


def signs_of(pattern: re.Pattern[str]) -> str:
    """Return characters of which one stands in all that a pattern matches; none where it may do
    without any.

    They are quicker to look for than the pattern, and are no letters, which have two cases.
    """
    return _signs(_parser.parse(pattern.pattern, pattern.flags))


def _signs(parts: Any) -> str:
    """Return the signs of one of these parts, all of which must match."""
    for operation, value in parts:
        if found := _signs_of_part(operation, value):
            return found
    return ""


def _signs_of_part(operation: Any, value: Any) -> str:
    if operation is _constants.LITERAL:
        return "" if chr(value).isalpha() else chr(value)
    if operation is _constants.SUBPATTERN:
        return _signs(value[-1])
    if operation in _REPEATS:
        return _signs(value[2]) if value[0] else ""
    if operation is _constants.IN:
        return _all_of(_signs_of_part(*each) for each in value)
    if operation is _constants.BRANCH:
        return _all_of(_signs(branch) for branch in value[1])
    return ""


def _all_of(branches: Iterable[str]) -> str:
    """Return the signs of parts of which any may match."""
    found = tuple(branches)
    return "".join(dict.fromkeys("".join(found))) if all(found) else ""


def try_what_matches(converter: markdown.Markdown) -> markdown.Markdown:
    """Return a converter that tries only the patterns that match."""
    for name, own in {"inline": InlineProcessor, "smarty": SmartyProcessor}.items():
        converter.treeprocessors[name].__class__ = own
    return converter
