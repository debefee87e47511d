"""The e-book, opened again."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest

from octavo.diagnostics import PublishingError
from octavo.formats.epub import bind
from octavo.model import Asset, Document, Edition, Medium, Metadata, Rendition, Statement
from octavo.workshop import Workshop
from tests.conftest import METADATA, Write, quietly
from tests.formats.reading import Package
from tests.validators import epubcheck

pytestmark = pytest.mark.slow

ONE = """# One

A text with a "quotation", a note,[^n] the same note again,[^n] and *mot*{: lang="fr" }.

[^n]: What the note says.

![A square.](../images/a.svg)

/// caption
    attrs: {id: f}
Square.
///
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>'

Made = Callable[..., Package]


@pytest.fixture
def made(write: Write) -> Made:
    def make(text: str = ONE, **options: object) -> Package:
        folder = write({"one": text}, files={"images/a.svg": SVG}, **options)
        (artifact,) = quietly(folder, "ebook").artifacts
        return Package(artifact)

    return make


def test_container(made: Made) -> None:
    package = made()
    first = package.entries[0]
    assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
    assert package.files["mimetype"] == b"application/epub+zip"
    assert {entry.date_time for entry in package.entries} == {(1980, 1, 1, 0, 0, 0)}


def test_metadata_in_full(made: Made) -> None:
    metadata = """
[metadata]
identifier = "urn:uuid:1"
title = "A book"
subtitle = "And what it is"
language = "en-GB"
creators = [
  { name = "Ada Example", file-as = "Example, Ada" },
  { name = "Bob Writer", role = "ill" },
]
contributors = [{ name = "Eve Reader", role = "edt" }]
publisher = "Press"
date = 2026-05-29
modified = 2026-01-02T03:04:05Z
rights = "Free"
description = "What it is about."
subjects = ["One", "Two"]
series = { name = "Books", position = 2 }
"""
    package = made(metadata=metadata, toml='[editions.ebook]\nisbn = "978-0-306-40615-7"')
    dc = {
        name: package.find("content.opf", f"//dc:{name}")
        for name in ("identifier", "title", "language", "creator", "contributor", "date", "subject")
    }
    assert dc == {
        "identifier": ["urn:isbn:9780306406157", "urn:uuid:1"],
        "title": ["A book", "And what it is"],
        "language": ["en-GB"],
        "creator": ["Ada Example", "Bob Writer"],
        "contributor": ["Eve Reader"],
        "date": ["2026-05-29"],
        "subject": ["One", "Two"],
    }
    assert package.meta("dcterms:modified") == ["2026-01-02T03:04:05Z"]
    assert package.meta("role") == ["aut", "ill", "edt"]
    assert package.meta("file-as") == ["Example, Ada"]
    assert package.meta("belongs-to-collection") == ["Books"]
    assert package.meta("group-position") == ["2"]
    assert package.find("content.opf", "/opf:package/@xml:lang") == ["en-GB"]


def test_note_opens_and_leads_back(made: Made) -> None:
    package = made()
    calls = package.find("one.xhtml", "//h:a[@role='doc-noteref' and @epub:type='noteref']/@href")
    assert calls == ["#one--note-n", "#one--note-n"]
    (note,) = package.find("one.xhtml", "//h:aside[@epub:type='footnote' and @id='one--note-n']")
    assert "What the note says." in note
    aside = "//h:aside[@role='doc-footnote']"
    assert package.find("one.xhtml", f"{aside}/*[1]/h:a[@role='doc-backlink']/@href") == [
        "#one--call-n"
    ]
    assert package.find("one.xhtml", "//*[@id='one--call-n']") == ["1"]


def test_navigation(made: Made) -> None:
    spine = 'frontmatter = ["titlepage", "contents"]\nbodymatter = ["text/one.md"]'
    package = made(f"{ONE}\n## Further\n\nMore.\n", spine=spine)
    assert package.find(
        "nav.xhtml", "//h:nav[@epub:type='toc' and @role='doc-toc']//h:a/@href"
    ) == [
        "one.xhtml",
        "one.xhtml#one--further",
    ]
    marks = package.find("nav.xhtml", "//h:nav[@epub:type='landmarks']//h:a/@epub:type")
    assert marks == ["cover", "titlepage", "toc", "bodymatter"]
    points = package.find("toc.ncx", "//ncx:navPoint/ncx:content/@src")
    assert points == ["one.xhtml", "one.xhtml#one--further"]
    assert package.spine() == ["cover.xhtml", "titlepage.xhtml", "nav.xhtml", "one.xhtml"]


def test_book_without_contents_has_navigation_all_the_same(made: Made) -> None:
    package = made()
    assert "nav.xhtml" not in package.spine()
    assert package.find("content.opf", "//opf:item[@properties='nav']/@href") == ["nav.xhtml"]


def test_drawn_cover(made: Made) -> None:
    package = made()
    assert package.find("content.opf", "//opf:item[@properties='cover-image']/@href") == [
        "cover.jpg"
    ]
    assert package.files["EPUB/cover.jpg"].startswith(b"\xff\xd8")
    assert package.find("cover.xhtml", "//h:img[@role='doc-cover']/@alt") == ["Cover of A book"]
    (item,) = package.find("content.opf", "//opf:meta[@name='cover']/@content")
    assert package.find("content.opf", f"//opf:item[@id='{item}']/@href") == ["cover.jpg"]


def test_cover_of_the_author(made: Made) -> None:
    metadata = METADATA + 'cover = "images/a.svg"\n'
    package = made(metadata=metadata)
    assert package.find("content.opf", "//opf:item[@properties='cover-image']/@href") == [
        "images/a.svg"
    ]
    assert "EPUB/cover.jpg" not in package.files


def test_language_of_a_passage(made: Made) -> None:
    assert made().find("one.xhtml", "//h:em[@lang='fr' and @xml:lang='fr']") == ["mot"]


def test_accessibility_is_what_the_book_has(made: Made) -> None:
    package = made()
    assert package.meta("schema:accessMode") == ["textual", "visual"]
    assert package.meta("schema:accessModeSufficient") == ["textual"]
    assert "alternativeText" in package.meta("schema:accessibilityFeature")
    assert package.meta("schema:accessibilityHazard") == ["none"]
    assert package.meta("dcterms:conformsTo") == []


def test_accessibility_without_descriptions_claims_none(made: Made) -> None:
    package = made("# One\n\nA text.\n\n![](../images/a.svg)\n")
    features = package.meta("schema:accessibilityFeature")
    assert "alternativeText" not in features
    assert package.meta("schema:accessModeSufficient") == ["textual,visual"]
    (summary,) = package.meta("schema:accessibilitySummary")
    assert "Not all of its images have a description." in summary


def test_skipped_levels_of_headings_are_not_called_navigable(made: Made) -> None:
    package = made("# One\n\n## A\n\nText.\n\n#### B\n\nText.\n")
    assert "structuralNavigation" not in package.meta("schema:accessibilityFeature")


def test_conformance_needs_a_person(made: Made) -> None:
    toml = '[accessibility]\nreviewed-by = "Ada Example"\nreviewed-on = 2026-05-01\n'
    package = made(toml=toml)
    assert package.meta("dcterms:conformsTo") == ["EPUB Accessibility 1.1 - WCAG 2.2 Level AA"]
    assert package.meta("a11y:certifiedBy") == ["Ada Example"]


def test_faces_are_subset(made: Made) -> None:
    faces = [data for name, data in made().files.items() if name.endswith(".otf")]
    assert faces
    assert max(map(len, faces)) < 80_000


def test_nothing_remote(made: Made) -> None:
    package = made()
    for name in package.spine():
        for address in package.find(name, "//@src | //h:link/@href"):
            assert "EPUB/" + address in package.files


def test_formulas_may_be_drawings(write: Write, tmp_path: Path) -> None:
    toml = '[editions.ebook]\nformulas = "images"\n[editions.print]'
    text = "# One\n\nIt is `x^2`{.math}, and `x^2`{.math}.\n\n```math\n\\frac{a}{b}\n```\n"
    outcome = quietly(write({"one": text}, toml=toml))
    assert outcome.diagnostics == ()
    book = tmp_path / "book.epub"
    book.write_bytes(outcome.artifacts[0].data)
    with ZipFile(book) as archive:
        chapter = archive.read("EPUB/one.xhtml").decode()
        drawn = [name for name in archive.namelist() if name.startswith("EPUB/math/")]
        package = archive.read("EPUB/content.opf").decode()
    assert "<math" not in chapter
    assert chapter.count('alt="x^2"') == 2
    assert len(drawn) == 2
    assert "MathML" not in package
    assert epubcheck(book) == []


def test_writer_that_refuses_is_a_diagnostic() -> None:
    metadata = Metadata("id", "T\x00itle", "en", datetime(2026, 1, 1, tzinfo=UTC))
    document = Document("a.xhtml", "A", '<html xmlns="http://www.w3.org/1999/xhtml"/>')
    rendition = Rendition(
        name="book",
        metadata=metadata,
        statement=Statement(),
        edition=Edition("ebook", "epub", Medium.REFLOWABLE),
        documents=(document,),
        stylesheets=(Asset("css/a.css", "text/css", b""),),
        assets=(),
        ncx="<ncx/>",
    )
    with pytest.raises(PublishingError) as problem:
        bind(rendition, Workshop())
    assert [diagnostic.code for diagnostic in problem.value.diagnostics] == ["P005"]


def test_image_folder_beside_the_book(write: Write, tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "a.svg").write_text(SVG)
    folder = write(
        {"one": "# One\n\n![A square.](../../pictures/a.svg)\n"},
        toml='[assets]\nfolders = ["../pictures"]\n',
    )
    (artifact,) = quietly(folder, "ebook").artifacts
    package = Package(artifact)
    assert package.find("one.xhtml", "//h:img/@src") == ["beside/pictures/a.svg"]
    assert "EPUB/beside/pictures/a.svg" in package.files
