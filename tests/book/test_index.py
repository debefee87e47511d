"""The index: entries merged and sorted, and what they show of the pages."""

from collections.abc import Callable

import pytest

from octavo.book import compose
from octavo.editions import EDITIONS
from octavo.layouts.locators import printed, unprinted
from octavo.model import Book, Draft, IndexEntry, Locator, Page, Pagination

Make = Callable[..., Draft]
SPINE = 'bodymatter = ["text/one.md"]\nbackmatter = ["index"]'


def indexed(draft: Make, text: str, language: str = "en") -> Book:
    metadata = (
        '[metadata]\nidentifier = "urn:uuid:1"\ntitle = "T"\nmodified = 2026-01-01T00:00:00Z\n'
        f'language = "{language}"\n'
    )
    made = draft({"one": f"# One\n\n{text}\n"}, spine=SPINE, metadata=metadata)
    return compose(made, EDITIONS["print"])


def outline(entries: tuple[IndexEntry, ...], depth: int = 0) -> list[str]:
    lines = []
    for entry in entries:
        see = [f" see {other.title}" for other in entry.see]
        also = [f" see also {other.title}" for other in entry.see_also]
        lines.append("  " * depth + entry.title + " *" * len(entry.locators) + "".join(see + also))
        lines += outline(entry.entries, depth + 1)
    return lines


def lines(book: Book) -> list[str]:
    return [line for group in book.index for line in outline(group.entries)]


def test_entries_are_merged_whatever_their_case(draft: Make) -> None:
    book = indexed(draft, "[Troops]{.index} and [troops]{.index} and [Mali]{.index}.")
    assert lines(book) == ["Mali *", "troops * *"]


def test_sub_entries_stand_under_theirs(draft: Make) -> None:
    book = indexed(
        draft, '[]{.index entry="peace > cost of"}[peace]{.index}[]{.index entry="peace > arts of"}'
    )
    assert lines(book) == ["peace *", "  arts of *", "  cost of *"]


def test_ranges_and_references(draft: Make) -> None:
    book = indexed(
        draft,
        '[]{.index .begin entry="reform"}Text.[]{.index .end entry="reform"} '
        '[]{.index entry="change" see="reform"}[]{.index entry="reform" see-also="money > arrears"}'
        '[arrears]{.index entry="money > arrears"}',
    )
    assert lines(book) == [
        "change see reform", "money", "  arrears *", "reform * see also money, arrears",
    ]  # fmt: skip
    (reform,) = [e for group in book.index for e in group.entries if e.title == "reform"]
    assert reform.locators == (Locator("one--index-1", "one--index-2"),)


@pytest.mark.parametrize(
    ("language", "order"),
    [
        ("en", ["ångström", "nu", "ñu", "nz", "öl", "zoo"]),
        ("sv", ["nu", "ñu", "nz", "zoo", "ångström", "öl"]),
        ("es", ["ångström", "nu", "nz", "ñu", "öl", "zoo"]),
    ],
)
def test_every_language_has_its_own_order(draft: Make, language: str, order: list[str]) -> None:
    text = " ".join(f"[{word}]{{.index}}" for word in sorted(order))
    assert lines(indexed(draft, text, language)) == [f"{word} *" for word in order]


def test_letters_are_those_of_the_language(draft: Make) -> None:
    text = "[Ärzte]{.index} [Zoo]{.index} [1701]{.index}"
    assert [group.letter for group in indexed(draft, text, "de").index] == ["", "A", "Z"]
    assert [group.letter for group in indexed(draft, text, "sv").index] == ["", "Z", "Ä"]


def test_an_entry_may_be_sorted_as_something_else(draft: Make) -> None:
    text = '[The Hague]{.index sort="Hague, The"} [Tokyo]{.index} [Geneva]{.index}'
    assert lines(indexed(draft, text)) == ["Geneva *", "The Hague *", "Tokyo *"]


def test_an_entry_keeps_its_italics(draft: Make) -> None:
    assert lines(indexed(draft, "[*Baseline* study]{.index}")) == ["<em>Baseline</em> study *"]


# --- pages ---


def pagination(**homes: int) -> Pagination:
    labels = ("i", "ii", *map(str, range(1, 30)))
    pages = tuple(Page(label, recto=number % 2 == 0) for number, label in enumerate(labels))
    return Pagination("print", "urn:isbn:1", pages, homes)


def shown(*locators: Locator, **homes: int) -> str:
    found = printed(IndexEntry("e", "e", locators), pagination(**homes))
    return ", ".join(
        f"{s.label}–{s.end_label}" * bool(s.end) + s.label * (not s.end) + "!" * s.main
        for s in found
    )


def test_mentions_on_one_page_are_one() -> None:
    assert shown(Locator("a"), Locator("b"), Locator("c"), a=4, b=4, c=9) == "3, 8"


def test_pages_stand_in_their_order_roman_before_arabic() -> None:
    assert shown(Locator("a"), Locator("b"), Locator("c"), a=9, b=1, c=2) == "ii, 1, 8"


def test_ranges() -> None:
    assert shown(Locator("a", "b"), a=4, b=6) == "3–5"
    assert shown(Locator("a", "b"), a=4, b=4) == "3"
    assert shown(Locator("a", "b"), Locator("c", "d"), a=4, b=6, c=6, d=8) == "3–7"
    assert shown(Locator("a", "b"), Locator("c"), a=4, b=8, c=6) == "3–7"
    assert shown(Locator("a", "b"), Locator("c"), a=4, b=6, c=7) == "3–5, 6"


def test_three_pages_in_a_row_are_a_range_and_two_are_not() -> None:
    assert shown(Locator("a"), Locator("b"), a=4, b=5) == "3, 4"
    assert shown(Locator("a"), Locator("b"), Locator("c"), a=4, b=5, c=6) == "3–5"


def test_the_principal_place_stays_by_itself() -> None:
    main = Locator("b", main=True)
    assert shown(Locator("a"), main, Locator("c"), a=4, b=5, c=6) == "3, 4!, 5"
    assert shown(Locator("a"), Locator("b", main=True), a=4, b=4) == "3!"


def test_a_principal_place_inside_a_range_stands_behind_it() -> None:
    main = Locator("m", main=True)
    assert shown(Locator("a", "b"), main, a=4, b=8, m=6) == "3–7, 5!"
    assert shown(Locator("a", "b"), main, Locator("c"), a=4, b=8, m=6, c=12) == "3–7, 5!, 11"


def test_roman_pages_do_not_run_on_into_arabic_ones() -> None:
    assert shown(Locator("a"), Locator("b"), Locator("c"), a=0, b=1, c=2) == "i, ii, 1"


def test_what_is_not_in_print_has_no_page() -> None:
    assert shown(Locator("a"), Locator("b"), a=4) == "3"


def test_without_print_an_entry_names_the_chapters(draft: Make) -> None:
    book = indexed(draft, "[one]{.index}, [one]{.index}")
    (entry,) = book.index[0].entries
    assert [place.label for place in unprinted(entry, book)] == ["Chapter 1"]
