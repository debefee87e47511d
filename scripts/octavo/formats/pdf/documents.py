"""A finished document as WeasyPrint reads it.

WeasyPrint reads nothing but what the rendition holds: the fetcher knows no file and no network.
"""

from collections.abc import Mapping
from typing import Any, Final
from xml.etree import ElementTree as ET

import cssselect2
import weasyprint
from weasyprint.urls import URLFetcher, URLFetcherResponse

from octavo import xhtml
from octavo.composer import PROPERTIES
from octavo.formats.pdf.structure import ONLY, PRINT_ONLY, TRACE
from octavo.model import Asset, Rendition

BASE: Final = "https://octavo.invalid/"
"""Where every name in a rendition is looked up; the domain exists nowhere (RFC 6761)."""


def document(rendition: Rendition, text: str) -> "Document":
    """Return a document that reads the files of a rendition."""
    files = {asset.name: asset for asset in (*rendition.stylesheets, *rendition.assets)}
    return Document(text, Fetcher(files))


class Document(weasyprint.HTML):  # type: ignore[misc] # WeasyPrint has no types
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


class Fetcher(URLFetcher):  # type: ignore[misc] # WeasyPrint has no types
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
