"""What an index shows behind an entry: the pages of the print edition, in every medium.

Several mentions on one page are one locator, ranges that touch are one range, and three pages or
more in a row become one; a principal place stays by itself. Without a print edition the entry names
the chapters.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from octavo.model import Book, IndexEntry, Locator, Pagination

RUN: Final = 3
"""How many pages in a row make a range."""


@dataclass(frozen=True)
class Shown:
    """A locator as it is shown: a label and the id that it leads to, twice for a range."""

    label: str
    id: str
    end_label: str = ""
    end: str = ""
    main: bool = False


@dataclass(frozen=True)
class _Span:
    """A range of pages, by number, with the ids of the marks at its two ends."""

    first: int
    last: int
    id: str
    end: str
    main: bool


def printed(entry: IndexEntry, pagination: Pagination) -> tuple[Shown, ...]:
    """Return the pages of an entry, ranges and neighbours merged."""
    spans = sorted(
        (span for locator in entry.locators for span in _span(locator, pagination.homes)),
        key=lambda span: (span.first, span.last),
    )
    labels = [page.label for page in pagination.pages]
    merged = _joined(list(_merged(spans)), labels)
    return tuple(_shown(span, labels) for span in merged)


def unprinted(entry: IndexEntry, book: Book) -> tuple[Shown, ...]:
    """Return the chapters of an entry, for a book that is not printed."""
    names = {leaf.id: leaf.label or leaf.title for leaf in book.leaves}
    found: dict[str, Shown] = {}
    for locator in entry.locators:
        leaf = locator.id.partition("--")[0]
        shown = Shown(names.get(leaf, ""), locator.id, main=locator.main)
        before = found.setdefault(leaf, shown)
        found[leaf] = replace(before, main=before.main or locator.main)
    return tuple(shown for shown in found.values() if shown.label)


def _span(locator: Locator, homes: Mapping[str, int]) -> Iterator[_Span]:
    first = homes.get(locator.id)
    last = homes.get(locator.end) if locator.end else first
    if first is not None and last is not None:
        yield _Span(first, max(first, last), locator.id, locator.end or locator.id, locator.main)


def _merged(spans: list[_Span]) -> Iterator[_Span]:
    """Yield the spans, those joined that share a page; a principal one stays behind its range."""
    current: _Span | None = None
    apart: list[_Span] = []
    for span in spans:
        if current and span.first <= current.last:
            if span.main and not current.main and current.first != current.last:
                apart.append(span)
                continue
            last = max(current, span, key=lambda each: each.last)
            main = current.main or span.main
            current = replace(current, last=last.last, end=last.end, main=main)
        else:
            yield from filter(None, (current, *_merged(apart)))
            current, apart = span, []
    yield from filter(None, (current, *_merged(apart))) if current else ()


def _joined(spans: list[_Span], labels: list[str]) -> list[_Span]:
    """Return the spans, runs of single pages made ranges."""
    runs: list[list[_Span]] = []
    for span in spans:
        if runs and _continues(runs[-1][-1], span, labels):
            runs[-1].append(span)
        else:
            runs.append([span])
    return [span for run in runs for span in (_range(run) if len(run) >= RUN else run)]


def _range(run: list[_Span]) -> list[_Span]:
    return [replace(run[0], last=run[-1].last, end=run[-1].end)]


def _continues(before: _Span, span: _Span, labels: list[str]) -> bool:
    """Return whether a single page follows another, both numbered in the same figures."""
    single = before.first == before.last and span.first == span.last
    alike = labels[before.first].isdigit() is labels[span.first].isdigit()
    next_ = span.first == before.first + 1
    return single and alike and next_ and not (before.main or span.main)


def _shown(span: _Span, labels: list[str]) -> Shown:
    if span.first == span.last:
        return Shown(labels[span.first], span.id, main=span.main)
    return Shown(labels[span.first], span.id, labels[span.last], span.end, span.main)
