"""Where on the paper: sheets in millimetres, from a scheme's order.

The paper is turned so that the pages come out as large as they can, but never larger than they are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from octavo.imposition.schemes import SCHEMES, Grid, Pages, Scheme, filled
from octavo.model import Area, Duplex, Imposition, Placement, Sheet, Side, Trim

EDGE: Final = 5.0
"""What office printers leave blank at every edge (mm)."""

GAP: Final = 4.0
"""Between pages on a side that are not cut apart (mm)."""

TICK: Final = 4.0
"""The length of a fold or cut mark (mm)."""

SLUG: Final = Area(-20, 14, 40, 4)
"""The number of a sheet, from the fold and from the foot of the paper (mm)."""

BAR: Final = Area(-1, 30, 2, 5)
"""The collation bar of the first signature, from the fold (mm); each next one stands lower."""

_ALMOST: Final = 0.05
"""Sizes of paper are rounded to whole millimetres (ISO 216)."""


@dataclass(frozen=True)
class _Plan:
    """Paper as it is turned, its grid, how large a page comes out, and where its notes stand."""

    width: float
    height: float
    grid: Grid
    scale: float
    beside: bool = True


def impose(
    imposition: Imposition, trim: Trim, count: int, *, tail: int = 0, rtl: bool = False
) -> tuple[Sheet, ...]:
    """Return the sheets on which pages are printed.

    Args:
        imposition: the scheme, and the paper.
        trim: the size of the pages.
        count: how many there are.
        tail: how many of them, a back cover, must stay at the end; blanks stand before them.
        rtl: whether the book is read from the right.
    """
    scheme = SCHEMES[imposition.scheme]
    plan = _plan(scheme, imposition, trim)
    pages = filled(count, scheme.multiple, tail)
    sheets = []
    for number, signature in enumerate(scheme.order(pages, plan.grid, imposition)):
        for depth, (front, back) in enumerate(signature):
            creep = depth * imposition.creep if scheme.folded else 0
            bar = number if scheme.name == "perfect-bound" and depth == 0 else None
            lay = _Layer(scheme, imposition, plan, trim, creep, rtl)
            printed = lay.side(back) if len(back) else None
            sheets.append(
                Sheet(plan.width, plan.height, lay.side(front, bar), _turned(printed, lay))
            )
    return tuple(sheets)


def _plan(scheme: Scheme, imposition: Imposition, trim: Trim) -> _Plan:
    """Return the paper turned, and divided, so that the pages are as large as can be."""
    sides = (imposition.sheet.width, imposition.sheet.height)
    plans = [
        replace(plan, scale=_scale(scheme, imposition, trim, plan))
        for width, height in (sides, sides[::-1])
        for plan in _divisions(scheme, imposition, trim, width, height)
    ]
    return max(plans, key=lambda plan: (round(plan.scale, 6), len(plan.grid)))


def _divisions(
    scheme: Scheme, imposition: Imposition, trim: Trim, width: float, height: float
) -> Iterator[_Plan]:
    """Yield the ways in which a side can be divided into cells."""
    if scheme.folded:
        yield _Plan(width, height, Grid(2, 1), 1)
    elif imposition.up or not scheme.cut:
        up = imposition.up or 2
        for columns in range(1, up + 1):
            if up % columns == 0:
                for beside in (True, False) if imposition.notes else (True,):
                    yield _Plan(width, height, Grid(columns, up // columns), 1, beside)
    else:
        columns = int((width + _ALMOST) / trim.width)
        rows = int((height + _ALMOST) / trim.height)
        yield _Plan(width, height, Grid(max(columns, 1), max(rows, 1)), 1)


def _scale(scheme: Scheme, imposition: Imposition, trim: Trim, plan: _Plan) -> float:
    width, height = _cell(scheme, plan)
    across = 2 if imposition.notes and plan.beside else 1
    down = 2 if imposition.notes and not plan.beside else 1
    scale = min(
        (width - GAP * (across - 1)) / (trim.width * across),
        (height - GAP * (down - 1)) / (trim.height * down),
    )
    return 1 if scale > 1 or 1 - scale < _ALMOST / trim.width else scale


def _cell(scheme: Scheme, plan: _Plan) -> tuple[float, float]:
    """Return the width and height of a cell, gaps left out."""
    edge, gap = (0.0, 0.0) if scheme.folded or scheme.cut else (EDGE, GAP)
    columns, rows = plan.grid.columns, plan.grid.rows
    return (
        (plan.width - 2 * edge - gap * (columns - 1)) / columns,
        (plan.height - 2 * edge - gap * (rows - 1)) / rows,
    )


@dataclass(frozen=True)
class _Layer:
    """Lays the sides of one sheet."""

    scheme: Scheme
    imposition: Imposition
    plan: _Plan
    trim: Trim
    creep: float
    rtl: bool

    def side(self, cells: Pages, signature: int | None = None) -> Side:
        """Return a side as it is seen when the sheet is turned like a page."""
        areas = list(self._areas())
        order = self.plan.grid.mirrored(cells) if self.rtl else cells
        placed = [(page, area) for page, area in zip(order, areas, strict=True) if page is not None]
        marked = self.imposition.marks
        return Side(
            placements=tuple(Placement(page, area, self._shift(area)) for page, area in placed),
            folds=tuple(self._folds()) if marked and self.scheme.folded else (),
            cuts=tuple(_cuts(areas, self.plan)) if marked and self.scheme.cut else (),
            collation=(self._bar(signature),) if marked and signature is not None else (),
            notes=tuple(self._notes(area) for _, area in placed) if self.imposition.notes else (),
            slug=self._slug(areas[-1]) if marked else None,
        )

    def _areas(self) -> Iterator[Area]:
        """Yield where the pages stand, row by row."""
        width, height = self.trim.width * self.plan.scale, self.trim.height * self.plan.scale
        columns, rows = self.plan.grid.columns, self.plan.grid.rows
        if self.scheme.folded or self.scheme.cut:
            step, stride = width, height
            left = (self.plan.width - columns * width) / 2
            top = (self.plan.height - rows * height) / 2
        else:
            cell = _cell(self.scheme, self.plan)
            step, stride = cell[0] + GAP, cell[1] + GAP
            taken = self._taken(width, height)
            left, top = EDGE + (cell[0] - taken[0]) / 2, EDGE + (cell[1] - taken[1]) / 2
        for row in range(rows):
            for column in range(columns):
                yield Area(left + column * step, top + row * stride, width, height)

    def _taken(self, width: float, height: float) -> tuple[float, float]:
        """Return the size of a page with the lines that belong to it."""
        if not self.imposition.notes:
            return width, height
        if self.plan.beside:
            return 2 * width + GAP, height
        return width, 2 * height + GAP

    def _notes(self, page: Area) -> Area:
        if self.plan.beside:
            return replace(page, x=page.x + page.width + GAP)
        return replace(page, y=page.y + page.height + GAP)

    def _shift(self, area: Area) -> float:
        """Return how far a page is moved towards its fold."""
        return self.creep if area.x + area.width <= self.plan.width / 2 + _ALMOST else -self.creep

    def _folds(self) -> Iterator[Area]:
        fold = self.plan.width / 2
        yield Area(fold, EDGE, 0, TICK)
        yield Area(fold, self.plan.height - EDGE - TICK, 0, TICK)

    def _slug(self, last: Area) -> Area | None:
        """Return where the sheet says its number: in the fold, or below what is cut off."""
        x, below = self.plan.width / 2 + SLUG.x, last.y + last.height + TICK
        if self.scheme.folded:
            return replace(SLUG, x=x, y=self.plan.height - SLUG.y)
        fits = self.scheme.cut and self.plan.height - EDGE - below > SLUG.height
        return replace(SLUG, x=x, y=below) if fits else None

    def _bar(self, signature: int) -> Area:
        steps = int((self.plan.height - 2 * BAR.y) / BAR.height)
        return replace(BAR, x=self.plan.width / 2 + BAR.x, y=BAR.y + signature % steps * BAR.height)


def _cuts(areas: Sequence[Area], plan: _Plan) -> Iterator[Area]:
    """Yield the marks where pages are cut: outside of them, or at the edge of the paper."""
    left, top = areas[0].x, areas[0].y
    right, bottom = areas[-1].x + areas[-1].width, areas[-1].y + areas[-1].height
    for x in sorted({area.x for area in areas} | {right}):
        yield Area(x, top - TICK if top > TICK else top, 0, TICK)
        yield Area(x, bottom if plan.height - bottom > TICK else bottom - TICK, 0, TICK)
    for y in sorted({area.y for area in areas} | {bottom}):
        yield Area(left - TICK if left > TICK else left, y, TICK, 0)
        yield Area(right if plan.width - right > TICK else right - TICK, y, TICK, 0)


def like_a_page(width: float, height: float) -> Duplex:
    """Return the edge about which a sheet is turned like a page."""
    return Duplex.SHORT_EDGE if width > height else Duplex.LONG_EDGE


def _turned(side: Side | None, layer: _Layer) -> Side | None:
    """Return a back as it is printed: upside down where the printer turns about the other edge."""
    plan, duplex = layer.plan, layer.imposition.duplex
    if side is None or duplex in {None, like_a_page(plan.width, plan.height)}:
        return side

    def turn(area: Area) -> Area:
        x, y = plan.width - area.x - area.width, plan.height - area.y - area.height
        return replace(area, x=x, y=y)

    return Side(
        placements=tuple(
            Placement(each.page, turn(each.area), -each.shift, turned=True)
            for each in side.placements
        ),
        folds=tuple(map(turn, side.folds)),
        cuts=tuple(map(turn, side.cuts)),
        collation=tuple(map(turn, side.collation)),
        notes=tuple(map(turn, side.notes)),
        slug=turn(side.slug) if side.slug else None,
        turned=True,
    )
