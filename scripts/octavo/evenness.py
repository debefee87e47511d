"""How evenly the lines and pages of an edition are set, in figures.

What is counted are the lines that are justified; a paragraph's last line is none. Word spaces are
in sizes of the type (em). A spread is a verso and the recto that faces it, both with text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import sqrt
from typing import Final

from octavo.diagnostics import Location
from octavo.model import Line, Page, Pagination
from octavo.origins import Origins

LOOSE: Final = 0.4
"""Lines with wider word spaces look like holes (em)."""

TIGHT: Final = 0.16
"""Lines with narrower ones run together (em)."""

LADDER: Final = 2
"""More hyphens in a row are a ladder."""

_ON_GRID: Final = 0.25
"""How far from the grid a line may be (pt)."""


@dataclass(frozen=True)
class Uneven:
    """A line that is set loosely or tightly: its page, its word spaces (em), its source."""

    page: str
    space: float
    location: Location


@dataclass(frozen=True)
class Evenness:
    """The figures of an edition.

    ``lines`` are counted, with the ``mean`` and the standard deviation (``spread``) of their word
    spaces (em), the ``loose`` and the ``tight`` among them, the ``hyphens`` at their ends, the
    ``ladders`` of these and the ``rivers`` through three lines and more. Of so many ``spreads``
    some have lines that are ``off_grid``, some pages of other depths (``uneven``).
    """

    edition: str
    lines: int
    mean: float
    spread: float
    loose: tuple[Uneven, ...]
    tight: tuple[Uneven, ...]
    hyphens: int
    ladders: int
    rivers: int
    spreads: int
    off_grid: int
    uneven: int


def evenness(pagination: Pagination, origins: Origins, *, facing: bool) -> Evenness:
    """Return how evenly an edition is set; it has spreads where its pages lie facing."""
    set_ = [(page, line) for page in pagination.pages for line in page.lines if line.space]
    spaces = [line.space for _, line in set_]
    mean = sum(spaces) / len(spaces) if spaces else 0.0
    spread = sqrt(sum((each - mean) ** 2 for each in spaces) / len(spaces)) if spaces else 0.0

    def those(lines: Iterator[tuple[Page, Line]]) -> tuple[Uneven, ...]:
        return tuple(
            Uneven(page.label, line.space, origins.locate(line.place)) for page, line in lines
        )

    spreads = list(_spreads(pagination.pages)) if facing else []
    return Evenness(
        edition=pagination.edition,
        lines=len(spaces),
        mean=mean,
        spread=spread,
        loose=those(each for each in set_ if each[1].space > LOOSE),
        tight=those(each for each in set_ if each[1].space < TIGHT),
        hyphens=sum(line.hyphen for _, line in set_),
        ladders=sum(_ladders(page.lines) for page in pagination.pages),
        rivers=sum(len(page.rivers) for page in pagination.pages),
        spreads=len(spreads),
        off_grid=sum(_is_off_grid(verso, recto) for verso, recto, _ in spreads),
        uneven=sum(full and verso.missing != recto.missing for verso, recto, full in spreads),
    )


def _ladders(lines: Sequence[Line]) -> int:
    runs = (list(run) for hyphen, run in groupby(lines, key=lambda line: line.hyphen) if hyphen)
    return sum(len(run) > LADDER for run in runs)


def _spreads(pages: Sequence[Page]) -> Iterator[tuple[Page, Page, bool]]:
    """Yield the spreads, and of each whether a chapter goes on at the foot of both its pages."""
    for verso, recto, after in zip(pages, pages[1:], (*pages[2:], None), strict=False):
        if recto.recto and not verso.recto and verso.lines and recto.lines:
            yield verso, recto, _goes_on(verso, recto) and _goes_on(recto, after)


def _goes_on(page: Page, after: Page | None) -> bool:
    start = after.start if after else None
    return start is not None and start.leaf == page.lines[-1].place.leaf


def _is_off_grid(*pages: Page) -> bool:
    """Return whether lines that should stand on one grid do not."""
    baselines = [line.baseline for page in pages for line in page.lines if line.baseline]
    steps = [b - a for a, b in pairwise(baselines) if b > a]
    if not steps:
        return False
    pitch = min(steps)
    astray = ((each - baselines[0]) % pitch for each in baselines)
    return any(min(each, pitch - each) > _ON_GRID for each in astray)
