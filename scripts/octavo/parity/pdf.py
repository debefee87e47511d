"""A finished PDF, read by PDFium in the order of its structure tree.

That is the order in which assistive technology reads a page. Running heads, folios and what is said
again on the next page are not in the tree; whatever of these stands below the text is the folio.
"""

import ctypes
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise, repeat
from math import ceil
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from octavo.parity.reading import BREAK, PICTURE, Note, Reading, Said, address
from octavo.workshop import Task, task

_HYPHENS: Final = "\x02\ufffe"
"""PDFium's signs for a hyphen at the end of a line."""

GENERATED: Final = "generated"
PRINT_ONLY: Final = "print-only"
"""The titles of what a stylesheet wrote, and of what an e-book goes without on purpose."""

_WRITTEN: Final = frozenset({"NonStruct", "Link"})
"""Types of elements that a stylesheet may have written."""

_SAYS: Final = re.compile(r"\w")

_DOCUMENT: Final = "Document"
"""What has the leaves of all pages, and no text of its own: not to ask for any saves a while."""

_LABEL, _NOTE, _FIGURE, _ROW = "Lbl", "Note", "Figure", "TR"
_INLINE: Final = frozenset({"Span", "Link", "Reference", "NonStruct", "Code", "Em", "Strong"})
"""Structure types that stand within a line; a space parts all others."""

_BUFFER: Final = ctypes.create_string_buffer(64)
_LINE: Final = (ctypes.c_ushort * 512)()
"""Where PDFium writes what is short, as nearly everything is: to ask for the size first is slow."""

_PITCH: Final = 6.0
"""How far the next line is away at least (pt): more than a raised figure."""


_SHARE: Final = 400
"""So many pages are read by one at most."""

_SEVERAL: Final = 150
"""A book of more pages is read by several at once."""


def shares(data: bytes) -> list[Task]:
    """Return what reads a tagged PDF: a share of its pages each, all of about one size."""
    with pypdfium2.PdfDocument(data) as pdf:
        count = len(pdf)
    digest = sha256(data).hexdigest()
    number = max(ceil(count / _SHARE), 1 + (count > _SEVERAL))
    bounds = [count * at // number for at in range(number + 1)]
    return [
        task(read, data, first, last, told=(digest, first, last))
        for first, last in pairwise(bounds)
    ]


def joined(readings: Iterable[Reading]) -> Reading:
    """Return the whole of what was read in shares."""
    read_ = list(readings)
    pages = tuple(page for each in read_ for page in each.pages)
    return Reading(pages, tuple(note for each in read_ for note in each.notes))


def read(data: bytes, first: int, last: int) -> Reading:
    """Return what pages of a tagged PDF say: those from ``first``, counted from 0, to ``last``."""
    pages, notes = [], []
    with pypdfium2.PdfDocument(data) as pdf:
        for number in range(first, min(last, len(pdf))):
            page, label = pdf[number], pdf.get_page_label(number)
            told = _tell(page)
            links = frozenset(_links(pdf, page))
            pages.append(
                Said(
                    label=label,
                    text=_folded(told.text),
                    pictures=tuple(told.pictures),
                    links=links,
                    generated=tuple(told.generated),
                    rows=told.rows,
                    apart=told.apart,
                    folio=told.folio,
                )
            )
            notes += [Note(_folded(note), label) for note in told.notes]
            page.close()
    return Reading(tuple(pages), tuple(notes))


def _folded(pieces: list[str]) -> str:
    return " ".join("".join(pieces).replace(f"{BREAK} ", BREAK).split())


@dataclass
class _Told:
    """What has been read of a page; ``into`` is where the next text goes."""

    text: list[str] = field(default_factory=list)
    notes: list[list[str]] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    generated: list[str] = field(default_factory=list)
    rows: int = 0
    folio: str = ""
    apart: bool = False
    used: set[int] = field(default_factory=set)


def _tell(page: pypdfium2.PdfPage) -> _Told:
    texts = pdfium.FPDFText_LoadPage(page.raw)
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    marked, heights = _marked(page, texts)
    told = _Told()
    try:
        for index in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            child = pdfium.FPDF_StructTree_GetChildAtIndex(tree, index)
            if child:
                _walk(child, marked, told, told.text)
    finally:
        pdfium.FPDF_StructTree_Close(tree)
        pdfium.FPDFText_ClosePage(texts)
    told.folio = _folio(marked, heights, told.used)
    return told


def _walk(
    element: Any, marked: dict[int, str], told: _Told, into: list[str], *, apart: bool = False
) -> None:
    """Put what an element says at the end of a text, or of one that it begins.

    What print alone is to say is read ``apart``, and forgotten.
    """
    type_ = _string(pdfium.FPDF_StructElement_GetType, element)
    title = _string(pdfium.FPDF_StructElement_GetTitle, element)
    if title == PRINT_ONLY and not apart:
        aside = _Told()
        _walk(element, marked, aside, aside.text, apart=True)
        told.used |= aside.used
        told.apart = True
        return
    if type_ == _NOTE:
        into = []
        told.notes.append(into)
    elif type_ == _FIGURE:
        told.pictures.append(_string(pdfium.FPDF_StructElement_GetAltText, element))
        into.append(f" {PICTURE} ")
        into = []  # the lettering of a drawing is part of the picture
    elif type_ == _LABEL:
        into = []  # a bullet, or the number of an item: the stylesheet's
    told.rows += type_ == _ROW
    if type_ in _WRITTEN and title == GENERATED:
        into.append(_generated(element, marked, told))
        return
    for child, number in _kids(element, type_):
        if child:
            _walk(child, marked, told, into, apart=apart)
        elif number in marked:
            told.used.add(number)
            into.append(marked[number])
    if type_ not in _INLINE:
        into.append(" ")


def _kids(element: Any, type_: str = "") -> Iterator[tuple[Any, int]]:
    """Yield what an element holds: others, and the numbers of what is marked on the page."""
    count = pdfium.FPDF_StructElement_CountChildren(element)
    children = map(pdfium.FPDF_StructElement_GetChildAtIndex, repeat(element), range(count))
    if type_ == _DOCUMENT:
        yield from ((child, -1) for child in children if child)
        return
    for index, child in enumerate(children):
        if child:
            yield child, -1
        else:
            yield None, pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index)


def _generated(element: Any, marked: dict[int, str], told: _Told) -> str:
    """Return what a stylesheet wrote, where it says something: a lone dash or a leader does not."""
    inner = _Told()
    for child, number in _kids(element):
        if child:
            _walk(child, marked, inner, inner.text)
        elif number in marked:
            inner.used.add(number)
            inner.text.append(marked[number])
    told.used |= inner.used
    said = " ".join(text for text in inner.text if _SAYS.search(text))
    told.generated += [said] * bool(said)
    return said


def _string(get: Any, element: Any) -> str:
    """Return a string that PDFium writes into a buffer as UTF-16."""
    size = get(element, _BUFFER, len(_BUFFER))
    if size <= len(_BUFFER):
        return _BUFFER.raw[: max(size - 2, 0)].decode("utf-16-le")
    buffer = ctypes.create_string_buffer(size)
    get(element, buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le")


_UNNUMBERED: Final = -2
"""The number of the first artifact of a page; -1 is that of an element which is no content."""


def _marked(page: pypdfium2.PdfPage, texts: Any) -> tuple[dict[int, str], dict[int, float]]:
    """Return the text of every marked content by its number, and the height of its line (pt).

    A space parts what stands on different lines. What has no number, as what stands in the margins,
    has one below zero.
    """
    found: dict[int, list[str]] = defaultdict(list)
    heights: dict[int, float] = {}
    matrix = pdfium.FS_MATRIX()
    above, unnumbered = 0.0, _UNNUMBERED
    for index in range(pdfium.FPDFPage_CountObjects(page.raw)):
        item = pdfium.FPDFPage_GetObject(page.raw, index)
        said = _text(item, texts)
        if not said:
            continue
        number = pdfium.FPDFPageObj_GetMarkedContentID(item)
        pdfium.FPDFPageObj_GetMatrix(item, matrix)
        height = matrix.f
        is_below = abs(height - above) > _PITCH
        if number < 0:  # an artifact; each line of it is one
            number = unnumbered = unnumbered - is_below
        if is_below:
            found[number].append(" ")
        above = height
        heights.setdefault(number, height)
        found[number].append(said)
    return {number: "".join(parts) for number, parts in found.items()}, heights


def _text(item: Any, texts: Any) -> str:
    """Return what an object of a page says, nothing where it is no text."""
    size = pdfium.FPDFTextObj_GetText(item, texts, _LINE, 2 * len(_LINE))
    line = _LINE
    if size > 2 * len(_LINE):
        line = (ctypes.c_ushort * (size // 2))()
        pdfium.FPDFTextObj_GetText(item, texts, line, size)
    said = ctypes.string_at(line, max(size - 2, 0)).decode("utf-16-le", "replace").rstrip("\0")
    for hyphen in _HYPHENS:
        said = said.replace(hyphen, BREAK)
    return said


def _folio(marked: dict[int, str], heights: dict[int, float], used: set[int]) -> str:
    """Return what stands below everything else and is in no tree."""
    unread = [number for number in marked if number not in used]
    lowest = min((heights[number] for number in used if number in heights), default=1e9)
    below = [number for number in unread if heights[number] < lowest]
    foot = min((heights[number] for number in below), default=0) + _PITCH
    return " ".join(marked[number].strip() for number in below if heights[number] < foot)


def _links(pdf: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Iterator[str]:
    position, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    while pdfium.FPDFLink_Enumerate(page.raw, ctypes.byref(position), ctypes.byref(link)):
        target = pdfium.FPDFLink_GetDest(pdf.raw, link)
        if target:
            number = pdfium.FPDFDest_GetDestPageIndex(pdf.raw, target)
            yield f"page {pdf.get_page_label(number)}"
            continue
        action = pdfium.FPDFLink_GetAction(link)
        size = pdfium.FPDFAction_GetURIPath(pdf.raw, action, None, 0)
        if size:
            buffer = ctypes.create_string_buffer(size)
            pdfium.FPDFAction_GetURIPath(pdf.raw, action, buffer, size)
            yield address(buffer.value.decode("utf-8", "replace"))
