"""Verse: lines that stay lines, in stanzas.

::

    /// verse
        attribution: Anonymous
    A line,
      a line two spaces in.

    Another stanza.
    ///

becomes ``<div class="verse">`` with a ``<p class="stanza">`` for every stanza and a
``<span class="line">`` for every line, a ``<br/>`` between two. Two spaces, or one ``&emsp;``, at
the head of a line are a step: ``<span class="line indent-1">``. Each line is Markdown of its own.
"""

import re
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from octavo.markup.blocks import Attributed, OneBlock

STEP: Final = 2
DEEPEST: Final = 6

_INDENT: Final = re.compile("(?: |&emsp;|&nbsp;|\u2003|\u00a0)*")
_WIDE: Final = re.compile("&emsp;|\u2003")
_NARROW: Final = re.compile("&nbsp;|\u00a0")


class Verse(Attributed):
    """The block ``/// verse``."""

    NAME = "verse"

    def on_create(self, parent: Element) -> Element:
        """Return the element that holds the stanzas."""
        return SubElement(parent, "div", {"class": "verse"})

    def on_markdown(self) -> str:
        """Keep the lines as they are written; each is Markdown by itself."""
        return "raw"

    def on_end(self, block: Element) -> None:
        """Cut the raw text into stanzas and lines."""
        text, block.text = (block.text or "").strip("\n"), None
        for stanza in re.split(r"\n\s*\n", text):
            _add_stanza(block, stanza.splitlines())
        super().on_end(block)


def _add_stanza(verse: Element, lines: list[str]) -> None:
    stanza = SubElement(verse, "p", {"class": "stanza"})
    for number, line in enumerate(lines):
        if number:
            SubElement(stanza, "br")
        step, words = _indented(line)
        names = f"line indent-{step}" if step else "line"
        SubElement(stanza, "span", {"class": names}).text = words


def _indented(line: str) -> tuple[int, str]:
    """Return how many steps a line stands in, and its words."""
    head = _INDENT.match(line)
    space = head[0] if head else ""
    width = len(_NARROW.sub(" ", _WIDE.sub(" " * STEP, space)))
    return min(width // STEP, DEEPEST), line[len(space) :].rstrip()


class VerseExtension(OneBlock):
    """Teaches Python-Markdown verse."""

    block = Verse
