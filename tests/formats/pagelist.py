"""Whether every mark in an e-book stands where its page begins in print, to the word.

PDFium reads the pages and lxml the e-book; neither of them made what it reads. As a command::

    python -m tests.formats.pagelist BOOK.epub BOOK.pdf
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
from lxml import etree

from tests.formats.reading import NAMESPACES

MM = 72 / 25.4
HEAD, FOOT = 19 * MM, 23 * MM
"""What the house's pages keep for running heads and folios, a millimetre less."""

SOFT = dict.fromkeys(map(ord, "\u00ad\u200b\ufeff"))
UNCOUNTED = (
    "ancestor-or-self::*[contains(concat(' ', @class, ' '), ' note-number ') "
    "or contains(concat(' ', @class, ' '), ' noteref ')]"
)


@dataclass(frozen=True)
class Printed:
    """A page of the PDF: its label, and the words in its type area."""

    label: str
    words: list[str]


@dataclass(frozen=True)
class Marked:
    """A mark in the e-book: its label, the text before it and after it.

    ``head`` are the words of the head of the table that it stands in, which print repeats.
    """

    label: str
    before: str
    after: str
    head: list[str]


def printed(pdf: bytes) -> list[Printed]:
    """Return the pages of a PDF."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [
            Printed(document.get_page_label(number), words(_type_area(page)))
            for number, page in enumerate(document)
        ]


def _type_area(page: pypdfium2.PdfPage) -> str:
    text = page.get_textpage()
    height = page.get_height()
    found = str(text.get_text_bounded(bottom=FOOT, top=height - HEAD))
    # A line ends; what was hyphenated there goes on.
    return re.sub("[\ufffe\u2010\u0002]\r?\n?", "", found)


def words(text: str) -> list[str]:
    """Return the words of a text in one case; a compound is one, since a line may end in it.

    Figures behind letters do not count: PDFium reads the call of a note as part of its word.
    """
    joined = re.sub(r"(?<=\w)[-\u2010]+(?=\w)", "", text.translate(SOFT).casefold())
    joined = re.sub(r"(?<=[^\W\d_])\d+\b", "", joined)
    return re.findall(r"\w+(?:[’']\w+)*", joined)


def marked(epub: bytes) -> list[Marked]:
    """Return the marks of an e-book, in the order in which a reader comes to them."""
    with ZipFile(BytesIO(epub)) as archive:
        package = etree.fromstring(archive.read("EPUB/content.opf"))
        hrefs = dict(
            zip(
                package.xpath("//opf:item/@id", namespaces=NAMESPACES),
                package.xpath("//opf:item/@href", namespaces=NAMESPACES),
                strict=True,
            )
        )
        spine = package.xpath("//opf:itemref/@idref", namespaces=NAMESPACES)
        text, places = "", []
        for id_ in spine:
            body = etree.fromstring(archive.read(f"EPUB/{hrefs[id_]}")).find("h:body", NAMESPACES)
            assert body is not None
            for piece in _pieces(body):
                if isinstance(piece, str):
                    text += piece
                else:
                    places.append((str(piece.get("aria-label")), len(text), _head(piece)))
    return [
        Marked(label, text[max(place - 90, 0) : place], text[place : place + 400], head)
        for label, place, head in places
    ]


def _head(mark: etree._Element) -> list[str]:
    heads = mark.xpath("ancestor::h:table[1]/h:thead//text()", namespaces=NAMESPACES)
    return words(" ".join(map(str, heads)))


def _pieces(element: etree._Element) -> Iterator[str | etree._Element]:
    """Yield the texts and marks of an element in order, a space between blocks."""
    if element.get("role") == "doc-pagebreak":
        yield element
    if element.get("hidden") or element.xpath(UNCOUNTED):
        return
    block = etree.QName(element).localname in BLOCKS
    yield " " if block else ""
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield from _pieces(child)
        yield child.tail or ""
    yield " " if block else ""


BLOCKS = frozenset(
    {"p", "div", "li", "dt", "dd", "td", "th", "tr", "pre", "nav", "ol", "ul", "dl", "table"}
    | {f"h{level}" for level in range(1, 7)}
    | {"section", "header", "figure", "figcaption", "caption", "blockquote", "aside", "br", "img"}
)


def mismatches(epub: bytes, pdf: bytes) -> list[str]:
    """Return what is wrong with the marks of an e-book, a line a page."""
    pages, marks = printed(pdf), marked(epub)
    labels = [page.label for page in pages], [mark.label for mark in marks]
    if labels[0] != labels[1]:
        return [f"the pages are {labels[0]}, the marks {labels[1]}"]
    return [
        f"page {page.label}: print has {page.words[:4]}, the e-book {mark.after[:40]!r}"
        for page, mark in zip(pages, marks, strict=True)
        if page.words and not _agree(_without_head(page.words, mark.head), mark)
    ]


def _without_head(page: list[str], head: list[str]) -> list[str]:
    """Return the words of a page without the head of a table that goes on from the last."""
    return page[len(head) :] if head and page[: len(head)] == head else page


def _agree(page: list[str], mark: Marked) -> bool:
    """Return whether the first whole word is the same; the end of a broken one may come before."""
    after = words(mark.after)
    if after[:1] == page[:1]:
        return True
    broken = words(mark.before)[-1:]
    cut = bool(broken) and broken[0].endswith(page[0]) and not mark.before[-1:].isalnum()
    # The number of a note may stand between the end of the word and the mark.
    return cut and after[:1] in (page[1:2], page[2:3] if page[1:2] and page[1].isdigit() else None)


if __name__ == "__main__":
    found = mismatches(*(Path(name).read_bytes() for name in sys.argv[1:3]))
    total = len(printed(Path(sys.argv[2]).read_bytes()))
    print("\n".join([*found, f"{total - len(found)} of {total} pages agree"]))
    sys.exit(bool(found))
