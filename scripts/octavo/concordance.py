"""Which pages of one edition hold what stands on a page of another."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from octavo.model import Page, Pagination

Key = tuple[int, int]
"""The rank of a leaf and an offset in it: places in the order in which they are read."""


@dataclass(frozen=True)
class Concordance:
    """A page of the standard edition by its label, and where it begins and ends in the other."""

    label: str
    first: str
    last: str


def concordance(standard: Pagination, other: Pagination) -> tuple[Concordance, ...]:
    """Return, for every page of the standard edition, the pages of the other that hold its text.

    A page without text, and one whose text the other edition goes without, has none. The text of a
    page is what stands between its own beginning and that of the next; its notes go with it.
    """
    return tuple(_rows(standard, other))


def _rows(standard: Pagination, other: Pagination) -> Iterator[Concordance]:
    ranks = _ranks(other)
    begun = [(key, page.label) for page in other.pages if (key := _begins(page, ranks)) is not None]
    starts, labels = [key for key, _ in begun], [label for _, label in begun]
    found = [(page, key) for page in standard.pages if (key := _begins(page, ranks)) is not None]
    behind = [*(key for _, key in found[1:]), None]
    for (page, key), after in zip(found, behind, strict=True):
        leaf = ranks.get(page.lines[-1].place.leaf, key[0])
        end = min(after or (leaf + 1, 0), (leaf + 1, 0))
        first = max(bisect_right(starts, key) - 1, 0)
        last = bisect_left(starts, end) - 1
        yield Concordance(page.label, labels[first], labels[max(first, last)])


def _ranks(pagination: Pagination) -> dict[str, int]:
    """Return the leaves that have a text in an edition, in their order."""
    leaves = (line.place.leaf for page in pagination.pages for line in page.lines)
    return {leaf: rank for rank, leaf in enumerate(dict.fromkeys(leaves))}


def _begins(page: Page, ranks: dict[str, int]) -> Key | None:
    """Return with what a page begins, notes aside."""
    places = (line.place for line in page.lines if not line.place.note)
    first = next(places, None)
    if first is None or first.leaf not in ranks:
        return None
    return ranks[first.leaf], first.offset
