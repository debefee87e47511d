"""A book set in gatherings is the book set as one: the same words, on the same pages and places."""

import subprocess
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from typing import Any, cast

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from octavo import xhtml
from octavo.book import compose
from octavo.formats.pdf import binding
from octavo.formats.pdf.gatherings import STUB, cut, whole
from octavo.layouts import lay_out
from octavo.model import Artifact, Page, Rendition
from octavo.press import make, prepare
from octavo.sources import read
from octavo.workshop import Crew, Workshop
from tests.conftest import BRIEFING, Write
from tests.validators import verapdf

BOOKS = {
    "crossroads, print": (BRIEFING, "print"),
    "crossroads, large print": (BRIEFING, "large-print"),
    "crossroads, screen": (BRIEFING, "screen"),
}
SMALL = 3_000
"""So many characters make a gathering here: every chapter is one."""


pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Both:
    """An edition set as one and in gatherings, and into how many it was cut."""

    one: tuple[Artifact, ...]
    several: tuple[Artifact, ...]
    count: int


def set_both(folder: Path, edition: str, patch: pytest.MonkeyPatch) -> Both:
    counts = []

    def small(rendition: Rendition) -> Any:
        counts.append(len(made := cut(rendition, SMALL)))
        return made

    patch.setattr(binding, "cut", lambda rendition: (whole(rendition),))
    one = make(folder, (edition,)).artifacts
    patch.setattr(binding, "cut", small)
    with ProcessPoolExecutor(2, get_context("forkserver")) as pool:
        several = make(folder, (edition,), Workshop(crew=Crew(pool))).artifacts
    return Both(one, several, max(counts))


@pytest.fixture(scope="module", params=list(BOOKS.values()), ids=list(BOOKS))
def both(request: pytest.FixtureRequest) -> Iterator[Both]:
    with pytest.MonkeyPatch.context() as patch:
        folder, edition = request.param
        yield set_both(folder, edition, patch)


def pdf(artifacts: tuple[Artifact, ...]) -> bytes:
    return artifacts[0].data


def test_it_is_cut(both: Both) -> None:
    assert both.count > 3


def test_a_gathering_has_every_leaf_and_fills_its_own(briefing_rendition: Rendition) -> None:
    (whole_,) = leaves_of(briefing_rendition)
    gatherings = cut(briefing_rendition, SMALL)
    filled: list[str] = []
    for gathering in gatherings:
        (body,) = leaves_of(gathering.unpacked())
        assert [each.get("class") for each in body] == [each.get("class") for each in whole_]
        assert {each.get("hidden") for each in body} >= {None, STUB}
        for each, own in zip(body, whole_, strict=True):
            if not each.get("hidden"):
                filled.append(str(each.get("id")))
                assert "".join(map(str, each.itertext())) == "".join(map(str, own.itertext()))
            else:
                assert len(each) == 0
    assert filled == [each.get("id") for each in whole_]


def leaves_of(rendition: Rendition) -> Any:
    return xhtml.find(xhtml.parse(rendition.documents[0].xhtml), "./h:body")


def test_every_letter_stands_where_it_would(both: Both) -> None:
    one, several = (pypdfium2.PdfDocument(pdf(each)) for each in (both.one, both.several))
    assert len(one) == len(several)
    for number, (page, other) in enumerate(zip(one, several, strict=True), start=1):
        said, again = page.get_textpage(), other.get_textpage()
        assert said.get_text_range() == again.get_text_range(), f"page {number}"
        for at in range(said.count_chars()):
            assert again.get_charbox(at) == pytest.approx(said.get_charbox(at), abs=0.02)


def test_pages_as_data_are_the_same(both: Both) -> None:
    one, several = both.one[0].pagination, both.several[0].pagination
    assert one
    assert several
    assert [rounded(page) for page in one.pages] == [rounded(page) for page in several.pages]
    assert (one.homes, one.columns) == (several.homes, several.columns)
    assert [each.data for each in both.one[1:]] == [each.data for each in both.several[1:]]


def rounded(page: Page) -> Page:
    """Return a page without what is lost where numbers are added in another order."""
    lines = tuple(replace(line, baseline=round(line.baseline, 6)) for line in page.lines)
    return replace(page, lines=lines, depth=round(page.depth, 6))


def test_links_outline_and_labels_lead_to_the_same(both: Both) -> None:
    one, several = (facts(pdf(each)) for each in (both.one, both.several))
    assert one == several
    assert one["links"]
    assert one["outline"]


def facts(data: bytes) -> Mapping[str, object]:
    """Return where everything in a file leads, by the number of the page."""
    with pikepdf.open(BytesIO(data)) as file:
        numbers = {page.objgen: number for number, page in enumerate(file.pages)}
        listed: list[Any] = list(cast("Any", file.Root.Names.Dests.Names))
        places = {
            str(name): (numbers[place[0].objgen], *(round(float(x), 1) for x in list(place)[2:4]))
            for name, place in zip(listed[::2], listed[1::2], strict=True)
        }
        links = [
            (number, str(link.get("/Dest") or link.A.URI), link.Contents)
            for number, page in enumerate(file.pages)
            for link in cast("Any", page.get("/Annots", ()))
        ]
        return {
            "places": places,
            "links": sorted((n, where, str(said)) for n, where, said in links),
            "broken": [where for _, where, _ in links if not is_known(where, places)],
            "labels": str(file.Root.PageLabels.Nums),
            "outline": [entry(item) for item in file.open_outline().root],
            "read": [element(each) for each in file.Root.StructTreeRoot.K[0].K],
        }


def is_known(where: str, places: Mapping[str, object]) -> bool:
    return "/" in where or where in places or where.startswith("mailto:")


def entry(item: Any) -> object:
    return item.title, item.is_closed, [entry(each) for each in item.children]


def element(each: Any) -> object:
    """Return an element of the structure and all in it, but not what is marked on a page."""
    kids = each.get("/K", ())
    inside = [element(kid) for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    return str(each.S), str(each.get("/Lang", "")), inside


def test_nothing_is_broken(both: Both) -> None:
    assert facts(pdf(both.several))["broken"] == []


def holds(element: Any, number: int, page: Any) -> bool:
    """Return whether an element refers to what is marked with a number on a page."""
    for kid in element.K:
        if not isinstance(kid, pikepdf.Dictionary):
            if int(kid) == number and element.Pg.objgen == page.objgen:
                return True
        elif kid.get("/Type") == "/MCR" and int(kid.MCID) == number:
            return bool(kid.Pg.objgen == page.objgen)
    return False


def test_every_mark_on_a_page_is_that_of_the_element_that_holds_it(both: Both) -> None:
    with pikepdf.open(BytesIO(pdf(both.several))) as file:
        numbers = file.Root.StructTreeRoot.ParentTree.Nums
        parents = dict(zip(map(int, list(numbers)[::2]), list(numbers)[1::2], strict=True))
        for page in file.pages:
            held = parents.pop(int(page.StructParents))
            assert all(holds(each, number, page) for number, each in enumerate(held))
            for annotation in page.get("/Annots", ()):
                if "/StructParent" in annotation:
                    assert pikepdf.Name.Link == parents.pop(int(annotation.StructParent)).S
        assert parents == {}


def test_fonts_are_embedded_once(both: Both) -> None:
    assert len(pdf(both.several)) <= 1.25 * len(pdf(both.one)) + 20_000
    with pikepdf.open(BytesIO(pdf(both.several))) as file:
        names = [
            str(each.FontName)
            for each in file.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"
        ]
    assert len(names) == len(set(names))


def test_verapdf_has_no_complaint(both: Both, tmp_path: Path) -> None:
    path = tmp_path / "several.pdf"
    path.write_bytes(pdf(both.several))
    assert verapdf(path) == []


@pytest.fixture(scope="module")
def briefing_rendition() -> Rendition:
    draft = prepare(read(BRIEFING))
    edition = next(each for each in draft.manuscript.editions if each.name == "print")
    return lay_out(compose(draft, edition, None), draft.manuscript.styles)


# --- what is told across gatherings ---

LONG = "Some words that fill the page, one line after another, until it is full. " * 40


def test_page_references_across_gatherings(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {
        f"t{n}": f"# Title {n}\n\nSee page [](t{9 - n}.md){{.page}}.\n\n{LONG}\n\n{LONG}\n"
        for n in range(1, 9)
    }
    made = set_both(write(texts), "print", monkeypatch)
    assert made.count == 8
    words = said(made.several)
    pages = made.several[0].pagination
    assert pages
    for n in range(1, 9):
        here, there = pages.homes[f"t{n}"], pages.label(f"t{9 - n}")
        assert f"{there}." in words[here]
    one = made.one[0].pagination
    assert one
    assert one.homes == pages.homes


def test_what_is_drawn_in_a_group_keeps_its_letters(
    write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What is not opaque is a drawing of its own in the PDF, with fonts of its own."""
    texts = {f"t{n}": f"# Title {n}\n\n{LONG}\n" for n in range(1, 5)}
    files = {"styles/css/pale.css": ".title-words { opacity: 0.5 }"}
    toml = '[editions.print]\nstylesheets = ["book.css", "spread.css", "pale.css"]\n'
    made = set_both(write(texts, toml=toml, files=files), "print", monkeypatch)
    assert made.count > 1
    for one, several in zip(*map(said, (made.one, made.several)), strict=True):
        assert one == several
    for name, each in (("one", made.one), ("several", made.several)):
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(pdf(each))
        assert (
            "Title 3"
            in subprocess.run(
                ["pdftotext", path, "-"], capture_output=True, text=True, check=True
            ).stdout
        )


def test_pictures_are_shared_with_their_masks(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first and the third are the same; the second has the same colours and another mask."""
    texts = {
        f"t{n}": f"# Title {n}\n\n![Black.](../images/{name}.png)\n\n{LONG * 2}\n"
        for n, name in enumerate(("pale", "dark", "pale"), start=1)
    }
    book = write(texts)
    (book / "images").mkdir()
    for name, alpha in (("pale", 60), ("dark", 200)):
        Image.new("RGBA", (9, 9), (0, 0, 0, alpha)).save(book / "images" / f"{name}.png")
    made = set_both(book, "print", monkeypatch)
    assert made.count == 3
    with pikepdf.open(BytesIO(pdf(made.several))) as file:
        masked = [each for each in file.objects if is_masked(each)]
        masks = {each.SMask.read_bytes() for each in masked}
    assert (len(masked), len(masks)) == (2, 2)


def is_masked(each: pikepdf.Object) -> bool:
    return isinstance(each, pikepdf.Stream) and "/SMask" in each


def said(artifacts: tuple[Artifact, ...]) -> list[str]:
    book = pypdfium2.PdfDocument(pdf(artifacts))
    return [page.get_textpage().get_text_range() for page in book]


def test_a_book_that_cannot_be_cut_is_set_as_one(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its chapters do not open on pages of their own."""
    texts = {f"t{n}": f"# Title {n}\n\n{LONG}\n" for n in range(1, 5)}
    toml = '[editions.print]\nstylesheets = ["run.css"]\n'
    files = {"styles/css/run.css": ".leaf { break-before: auto; page: auto }"}
    made = set_both(write(texts, toml=toml, files=files), "print", monkeypatch)
    assert made.count > 1
    assert made.one[0].pagination == made.several[0].pagination
    assert pdf(made.one) == pdf(made.several)


def test_breaks_are_those_of_the_leaf_before_and_of_no_other(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first leaf asks for a break after it, and so does one in the middle."""
    texts = {f"t{n}": f"# Title {n}\n\n{LONG}\n" for n in range(1, 5)}
    listed = ", ".join(f'"text/{name}.md"' for name in texts)
    spine = f'frontmatter = ["titlepage"]\nbodymatter = [{listed}]\n'
    toml = '[editions.print]\nstylesheets = ["run.css"]\n'
    css = (
        ".chapter { break-before: page } .titlepage, #t2 { break-after: recto }"
        ".titlepage { display: flex }"
    )
    files = {"styles/css/run.css": css}
    made = set_both(write(texts, spine=spine, toml=toml, files=files), "print", monkeypatch)
    assert made.count > 2
    assert [page.start for page in pages_of(made.one)] == [
        page.start for page in pages_of(made.several)
    ]


def pages_of(artifacts: tuple[Artifact, ...]) -> tuple[Page, ...]:
    pagination = artifacts[0].pagination
    assert pagination
    return pagination.pages


@pytest.mark.parametrize(
    "style",
    [
        "@page :first { margin-top: 50mm }",
        ".chapter { counter-increment: chapter }",
        ".title { position: running(title) }",
        ".leaf::after { content: counter(pages) }",
        ".leaf::after { position: fixed; content: 'x' }",
    ],
)
def test_what_counts_through_the_book_is_not_cut(style: str, briefing_rendition: Rendition) -> None:
    sheet = replace(briefing_rendition.stylesheets[-1], data=style.encode())
    sheets = (*briefing_rendition.stylesheets[:-1], sheet)
    assert len(cut(briefing_rendition, SMALL)) > 3
    assert len(cut(replace(briefing_rendition, stylesheets=sheets), SMALL)) == 1
