"""The finished documents: that every link in them leads somewhere, and every id stands once."""

from collections import Counter
from collections.abc import Iterator

from octavo import xhtml
from octavo.checks import addresses
from octavo.diagnostics import Diagnostic, Location, error
from octavo.model import Document, Rendition


def lost_link(rendition: Rendition) -> Iterator[Diagnostic]:
    """R005: a link in a finished document that leads nowhere."""
    ids = {document.name: _ids(document) for document in rendition.documents}
    for document in rendition.documents:
        for link in xhtml.find(xhtml.parse(document.xhtml), ".//h:a[@href]"):
            name, _, place = link.get("href", "").partition("#")
            if addresses.scheme(link.get("href", "")):
                continue
            there = ids.get(name or document.name)
            if there is None or (place and place not in there):
                message = f"a link that leads nowhere: {link.get('href')!r}"
                hint = "mend the template that makes the link"
                yield error("R005", message, Location(document.name), hint)


def repeated_id(rendition: Rendition) -> Iterator[Diagnostic]:
    """P006: an id that stands twice in a finished document."""
    for document in rendition.documents:
        for name, count in _ids(document).items():
            if count > 1:
                message = f"the id {name!r} stands {count} times"
                hint = "mend the template that writes it, or the raw HTML"
                yield error("P006", message, Location(document.name), hint)


def _ids(document: Document) -> Counter[str]:
    found = xhtml.find(xhtml.parse(document.xhtml), ".//*[@id]")
    return Counter(element.get("id", "") for element in found)
