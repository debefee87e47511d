"""Tables that are drawn with nothing but rules, as pandoc has them, written with pipes.

One line a row in a simple table; in one with rules around it a row has several lines, and an empty
one after it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from octavo.editing import Edit
from octavo.mending.text import Text

_RULE: Final = re.compile(r"^ {0,3}-{2,}(?:[ ]+-{2,})+[ ]*$")
_WHOLE: Final = re.compile(r"^ {0,3}-{3,}[ ]*$")
_SIGNS: Final = {"left": ":---", "right": "---:", "center": ":---:", "": "---"}

Columns = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class _Table:
    """A table: the line after it, its head and its rows, and where its columns stand."""

    last: int
    head: Sequence[str]
    rows: list[list[str]]
    columns: Columns


def mend(text: Text) -> Iterator[Edit]:
    """Yield a table with pipes in the place of each."""
    lines = text.masked.split("\n")
    at = 0
    while at < len(lines):
        table = next(filter(None, (read(text.lines, lines, at) for read in _KINDS)), None)
        if table:
            yield Edit(text.start(at), text.start(table.last), f"\n{_piped(table)}\n\n")
        at = table.last if table else at + 1


def _enclosed(written: Sequence[str], lines: Sequence[str], at: int) -> _Table | None:
    """Return a table with a rule above its head and one below its last row."""
    if not _WHOLE.match(lines[at]) or not _is_empty(lines, at - 1):
        return None
    rule = next((n for n in range(at + 1, min(at + 8, len(lines))) if _RULE.match(lines[n])), 0)
    last = _closing(lines, rule, _WHOLE) if rule > at + 1 else 0
    if not last or any(not line.strip() for line in lines[at + 1 : rule]):
        return None
    columns = _columns(lines[rule])
    return _Table(
        last + 1, written[at + 1 : rule], _blocks(written[rule + 1 : last], columns), columns
    )


def _headless(written: Sequence[str], lines: Sequence[str], at: int) -> _Table | None:
    """Return a table between two rules that has no head."""
    if not _RULE.match(lines[at]) or not _is_empty(lines, at - 1):
        return None
    columns, last = _columns(lines[at]), _closing(lines, at, _RULE)
    if last <= at + 1:
        return None
    return _Table(last + 1, (), _blocks(written[at + 1 : last], columns), columns)


def _simple(written: Sequence[str], lines: Sequence[str], at: int) -> _Table | None:
    """Return a table whose head has a rule below it; an empty line ends it."""
    headed = at + 1 < len(lines) and lines[at].strip() and _RULE.match(lines[at + 1])
    if not headed or _RULE.match(lines[at]) or not _is_empty(lines, at - 1):
        return None
    columns, last = _columns(lines[at + 1]), at + 2
    while last < len(lines) and lines[last].strip() and not _RULE.match(lines[last]):
        last += 1
    rows = [_cells(line, columns) for line in written[at + 2 : last]]
    closed = last < len(lines) and bool(_RULE.match(lines[last]))
    return _Table(last + closed, [written[at]], rows, columns) if rows else None


_KINDS: Final = (_enclosed, _headless, _simple)


def _is_empty(lines: Sequence[str], at: int) -> bool:
    return at < 0 or not lines[at].strip()


def _closing(lines: Sequence[str], rule: int, sign: re.Pattern[str]) -> int:
    """Return the line of the rule that closes a table, 0 where none does."""
    for number in range(rule + 1, len(lines)):
        if sign.match(lines[number]):
            after = lines[number + 1] if number + 1 < len(lines) else ""
            return number if not after.strip() else 0
    return 0


def _columns(rule: str) -> Columns:
    return [(dashes.start(), dashes.end()) for dashes in re.finditer("-+", rule)]


def _cells(line: str, columns: Columns) -> list[str]:
    """Return the cells of a line; a cell ends where the next column begins."""
    starts = [start for start, _ in columns]
    edges = [0, *starts[1:], max(len(line), starts[-1] + 1)]
    return [line[a:b].strip() for a, b in pairwise(edges)]


def _blocks(lines: Sequence[str], columns: Columns) -> list[list[str]]:
    """Return the rows of lines that empty ones part, or of each line where none is empty."""
    if all(line.strip() for line in lines):
        return [_cells(line, columns) for line in lines]
    rows: list[list[str]] = []
    fresh = True
    for line in lines:
        if not line.strip():
            fresh = True
        elif fresh:
            rows.append(_cells(line, columns))
            fresh = False
        else:
            cells = _cells(line, columns)
            rows[-1] = [f"{a} {b}".strip() for a, b in zip(rows[-1], cells, strict=True)]
    return rows


def _piped(table: _Table) -> str:
    heads = _blocks(table.head, table.columns) if table.head else []
    joined = [" ".join(filter(None, parts)) for parts in zip(*heads, strict=True)]
    marks = [_SIGNS[_alignment(table.head, start, end)] for start, end in table.columns]
    body = [joined or [""] * len(table.columns), marks, *table.rows]
    return "\n".join(f"| {' | '.join(map(_without_pipes, row))} |" for row in body)


def _without_pipes(cell: str) -> str:
    """Return a cell in which no sign ends it; in code it stays."""
    parts = re.split(r"(`+[^`]*`+)", cell)
    return "".join(part if at % 2 else part.replace("|", "&#124;") for at, part in enumerate(parts))


def _alignment(head: Sequence[str], start: int, end: int) -> str:
    """Return how a column is aligned: its head stands flush with its rule on that side."""
    spans = [line[start:end] for line in head if line[start:end].strip()]
    if not spans:
        return ""
    left = any(span[:1].strip() for span in spans)
    right = any(len(span) == end - start and span[-1:].strip() for span in spans)
    if left and right:
        return ""
    return "left" if left else "right" if right else "center"
