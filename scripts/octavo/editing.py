"""Changes to a text that leave every line its number in the file in which it was written."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from octavo.model import Source


@dataclass(frozen=True, order=True)
class Edit:
    """What takes the place of a passage: of the characters from ``start`` to before ``end``."""

    start: int
    end: int
    text: str


Piece = tuple[int, int, Edit | None]
"""A passage of a text by its offsets, and what takes its place."""


def edited(source: Source, edits: Iterable[Edit]) -> Source:
    """Return a text with passages changed; of two that overlap the first is.

    A line that an edit adds counts as the one before which, or in whose place, it stands.
    """
    made = list(_pieces(source.text, edits))
    if not any(edit for _, _, edit in made):
        return source
    text = "".join(source.text[a:b] if edit is None else edit.text for a, b, edit in made)
    known = tuple(source.written(line).line for line in _lines(source.text, made))
    return replace(source, text=text, lines=known)


def _lines(text: str, pieces: Sequence[Piece]) -> Iterator[int]:
    """Yield the line of a text from which each line comes that is made of pieces of it."""
    starts = [0, *(end.end() for end in re.finditer("\n", text))]
    begins = True
    for start, end, edit in pieces:
        said = text[start:end] if edit is None else edit.text
        ends = [match.end() for match in re.finditer("\n", said)]
        first, last = bisect_right(starts, start), bisect_right(starts, end)
        for count, at in enumerate(
            [0] * (begins and bool(said)) + [e for e in ends if e < len(said)]
        ):
            if edit is None:
                yield bisect_right(starts, start + at)
            else:  # its lines are those of what they take the place of, as far as there are such
                yield min(first + count + (not begins), last)
        begins = said.endswith("\n") if said else begins
    if begins:
        yield len(starts)


def _pieces(text: str, edits: Iterable[Edit]) -> Iterator[Piece]:
    """Yield the passages of a text in order, each with its edit where there is one."""
    at = 0
    for edit in sorted(edits):
        if edit.start < at:
            continue
        if at < edit.start:
            yield at, edit.start, None
        yield edit.start, edit.end, edit
        at = edit.end
    if at < len(text):
        yield at, len(text), None
