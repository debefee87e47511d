"""Templates and stylesheets: what a book can replace, and what is said when it goes wrong."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from octavo import xhtml
from octavo.book import compose
from octavo.diagnostics import PublishingError
from octavo.editions import EDITIONS
from octavo.layouts import lay_out, lay_out_cover
from octavo.model import Asset, Draft, Rendition
from octavo.sources.styles import HOUSE, leaves
from tests.conftest import METADATA, PUBLICATIONS

Drafted = Callable[..., Draft]

COVER = Asset("cover.jpg", "image/jpeg", b"")
ONE = {"one": "# One\n\nA text.[^n]\n\n[^n]: The note.\n"}


def laid_out(draft: Draft, edition: str = "ebook") -> Rendition:
    cover = COVER if edition == "ebook" else None
    return lay_out(compose(draft, EDITIONS[edition]), draft.manuscript.styles, cover)


def document(rendition: Rendition, name: str) -> str:
    return next(document.xhtml for document in rendition.documents if document.name == name)


def test_one_template_serves_both_media(draft: Drafted) -> None:
    made = draft(
        ONE, files={"styles/layouts/leaves/chapter.html": "<div id='{{ leaf.id }}'>Mine</div>"}
    )
    assert ">Mine</div>" in document(laid_out(made, "ebook"), "one.xhtml")
    assert ">Mine</div>" in document(laid_out(made, "print"), "book.xhtml")


def test_medium_has_its_own_way_with_notes(draft: Drafted) -> None:
    made = draft(ONE)
    ebook = document(laid_out(made, "ebook"), "one.xhtml")
    assert '<aside id="one--note-n" class="footnote" epub:type="footnote"' in ebook
    paper = document(laid_out(made, "print"), "book.xhtml")
    assert 'A text.<note class="footnote" id="one--note-n"' in paper


def test_stylesheet_of_the_book_takes_the_place(draft: Drafted) -> None:
    made = draft(ONE, files={"styles/css/type.css": "p { color: #123456 }"})
    sheets = {sheet.name: sheet.data.decode() for sheet in laid_out(made).stylesheets}
    assert sheets["css/type.css"] == "p { color: #123456 }"
    assert "css/reflowable.css" in sheets


def test_stylesheets_of_the_edition_come_last(draft: Drafted) -> None:
    made = draft(
        ONE,
        toml='[editions.ebook]\nstylesheets = ["own.css"]\n',
        files={"styles/css/own.css": "p { margin: 0 }"},
    )
    (edition,) = made.manuscript.editions
    rendition = lay_out(compose(made, edition), made.manuscript.styles, COVER)
    assert [sheet.name for sheet in rendition.stylesheets][-1] == "css/own.css"
    assert 'href="css/own.css"' in document(rendition, "one.xhtml")


def test_words_of_the_book(draft: Drafted) -> None:
    spine = 'frontmatter = ["contents"]\nbodymatter = ["text/one.md"]'
    made = draft(ONE, spine, files={"styles/words/en.toml": 'contents = "What is in it"'})
    assert "What is in it" in document(laid_out(made), "nav.xhtml")


def test_new_kind_of_leaf_needs_a_template_alone(draft: Drafted) -> None:
    made = draft(
        ONE,
        'bodymatter = ["text/one.md", "blessing"]',
        files={"styles/layouts/leaves/blessing.html": "<p id='{{ leaf.id }}'>Bless you</p>"},
    )
    assert "Bless you" in document(laid_out(made), "blessing.xhtml")


def test_template_reads_no_file_of_the_machine(draft: Drafted) -> None:
    template = "{% include '/etc/passwd' %}"
    made = draft(ONE, files={"styles/layouts/leaves/chapter.html": template})
    with pytest.raises(PublishingError, match=r"chapter.html:1: error: .*P001"):
        laid_out(made)


def test_template_cannot_reach_into_python(draft: Drafted) -> None:
    template = "{{ book.__class__.__mro__ }}"
    made = draft(ONE, files={"styles/layouts/leaves/chapter.html": template})
    with pytest.raises(PublishingError):
        laid_out(made)


def test_links_lead_to_the_right_documents(draft: Drafted) -> None:
    made = draft(
        {"one": "# One\n\n[](two.md) [](#here)\n", "two": "# Two\n\n## Here {#here}\n\nX.\n"}
    )
    text = document(laid_out(made), "one.xhtml")
    assert 'href="two.xhtml"' in text
    assert 'href="two.xhtml#two--here"' in text
    assert 'href="#two--here"' in document(laid_out(made, "print"), "book.xhtml")


def test_title_with_a_note_and_a_link(draft: Drafted) -> None:
    one = "# One[^a] and [two](two.md)\n\nA text.[^b]\n\n[^a]: First.\n\n[^b]: Second.\n"
    made = draft(
        {"one": one, "two": "# Two\n\nA text.\n"},
        'frontmatter = ["contents"]\nbodymatter = ["text/one.md", "text/two.md"]',
    )
    rendition = laid_out(made)
    text = document(rendition, "one.xhtml")
    assert 'One<a class="noteref" id="one--call-a" href="#one--note-a"' in text
    assert '<a href="two.xhtml">two</a>' in text
    assert "<title>One and two</title>" in text
    assert "One and two" in document(rendition, "nav.xhtml")
    assert text.index("First.") < text.index("Second.")


def test_metadata_is_escaped(draft: Drafted) -> None:
    metadata = METADATA.replace('"A book"', '"Salt & <Pepper>"')
    spine = 'frontmatter = ["halftitle", "titlepage", "copyright"]\nbodymatter = ["text/one.md"]'
    made = draft(ONE, spine, metadata=metadata)
    for edition in ("ebook", "print"):
        for each in laid_out(made, edition).documents:
            xhtml.parse(each.xhtml)
    assert "Salt &amp; &lt;Pepper&gt;" in document(laid_out(made), "titlepage.xhtml")


def test_cover_pattern_follows_from_the_identifier(draft: Drafted) -> None:
    def drawn(identifier: str) -> str:
        metadata = METADATA.replace("urn:uuid:00000000-0000-4000-8000-000000000000", identifier)
        made = draft(ONE, metadata=metadata)
        book = compose(made, EDITIONS["ebook"])
        return lay_out_cover(book, made.manuscript.styles).documents[0].xhtml

    assert drawn("a") == drawn("a") != drawn("b")


def test_every_leaf_of_the_house_is_tried_by_a_publication() -> None:
    """The tiny publications and the briefing use each kind of leaf that the house offers."""
    tried = "".join(path.read_text() for path in PUBLICATIONS.glob("*/book.toml"))
    tried += (Path(__file__).parents[2] / "manuscript" / "crossroads" / "book.toml").read_text()
    plain = {"chapter", "cover", "part"}
    assert {kind for kind in leaves() if f'"{kind}"' not in tried} <= plain


@pytest.mark.parametrize(
    "path", sorted((HOUSE / "words").glob("*.toml")), ids=lambda path: path.stem
)
def test_every_language_has_every_word(path: Path) -> None:
    english = tomllib.loads((HOUSE / "words" / "en.toml").read_text())
    words = tomllib.loads(path.read_text())
    assert words.keys() == english.keys()
    assert all(words.values())


def test_wider_paper_gets_wider_margins(draft: Drafted) -> None:
    made = draft(ONE, toml='[editions.print]\ntrim = "A4"\n')
    (edition,) = made.manuscript.editions
    page = lay_out(compose(made, edition), made.manuscript.styles).documents[0].xhtml
    assert "@page :left { margin-left: 49.0mm; margin-right: 53.0mm }" in page
    assert "margin-left" not in document(laid_out(draft(ONE), "print"), "book.xhtml")
