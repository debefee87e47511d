"""Where a page of the book begins in a handout."""

from datetime import UTC, datetime

from octavo import xhtml
from octavo.layouts.bookpages import BookPages
from octavo.model import (
    Document,
    Edition,
    Medium,
    Metadata,
    Page,
    Pagination,
    Place,
    PrintEdition,
    Rendition,
    Statement,
)
from octavo.xhtml import Element

BOOK = (
    '<section id="one"><h1>One</h1><p>Row, row, row your boat.</p>'
    '<h2 id="one--mid">Middle</h2><p>Alpha beta gamma.</p>'
    '<h2 id="one--last">Last</h2><p>Row, row, row your boat.</p>'
    "<table><thead><tr><th>Head words</th></tr></thead>"
    "<tbody><tr><td>cell words</td></tr></tbody></table></section>"
)


def book(*starts: int) -> PrintEdition:
    """Return a printed book of one leaf whose pages begin at some offsets."""
    edition = Edition("print", "pdf", Medium.PAGED)
    metadata = Metadata("x", "T", "en", datetime(2026, 1, 1, tzinfo=UTC))
    document = Document(
        "book.xhtml", "T", f'<html xmlns="{xhtml.XHTML}"><body>{BOOK}</body></html>'
    )
    rendition = Rendition("b", metadata, Statement(), edition, (document,), (), ())
    pages = tuple(
        Page(str(number), recto=True, start=Place("one", start))
        for number, start in enumerate(starts, start=1)
    )
    return PrintEdition(rendition, Pagination("print", "x", pages, {}))


def marked(section: str, *starts: int) -> str:
    """Return the text of a section with the labels of pages in brackets, open where they go on."""
    tree: Element = xhtml.parse_fragment(section)
    BookPages(book(*starts)).mark(tree[0])
    for mark in xhtml.find(tree, ".//h:span[contains(@class, 'book-page ')]"):
        mark[0].text = f"[{mark[0].text}" + ("…" if "goes-on" in mark.get("class", "") else "]")
    return "".join(map(str, tree.itertext()))


def offset(words: str) -> int:
    text = "".join(map(str, xhtml.parse_fragment(BOOK).itertext())).replace(" ", "")
    return text.index(words.replace(" ", ""))


def test_a_page_that_begins_in_a_section_is_marked_at_its_word() -> None:
    said = marked('<section id="one--mid"><p>Alpha beta gamma.</p></section>', 0, offset("beta"))
    assert said == "[1…Alpha [2]beta gamma."


def test_a_page_that_begins_with_the_section_begins_there() -> None:
    said = marked('<section id="one--mid"><p>Alpha beta.</p></section>', 0, offset("Middle"))
    assert said == "[2]Alpha beta."


def test_words_that_are_said_twice_are_those_of_the_section() -> None:
    said = marked(
        '<section id="one--last"><p>Row, row, row your boat.</p></section>', 0, offset("Last")
    )
    assert said == "[2]Row, row, row your boat."


def test_the_head_of_a_table_says_no_page() -> None:
    section = (
        '<section id="one--last"><table><thead><tr><th>Head words</th></tr></thead>'
        "<tbody><tr><td>cell words</td></tr></tbody></table></section>"
    )
    assert marked(section, 0, offset("Last"), offset("Head")) == "Head words[3]cell words"
