"""The wall around WeasyPrint: one finished document in, typeset pages out.

WeasyPrint reads nothing but what the rendition holds: the fetcher knows no file and no network.
"""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final
from xml.etree import ElementTree as ET

import cssselect2
import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from octavo import xhtml
from octavo.composer import PROPERTIES
from octavo.diagnostics import Diagnostic, Location, error, raise_errors, warning
from octavo.formats import Progress
from octavo.formats.pdf.breaks import break_between_words
from octavo.formats.pdf.composing import compose_paragraphs, use_composer
from octavo.formats.pdf.faces import Faces
from octavo.formats.pdf.notes import keep_notes_with_their_calls
from octavo.formats.pdf.pagination import paginate
from octavo.formats.pdf.paging import even_pages
from octavo.formats.pdf.structure import ONLY, PRINT_ONLY, TRACE, teach_tags
from octavo.model import Asset, Pagination, Rendition
from octavo.typography.numerals import folios

BASE: Final = "https://octavo.invalid/"
"""Where every name in a rendition is looked up; the domain exists nowhere (RFC 6761)."""


_OTHERWISE_SAID: Final = "has no required alt description"
"""What the check I002 says with the line of the source; an ornament needs no text at all."""


@dataclass(frozen=True)
class Pages:
    """Typeset pages: the file, how many pages stand before the body, and the pages as data."""

    data: bytes
    front: int
    pagination: Pagination
    problems: tuple[Diagnostic, ...]


def typeset(rendition: Rendition, progress: Progress) -> Pages:
    """Return the rendition's only document as pages.

    Raises:
        PublishingError: P003 when an image, a stylesheet or an anchor is missing.
    """
    with _listening(rendition.documents[0].name, progress) as problems:
        pages, faces = _render(rendition)
        front, pagination = _read(pages, faces, rendition, progress)
        progress("write")
        data = pages.write_pdf(**_options(rendition))
    raise_errors(problems)
    return Pages(data, front, pagination, tuple(dict.fromkeys(problems)))


def set_only(rendition: Rendition, progress: Progress) -> Pagination:
    """Return the pages as data without drawing them; what is missing is not complained of."""
    with _listening(rendition.documents[0].name, progress):
        return _read(*_render(rendition), rendition, progress)[1]


def _render(rendition: Rendition) -> tuple[weasyprint.Document, Faces]:
    """Return the pages, and the faces that they are set in."""
    keep_notes_with_their_calls()
    break_between_words()
    compose_paragraphs()
    even_pages()
    teach_tags()
    files = {asset.name: asset for asset in (*rendition.stylesheets, *rendition.assets)}
    html = _Document(rendition.documents[0].xhtml, _Fetcher(files))
    fonts = FontConfiguration()
    edition = rendition.edition
    faces = Faces(rendition.hangs if edition.composer.margins else {})
    use_composer(fonts, edition.composer, faces, pages=edition.facing)
    return html.render(font_config=fonts, **_options(rendition)), faces


def _options(rendition: Rendition) -> dict[str, Any]:
    return {"pdf_variant": rendition.edition.standard or None, "pdf_tags": True}


def _read(
    pages: weasyprint.Document, faces: Faces, rendition: Rendition, progress: Progress
) -> tuple[int, Pagination]:
    """Return how many pages stand before the body, and the pages as data."""
    progress("read the pages")
    front = _before(pages, rendition.body)
    return front, paginate(pages.pages, folios(front, len(pages.pages)), rendition, faces)


class _Document(weasyprint.HTML):  # type: ignore[misc] # WeasyPrint has no types
    """A document that is well-formed already and must not be repaired.

    WeasyPrint's own constructor goes through a forgiving HTML parser, which would tear a note out
    of the paragraph that calls it.
    """

    def __init__(self, document: str, fetcher: URLFetcher) -> None:
        root = ET.fromstring(document)  # noqa: S314 - our own, without entities
        for number, element in enumerate(root.iter(), start=1):
            element.tag = element.tag.removeprefix(f"{{{xhtml.XHTML}}}")
            element.set(TRACE, str(number))
            _take_properties(element)
            if PRINT_ONLY in element.get("class", "").split():
                for inner in element.iter():
                    inner.set(ONLY, "1")
        self.base_url = BASE
        self.url_fetcher = fetcher
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


def _take_properties(element: ET.Element) -> None:
    """Have what an element says of its composing inherited, as custom properties of CSS are."""
    said = {name: element.get(f"data-{name}") for name in PROPERTIES}
    style = "".join(f"; --{name}: {value}" for name, value in said.items() if value)
    if style:
        element.set("style", element.get("style", "") + style)


class _Fetcher(URLFetcher):  # type: ignore[misc] # WeasyPrint has no types
    """Hands out the files of a rendition and nothing else."""

    def __init__(self, files: Mapping[str, Asset]) -> None:
        super().__init__(allowed_protocols={"data"})
        self._files = files

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Return a file of the rendition.

        Raises:
            ValueError: for any other address; WeasyPrint logs it, and it becomes a diagnostic.
        """
        if url.startswith("data:"):
            return super().fetch(url, headers)
        asset = self._files.get(url.removeprefix(BASE))
        if asset is None or not url.startswith(BASE):
            raise ValueError("not part of the publication")
        return URLFetcherResponse(url, asset.data, {"Content-Type": asset.media_type})


def _before(pages: Any, body: str) -> int:
    """Return the number of pages before the one on which the body begins."""
    numbered = enumerate(pages.pages)
    return next((number for number, page in numbered if body in page.anchors), 0) if body else 0


class _Listener(logging.Handler):
    """Turns what WeasyPrint logs into diagnostics, and its steps into progress."""

    def __init__(self, document: str, progress: Progress) -> None:
        super().__init__(logging.INFO)
        self.problems: list[Diagnostic] = []
        self._document = document
        self._progress = progress

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage().replace(BASE, "")
        if record.name.endswith("progress"):
            self._progress(message.partition(" - ")[2].lower())
            return
        if _OTHERWISE_SAID in message:
            return
        say = error if record.levelno >= logging.ERROR else warning
        hint = "the place is in the stylesheets or in a template; `octavo check` tells it again"
        self.problems.append(say("P003", f"WeasyPrint: {message}", Location(self._document), hint))


@contextmanager
def _listening(document: str, progress: Progress) -> Iterator[list[Diagnostic]]:
    listener = _Listener(document, progress)
    logger, steps = logging.getLogger("weasyprint"), logging.getLogger("weasyprint.progress")
    before = steps.level
    steps.setLevel(logging.INFO)
    logger.addHandler(listener)
    try:
        yield listener.problems
    finally:
        logger.removeHandler(listener)
        steps.setLevel(before)
