"""Where things stand in a source text.

Python-Markdown's tree has no line numbers. The text is surveyed beside it: code and comments are
masked, and what the tree holds is then found again in the order in which it was written.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from octavo.diagnostics import Location
from octavo.model import Source

_FENCE: Final = re.compile(
    r"^([ \t]*)(`{3,}|~{3,})[^\n]*\n.*?(?:^\1\2[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL
)
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_CODE: Final = re.compile(r"(?<![\\`])(`+)(?!`)(?:[^\n]|\n(?!\s*\n))+?(?<!`)\1(?!`)")
_HEADING: Final = re.compile(
    r"^ {0,3}#{1,6}[ \t]*[^\s#][^\n]*$|^[^\n]*\S[^\n]*\n(?:=+|-{2,})[ \t]*$", re.MULTILINE
)
_DEFINITION: Final = re.compile(r"^ {0,3}\[\^([^\]\n]+)\]:", re.MULTILINE)
_CALL: Final = re.compile(r"(?<!\\)\[\^([^\]\n]+)\](?!:)|(?<=\S)\[\^([^\]\n]+)\](?=:)")


class Survey:
    """The lines of one source, with what is not text masked by blanks."""

    def __init__(self, source: Source) -> None:
        self.path = source.path
        self.text = _masked(source.text)
        self._starts = [0, *(match.end() for match in re.finditer("\n", source.text))]
        self._found: dict[str, int] = {}

    def at(self, offset: int) -> Location:
        """Return the line of a character."""
        return Location(self.path, bisect_right(self._starts, offset))

    def next(self, *needles: str) -> Location:
        """Return where the next of several spellings stands, in order of preference.

        Asked again for the same spelling it goes on behind the place found before, and stays at
        the last one when there is no more; where there is none at all it is the file as a whole.
        """
        for needle in needles:
            place = self.text.find(needle, self._found.get(needle, -1) + 1)
            if place >= 0:
                self._found[needle] = place
                return self.at(place)
        known = (self._found[needle] for needle in needles if needle in self._found)
        place = next(known, -1)
        return self.at(place) if place >= 0 else Location(self.path)

    def headings(self) -> list[Location]:
        """Return where the headings stand, in order."""
        return [self.at(match.start()) for match in _HEADING.finditer(self.text)]

    def note_definitions(self) -> Iterator[tuple[str, Location]]:
        """Yield the label of every note that is defined."""
        for match in _DEFINITION.finditer(self.text):
            yield match[1], self.at(match.start())

    def note_calls(self) -> Iterator[tuple[str, Location]]:
        """Yield the label of every note that is called."""
        for match in _CALL.finditer(self.text):
            yield match[1] or match[2], self.at(match.start())


def _masked(text: str) -> str:
    for pattern in (_FENCE, _COMMENT, _CODE):
        text = pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    return text
