"""Where things stand in a source text.

The tree that Python-Markdown makes has no line numbers. The text is surveyed beside it, and what
the tree holds is found again in the order in which it was written: the second link to an address
in the tree is the second in the text. A note is a region of its own, because the tree has it
elsewhere than the text.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from octavo.diagnostics import Location
from octavo.markup.marks import DEFINITION, Sign, marks
from octavo.masking import masked
from octavo.model import Source

BODY: Final = ""
"""The region that is no note."""

_UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufdd0-\ufdef\ufffe\uffff]")
_HEADING: Final = re.compile(
    r"^[ \t>*+-]*(?:\d+\.[ \t]+)?(?P<hashes>\#{1,6})[^\n]*$"
    r"|^(?=[^\n]*\w)[^\n]*\n[ \t>]*(?P<rule>=|-)(?P=rule)*[ \t]*$"
    r"|<[hH](?P<raw>[1-6])\b[^<>]*>[^<]*",
    re.MULTILINE,
)
_DEFINES: Final = re.compile(r"[ \t>]*:[ ]{1,3}\S")
_NOTE_ENDS: Final = re.compile(r"\n[ \t]*\n(?=\S| {1,3}\S)")


@dataclass(frozen=True)
class _Line:
    """A line that may be what is looked for: its place, its words, the level of a heading."""

    offset: int
    words: str
    level: int = 0


class Survey:
    """The places of one source; ``source`` is its text with plain line ends, ``text`` masked."""

    def __init__(self, source: Source) -> None:
        self.path = source.path
        plain = source.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        self.source = _UNSEEN.sub("", plain)
        self.text = masked(self.source)
        self._starts = [0, *(match.end() for match in re.finditer("\n", self.source))]
        self._notes = list(_notes(self.text))
        self._headings = _Reader(list(_headings(self.text, self.source)))
        self._terms = _Reader(list(_terms(self.source, self._starts)))
        self._offsets: dict[tuple[str, Sign, str], list[int]] = defaultdict(list)
        self._asked: dict[tuple[str, Sign, str], int] = defaultdict(int)
        self.calls: list[tuple[str, Location]] = []
        for mark in marks(self.text):
            self._offsets[self._region(mark.offset), mark.sign, mark.value].append(mark.offset)
            if mark.sign is Sign.CALL:
                self.calls.append((mark.value, self.at(mark.offset)))

    def at(self, offset: int) -> Location:
        """Return the line of a character."""
        return Location(self.path, bisect_right(self._starts, offset))

    def place(self, sign: Sign, value: str, region: str = BODY) -> Location:
        """Return where the next mark of a kind and value stands in a region.

        Asked oftener than there are marks it stays at the last; where there is none it is the
        note, or the file as a whole.
        """
        key = region, sign, value
        offsets = self._offsets.get(key)
        if not offsets:
            return self.note(region) if region else Location(self.path)
        count = self._asked[key]
        self._asked[key] += 1
        return self.at(offsets[min(count, len(offsets) - 1)])

    def first(self, sign: Sign, value: str, region: str = BODY) -> Location:
        """Return where the first mark of a kind and value stands, as if nobody had asked."""
        offsets = self._offsets.get((region, sign, value))
        return self.at(offsets[0]) if offsets else self.place(sign, value, region)

    def heading(self, level: int, words: str) -> Location:
        """Return where the next heading of a level with these words stands."""
        return self._read(self._headings, words, level)

    def term(self, words: str) -> Location:
        """Return where the next defined term with these words stands."""
        return self._read(self._terms, words, 0)

    def note(self, label: str) -> Location:
        """Return where a note begins; the last where the label is there twice."""
        begins = [start for start, _, name in self._notes if name == label]
        return self.at(begins[-1]) if begins else Location(self.path)

    def _read(self, reader: "_Reader", words: str, level: int) -> Location:
        offset = reader.next(words, level)
        return Location(self.path) if offset is None else self.at(offset)

    def _region(self, offset: int) -> str:
        index = bisect_right(self._notes, offset, key=lambda note: note[0]) - 1
        inside = index >= 0 and offset < self._notes[index][1]
        return self._notes[index][2] if inside else BODY


class _Reader:
    """Lines that are found again in the order in which they stand."""

    def __init__(self, lines: Sequence[_Line]) -> None:
        self._lines = lines
        self._next = 0

    def next(self, words: str, level: int) -> int | None:
        """Return the offset of the next line of a level that has the longest of some words."""
        longest = max(re.findall(r"\w+", words), key=len, default="")
        # A word that is half in italics is not found as it stands; the level must do then.
        fallback = None
        for number in range(self._next, len(self._lines)):
            line = self._lines[number]
            if line.level != level:
                continue
            if longest in line.words:
                return self._take(number)
            fallback = number if fallback is None else fallback
        return None if fallback is None else self._take(fallback)

    def _take(self, number: int) -> int:
        self._next = number + 1
        return self._lines[number].offset


def _headings(text: str, source: str) -> Iterator[_Line]:
    for match in _HEADING.finditer(text):
        level = int(match["raw"] or 0) or len(match["hashes"] or "")
        words = source[match.start() : match.end()]
        yield _Line(match.start(), words, level or {"=": 1, "-": 2}[match["rule"]])


def _terms(source: str, starts: Sequence[int]) -> Iterator[_Line]:
    lines = source.split("\n")
    for number, line in enumerate(lines):
        if _DEFINES.match(line):
            last = number - 1 if number and lines[number - 1].strip() else number - 2
            first = last
            while first >= 0 and lines[first].strip() and not _DEFINES.match(lines[first]):
                first -= 1
            for above in range(first + 1, last + 1):
                yield _Line(starts[above], lines[above])


def _notes(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where each note begins and ends, and its label."""
    begins = list(DEFINITION.finditer(text))
    nexts = [note.start() for note in begins[1:]]
    for note, limit in zip(begins, [*nexts, len(text)], strict=False):
        end = _NOTE_ENDS.search(text, note.end(), limit)
        yield note.start(), end.start() if end else limit, note[1]
