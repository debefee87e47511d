"""Lines to write on, ruled or dotted, on paper alone.

::

    /// lines | 4
    ///

    /// lines | 6
        attrs: {class: dotted}
    ///

becomes ``<div class="lines print-only">`` with as many ``<div class="line-to-write"/>``. How far
they are apart is for the stylesheet to say: as far as a hand needs.
"""

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from pymdownx.blocks.block import Block

from octavo.diagnostics import Diagnostic, error
from octavo.markup.blocks import STROKES, OneBlock
from octavo.markup.survey import Survey

MOST: Final = 99

_OPENING: Final = re.compile(
    r"^[ \t>]*(?:[-*+:]|\d+\.)?[ \t]*(/{3,}[ \t]*lines[ \t]*(?:\|(.*))?)$", re.MULTILINE
)

_SETTINGS: Final = re.compile(r"\A(?:[ \t]*\n)?(?:[ \t]{4,}\w+:[^\n]*\n)+")
"""What a block says of itself, in the lines right below the one that opens it."""


class Lines(Block):  # type: ignore[misc] # pymdownx has no types
    """The block ``/// lines | count``."""

    NAME = "lines"
    ARGUMENT = None

    def on_create(self, parent: Element) -> Element:
        """Return the element that holds the lines."""
        made = SubElement(parent, "div", {"class": "lines print-only"})
        for _ in range(_count(self.argument) or 0):
            SubElement(made, "div", {"class": "line-to-write"})
        return made


class LinesExtension(OneBlock):
    """Teaches Python-Markdown the block."""

    block = Lines


def misused(survey: Survey) -> Iterator[Diagnostic]:
    """Yield an S013 for every block that is not counted, or has words that nobody could read."""
    for opening in _OPENING.finditer(survey.text) if STROKES in survey.text else ():
        place = survey.at(opening.start(1))
        if _count(opening[2]) is None:
            message = f"lines to write on, but how many: {opening[1].strip()}"
            yield error("S013", message, place, f"write a number from 1 to {MOST}: /// lines | 6")
        inside = survey.text[opening.end() :].partition(STROKES)[0]
        if words := _SETTINGS.sub("", inside).strip():
            message = f"words where lines to write on are: {words.splitlines()[0]}"
            yield error("S013", message, place, "close the block before the words: ///")


def _count(argument: str | None) -> int | None:
    """Return how many lines are asked for, None where that is no number, or none that can be."""
    said = (argument or "").strip()
    return int(said) if said.isdecimal() and 1 <= int(said) <= MOST else None
