"""Sheets of paper, printed on both sides: folded or cut, they give the pages in order."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Area:
    """A rectangle on a sheet, in millimetres from the upper left corner; a line has no width."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Placement:
    """A page on a side of a sheet.

    ``page`` is its number in the file (from 0). It fills ``area``, is moved to the right by
    ``shift`` (mm) to make up for creep, and stands upside down where it is ``turned``.
    """

    page: int
    area: Area
    shift: float = 0
    turned: bool = False


@dataclass(frozen=True)
class Side:
    """One side of a sheet as it is printed.

    ``folds`` and ``cuts`` are the marks where the paper is folded and cut, ``collation`` the bars
    on the back of a signature, ``notes`` the areas with lines to write on, ``slug`` the place for
    the number of the sheet; ``turned`` tells that the side is printed upside down.
    """

    placements: tuple[Placement, ...]
    folds: tuple[Area, ...] = ()
    cuts: tuple[Area, ...] = ()
    collation: tuple[Area, ...] = ()
    notes: tuple[Area, ...] = ()
    slug: Area | None = None
    turned: bool = False


@dataclass(frozen=True)
class Sheet:
    """A sheet of paper: its size (mm), its front and, where both sides are printed, its back."""

    width: float
    height: float
    front: Side
    back: Side | None = None
