"""Verse: paragraphs whose lines are lines, though Markdown would run them together.

Prose that is wrapped goes on in the middle of a sentence; in verse nearly every line begins with a
capital. What is told apart is a text as a whole.
"""

import re
from collections.abc import Iterator
from typing import Final

from octavo.diagnostics import Diagnostic
from octavo.editing import Edit
from octavo.mending.reading import Block
from octavo.mending.text import Text

_BEGINS: Final = re.compile(r"[\"'“‘«„(\[_*—–-]*[^\W\d_]")
_TURNED: Final = re.compile(r"(?: {2,}|\t)\S")
_HARD: Final = re.compile(r"(?: {2,}|\\)$")

ENOUGH: Final = 12
"""A text with fewer lines that go on with a paragraph tells nothing."""

SHARE: Final = 0.75
"""So many of them begin with a capital where a text is verse."""

SHORT: Final = 90
"""The longest line of verse in characters, but for a few."""


def mend(text: Text) -> Iterator[Edit | Diagnostic]:
    """Yield what sets the stanzas of a text in verse, and says so once."""
    stanzas = [block for block in text.blocks if block.kind == "paragraph" and not block.inside]
    several = [block for block in stanzas if block.last - block.first > 1]
    if not several or not _is_verse(text, several):
        return
    message = "verse it seems to be: its lines were kept, as the block /// verse does"
    hint = "end each line with two spaces to have it so anyway"
    yield text.say("S018", message, several[0].first, hint)
    for block in several:
        yield from _set(text, block)


def _is_verse(text: Text, stanzas: list[Block]) -> bool:
    lines = [line for block in stanzas for line in text.lines[block.first + 1 : block.last]]
    told = [line for line in lines if not _TURNED.match(line) and _BEGINS.match(line.lstrip())]
    if len(told) < ENOUGH or any(_HARD.search(line) for line in lines):
        return False
    capitals = sum(_letter(line).isupper() for line in told)
    long = sum(len(line) > SHORT for line in lines)
    return capitals > SHARE * len(told) and long < (1 - SHARE) * len(lines)


def _letter(line: str) -> str:
    return next((sign for sign in line if sign.isalpha()), "")


def _width(line: str) -> int:
    return len(line) - len(line.lstrip())


def _set(text: Text, block: Block) -> Iterator[Edit]:
    yield Edit(text.start(block.first), text.start(block.first), "/// verse\n")
    for number in range(block.first + 1, block.last):
        line = text.lines[number]
        if _TURNED.match(line) and _letter(line).islower():  # the end of the line before
            yield Edit(text.start(number) - 1, text.start(number) + _width(line), " ")
    end = text.start(block.last)
    begin = "" if text.source.text[end - 1 : end] == "\n" else "\n"
    yield Edit(end, end, f"{begin}///\n")
