"""A text made to fit its paper.

What a reader notices least is given up first: margins, then leading, then size; and columns only
where nothing else serves.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil
from typing import Final

from octavo.diagnostics import Diagnostic, PublishingError, error
from octavo.formats import Progress
from octavo.layouts import lay_out
from octavo.model import (
    Book,
    Budget,
    Limits,
    Measures,
    PrintEdition,
    Range,
    Styles,
)
from octavo.settling import Made, bind_pages

_MARGIN_STEP: Final = 1.0
"""mm"""

_LEADING_STEP: Final = 0.025
"""Sizes."""

_SIZE_STEP: Final = 0.25
"""pt"""


def fit(book: Book, styles: Styles, standard: PrintEdition | None, progress: Progress) -> Made:
    """Return an edition of pages set as roomily as its paper allows.

    One without limits is set as its stylesheets say; one without a budget, as roomily as its limits
    allow. ``standard`` is the edition whose pages it names.

    Raises:
        PublishingError: as ``bind_pages``; G008 when the text does not fit at its closest.
    """
    edition = book.edition
    if edition.limits is None:
        return bind_pages(book, styles, standard, progress)
    measures = next(candidates(edition.limits))
    if edition.budget:
        press = _Press(book, styles, standard, progress)
        measures = _fitting(press, edition.limits, edition.budget)
    made = bind_pages(replace(book, measures=measures), styles, standard, progress)
    pages = made.artifact.pagination
    taken = len(pages.pages) if pages else 0
    sides = edition.budget.sides if edition.budget else 2
    remark = f"{_paper(taken, sides)}, {_said(measures)}"
    return replace(made, artifact=replace(made.artifact, remark=remark))


def candidates(limits: Limits) -> Iterator[Measures]:
    """Yield the measures that the limits allow, from the roomiest to the closest."""
    for columns in range(int(limits.columns.least), int(limits.columns.most) + 1):
        yield from _ways(limits, columns)


def _ways(limits: Limits, columns: int) -> Iterator[Measures]:
    size, leading, margin = limits.size, limits.leading, limits.margin
    for step in _steps(margin, _MARGIN_STEP):
        yield _measures(size.most, leading.most, step, columns)
    for step in list(_steps(leading, _LEADING_STEP))[1:]:
        yield _measures(size.most, step, margin.least, columns)
    for step in list(_steps(size, _SIZE_STEP))[1:]:
        yield _measures(step, leading.least, margin.least, columns)


def _measures(size: float, leading: float, margin: float, columns: int) -> Measures:
    return Measures(size, round(size * leading, 2), margin, columns)


def _steps(range_: Range, step: float) -> Iterator[float]:
    """Yield values from the most to the least, both among them."""
    count = ceil(round((range_.most - range_.least) / step, 6))
    yield from (round(range_.most - number * step, 3) for number in range(count))
    yield range_.least


@dataclass(frozen=True)
class _Press:
    """Sets a text in measures that are tried."""

    book: Book
    styles: Styles
    standard: PrintEdition | None
    progress: Progress

    def excess(self, measures: Measures, budget: Budget) -> int:
        """Return how many lines stand on pages that there is no paper for, at least 1 for each."""
        # Loads what sets pages.
        from octavo.formats.pdf import paginate  # noqa: PLC0415

        self.progress(f"try {_said(measures)}")
        book = replace(self.book, measures=measures)
        pages = paginate(lay_out(book, self.styles, standard=self.standard), self.progress)
        over = pages.pages[budget.pages :]
        return sum(max(1, len(page.lines) + len(page.notes)) for page in over)


def _fitting(press: _Press, limits: Limits, budget: Budget) -> Measures:
    """Return the roomiest measures that fit, in as few columns as can be.

    Raises:
        PublishingError: G008 when none do.
    """
    closest: list[tuple[int, Measures]] = []
    for columns in range(int(limits.columns.least), int(limits.columns.most) + 1):
        ways = list(_ways(limits, columns))
        low, high = 0, len(ways)
        while low < high:
            middle = (low + high) // 2
            fits = press.excess(ways[middle], budget) == 0
            low, high = (low, middle) if fits else (middle + 1, high)
        if low < len(ways):
            return ways[low]
        closest.append((press.excess(ways[-1], budget), ways[-1]))
    excess, measures = min(closest, key=lambda each: each[0])
    raise PublishingError(_refusal(press.book, budget, excess, measures))


def _refusal(book: Book, budget: Budget, excess: int, measures: Measures) -> Diagnostic:
    lines = "line" if excess == 1 else "lines"
    message = (
        f"{book.edition.name} does not fit on {_paper(budget.pages, budget.sides)}: {excess} "
        f"{lines} too many, set as closely as its limits allow ({_said(measures)})"
    )
    hint = "cut the text, allow more sheets, or widen its limits: limits = { size = [10, 12] }"
    return error("G008", message, book.edition.location, hint)


def _said(measures: Measures) -> str:
    """Return measures in the words of the trade."""
    columns = f", {measures.columns} columns" if measures.columns > 1 else ""
    return f"{measures.size:g}/{measures.leading:g} pt, margins {measures.margin:g} mm{columns}"


def _paper(pages: int, sides: int) -> str:
    sheets = -(-pages // sides)
    return f"{sheets} sheet{'s' * (sheets != 1)}, {pages} side{'s' * (pages != 1)}"
