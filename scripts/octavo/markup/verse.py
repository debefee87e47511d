"""Verse: lines that stay lines, in stanzas.

::

    /// verse
        attribution: Anonymous
    A line,
      a line two spaces in.

    Another stanza.
    ///

becomes ``<div class="verse">`` with a ``<p class="stanza">`` for every stanza and a
``<span class="line">`` for every line, a ``<br/>`` between two. Each two spaces at the head of a
line are a step: ``<span class="line indent-1">``.
"""

import re
from xml.etree.ElementTree import Element, SubElement

from octavo.markup.blocks import Attributed, OneBlock

STEP = 2
DEEPEST = 6


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
        step = min((len(line) - len(line.lstrip())) // STEP, DEEPEST)
        names = f"line indent-{step}" if step else "line"
        SubElement(stanza, "span", {"class": names}).text = line.strip()


class VerseExtension(OneBlock):
    """Teaches Python-Markdown verse."""

    block = Verse
