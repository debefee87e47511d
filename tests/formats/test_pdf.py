"""The pages, read again by PDFium, which did not set them."""

from collections.abc import Callable, Iterator
from io import BytesIO
from random import Random
from typing import Final

import pikepdf
import pypdfium2
import pytest

from octavo.model import Artifact
from tests.conftest import METADATA, PUBLICATIONS, Write, quietly
from tests.formats.reading import labels, pages

pytestmark = pytest.mark.slow

TEXT: Final = pypdfium2.raw.FPDF_PAGEOBJ_TEXT
FRONT = 'frontmatter = ["halftitle", "titlepage", "copyright", "contents"]\n'
LONG = "Some words that fill the page, one line after another, until it is full. " * 60

Typeset = Callable[..., Artifact]


@pytest.fixture
def typeset(write: Write) -> Typeset:
    def make(texts: dict[str, str], **options: object) -> Artifact:
        artifact, _ = quietly(write(texts, **options), "print").artifacts
        assert not artifact.problems
        return artifact

    return make


def spine(*names: str) -> str:
    return FRONT + "bodymatter = [" + ", ".join(f'"text/{name}.md"' for name in names) + "]"


def test_chapters_open_on_rectos_and_labels_follow(typeset: Typeset) -> None:
    artifact = typeset(
        {"one": "# One\n\nShort.\n", "two": "# Two\n\nShort.\n"}, spine=spine("one", "two")
    )
    assert labels(artifact) == ["i", "ii", "iii", "iv", "v", "vi", "1", "2", "3"]
    texts = pages(artifact)
    assert texts[6].startswith("1")
    assert "One" in texts[6]
    assert texts[7].strip() == ""
    assert "Two" in texts[8]


def test_folios_are_the_labels(typeset: Typeset) -> None:
    artifact = typeset({"one": f"# One\n\n{LONG}\n\n{LONG}\n"}, spine=spine("one"))
    for label, text in zip(labels(artifact)[6:], pages(artifact)[6:], strict=True):
        assert text.split()[-1] == label


def test_running_heads(typeset: Typeset) -> None:
    artifact = typeset({"one": f"# One\n\n{LONG}\n\n{LONG}\n\n{LONG}\n"}, spine=spine("one"))
    opening, verso, recto = pages(artifact)[6:9]
    assert "A BOOK" not in opening.upper().splitlines()
    assert "A BOOK" in verso.upper()
    assert recto.splitlines()[0] == "One" or "One" in recto.splitlines()


def test_contents_name_the_pages(typeset: Typeset) -> None:
    artifact = typeset(
        {"one": f"# One\n\n{LONG}\n\n{LONG}\n", "two": "# Two\n\nShort.\n"},
        spine=spine("one", "two"),
    )
    two = next(n for n, text in enumerate(pages(artifact)) if "Two" in text and "Short." in text)
    (line,) = [line for line in pages(artifact)[4].splitlines() if "Two" in line]
    assert line.split()[-1] == labels(artifact)[two]


def test_note_stands_on_the_page_that_calls_it(typeset: Typeset) -> None:
    text = "# One\n\n" + "".join(
        f"Paragraph {n} is called upon.[^{n}] {LONG[:400]}\n\n"
        f"[^{n}]: The note number {n} says so.\n\n"
        for n in range(1, 13)
    )
    for page in pages(typeset({"one": text}, spine=spine("one")))[6:]:
        for n in range(1, 13):
            assert (f"Paragraph {n} is" in page) == (f"number {n} says" in page)


def test_no_note_is_lost_or_late(typeset: Typeset) -> None:
    """Random paragraphs and notes: WeasyPrint alone sets some overleaf, and drops some."""
    random = Random(3)
    paragraphs, notes, count = [], [], 0
    for _ in range(90):
        text = random.choices(LONG.split(), k=random.randint(20, 120))
        for _ in range(random.choice((0, 0, 1, 1, 2))):
            count += 1
            text.insert(random.randint(1, len(text)), f"called{count}x.[^{count}]")
            said = " ".join(random.choices(LONG.split(), k=random.randint(3, 40)))
            notes.append(f"[^{count}]: Noted{count}x {said}")
        paragraphs.append(" ".join(text))
    artifact = typeset({"one": "\n\n".join(("# One", *paragraphs, *notes))}, spine=spine("one"))
    texts = ["".join(text.split()).lower() for text in pages(artifact)]
    assert count > 60
    for number in range(1, count + 1):
        called = [n for n, text in enumerate(texts) if f"called{number}x" in text]
        noted = [n for n, text in enumerate(texts) if f"noted{number}x" in text]
        assert called == noted, f"note {number}"


def test_head_of_a_table_is_repeated(typeset: Typeset) -> None:
    rows = "".join(f"| row {n} | {n} |\n" for n in range(60))
    artifact = typeset(
        {"one": f"# One\n\n| Item | Count |\n|---|---:|\n{rows}\n"}, spine=spine("one")
    )
    assert sum("Item Count" in " ".join(text.split()) for text in pages(artifact)) > 1


def test_outline_metadata_and_catalogue(typeset: Typeset) -> None:
    metadata = METADATA + 'creators = [{ name = "Ada Example" }]\nsubjects = ["Paper"]\n'
    artifact = typeset(
        {"one": "# One\n\n## Inside\n\nA text.\n"}, spine=spine("one"), metadata=metadata
    )
    with pypdfium2.PdfDocument(artifact.data) as pdf:
        assert [(b.level, b.get_title()) for b in pdf.get_toc()] == [
            (0, "A book"),
            (0, "Contents"),
            (0, "1 One"),
            (1, "Inside"),
        ]
        described = pdf.get_metadata_dict()
    assert described["Title"] == "A book"
    assert described["Author"] == "Ada Example"
    assert described["Keywords"] == "Paper"
    assert described["CreationDate"] == described["ModDate"] == "D:20260101000000Z"
    with pikepdf.open(BytesIO(artifact.data)) as pdf_:
        assert pdf_.Root.Lang == "en"
        assert pdf_.Root.ViewerPreferences.DisplayDocTitle
        assert pdf_.Root.MarkInfo.Marked


@pytest.mark.parametrize(
    ("trim", "size"), [("A5", (419.5, 595.3)), ("6x9", (432, 648)), ("120x190mm", (340.2, 538.6))]
)
def test_trim(typeset: Typeset, trim: str, size: tuple[float, float]) -> None:
    artifact = typeset({"one": "# One\n\nA text.\n"}, toml=f'[editions.print]\ntrim = "{trim}"\n')
    with pypdfium2.PdfDocument(artifact.data) as pdf:
        assert pdf[0].get_size() == pytest.approx(size, abs=0.1)


def test_all_faces_are_the_house_s() -> None:
    """What the machine has besides must not show: a page is the same everywhere."""
    artifact, _ = quietly(PUBLICATIONS / "everything", "print").artifacts
    with pikepdf.open(BytesIO(artifact.data)) as pdf:
        fonts = [font for page in pdf.pages for font in page.Resources.get("/Font", {}).values()]
        names = {str(font.BaseFont).partition("+")[2] for font in fonts}
        assert all(is_embedded(font) for font in fonts)
    families = {name.replace("-", "")[:10] for name in names}
    assert families == {"SourceSeri", "SourceSans", "SourceCode"}


def is_embedded(font: pikepdf.Object) -> bool:
    descriptor = font.DescendantFonts[0].FontDescriptor
    return any(name in descriptor for name in ("/FontFile", "/FontFile2", "/FontFile3"))


def test_line_ends_are_exact(typeset: Typeset) -> None:
    """Justified lines end at the margin, within a tenth of a point."""
    artifact = typeset({"one": f"# One\n\n{LONG}\n"}, spine=spine("one"))
    with pypdfium2.PdfDocument(artifact.data) as pdf:
        page = pdf[7]
        text = page.get_textpage()
        rects = [text.get_rect(n) for n in range(text.count_rects())]
    ends = sorted((right for _, bottom, right, _ in rects if 80 < bottom < 520), reverse=True)
    edge = (148 - 22) * 72 / 25.4
    assert ends[0] <= edge + 0.5
    assert ends[len(ends) // 2] == pytest.approx(edge, abs=0.6)


def test_structure_has_notes_and_one_element_a_link(typeset: Typeset) -> None:
    text = "# One\n\nCalled.[^a] See [](two.md).\n\n[^a]: The note.\n"
    artifact = typeset({"one": text, "two": "# *Two*\n\nA text.\n"}, spine=spine("one", "two"))
    with pikepdf.open(BytesIO(artifact.data)) as pdf:
        elements = [(str(e.S), str(e.get("/ID", ""))) for e in tree(pdf.Root.StructTreeRoot.K)]
        links = sum(len(page.get("/Annots", [])) for page in pdf.pages)
    assert ("/Note", "note-1") in elements
    assert [name for name, _ in elements].count("/Link") == links == 3


def test_paragraph_and_list_over_pages_are_one(typeset: Typeset) -> None:
    items = "".join(f"- {LONG[:200]}\n" for _ in range(30))
    text = f'# One\n\n{LONG}\n\n{items}\n\n*mot*{{: lang="fr" }}\n'
    artifact = typeset({"one": text}, spine=spine("one"))
    with pikepdf.open(BytesIO(artifact.data)) as pdf:
        assert len(pdf.pages) > 8
        elements = list(tree(pdf.Root.StructTreeRoot.K))
        body = [e for e in elements if str(e.S) == "/Sect"][-1]
        names = [str(e.S) for e in tree(body.K)]
        languages = [str(e.Lang) for e in elements if "/Lang" in e]
    assert names.count("/P") == 2
    assert names.count("/L") == 1
    assert names.count("/LI") == 30
    assert languages == ["fr"]


def test_lines_of_a_paragraph_are_no_elements(typeset: Typeset) -> None:
    """Its text stands in it, and that on a second page says on which."""
    artifact = typeset({"one": f"# One\n\nBefore.\n\n{LONG}\n"}, spine=spine("one"))
    with pikepdf.open(BytesIO(artifact.data)) as pdf:
        *_, words = [e for e in tree(pdf.Root.StructTreeRoot.K) if str(e.S) == "/P"]
        assert list(tree(words.K)) == []
        here = [kid for kid in words.K if not isinstance(kid, pikepdf.Dictionary)]
        there = [kid for kid in words.K if isinstance(kid, pikepdf.Dictionary)]
        assert len(here) > 10
        assert len(there) > 10
        assert {str(kid.Type) for kid in there} == {"/MCR"}
        assert words.Pg.objgen not in {kid.Pg.objgen for kid in there}


def test_a_leader_is_one_text_that_ends_at_the_folios(typeset: Typeset) -> None:
    texts = {name: f"# {name.title()}\n\nShort.\n" for name in ("one", "seventeen")}
    artifact = typeset(texts, spine=spine(*texts))
    with pypdfium2.PdfDocument(artifact.data) as pdf:
        page = pdf[4]
        texts_ = list(page.get_objects([TEXT], textpage=page.get_textpage()))
        leaders = [each for each in texts_ if each.extract().count(".") > 5]
        assert len(leaders) == len(texts)
        (end,) = {round(each.get_bounds()[2], 1) for each in leaders}
        assert page.get_width() / 2 < end < page.get_width()


def test_items_hold_a_label_and_a_body(typeset: Typeset) -> None:
    items = "".join(f"- First.\n\n    {LONG[:300]}\n\n    - inner\n\n" for _ in range(20))
    artifact = typeset({"one": f"# One\n\n{items}\n"}, spine=spine("one"))
    with pikepdf.open(BytesIO(artifact.data)) as pdf:
        assert len(pdf.pages) > 8
        elements = list(tree(pdf.Root.StructTreeRoot.K))
        held = [[str(kid.S) for kid in item.K] for item in elements if str(item.S) == "/LI"]
    assert held.count(["/Lbl", "/LBody"]) == 40


def test_a_note_of_several_blocks_is_one_note(typeset: Typeset) -> None:
    note = f"[^n]: {LONG[:300]}\n\n    - item\n\n    Last words.\n"
    artifact = typeset({"one": f"# One\n\nCalled.[^n]\n\n{note}"}, spine=spine("one"))
    with pikepdf.open(BytesIO(artifact.data)) as pdf:
        elements = list(tree(pdf.Root.StructTreeRoot.K))
        titles = [element for element in elements if str(element.S) == "/H1"]
        nested = [str(inner.S) for title in titles for inner in tree(title.K)]
        (note_,) = [element for element in elements if str(element.S) == "/Note"]
        held = [str(element.S) for element in tree(note_.K)]
    assert held.count("/P") == 2
    assert held.count("/LI") == 1
    assert titles
    assert "/H1" not in nested


def tree(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from tree(kid)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from tree(node.get("/K", pikepdf.Array()))


def test_cross_references_are_links(typeset: Typeset) -> None:
    artifact = typeset({"one": "# One\n\nSee [](two.md).\n", "two": "# Two\n\nA text.\n"})
    with pypdfium2.PdfDocument(artifact.data) as pdf:
        assert "See Chapter 2, Two." in " ".join(pdf[0].get_textpage().get_text_range().split())
    with pikepdf.open(BytesIO(artifact.data)) as pdf_:
        destinations = [
            str(annotation.Dest) for page in pdf_.pages for annotation in page.get("/Annots", [])
        ]
    assert destinations == ["two"]
