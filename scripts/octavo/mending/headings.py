"""Headings that make a sound outline: one title, and no level that is skipped."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from octavo.diagnostics import Diagnostic
from octavo.editing import Edit
from octavo.mending.text import Text

_HASHES: Final = re.compile(
    r"^(?P<lead>[ \t>]*(?:[-*+]|\d+[.)])?[ \t]*)(?P<hashes>#{1,6})(?P<words>[^\n]*)$"
)
_RAW: Final = re.compile(r"<(?P<close>/?)[hH](?P<level>[1-6])\b", re.MULTILINE)
_BOLD: Final = re.compile(r"^(?:\*\*(?P<stars>[^*\n]+)\*\*|__(?P<strokes>[^_\n]+)__)[ \t]*$")
_NO_HEADING: Final = re.compile(r"^ {0,3}(?P<hashes>#{1,6})(?=[^#\s])")
_DEEPEST: Final = 6


@dataclass(frozen=True)
class _Heading:
    """A heading: where it begins, its level and its lines; whether something else holds it."""

    offset: int
    level: int
    first: int
    last: int
    raw: bool = False
    inside: bool = False


def mend(text: Text) -> Iterator[Edit | Diagnostic]:
    """Yield what brings the headings of a text into order."""
    yield from _not_meant(text)
    yield from _empty(text)
    found = sorted([*_written(text), *_raw(text)], key=lambda heading: heading.offset)
    title = _title(text, found)
    if title is None:
        yield _named(text)
    levels = list(_levels(found, title))
    wrong = [
        after
        for before, after in pairwise(found)
        if after.level > before.level + 1 or (after.level == 1 and after is not title)
    ]
    for heading, level in zip(found, levels, strict=True):
        yield from _set(text, heading, level)
    if wrong:
        yield _told(text, wrong[0], found, title)


def _not_meant(text: Text) -> Iterator[Edit]:
    """Yield what keeps a line that begins with a hash, and is no heading, from becoming one."""
    for block in text.blocks:
        if block.kind == "paragraph":
            for line in range(block.first, block.last):
                if found := _NO_HEADING.match(text.lines[line]):
                    at = text.start(line) + found.start("hashes")
                    yield Edit(at, at, "\\")


def _empty(text: Text) -> Iterator[Edit]:
    """Yield what takes away headings without words."""
    for block in text.blocks:
        if block.kind == "heading" and not block.words.strip():
            yield text.edit(block.first, "")


def _written(text: Text) -> Iterator[_Heading]:
    for block in text.blocks:
        if block.kind == "heading" and block.words.strip():
            level = int(block.sign[1])
            start, inside = text.start(block.first), bool(block.inside)
            yield _Heading(start, level, block.first, block.last, inside=inside)


def _raw(text: Text) -> Iterator[_Heading]:
    for tag in _RAW.finditer(text.masked):
        if not tag["close"]:
            line = text.line(tag.start())
            yield _Heading(tag.start(), int(tag["level"]), line, line + 1, raw=True)


def _title(text: Text, found: list[_Heading]) -> _Heading | None:
    """Return the heading that names a text: its first of level 1, or the one that begins it."""
    first = next((heading for heading in found if heading.level == 1), None)
    if first or not found:
        return first
    before = text.masked[: found[0].offset]
    return None if re.search(r"\w", before) else found[0]


def _named(text: Text) -> Edit:
    """Return what names a text without a heading: a bold line that begins it, or its file."""
    for number, line in enumerate(text.lines):
        if line.strip():
            bold = _BOLD.match(line)
            if bold:
                return text.edit(number, f"# {bold['stars'] or bold['strokes']}\n")
            break
    return Edit(0, 0, f"# {text.called}\n\n")


def _levels(found: list[_Heading], title: _Heading | None) -> Iterator[int]:
    """Yield the level that each heading should have."""
    above: list[int] = []
    for heading in found:
        if heading is title:
            yield 1
            continue
        while above and above[-1] >= heading.level:
            above.pop()
        above.append(heading.level)
        yield min(1 + len(above), _DEEPEST)


def _set(text: Text, heading: _Heading, level: int) -> Iterator[Edit]:
    if heading.raw and heading.level != level:
        yield Edit(heading.offset + 2, heading.offset + 3, str(level))
        close = next(
            (t for t in _RAW.finditer(text.masked, heading.offset + 1) if t["close"]), None
        )
        if close:
            yield Edit(close.start("level"), close.end("level"), str(level))
    if heading.raw:
        return
    line = text.lines[heading.first]
    hashes = _HASHES.match(line)
    if hashes:
        lead = hashes["lead"] if heading.inside else hashes["lead"].lstrip()
        new = f"{lead}{'#' * level}{_whole(hashes['words'])}"
        if new != line:
            yield text.edit(heading.first, new)
        return
    words = " ".join(text.lines[n].strip() for n in range(heading.first, heading.last - 1))
    start, end = text.start(heading.first), text.start(heading.last - 1)
    yield Edit(start, end + len(text.lines[heading.last - 1]), f"{'#' * level} {_whole(words)}")


def _whole(words: str) -> str:
    """Return words whose last sign does not take the end of the line along."""
    return f"{words}\\" if words.endswith("\\") else words


def _told(text: Text, wrong: _Heading, found: list[_Heading], title: _Heading | None) -> Diagnostic:
    """Return what is said once of a text whose headings were out of order."""
    seconds = sum(heading.level == 1 for heading in found if heading is not title)
    if seconds:
        message = "more than one title in a text: those after the first became headings"
        hint = "begin them with ##, or give each a text of its own"
        return text.say("S007", message, wrong.first, hint)
    message = "a level of heading is skipped: what is below was raised"
    hint = "go from one level to the next"
    return text.say("S008", message, wrong.first, hint)
