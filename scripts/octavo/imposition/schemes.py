"""Which page stands where: the schemes of imposition, as orders of pages.

A scheme knows no millimetres. It takes the pages in reading order, ``None`` for a blank, and yields
for every sheet what stands in the cells of its front and of its back, row by row from the left, the
back as it is seen when the sheet is turned like a page.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from octavo.model import Duplex, Imposition

Pages = Sequence[int | None]
Sides = tuple[Pages, Pages]


@dataclass(frozen=True)
class Grid:
    """The cells of a side: how many beside each other, and how many rows of them."""

    columns: int
    rows: int

    def __len__(self) -> int:
        return self.columns * self.rows

    def mirrored(self, cells: Pages) -> Pages:
        """Return what lies behind the cells of a front, as seen from the back."""
        rows = range(0, len(cells), self.columns)
        return [cell for row in rows for cell in reversed(cells[row : row + self.columns])]


@dataclass(frozen=True)
class Scheme:
    """One way to put pages on sheets.

    ``folded`` schemes put two pages on a side, which meet in the fold; ``cut`` ones put pages edge
    to edge in their full size. The number of pages is made up to a multiple of ``multiple`` with
    blanks. ``order`` yields the signatures, each with its sheets from the outside in.
    """

    name: str
    description: str
    order: Callable[[Pages, Grid, Imposition], Iterator[Sequence[Sides]]]
    multiple: int = 1
    folded: bool = False
    cut: bool = False


def filled(count: int, multiple: int, tail: int) -> list[int | None]:
    """Return the numbers of pages (from 0) with blanks before the last ``tail`` of them."""
    blanks: list[int | None] = [None] * (-count % multiple)
    return [*range(count - tail), *blanks, *range(count - tail, count)]


def _saddle(pages: Pages, _: Grid, __: Imposition) -> Iterator[Sequence[Sides]]:
    last = len(pages) - 1
    yield [
        ((pages[last - first], pages[first]), (pages[first + 1], pages[last - first - 1]))
        for first in range(0, len(pages) // 2, 2)
    ]


def _perfect(pages: Pages, grid: Grid, imposition: Imposition) -> Iterator[Sequence[Sides]]:
    size = imposition.signature
    for first in range(0, len(pages), size):
        yield from _saddle(pages[first : first + size], grid, imposition)


def _n_up(pages: Pages, grid: Grid, imposition: Imposition) -> Iterator[Sequence[Sides]]:
    size = len(grid)
    sides = [_made_up(pages[first : first + size], size) for first in range(0, len(pages), size)]
    yield _backed(sides, size, imposition)


def _cut_and_stack(pages: Pages, grid: Grid, imposition: Imposition) -> Iterator[Sequence[Sides]]:
    faces = 1 if imposition.duplex is Duplex.ONE_SIDED else 2
    sheets = -(-len(pages) // (faces * len(grid)))
    depth = sheets * faces
    whole = _made_up(pages, depth * len(grid))
    yield [
        (
            whole[first::depth],
            grid.mirrored(whole[first + 1 :: depth]) if faces == 2 else (),
        )
        for first in range(0, depth, faces)
    ]


def _step_and_repeat(pages: Pages, grid: Grid, imposition: Imposition) -> Iterator[Sequence[Sides]]:
    yield _backed([[page] * len(grid) for page in pages], len(grid), imposition)


def _backed(sides: Sequence[Pages], size: int, imposition: Imposition) -> Sequence[Sides]:
    """Return sheets with one of the sides on the front and the next on the back."""
    if imposition.duplex is Duplex.ONE_SIDED:
        return [(side, ()) for side in sides]
    blank: Pages = [None] * size
    backs = [*sides[1::2], blank][: len(sides[0::2])]
    return list(zip(sides[0::2], backs, strict=True))


def _made_up(pages: Pages, size: int) -> Pages:
    return [*pages, *[None] * (size - len(pages))]


SCHEMES: Final[Mapping[str, Scheme]] = {
    scheme.name: scheme
    for scheme in (
        Scheme("saddle-stitch", "a booklet, stapled in the fold", _saddle, 4, folded=True),
        Scheme("perfect-bound", "folded signatures, gathered", _perfect, 4, folded=True),
        Scheme("n-up", "several pages on a side, in reading order", _n_up),
        Scheme("cut-and-stack", "cut, and the stacks laid on each other", _cut_and_stack, cut=True),
        Scheme("step-and-repeat", "each page many times, to be cut", _step_and_repeat, cut=True),
    )
}
"""The schemes that an edition can name."""
