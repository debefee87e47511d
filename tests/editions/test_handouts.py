"""Handouts as they come out of the copier: one sheet, nothing dangling, nothing not theirs."""

import json
import random
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from octavo import xhtml
from octavo.book import compose
from octavo.editions import EDITIONS, TRIMS
from octavo.layouts import lay_out
from octavo.model import Artifact, Draft, Edition, Kind, Pagination
from octavo.press import make, prepare
from octavo.sources import read
from octavo.workshop import Workshop
from tests.conftest import BRIEFING, PUBLICATIONS, quietly
from tests.formats.reading import pages
from tests.validators import verapdf

pytestmark = pytest.mark.slow

Made = Mapping[str, Artifact]
HANDOUTS = [
    f"{name}-{paper}"
    for name in ("facts", "discussion", "facilitator")
    for paper in ("a4", "letter")
]
TRIED = PUBLICATIONS / "handouts"


def text_of(artifact: Artifact) -> str:
    return " ".join(" ".join(pages(artifact)).split())


# --- the briefing's own ---


@pytest.mark.parametrize("name", HANDOUTS)
def test_each_is_one_sheet_of_its_paper(editions: Made, name: str) -> None:
    artifact = editions[f"{name}.pdf"]
    trim = TRIMS["A4" if name.endswith("a4") else "Letter"]
    with pypdfium2.PdfDocument(artifact.data) as pdf:
        assert len(pdf) in {1, 2}
        for page in pdf:
            wanted = (trim.width * 72 / 25.4, trim.height * 72 / 25.4)
            assert page.get_size() == pytest.approx(wanted, abs=0.1)
    for number, page in enumerate(pages(artifact), start=1):
        assert f"Page {number} of {len(pages(artifact))}" in page
        assert "At a Crossroads, Octavo Press" in page
        assert "Creative Commons Attribution-ShareAlike 4.0" in page
    assert artifact.remark.startswith("1 sheet, ")


@pytest.mark.parametrize("name", [*HANDOUTS, "screen", "large-print"])
def test_all_that_is_read_is_tagged(editions: Made, name: str, tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    path.write_bytes(editions[f"{name}.pdf"].data)
    assert verapdf(path, "ua1") == []


def test_the_fact_sheet_has_every_figure(editions: Made) -> None:
    said = text_of(editions["facts-a4.pdf"])
    for fact in (
        "16 peacekeeping operations", "4 continents", "9 areas of reform", "193 members of",
        "2015 is the year", "25 years, and more", "3,500 peacekeepers, and more", "1948",
        "99 died in 2016", "7 were lost in a month", "4 were murdered", "6 were murdered",
        "10 were wounded", "29 May",
    ):  # fmt: skip
        assert fact in said, fact


def test_participants_get_lines_and_facilitators_get_notes(editions: Made) -> None:
    participants = text_of(editions["discussion-a4.pdf"])
    facilitators = text_of(editions["facilitator-a4.pdf"])
    assert "Listen for" in facilitators
    assert "Before you begin" in facilitators
    assert "Listen for" not in participants
    for question in ("What can it not do?", "Why does it matter that both are said?"):
        assert question in participants
        assert question in facilitators
    assert ruled(editions["discussion-a4.pdf"]) >= 20
    assert ruled(editions["facilitator-a4.pdf"]) == 0


def ruled(artifact: Artifact) -> int:
    """Return how many lines are drawn right across the text, each as deep as a hand needs."""
    count = 0
    with pypdfium2.PdfDocument(artifact.data) as pdf:
        for page in pdf:
            for item in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_PATH]):
                left, bottom, right, top = item.get_bounds()
                count += right - left > 400 and abs(top - bottom - 8 * 72 / 25.4) < 0.5
    return count


# --- every way in which one can be asked for ---


@pytest.fixture(scope="module")
def tried() -> Made:
    outcome = quietly(TRIED)
    assert not outcome.diagnostics
    return {a.name.removeprefix("handouts-"): a for a in outcome.artifacts}


def test_the_code_leads_to_the_source(tried: Made) -> None:
    with pypdfium2.PdfDocument(tried["ink-a4.pdf"].data) as pdf:
        picture = pdf[0].render(scale=3).to_pil().convert("L")
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text == "https://example.org/paper?from=handout&to=book"


def test_reference_matter_is_cut_to_what_is_used(tried: Made) -> None:
    ink, parts = text_of(tried["ink-a4.pdf"]), text_of(tried["parts.pdf"])
    assert "Grammage" in ink
    assert "Recto" not in ink + parts
    assert "The drop was drawn by Ada Example" in ink
    assert "drawn by nobody" not in ink
    assert "A handbook of folding" in parts
    assert "The standard of paper sizes" not in parts
    assert "dictionary" not in ink + parts
    assert "500 sheets" not in parts, "a note that only another section calls"


def test_what_is_left_out_is_named_with_its_page(tried: Made) -> None:
    ink = text_of(tried["ink-a4.pdf"])
    label = next(
        number
        for number, page in enumerate(pages(tried["handouts.pdf"]))
        if "Pages of a sheet" in page
    )
    with pypdfium2.PdfDocument(tried["handouts.pdf"].data) as pdf:
        page = pdf.get_page_label(label)
    assert f"paper (see Sheets, p.\u00a0{page})" in ink.replace("p. ", "p.\u00a0")
    assert "See Figure 1" in ink, "what it holds itself is a reference like any other"


def test_the_margin_tells_the_pages_of_the_book(tried: Made) -> None:
    """Every number in the margin stands beside words that are on that page of the book."""
    data = json.loads(tried["handouts.pages.json"].data)
    begins = {page["label"]: page["start"]["words"] for page in data["pages"] if page["start"]}
    found = dict(margin(tried["ink-a4.pdf"]))
    assert len(found) >= 3
    for label, beside in found.items():
        first = next(word for word in begins[label].split() if word.isalpha())
        assert first.casefold() in beside.casefold(), (label, beside)


def margin(artifact: Artifact) -> Iterator[tuple[str, str]]:
    """Yield the numbers in the margin of the first page, with the words of the line beside each."""
    with pypdfium2.PdfDocument(artifact.data) as pdf:
        text = pdf[0].get_textpage()
        edge = 20 * 72 / 25.4 - 4
        for index in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(index)
            said = text.get_text_bounded(left, bottom, right, top).strip()
            if right < edge and said.isdecimal():
                middle = (bottom + top) / 2
                yield said, text.get_text_bounded(edge, middle - 2, 595, middle + 2)


def test_two_columns_stand_beside_each_other(tried: Made) -> None:
    with pypdfium2.PdfDocument(tried["parts.pdf"].data) as pdf:
        text = pdf[0].get_textpage()
        said = text.get_text_range()
        left, right = (text.get_charbox(said.index(w)) for w in ("A sheet has", "Pages of a"))
    assert right[0] > left[0] + 200
    assert abs(right[1] - left[1]) < 60


# --- every subset of the briefing ---


@pytest.fixture(scope="module")
def draft() -> Draft:
    return prepare(read(BRIEFING))


@pytest.fixture(scope="module")
def book(editions: Made) -> Mapping[str, str]:
    """Return the text of every page of the print edition by its label."""
    with pypdfium2.PdfDocument(editions["crossroads.pdf"].data) as pdf:
        labels = [pdf.get_page_label(number) for number in range(len(pdf))]
    texts = (" ".join(page.split()) for page in pages(editions["crossroads.pdf"]))
    return dict(zip(labels, texts, strict=True))


@pytest.fixture(scope="module")
def pagination(editions: Made) -> Pagination:
    pages_ = editions["crossroads.pdf"].pagination
    assert pages_ is not None
    return pages_


def selectable(draft: Draft) -> list[str]:
    """Return all that a handout can select: texts, and their sections."""
    names = []
    for path, chapter in draft.chapters.items():
        names.append(path)
        names += [
            f"{path}#{target.name}" for target in chapter.targets if target.kind is Kind.HEADING
        ]
    return names


def subsets(names: list[str]) -> Iterator[tuple[str, ...]]:
    yield from combinations(names, 2)
    chance = random.Random(4)
    for _ in range(60):
        yield tuple(chance.sample(names, chance.randint(1, len(names))))


def handout(*sections: str) -> Edition:
    return replace(EDITIONS["handout"], sections=sections, limits=None)


def check(page: str, book: Mapping[str, str]) -> int:
    """Assert that a laid-out handout has no dead link and names the right pages; count these."""
    root = xhtml.parse(page)
    ids = [str(id_) for id_ in root.xpath("//@id")]
    assert len(ids) == len(set(ids))
    for href in map(str, root.xpath("//@href")):
        assert not href.startswith("#") or href[1:] in ids, href
        assert ".md" not in href
    assert not xhtml.find(root, "//h:a[contains(@class, 'xref')][not(node())]")
    told = 0
    for reference in xhtml.find(root, "//h:span[@class='elsewhere']"):
        said = " ".join("".join(map(str, reference.itertext())).split())
        match = re.search(r"(?:see )?(?P<name>[^()]+), p\. (?P<label>\w+)", said)
        if match is None:
            assert re.search(r"\bpage \w+", said), said
            continue
        name = re.sub(r"^(?:Chapter \d+|Part \w+), ", "", match["name"])
        assert name.casefold() in book[match["label"]].casefold(), said
        told += 1
    return told


def test_no_subset_has_a_dangling_reference(
    draft: Draft, book: Mapping[str, str], pagination: Pagination
) -> None:
    names = selectable(draft)
    assert len(names) > 25
    styles = draft.manuscript.styles
    told = tried = 0
    for sections in subsets(names):
        made = compose(draft, handout(*sections), pagination)
        told += check(lay_out(made, styles).documents[0].xhtml, book)
        tried += 1
    assert tried > 300
    assert told > 500


def test_a_chapter_is_named_where_it_opens(
    draft: Draft, book: Mapping[str, str], pagination: Pagination
) -> None:
    made = compose(draft, handout("text/tasks.md", "text/who-leads.md"), pagination)
    page = lay_out(made, draft.manuscript.styles).documents[0].xhtml
    (label,) = set(re.findall(r"What it costs</cite>, p\.\xa0(\d+)", page))
    assert book[label].startswith("9 What it costs")


@pytest.mark.parametrize("seed", range(6))
def test_subsets_are_set_without_a_complaint(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    chosen = chance.sample(selectable(prepare(read(BRIEFING))), chance.randint(1, 6))
    copy = shutil.copytree(BRIEFING, tmp_path / "crossroads")
    toml = (BRIEFING / "book.toml").read_text()
    begins, _, rest = toml.partition("[editions.ebook]")
    after = rest[rest.index("[accessibility]") :]
    selected = ", ".join(f'"{name}"' for name in chosen)
    editions = f'[editions.print]\n[editions.subset]\nfrom = "handout"\nsections = [{selected}]\n'
    audience = 'audience = ["facilitator", "participant"]\n'
    (copy / "book.toml").write_text(f"{begins}{editions}{audience}{after}")
    outcome = make(copy, ("subset",), Workshop())
    assert [d for d in outcome.diagnostics if not d.code.startswith("G")] == []
    path = tmp_path / "made.pdf"
    path.write_bytes(outcome.artifacts[0].data)
    assert verapdf(path, "ua1") == []


def test_the_pages_of_a_handout_are_data(tried: Made) -> None:
    data = json.loads(tried["ink-a4.pages.json"].data)
    assert data["edition"]["name"] == "ink-a4"
    assert {page["label"] for page in data["pages"]} <= {"1", "2"}
    assert {place["id"] for place in data["places"]} >= {"ink--drying", "ink--figure-drop"}
