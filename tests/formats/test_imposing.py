"""Sheets as they come out of the printer, read from the finished file."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import chain

import pikepdf
import pypdfium2
import pytest

from octavo.editions import TRIMS
from octavo.imposition import impose
from octavo.model import Artifact, Imposition
from tests.conftest import Write, quietly

pytestmark = pytest.mark.slow

MILLIMETRE = 72 / 25.4
COUNT = 4200
TEXT = "# A chapter\n\n" + " ".join(f"w{number:04}" for number in range(COUNT)) + "\n"

Printed = Callable[[str], Mapping[str, Artifact]]


@dataclass(frozen=True)
class Word:
    """A word and the place of its first letter from the lower left corner, in millimetres."""

    text: str
    x: float
    y: float

    @property
    def number(self) -> int:
        return int(self.text[1:])


def words(document: pypdfium2.PdfDocument, number: int) -> list[Word]:
    """Return the numbered words of a page, in the order in which they stand in the file."""
    page = document[number].get_textpage()
    found = []
    for match in re.finditer(r"w\d{4}", page.get_text_range()):
        left, bottom, _, _ = page.get_charbox(match.start())
        found.append(Word(match[0], left / MILLIMETRE, bottom / MILLIMETRE))
    return found


@pytest.fixture
def printed(write: Write) -> Printed:
    """Return a function that puts a book of numbered words on sheets, as book.toml says."""

    def made(imposition: str) -> Mapping[str, Artifact]:
        toml = f"[editions.print]\n[editions.booklet]\nimposition = {imposition}\n"
        artifacts = quietly(write({"one": TEXT}, toml=toml)).artifacts
        return {artifact.name: artifact for artifact in artifacts}

    return made


def document(made: Mapping[str, Artifact], name: str = "book-booklet.pdf") -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(made[name].data)


def half(found: list[Word], *, right: bool) -> list[int]:
    return [word.number for word in found if (word.x > 297 / 2) is right]


def test_a_folded_booklet_reads_on(printed: Printed) -> None:
    folded = document(printed("{}"))
    assert folded[0].get_size() == pytest.approx((297 * MILLIMETRE, 210 * MILLIMETRE), abs=0.1)
    outside_in, inside_out = [], []
    for number in range(0, len(folded), 2):
        front, back = words(folded, number), words(folded, number + 1)
        outside_in += [half(front, right=True), half(back, right=False)]
        inside_out += [half(front, right=False), half(back, right=True)]
    read = [*outside_in, *reversed(inside_out)]
    assert len(folded) > 4
    assert list(chain.from_iterable(read)) == list(range(COUNT))


def test_creep_as_it_is_on_the_paper(printed: Printed) -> None:
    made = printed("{ creep = 0.5 }")
    sheets, pages = document(made), document(made, "book.pdf")
    plain = {word.text: word for number in range(len(pages)) for word in words(pages, number)}
    moved: dict[tuple[int, bool], list[float]] = {}
    for number in range(len(sheets)):
        for word in words(sheets, number):
            origin = 148.5 if word.x > 148.5 else 148.5 - 148
            shift = word.x - origin - plain[word.text].x
            moved.setdefault((number // 2, word.x > 148.5), []).append(shift)
    assert len(sheets) > 4
    for (depth, right), shifts in moved.items():
        wanted = -0.5 * depth if right else 0.5 * depth
        assert shifts == pytest.approx([wanted] * len(shifts), abs=0.02)


def test_a_stack_that_is_cut_reads_on(printed: Printed) -> None:
    cut = document(printed('{ scheme = "cut-and-stack", sheet = "A3", duplex = "short-edge" }'))
    width, height = (side / MILLIMETRE for side in cut[0].get_size())
    piles: dict[tuple[bool, bool], list[int]] = {}
    for number in range(len(cut)):
        for word in words(cut, number):
            # The printer turns the upright paper about its short edge: what is below is behind
            # what is above.
            above = (word.y > height / 2) is (number % 2 == 0)
            piles.setdefault((not above, word.x > width / 2), []).append(word.number)
    assert len(piles) == 4
    read = list(chain.from_iterable(pile for _, pile in sorted(piles.items())))
    assert read == list(range(COUNT))


def test_copies_are_all_the_same(printed: Printed) -> None:
    copies = document(printed('{ scheme = "step-and-repeat", sheet = "A3" }'))
    for number in range(len(copies)):
        found = [word.text for word in words(copies, number)]
        assert len(found) == 4 * len(set(found))


@pytest.mark.parametrize(
    "imposition",
    [
        Imposition("saddle-stitch"),
        Imposition("perfect-bound", TRIMS["A3"], signature=8),
        Imposition("cut-and-stack", TRIMS["A3"]),
        Imposition("cut-and-stack", TRIMS["Tabloid"]),
        Imposition("n-up", up=4, notes=True),
    ],
)
def test_marks_stand_outside_the_text(write: Write, imposition: Imposition) -> None:
    sheet = imposition.sheet
    toml = (
        "[editions.print]\n[editions.booklet.imposition]\n"
        f'scheme = "{imposition.scheme}"\nsignature = {imposition.signature}\n'
        f"sheet = {{ width = {sheet.width}, height = {sheet.height} }}\n"
        f"up = {imposition.up or 1}\nnotes = {str(imposition.notes).lower()}\n"
    )
    if not imposition.up:
        toml = toml.replace("up = 1\n", "")
    made = {a.name: a for a in quietly(write({"one": TEXT}, toml=toml)).artifacts}
    printed, count = document(made), len(document(made, "book.pdf"))
    sides = [
        side
        for made_sheet in impose(imposition, TRIMS["A5"], count)
        for side in (made_sheet.front, made_sheet.back)
        if side
    ]
    assert len(sides) == len(printed)
    for number, side in enumerate(sides):
        height = printed[number].get_height() / MILLIMETRE
        for mark in (*side.folds, *side.cuts, *side.collation, *side.notes):
            for word in words(printed, number):
                across = mark.x - 6 < word.x < mark.x + mark.width + 0.5
                down = mark.y - 0.5 < height - word.y < mark.y + mark.height + 3
                assert not (across and down), f"{mark} and {word}"


def test_the_file_is_for_a_printer_and_not_for_a_screen(printed: Printed) -> None:
    made = printed('{ duplex = "long-edge" }')
    with pikepdf.open(BytesIO(made["book-booklet.pdf"].data)) as pdf:
        preferences = pdf.Root.ViewerPreferences
        assert str(preferences.Duplex) == "/DuplexFlipLongEdge"
        assert str(preferences.PrintScaling) == "/None"
        assert not {"/StructTreeRoot", "/Outlines", "/PageLabels"} & set(pdf.Root.keys())
        assert str(pdf.docinfo.Title) == "A book"
    sheet = document(made)[0].get_textpage().get_text_range()
    assert "Sheet 1/" in sheet


def test_a_handout_on_sheets_keeps_its_title(write: Write) -> None:
    toml = (
        '[editions.sheet]\nfrom = "handout"\ntitle = "A sheet"\nsections = ["text/one.md"]\n'
        '[editions.pads]\nfrom = "booklet"\npages = "sheet"\n'
        'imposition = { scheme = "step-and-repeat", sheet = "A3" }\n'
    )
    made = {a.name: a for a in quietly(write({"one": "# One\n\nw0001.\n"}, toml=toml)).artifacts}
    with pikepdf.open(BytesIO(made["book-pads.pdf"].data)) as pdf:
        assert str(pdf.docinfo.Title) == "A sheet"
    assert len(words(document(made, "book-pads.pdf"), 0)) == 2


def test_blank_paper_goes_before_a_back_cover(write: Write) -> None:
    texts = {"one": "# One\n\nw0001 is here.\n"}
    spine = 'bodymatter = ["text/one.md"]\nbackmatter = ["backcover"]'
    metadata = (
        "[metadata]\nidentifier = 'urn:uuid:00000000-0000-4000-8000-000000000000'\n"
        "title = 'A book'\nlanguage = 'en'\nmodified = 2026-01-01T00:00:00Z\n"
        "description = 'What stands on the back.'\n"
    )
    toml = "[editions.print]\n[editions.booklet]\n"
    made = {a.name: a for a in quietly(write(texts, spine, toml, metadata)).artifacts}
    folded = document(made)
    page = folded[0].get_textpage()
    text = page.get_text_range()
    assert len(folded) == 2
    assert page.get_charbox(text.index("What stands"))[0] < 148 * MILLIMETRE
    assert page.get_charbox(text.index("w0001"))[0] > 148 * MILLIMETRE
