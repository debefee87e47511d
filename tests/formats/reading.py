"""Finished files read again, with libraries that did not write them where it matters."""

import re
from collections import Counter
from collections.abc import Mapping
from ctypes import c_double
from io import BytesIO
from zipfile import ZipFile

import pypdfium2
from lxml import etree

from octavo.model import Artifact

NAMESPACES = {
    "h": "http://www.w3.org/1999/xhtml",
    "epub": "http://www.idpf.org/2007/ops",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "ncx": "http://www.daisy.org/z3986/2005/ncx/",
}


class Package:
    """An EPUB, opened."""

    def __init__(self, artifact: Artifact) -> None:
        with ZipFile(BytesIO(artifact.data)) as archive:
            self.entries = archive.infolist()
            self.files = {name: archive.read(name) for name in archive.namelist()}

    def tree(self, name: str) -> etree._Element:
        return etree.fromstring(self.files[f"EPUB/{name}"])

    def find(self, name: str, path: str) -> list[str]:
        """Return what an XPath gives, as text."""
        found = self.tree(name).xpath(path, namespaces=NAMESPACES)
        assert isinstance(found, list)
        return [item if isinstance(item, str) else "".join(item.itertext()) for item in found]

    def spine(self) -> list[str]:
        """Return the names of the documents in reading order."""
        items = dict(
            zip(
                self.find("content.opf", "//opf:item/@id"),
                self.find("content.opf", "//opf:item/@href"),
                strict=True,
            )
        )
        return [items[idref] for idref in self.find("content.opf", "//opf:itemref/@idref")]

    def meta(self, name: str) -> list[str]:
        return self.find("content.opf", f"//opf:meta[@property='{name}']")

    def words(self) -> list[str]:
        """Return the words of the documents in reading order, contents and note marks left out."""
        found: list[str] = []
        for name in (name for name in self.spine() if name != "nav.xhtml"):
            body = self.tree(name).find("h:body", NAMESPACES)
            assert body is not None
            for part in body.xpath(
                ".//h:a[@role='doc-noteref'] | .//*[@class='note-number' or @class='leader']"
                " | .//h:nav[@hidden]",
                namespaces=NAMESPACES,
            ):
                _drop(part)
            found += words(" ".join(map(str, body.itertext())))
        return found


def _drop(element: etree._Element) -> None:
    element.text = " "
    for child in list(element):
        element.remove(child)


def pages(artifact: Artifact) -> list[str]:
    """Return the text of each page of a PDF, words hyphenated inside it joined again."""
    with pypdfium2.PdfDocument(artifact.data) as pdf:
        texts = [page.get_textpage().get_text_range() for page in pdf]
    return [_joined(text) for text in texts]


def _joined(text: str) -> str:
    return re.sub(r"[\ufffe\u2010\u00ad]\r?\n?", "", text).replace("\r", "")


def continuous(artifact: Artifact) -> str:
    """Return the text of a PDF without folios and contents, words broken across pages joined."""
    with pypdfium2.PdfDocument(artifact.data) as pdf:
        texts = [
            re.sub(rf"\b{pdf.get_page_label(number)}$", "", page.get_textpage().get_text_range())
            for number, page in enumerate(pdf)
        ]
    body = [text for text in texts if ". . . ." not in text]
    return _joined("".join(text if text.endswith("\ufffe") else f"{text}\n" for text in body))


def labels(artifact: Artifact) -> list[str]:
    """Return the label of each page of a PDF."""
    with pypdfium2.PdfDocument(artifact.data) as pdf:
        return [pdf.get_page_label(number) for number in range(len(pdf))]


def words(text: str) -> list[str]:
    """Return the words of a text; compounds are one word, since they break at their hyphens."""
    return re.findall(r"\w+", re.sub(r"-\s?\n?", "", text))


def counted(found: list[str]) -> Mapping[str, int]:
    """Return how often each word stands, in lower case."""
    counts: dict[str, int] = {}
    for word in found:
        counts[word.lower()] = counts.get(word.lower(), 0) + 1
    return counts


def baselines(artifact: Artifact, size: float) -> list[list[float]]:
    """Return for each page where the lines set in a size (pt) stand, in pt from its top."""
    with pypdfium2.PdfDocument(artifact.data) as pdf:
        return [_baselines(page, size) for page in pdf]


def _baselines(page: pypdfium2.PdfPage, size: float) -> list[float]:
    text, raw, lines = page.get_textpage(), pypdfium2.raw, Counter[float]()
    x, y, matrix = c_double(), c_double(), raw.FS_MATRIX()
    for number in range(text.count_chars()):
        raw.FPDFText_GetMatrix(text, number, matrix)
        if abs(abs(raw.FPDFText_GetFontSize(text, number) * matrix.d) - size) < 0.1:
            raw.FPDFText_GetCharOrigin(text, number, x, y)
            lines[round(page.get_height() - y.value, 2)] += 1
    # A few characters are a folio or a number in a line of its own.
    return sorted(line for line, characters in lines.items() if characters > 12)
