"""Large print: nothing is small, nothing is slanted, and every page of the book is found in it."""

import csv
import ctypes
import json
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from octavo.delivery import examine
from octavo.model import Artifact
from tests.conftest import PUBLICATIONS, ROOT, Write, quietly
from tests.formats.reading import pages, words

pytestmark = pytest.mark.slow

Made = Mapping[str, Artifact]
SMALLEST = 18


@pytest.fixture(scope="module", params=["crossroads", "handouts"])
def made(request: pytest.FixtureRequest, editions: Made) -> Made:
    """Return the files of a book and of its large print."""
    if request.param == "crossroads":
        return {name.replace("crossroads.", "book."): each for name, each in editions.items()}
    artifacts = quietly(PUBLICATIONS / "handouts", "print", "large-print").artifacts
    names = [a.name.removeprefix("handouts-").replace("handouts.", "book.") for a in artifacts]
    return dict(zip(names, artifacts, strict=True))


@dataclass(frozen=True)
class Glyph:
    character: str
    size: float
    face: str


def glyphs(artifact: Artifact) -> list[list[Glyph]]:
    """Return the glyphs of each page; their sizes in pt, as they are drawn."""
    with pypdfium2.PdfDocument(artifact.data) as pdf:
        return [_glyphs(page.get_textpage()) for page in pdf]


def _glyphs(text: pypdfium2.PdfTextPage) -> list[Glyph]:
    found, matrix = [], pdfium.FS_MATRIX()
    name, flags = ctypes.create_string_buffer(100), ctypes.c_int()
    for index in range(text.count_chars()):
        character = chr(pdfium.FPDFText_GetUnicode(text, index))
        if not character.isspace():
            pdfium.FPDFText_GetMatrix(text, index, matrix)
            pdfium.FPDFText_GetFontInfo(text, index, name, len(name), flags)
            size = pdfium.FPDFText_GetFontSize(text, index) * abs(matrix.d)
            found.append(Glyph(character, size, name.value.decode()))
    return found


def test_the_smallest_glyph_of_every_page(made: Made) -> None:
    for number, page in enumerate(glyphs(made["large-print.pdf"]), start=1):
        assert page, f"page {number} is blank"
        least = min(page, key=lambda glyph: glyph.size)
        assert least.size >= SMALLEST - 0.01, (number, least)


def test_faces_are_upright_and_without_serifs(made: Made) -> None:
    faces = {glyph.face for page in glyphs(made["large-print.pdf"]) for glyph in page}
    for face in faces:
        assert "Sans" in face or "Code" in face, face
        assert "It" not in face.replace("Italic", "It").partition("-")[2], face


def test_nothing_is_hyphenated_and_lines_end_where_they_do(made: Made) -> None:
    text = "\n".join(pages(made["large-print.pdf"]))
    assert "\ufffe" not in text
    assert "\u2010" not in text
    ends = {line.rsplit(maxsplit=1)[-1] for line in text.splitlines() if line.endswith("-")}
    assert ends <= {"self-", "sub-", "system-", "Secretary-", "General-", "e-", "Under-", "troop-"}


def test_the_concordance_agrees_with_both_page_lists(made: Made) -> None:
    """A row of it names all pages that hold a word of the page, found by reading both files."""
    rows = list(csv.DictReader(StringIO(made["large-print.concordance.csv"].data.decode())))
    standard = json.loads(made["book.pages.json"].data)["pages"]
    large = json.loads(made["large-print.pages.json"].data)["pages"]
    order = [page["label"] for page in large]
    texts = dict(zip(order, pages(made["large-print.pdf"]), strict=True))
    begun = {page["label"]: page["start"] for page in standard if page["start"]}
    assert [row["standard page"] for row in rows] == [
        label
        for label, start in begun.items()
        if start["document"] in {page["start"]["document"] for page in large if page["start"]}
    ]
    ends = [-1]
    for row in rows:
        first, last = order.index(row["first page"]), order.index(row["last page"])
        assert first <= last
        assert ends[-1] <= first, "pages follow each other"
        ends.append(last)
        held = texts[row["first page"]] + " " + texts[order[min(first + 1, last)]]
        assert " ".join(said(begun[row["standard page"]]["words"])[:2]) in " ".join(said(held)), row
    if len(rows) > 20:
        assert ends[-1] >= len(order) - 4


def said(text: str) -> list[str]:
    """Return the words of a text without numbers, which are those of pages in an index."""
    return [word for word in words(text) if word.isalpha()]


def test_the_concordance_is_printed_at_the_end(made: Made) -> None:
    rows = list(csv.DictReader(StringIO(made["large-print.concordance.csv"].data.decode())))
    printed = words(" ".join(pages(made["large-print.pdf"])[-4:]))
    assert "concordance" in printed
    for row in rows:
        assert row["standard page"] in printed
        assert row["last page"] in printed


def test_a_picture_is_told_in_words(editions: Made) -> None:
    text = " ".join(" ".join(pages(editions["large-print.pdf"])).split())
    assert "In words: A diagram. On the left, five who are asked" in text
    assert "A diagram. On the left" not in " ".join(pages(editions["crossroads.pdf"]))


def test_one_small_caption_is_caught() -> None:
    """The known-bad book has a caption of 9 pt."""
    (found,) = examine(ROOT / "tests" / "checks" / "G009").diagnostics
    assert "“What is counted" in found.message
    assert "9 pt, below 18" in found.message


def test_small_lettering_of_a_drawing_is_caught(write: Write) -> None:
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 100" width="400" height="100">'
        '<text x="10" y="50" font-size="9">tiny words</text></svg>'
    )
    text = "# One\n\n![Tiny words.](../images/d.svg)\n\nAnd a text.\n"
    folder = write({"one": text}, toml="[editions.large-print]", files={"images/d.svg": drawing})
    (found,) = examine(folder).diagnostics
    assert found.code == "G009"
    assert "“tiny words”" in found.message


def test_a_book_that_is_not_printed_has_no_concordance(write: Write) -> None:
    artifacts = quietly(
        write({"one": "# One\n\nA text.\n"}, toml="[editions.large-print]")
    ).artifacts
    assert [a.name for a in artifacts] == ["book-large-print.pdf", "book-large-print.pages.json"]
    assert "concordance" not in " ".join(pages(artifacts[0]))
