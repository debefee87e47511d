"""Pages for a screen: one below the other, with an outline and links that are seen."""

from collections.abc import Iterator, Mapping
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from octavo.model import Artifact
from tests.formats.reading import counted, pages, words

pytestmark = pytest.mark.slow

Made = Mapping[str, Artifact]


def test_no_page_is_blank(editions: Made) -> None:
    assert all(page.strip() for page in pages(editions["screen.pdf"]))
    assert any(not page.strip() for page in pages(editions["crossroads.pdf"])), "as paper has them"


def test_it_opens_as_a_column_with_its_outline(editions: Made) -> None:
    with pikepdf.open(BytesIO(editions["screen.pdf"].data)) as pdf:
        assert str(pdf.Root.PageMode) == "/UseOutlines"
        assert str(pdf.Root.PageLayout) == "/OneColumn"
        with pdf.open_outline() as outline:
            assert len(outline.root) > 8
            assert not any(item.is_closed for item in outline.root)


def test_links_are_seen(editions: Made) -> None:
    """Words under a link are not of the colour of the text."""
    checked = 0
    with pypdfium2.PdfDocument(editions["screen.pdf"].data) as pdf:
        for number, page in enumerate(pdf):
            picture = page.render(scale=2).to_pil().convert("RGB")
            height = page.get_height()
            for left, bottom, right, top in links(editions["screen.pdf"], number):
                box = (left * 2, (height - top) * 2, right * 2, (height - bottom) * 2)
                colours = picture.crop(tuple(map(int, box))).getcolors(1 << 20) or []
                blues = sum(n for n, (r, _, b) in colours if b > r + 40)
                assert blues > 0, (number, box)
                checked += 1
    assert checked > 60


def links(artifact: Artifact, number: int) -> Iterator[tuple[float, ...]]:
    with pikepdf.open(BytesIO(artifact.data)) as pdf:
        for annotation in pdf.pages[number].get("/Annots", []):
            if annotation.Subtype == pikepdf.Name.Link:
                x0, y0, x1, y1 = map(float, annotation.Rect)
                yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def test_it_says_what_the_book_says(editions: Made) -> None:
    def said(name: str) -> Mapping[str, int]:
        return counted(words(" ".join(pages(editions[name])).replace("\n", " ")))

    paper, screen = said("crossroads.pdf"), said("screen.pdf")
    lost = {word for word in paper if word not in screen and word.isalpha()}
    # The heads of columns are said again in the index of a book; words may break at its pages.
    edges = {
        word
        for page in pages(editions["crossroads.pdf"])
        for word in counted(words(" ".join([*page.split()[:3], *page.split()[-3:]])))
    }
    assert lost - edges - {"continued"} == set()
