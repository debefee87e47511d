"""The finished documents: that every link in them leads somewhere, and every id stands once."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from octavo import xhtml
from octavo.checks import addresses
from octavo.diagnostics import Diagnostic, Location, error
from octavo.model import Rendition


@dataclass(frozen=True)
class Anchors:
    """The ids of finished documents, and where their links lead, by the names of the documents."""

    ids: Mapping[str, Counter[str]]
    links: Mapping[str, tuple[str, ...]]


def anchors(rendition: Rendition) -> Anchors:
    """Return the ids and the links of a rendition."""
    ids: dict[str, Counter[str]] = {}
    links: dict[str, tuple[str, ...]] = {}
    for document in rendition.documents:
        root = xhtml.parse(document.xhtml)
        ids[document.name] = Counter(each.get("id", "") for each in xhtml.find(root, ".//*[@id]"))
        found = xhtml.find(root, ".//h:a[@href]")
        links[document.name] = tuple(link.get("href", "") for link in found)
    return Anchors(ids, links)


def lost_link(found: Anchors) -> Iterator[Diagnostic]:
    """R005: a link in a finished document that leads nowhere."""
    for name, links in found.links.items():
        for link in links:
            if addresses.scheme(link):
                continue
            document, _, place = link.partition("#")
            there = found.ids.get(document or name)
            if there is None or (place and place not in there):
                message = f"a link that leads nowhere: {link!r}"
                hint = "mend the template that makes the link"
                yield error("R005", message, Location(name), hint)


def repeated_id(found: Anchors) -> Iterator[Diagnostic]:
    """P006: an id that stands twice in a finished document."""
    for name, ids in found.ids.items():
        for id_, count in ids.items():
            if count > 1:
                message = f"the id {id_!r} stands {count} times"
                hint = "mend the template that writes it, or the raw HTML"
                yield error("P006", message, Location(name), hint)
