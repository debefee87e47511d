"""Citations put into words where they stand: in the line, or in notes."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from octavo.citations import words
from octavo.citations.engine import Said
from octavo.citations.syntax import Citation
from octavo.editing import Edit
from octavo.masking import masked
from octavo.model import Source

_NOTE: Final = re.compile(r"^ {0,3}\[\^(?P<label>[^\]\n]+)\]:")
_ROOM: Final = re.compile(r"(?:[ \t]+|[ \t]*\n[ \t]*)\Z")
_BEGINS: Final = re.compile(
    r"(?:\A|\n[ \t]*\n|\n(?=[ \t>]*(?:[-*+:>]|\d+[.)]|#)))[ \t>]*(?:[-*+:]|\d+[.)]|#+)?[ \t]*\Z"
)
"""The beginning of a paragraph, of an item or of a heading: what stands before it is no room."""

_STOPS: Final = re.compile(r"[.,;:!?…]*[”’\"'»]*")
_LABEL: Final = "citation"

Address = Callable[[str], str]
"""What tells where the list has a work, by its key; nothing where it is not listed."""


@dataclass(frozen=True)
class Text:
    """A text and its citations, in the order in which they stand."""

    source: Source
    citations: tuple[Citation, ...]

    @cached_property
    def masked(self) -> str:
        """The text with its code and its comments blanked."""
        return masked(self.source.text)

    @cached_property
    def notes(self) -> tuple[tuple[int, int, str], ...]:
        """Where the notes of the text begin and end, and their labels."""
        return tuple(_notes(self.masked))

    def note(self, offset: int) -> tuple[int, int, str] | None:
        """Return the note in which a place is, None where it is in none."""
        return next((note for note in self.notes if note[0] <= offset < note[1]), None)

    def ordered(self) -> tuple[Citation, ...]:
        """Return the citations in the order in which a reader meets them.

        What a note cites is met where the note is called.
        """
        return tuple(sorted(self.citations, key=self._met))

    def _met(self, citation: Citation) -> tuple[int, int]:
        note = self.note(citation.start)
        if note is None:
            return citation.start, 0
        call = re.search(rf"\[\^{re.escape(note[2])}\](?!:)", self.masked)
        return (call.start() if call else note[0]), citation.start


def _notes(text: str) -> Iterator[tuple[int, int, str]]:
    at, start, label, empty = 0, -1, "", False
    for line in text.split("\n"):
        begins = _NOTE.match(line)
        if start >= 0 and (
            begins or (empty and line.strip() and not line.startswith(("    ", "\t")))
        ):
            yield start, at, label
            start = -1
        if begins:
            start, label = at, begins["label"]
        empty = not line.strip()
        at += len(line) + 1
    if start >= 0:
        yield start, at, label


def placed(_: Text, said: Sequence[tuple[Citation, Said]], address: Address) -> Iterator[Edit]:
    """Yield what puts citations in the line."""
    for citation, each in said:
        whole = " ".join(filter(None, (each.author, each.text)))
        yield Edit(citation.start, citation.end, words.markdown(whole, address))


def noted(text: Text, said: Sequence[tuple[Citation, Said]], _: Address) -> Iterator[Edit]:
    """Yield what puts citations into notes; what a note cites stays in it.

    A note says all that the list does, and leads to the work itself where that is on the web.
    """
    notes: list[str] = []
    for citation, each in said:
        author, cited = map(words.markdown, (each.author, each.text))
        note = text.note(citation.start)
        if note:
            goes_on = text.source.text[citation.end : note[1]].strip()
            inside = ", ".join(filter(None, (author, cited)))
            yield Edit(citation.start, citation.end, inside.removesuffix("." if goes_on else ""))
            continue
        if citation.cites[0].prefix:
            cited = cited[:1].upper() + cited[1:]
        label = f"{_LABEL}-{len(notes) + 1}"
        notes.append(f"[^{label}]: {cited}\n")
        yield from _called(text.source.text, citation, author, f"[^{label}]")
    if notes:
        at = len(text.source.text)
        yield Edit(at, at, "\n\n" + "\n".join(notes))


def _called(text: str, citation: Citation, author: str, call: str) -> Iterator[Edit]:
    """Yield the call of a note, after the stop before which a citation stands, as printers do."""
    start, end = citation.start, citation.end
    if author:
        yield Edit(start, end, f"{author}{call}")
        return
    if not _BEGINS.search(text, 0, start):
        start = len(_ROOM.sub("", text[:start]))
    stops = _STOPS.match(text, end)
    stop = stops[0] if stops else ""
    yield Edit(start, end + len(stop), f"{stop}{call}")
