"""Which pages of one edition hold a page of another."""

from collections.abc import Sequence

from octavo.concordance import Concordance, concordance
from octavo.model import Line, Page, Pagination, Place

Lines = Sequence[tuple[str, int]]


def pages(*lines: Lines) -> Pagination:
    """Return pages whose lines begin at offsets of leaves."""
    made = tuple(
        Page(
            str(number),
            recto=True,
            start=Place(*begins[0]) if begins else None,
            lines=tuple(Line(Place(leaf, offset), 1, "p") for leaf, offset in begins),
        )
        for number, begins in enumerate(lines, start=1)
    )
    return Pagination("x", "x", made, {})


def rows(standard: Pagination, other: Pagination) -> list[tuple[str, str, str]]:
    return [(row.label, row.first, row.last) for row in concordance(standard, other)]


def test_a_page_is_on_the_pages_that_hold_its_text() -> None:
    standard = pages([("a", 0)], [("a", 100)], [("b", 0)])
    other = pages([("a", 0)], [("a", 60)], [("a", 100)], [("a", 150)], [("b", 0)])
    assert rows(standard, other) == [("1", "1", "2"), ("2", "3", "4"), ("3", "5", "5")]


def test_a_page_that_begins_within_another() -> None:
    standard = pages([("a", 0)], [("a", 70)])
    other = pages([("a", 0)], [("a", 60)], [("a", 120)])
    assert rows(standard, other) == [("1", "1", "2"), ("2", "2", "3")]


def test_blank_pages_and_omitted_leaves_have_no_row() -> None:
    standard = pages([("halftitle", 0)], [], [("a", 0)])
    assert rows(standard, pages([("a", 0)])) == [("3", "1", "1")]


def test_a_leaf_that_only_the_other_has_belongs_to_no_page() -> None:
    standard = pages([("a", 0)], [("c", 0)])
    other = pages([("a", 0)], [("b", 0)], [("b", 50)], [("c", 0)])
    assert rows(standard, other) == [("1", "1", "1"), ("2", "4", "4")]


def test_a_page_with_two_leaves_ends_with_the_second() -> None:
    standard = pages([("a", 0), ("b", 0)], [("b", 40)])
    other = pages([("a", 0)], [("b", 0)], [("b", 40)])
    assert rows(standard, other) == [("1", "1", "2"), ("2", "3", "3")]
    assert concordance(standard, other)[0] == Concordance("1", "1", "2")
