"""The e-book knows the printed page: marks, lists and labels agree with the PDF, to the word."""

import json
import re
import shutil
from collections.abc import Mapping
from importlib.resources import files as files_of
from pathlib import Path
from random import Random
from typing import Any

import fontpkg_frank_ruhl_libre
import pypdfium2
import pytest
from jsonschema import Draft202012Validator

from octavo.model import Artifact
from octavo.outcome import Outcome
from tests.conftest import PUBLICATIONS, Write, quietly
from tests.formats.pagelist import marked, mismatches, printed
from tests.formats.reading import Package, labels, pages
from tests.validators import epubcheck

pytestmark = pytest.mark.slow

FRONT = 'frontmatter = ["halftitle", "titlepage", "contents"]\n'
Files = Mapping[str, Artifact]


def files(outcome: Outcome) -> Files:
    return {artifact.name.partition(".")[2]: artifact for artifact in outcome.artifacts}


def pages_of(made: Files) -> list[dict[str, Any]]:
    pages = json.loads(made["pages.json"].data)["pages"]
    assert isinstance(pages, list)
    return pages


def begun(made: Files) -> list[dict[str, Any]]:
    return [page for page in pages_of(made) if page["start"]]


@pytest.fixture(scope="module")
def small() -> Files:
    return files(quietly(PUBLICATIONS / "pages"))


def test_every_mark_is_exact(small: Files) -> None:
    assert mismatches(small["epub"].data, small["pdf"].data) == []
    assert len(printed(small["pdf"].data)) > 60


@pytest.mark.parametrize(
    "inside",
    [
        r"p\[\d+\]$",
        r"ol\[1\]/li",
        r"ul\[1\]/li\[\d\]/ul\[1\]/li",
        "blockquote",
        "pre",
        "dl.*dd",
        "figure.*img",
        r"div\[\d\]/p\[\d\]$",
        r"tr\[\d+\]/td\[1\]",
        "caption",
    ],
)
def test_pages_begin_in_every_kind_of_block(small: Files, inside: str) -> None:
    starts = [
        page["start"]["element"] for page in pages_of(small) if isinstance(page["start"], dict)
    ]
    assert any(re.search(inside, element) for element in starts)


def test_pages_begin_inside_inline_elements_and_broken_words(small: Files) -> None:
    package = Package(small["epub"])
    marks = "//h:em//h:span[@role='doc-pagebreak'] | //h:strong//h:span[@role='doc-pagebreak']"
    documents = [name for name in package.spine() if package.find(name, marks)]
    assert documents
    cut = [
        page
        for page, mark in zip(printed(small["pdf"].data), marked(small["epub"].data), strict=True)
        if page.words and page.words[0] not in mark.after[: len(page.words[0]) + 4]
    ]
    assert cut, "no page of this book begins inside a word"


@pytest.mark.parametrize("trim", ["A4", "5x8", "110x150mm"])
def test_another_trim_size_moves_the_marks(small: Files, tmp_path: Path, trim: str) -> None:
    folder = tmp_path / "pages"
    shutil.copytree(PUBLICATIONS / "pages", folder)
    toml = folder / "book.toml"
    toml.write_text(toml.read_text().replace("100x140mm", trim))
    made = files(quietly(folder))
    assert mismatches(made["epub"].data, made["pdf"].data) == []
    assert labels(made["pdf"]) != labels(small["pdf"])


def test_contents_over_pages_hold_marks_and_stay_valid(write: Write, tmp_path: Path) -> None:
    folder = write(
        {f"t{number}": f"# Chapter {number}\n\nA line.\n" for number in range(40)},
        spine=FRONT + f"bodymatter = {[f'text/t{number}.md' for number in range(40)]}",
        toml='[editions.ebook]\n[editions.print]\ntrim = "100x140mm"\n',
    )
    made = files(quietly(folder))
    assert mismatches(made["epub"].data, made["pdf"].data) == []
    assert Package(made["epub"]).find("nav.xhtml", "//h:nav//h:a//@aria-label") == ["vi", "vii"]
    book = tmp_path / "book.epub"
    book.write_bytes(made["epub"].data)
    assert epubcheck(book) == []


def test_labels_of_pages_folios_and_page_lists_are_the_same(small: Files) -> None:
    package, printed_labels = Package(small["epub"]), labels(small["pdf"])
    marks = [
        label
        for name in package.spine()
        for label in package.find(name, "//*[@role='doc-pagebreak']/@aria-label")
    ]
    assert marks == printed_labels
    assert package.find("nav.xhtml", "//h:nav[@role='doc-pagelist']//h:a") == printed_labels
    assert package.find("toc.ncx", "//ncx:pageTarget/ncx:navLabel") == printed_labels
    assert [str(page["label"]) for page in pages_of(small)] == printed_labels
    folios = read_folios(small["pdf"])
    assert {label for label, folio in zip(printed_labels, folios, strict=True) if folio} > {"1"}
    assert all(folio in {"", label} for label, folio in zip(printed_labels, folios, strict=True))


def read_folios(artifact: Artifact) -> list[str]:
    """Return what stands at the foot of each page, below the type area."""
    with pypdfium2.PdfDocument(artifact.data) as pdf:
        return [page.get_textpage().get_text_bounded(top=65).strip() for page in pdf]


def test_a_list_leads_to_every_mark(small: Files) -> None:
    package = Package(small["epub"])
    for href in package.find("nav.xhtml", "//h:nav[@role='doc-pagelist']//h:a/@href"):
        name, _, id_ = href.rpartition("#")
        assert package.find(name or "nav.xhtml", f"//*[@id='{id_}']/@aria-label")


def test_what_the_package_says_of_its_pages(small: Files) -> None:
    package = Package(small["epub"])
    assert package.meta("pageBreakSource") == ["urn:isbn:9780306406157"]
    features = package.meta("schema:accessibilityFeature")
    assert {"pageBreakMarkers", "pageNavigation"} <= set(features)


def test_an_e_book_without_print_has_no_pages_and_claims_none(write: Write) -> None:
    made = files(quietly(write({"one": "# One\n\nText.\n"}, toml="[editions.ebook]")))
    package = Package(made["epub"])
    assert not any(b"pagebreak" in data or b"page-list" in data for data in package.files.values())
    assert package.meta("pageBreakSource") == []
    assert "pageBreakMarkers" not in package.meta("schema:accessibilityFeature")


def test_the_e_book_is_the_same_whether_print_is_asked_for_or_not(small: Files) -> None:
    (alone,) = quietly(PUBLICATIONS / "pages", "ebook").artifacts
    assert alone.data == small["epub"].data


def test_the_edition_that_counts_is_named(write: Write) -> None:
    toml = (
        '[editions.ebook]\npages = "large"\n[editions.print]\n'
        '[editions.large]\nfrom = "print"\ntrim = "A4"\nisbn = "978-0-306-40615-7"'
    )
    folder = write({"one": "# One\n\n" + "Some words. " * 900}, toml=toml)
    artifacts = {artifact.name: artifact for artifact in quietly(folder).artifacts}
    large, small = artifacts["book-large.pdf"], artifacts["book.pdf"]
    assert labels(large) != labels(small)
    assert mismatches(artifacts["book.epub"].data, large.data) == []
    package = Package(artifacts["book.epub"])
    assert package.meta("pageBreakSource") == ["urn:isbn:9780306406157"]


def test_from_right_to_left(write: Write) -> None:
    """Hebrew: a page begins with its first word in reading order, which stands on the right."""
    letters = "אבגדהוזחטיכלמנסעפצקרשת"
    random = Random(1)
    words = ["".join(random.choices(letters, k=random.randint(2, 8))) for _ in range(1500)]
    face = Path(fontpkg_frank_ruhl_libre.__file__).parent / "files" / "FrankRuhlLibre[wght].ttf"
    folder = write(
        {
            "one": f"# {words[0]} {words[1]}\n\n"
            + "\n\n".join(" ".join(words[i : i + 90]) for i in range(0, 1500, 90))
        },
        metadata=METADATA,
        files={"styles/css/own.css": CSS},
        toml='[editions.ebook]\n[editions.print]\nstylesheets = ["own.css"]',
    )
    (folder / "styles" / "fonts").mkdir()
    shutil.copy(face, folder / "styles" / "fonts" / "Frank.ttf")
    made = files(quietly(folder))
    marks = marked(made["epub"].data)
    starts = [
        page["start"]["words"].split()[0]
        for page in pages_of(made)
        if isinstance(page["start"], dict)
    ]
    assert len(starts) > 4
    assert [mark.after.split()[0] for mark in marks] == starts
    assert [first_on_the_right(made["pdf"], n) for n in range(1, len(starts))] == starts[1:]


METADATA = """
[metadata]
identifier = "urn:uuid:00000000-0000-4000-8000-000000000000"
title = "אב"
language = "he"
modified = 2026-01-01T00:00:00Z
"""
CSS = """
@font-face { font-family: "Frank"; src: url(../fonts/Frank.ttf); }
html, .title, p { font-family: "Frank"; }
"""


def first_on_the_right(artifact: Artifact, number: int) -> str:
    """Return the word that stands rightmost on the first line of a page."""
    with pypdfium2.PdfDocument(artifact.data) as pdf:
        page = pdf[number]
        text = page.get_textpage()
        letters = [
            (text.get_charbox(index), text.get_text_range(index, 1))
            for index in range(text.count_chars())
        ]
        high = page.get_height() - 20 * 72 / 25.4
        top = max(box[1] for box, letter in letters if "א" <= letter <= "ת" and box[3] < high)
        line = [(box[2], letter) for box, letter in letters if abs(box[1] - top) < 5]
    # From right to left, up to the first wide gap.
    return "".join(letter for _, letter in sorted(line, reverse=True)).split()[0]


@pytest.mark.parametrize("folder", ["pages", "everything", "minimal"])
def test_the_pages_as_data_follow_their_schema(folder: str) -> None:
    schema = json.loads(files_of("octavo.formats").joinpath("pages.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    data = json.loads(files(quietly(PUBLICATIONS / folder))["pages.json"].data)
    assert list(Draft202012Validator(schema).iter_errors(data)) == []


def test_the_pages_as_data_tell_where_everything_fell(small: Files) -> None:
    places = {place["id"]: place for place in json.loads(small["pages.json"].data)["places"]}
    kinds = {place["kind"] for place in places.values()}
    assert {"chapter", "heading", "note", "figure", "table", "reference", "term"} <= kinds
    texts = dict(zip(labels(small["pdf"]), pages(small["pdf"]), strict=True))
    assert "A heading that stands early" in texts[places["inline--early"]["page"]]
    assert "Table 1" in texts[places["figures--rows"]["page"]]
    reference = places["inline--xref-1"]
    assert (reference["target"], reference["source"]["line"]) == ("figures--late", 11)
    page = places["figures--late"]["page"]
    assert f"page {page}" in " ".join(texts[reference["page"]].split())


@pytest.mark.parametrize("hidden", ["<!-- {} -->", "{}\n{{.screen-only}}"])
def test_a_page_knows_its_line_behind_what_is_not_shown(write: Write, hidden: str) -> None:
    unseen = hidden.format("Words that nobody sees. " * 40)
    paragraphs = "\n\n".join(f"In paragraph {number}, many words. " * 12 for number in range(30))
    folder = write(
        {"one": f"# One\n\nBefore.\n\n{unseen}\n\n{paragraphs}\n"},
        toml='[editions.ebook]\n[editions.print]\ntrim = "100x140mm"\n',
    )
    lines = (folder / "text" / "one.md").read_text().splitlines()
    starts = [page["start"] for page in begun(files(quietly(folder)))][1:]
    assert len(starts) > 10
    for start in starts:
        numbers = re.findall(r"\d+", start["words"])
        assert f"paragraph {numbers[0] if numbers else ''}" in lines[start["source"]["line"] - 1]


def test_lines_of_the_source_part_words(write: Write) -> None:
    """A page that begins with the first word of a line of the source begins before that word."""
    text = "\n".join(f"word{chr(97 + number % 26)}" for number in range(900))
    toml = '[editions.ebook]\n[editions.print]\ntrim = "100x100mm"\n'
    outcome = quietly(write({"one": f"# One\n\n{text}\n"}, toml=toml))
    epub, pdf, _ = outcome.artifacts
    assert mismatches(epub.data, pdf.data) == []
    assert len(printed(pdf.data)) > 5
