"""A text made to fit its paper.

What a reader notices least is given up first: margins, then leading, then size; and columns only
where nothing else serves.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, dropwhile, islice
from math import ceil
from typing import Final

from octavo.diagnostics import Diagnostic, PublishingError, error
from octavo.formats.pdf import paginate
from octavo.layouts import lay_out
from octavo.model import (
    Book,
    Budget,
    Limits,
    Measures,
    Page,
    PrintEdition,
    Range,
    Styles,
)
from octavo.settling import Made, bind_pages
from octavo.workshop import Workshop

_MARGIN_STEP: Final = 1.0
"""mm"""

_LEADING_STEP: Final = 0.025
"""Sizes."""

_SIZE_STEP: Final = 0.25
"""pt"""

_SMALLEST: Final = 6.0
"""What can still be read, and what book.toml allows (pt)."""


def fit(book: Book, styles: Styles, standard: PrintEdition | None, workshop: Workshop) -> Made:
    """Return an edition of pages set as roomily as its paper allows.

    One without limits is set as its stylesheets say; one without a budget, as roomily as its limits
    allow. ``standard`` is the edition whose pages it names.

    Raises:
        PublishingError: as ``bind_pages``; G008 when the text does not fit at its closest.
    """
    limits, budget = book.edition.limits, book.edition.budget
    if limits is None:
        return bind_pages(book, styles, standard, workshop)
    if budget is None:
        return _bound(book, next(candidates(limits)), styles, standard, workshop)
    roomiest = _fitting(_Trial(book, styles, standard, budget, workshop), limits)
    excess = _Excess(0, 0, roomiest)
    for measures in dropwhile(lambda each: each != roomiest, candidates(limits)):
        made = _bound(book, measures, styles, standard, workshop)
        pages = made.artifact.pagination.pages if made.artifact.pagination else ()
        if len(pages) <= budget.pages:
            return made
        # What tells of pages, an index or a concordance, took more room than in the trial.
        excess = _excess(pages, budget, measures)
    raise PublishingError(_refusal(book, budget, excess))


def _bound(
    book: Book,
    measures: Measures,
    styles: Styles,
    standard: PrintEdition | None,
    workshop: Workshop,
) -> Made:
    """Return an edition set in measures, with a remark on these and on the paper that it takes."""
    made = bind_pages(replace(book, measures=measures), styles, standard, workshop)
    pages = made.artifact.pagination.pages if made.artifact.pagination else ()
    sides = book.edition.budget.sides if book.edition.budget else 2
    remark = f"{_paper(len(pages), sides)}, {_said(measures)}"
    return replace(made, artifact=replace(made.artifact, remark=remark))


def candidates(limits: Limits) -> Iterator[Measures]:
    """Yield the measures that the limits allow, from the roomiest to the closest."""
    return chain.from_iterable(_ways(limits))


def _ways(limits: Limits) -> Iterator[Sequence[Measures]]:
    """Yield the measures for every number of columns, each from the roomiest to the closest."""
    size, leading, margin = limits.size, limits.leading, limits.margin
    for columns in range(int(limits.columns.least), int(limits.columns.most) + 1):
        yield [
            *(_measures(size.most, leading.most, m, columns) for m in _steps(margin, _MARGIN_STEP)),
            *(
                _measures(size.most, ratio, margin.least, columns)
                for ratio in islice(_steps(leading, _LEADING_STEP), 1, None)
            ),
            *(
                _measures(step, leading.least, margin.least, columns)
                for step in islice(_steps(size, _SIZE_STEP), 1, None)
            ),
        ]


def _measures(size: float, leading: float, margin: float, columns: int) -> Measures:
    return Measures(size, round(size * leading, 2), margin, columns)


def _steps(range_: Range, step: float) -> Iterator[float]:
    """Yield values from the most to the least, both among them."""
    count = ceil(round((range_.most - range_.least) / step, 6))
    yield from (round(range_.most - number * step, 3) for number in range(count))
    yield range_.least


@dataclass(frozen=True)
class _Excess:
    """By how much a text does not fit: the sides that it takes, and the lines on those too many."""

    sides: int
    lines: int
    measures: Measures


@dataclass(frozen=True)
class _Trial:
    """Tries measures: sets the pages, and draws none."""

    book: Book
    styles: Styles
    standard: PrintEdition | None
    budget: Budget
    workshop: Workshop

    def excess(self, measures: Measures) -> _Excess:
        """Return by how much the text does not fit in these measures; no lines where it does."""
        self.workshop(f"try {_said(measures)}")
        book = replace(self.book, measures=measures)
        pages = paginate(lay_out(book, self.styles, standard=self.standard), self.workshop).pages
        return _excess(pages, self.budget, measures)


def _excess(pages: Sequence[Page], budget: Budget, measures: Measures) -> _Excess:
    """Return the excess of pages; what is no text counts as the lines that it takes."""
    over = pages[budget.pages :]
    lines = sum(max(1, ceil(page.depth / measures.leading)) for page in over)
    return _Excess(len(pages), lines, measures)


def _fitting(trial: _Trial, limits: Limits) -> Measures:
    """Return the roomiest measures that fit, in as few columns as can be.

    Raises:
        PublishingError: G008 when none do.
    """
    closest: list[_Excess] = []
    for ways in _ways(limits):
        low, high = 0, len(ways)
        while low < high:
            middle = (low + high) // 2
            fits = trial.excess(ways[middle]).lines == 0
            low, high = (low, middle) if fits else (middle + 1, high)
        if low < len(ways):
            return ways[low]
        closest.append(trial.excess(ways[-1]))
    excess = min(closest, key=lambda each: each.lines)
    raise PublishingError(_refusal(trial.book, trial.budget, excess))


def _refusal(book: Book, budget: Budget, excess: _Excess) -> Diagnostic:
    lines = "line" if excess.lines == 1 else "lines"
    message = (
        f"{book.edition.name} does not fit on {_paper(budget.pages, budget.sides)}: "
        f"{excess.lines} {lines} too many, on {excess.sides} sides in all, set as closely as its "
        f"limits allow ({_said(excess.measures)})"
    )
    smaller = max(excess.measures.size - 1, _SMALLEST)
    hint = f"cut the text, allow more sheets, or smaller print: limits = {{ size = [{smaller:g}, "
    most = book.edition.limits.size.most if book.edition.limits else smaller
    return error("G008", message, book.edition.location, f"{hint}{most:g}] }}")


def _said(measures: Measures) -> str:
    """Return measures in the words of the trade."""
    columns = f", {measures.columns} columns" if measures.columns > 1 else ""
    return f"{measures.size:g}/{measures.leading:g} pt, margins {measures.margin:g} mm{columns}"


def _paper(pages: int, sides: int) -> str:
    sheets = -(-pages // sides)
    return f"{sheets} sheet{'s' * (sheets != 1)}, {pages} side{'s' * (pages != 1)}"
