"""Changes to a text that leave every line its number in the file in which it was written."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from octavo.model import Source


@dataclass(frozen=True, order=True)
class Edit:
    """What takes the place of a passage: of the characters from ``start`` to before ``end``."""

    start: int
    end: int
    text: str


def edited(source: Source, edits: Iterable[Edit]) -> Source:
    """Return a text with passages changed; of two that overlap the first is.

    A line that an edit adds counts as the one before which, or in whose place, it stands.
    """
    made = list(_pieces(source.text, edits))
    if not any(edit for _, _, edit in made):
        return source
    starts = _starts(source.text)
    lines = [1]
    for start, end, edit in made:
        if edit is None:
            lines += range(bisect_right(starts, start) + 1, bisect_right(starts, end) + 1)
        else:
            lines += [bisect_right(starts, end)] * edit.text.count("\n")
    whole = "".join(source.text[a:b] if edit is None else edit.text for a, b, edit in made)
    known = tuple(source.written(line).line for line in lines)
    return replace(source, text=whole, lines=known)


def _pieces(text: str, edits: Iterable[Edit]) -> Iterator[tuple[int, int, Edit | None]]:
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


def _starts(text: str) -> list[int]:
    """Return the offset at which each line begins."""
    return [0, *(end.end() for end in re.finditer("\n", text))]
