"""Lists that are indented by as much as their marks are wide.

CommonMark lets what belongs to an item stand below its first word; Python-Markdown wants four
spaces for each list, and an empty line before the first and after the last item.
"""

import re
from collections.abc import Iterator
from typing import Final

from octavo.editing import Edit
from octavo.mending.reading import Block
from octavo.mending.text import Text

_INDENT: Final = 4
_MARK: Final = re.compile(r"(?P<mark>[-*+]|\d{1,9}[.)])(?P<gap> +|$)")
_LISTS: Final = ("bullet_list", "ordered_list")
_ITEM: Final = "list_item"
_QUOTE: Final = "blockquote"
_COMMENT: Final = "<!-- -->"
"""What an item begins with whose first line is a fence: nobody sees it."""


def mend(text: Text) -> Iterator[Edit]:
    """Yield what sets lists as Python-Markdown reads them; those in quotations stay."""
    columns: dict[int, tuple[int, int]] = {}
    opened: dict[int, tuple[int, str]] = {}
    for block in text.blocks:
        if block.kind == _ITEM and _QUOTE not in block.inside:
            depth = block.inside.count(_ITEM)
            outer = columns[block.first][1] if block.first in columns and depth else 0
            mark = _marked(text.lines[block.first], outer)
            if mark is None:
                continue
            width, shown = mark
            opened[block.first] = opened.get(block.first, (depth, ""))
            opened[block.first] = opened[block.first][0], opened[block.first][1] + shown
            for line in range(block.first, block.last):
                columns[line] = depth + 1, width
    yield from _indented(text, columns, opened)
    yield from _parted(text)


def _marked(line: str, outer: int) -> tuple[int, str] | None:
    """Return the column at which the words of an item begin, and its mark as Markdown has it.

    ``outer`` is that of the item in which it stands.
    """
    line = line.expandtabs(_INDENT)
    rest = line[outer:].lstrip(" ")
    at = len(line) - len(rest)
    mark = _MARK.match(rest)
    if mark is None:
        return None
    gap = len(mark["gap"])
    width = at + len(mark["mark"]) + (gap if 1 <= gap <= _INDENT else 1)
    return width, f"{mark['mark'].replace(')', '.')} "


def _indented(
    text: Text, columns: dict[int, tuple[int, int]], opened: dict[int, tuple[int, str]]
) -> Iterator[Edit]:
    for number, (depth, column) in columns.items():
        line = text.lines[number].expandtabs(_INDENT) if text.lines[number].strip() else ""
        if not line:
            continue
        if number in opened:
            outer, marks = opened[number]
            words = line[column:]
            new = " " * (_INDENT * outer) + marks
            if words.lstrip().startswith(("```", "~~~")):
                new += f"{_COMMENT}\n\n" + " " * (_INDENT * depth)
            new += words
        else:
            indent = len(line) - len(line.lstrip(" "))
            new = " " * (_INDENT * depth + max(indent - column, 0)) + line.lstrip(" ")
        if new != text.lines[number]:
            yield text.edit(number, new)


def _parted(text: Text) -> Iterator[Edit]:
    """Yield the empty lines that part a list from what is before and after it."""
    for block in text.blocks:
        if block.kind in _LISTS and not block.inside:
            last = _last(text, block)
            for line in (block.first, last):
                between = 0 < line < len(text.lines) and text.lines[line].strip()
                if between and text.lines[line - 1].strip():
                    yield Edit(text.start(line), text.start(line), "\n")


def _last(text: Text, block: Block) -> int:
    """Return the line after the last of a block that is not empty."""
    last = block.last
    while last > block.first and not text.lines[last - 1].strip():
        last -= 1
    return last
