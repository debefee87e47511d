"""Grid tables of pandoc and reStructuredText, written with pipes.

Of cells with several lines these are joined. A table whose cells span others stays as it is drawn,
in a fence.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from octavo.editing import Edit
from octavo.mending.text import Text

_GRID: Final = re.compile(
    r"^(?P<lead> {0,3})\+(?:[-=:]+\+)+[ \t]*\n(?:(?P=lead)[|+][^\n]*[|+][ \t]*(?:\n|\Z))+",
    re.MULTILINE,
)
_RULE: Final = re.compile(r"^\+(?:[-=:]+\+)+$")
_ALIGNED: Final = {(True, True): ":---:", (False, True): "---:", (True, False): ":---"}


def mend(text: Text) -> Iterator[Edit]:
    """Yield a table with pipes in the place of each grid."""
    if "+-" not in text.masked:
        return
    for grid in _GRID.finditer(text.masked):
        written = text.source.text[grid.start() : grid.end()]
        lines = [line.strip() for line in written.rstrip("\n").split("\n")]
        rows = _rows(lines)
        made = _piped(lines, rows) if rows else "```\n" + "\n".join(lines) + "\n```"
        yield Edit(grid.start(), grid.end(), f"\n{made}\n\n")


def _rows(lines: list[str]) -> list[list[str]]:
    """Return the cells of each row; none where one spans others."""
    edges = [at for at, sign in enumerate(lines[0]) if sign == "+"]
    rows: list[list[str]] = []
    cells = [""] * (len(edges) - 1)
    for line in lines[1:]:
        if _RULE.match(line):
            if [at for at, sign in enumerate(line) if sign == "+"] != edges:
                return []
            rows.append(cells)
            cells = [""] * (len(edges) - 1)
            continue
        if len(line) != len(lines[0]) or any(line[at] != "|" for at in edges):
            return []
        parts = [line[a + 1 : b].strip() for a, b in pairwise(edges)]
        cells = [f"{cell} {part}".strip() for cell, part in zip(cells, parts, strict=True)]
    return rows


def _piped(lines: list[str], rows: list[list[str]]) -> str:
    rule = next((line for line in lines if "=" in line and _RULE.match(line)), lines[0])
    marks = [_ALIGNED.get((c[0] == ":", c[-1] == ":"), "---") for c in rule.strip("+").split("+")]
    headed = "=" in rule
    head = rows[0] if headed else [""] * len(marks)
    body = rows[1:] if headed else rows
    return "\n".join(_row(each) for each in (head, marks, *body))


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"
