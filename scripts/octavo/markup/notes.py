"""Notes: taken out of the text, which keeps a call for each.

::

    It was said.[^who]

    [^who]: By the Secretary-General.

becomes ``<a class="noteref" id="call-who" href="#note-who"/>`` in the text, and a ``Note``. How a
note is set, at the foot of a page or on a card that pops up, is the medium's business.
"""

from collections.abc import Iterator, Mapping

from octavo import xhtml
from octavo.xhtml import XHTML, Element

CALL = "call-"
NOTE = "note-"


def take_notes(body: Element) -> Mapping[str, Element]:
    """Remove the list of notes from the end of a text and return the notes by label."""
    notes = {}
    for list_ in xhtml.find(body, ".//h:div[@class='footnote']"):
        for item in xhtml.find(list_, "./h:ol/h:li[@id]"):
            notes[item.get("id", "").partition(":")[2]] = xhtml.emptied(_without_backlink(item))
        xhtml.replace(list_, [])
    return notes


def set_calls(*roots: Element) -> list[str]:
    """Make the calls in the trees ours and return the labels in the order of their first call."""
    order: dict[str, int] = {}
    for call in (call for root in roots for call in _calls(root)):
        label = xhtml.find(call, ".//h:a")[0].get("href", "").partition(":")[2]
        count = order[label] = order.get(label, 0) + 1
        ordinal = "" if count == 1 else f"-{count}"
        mark = call.makeelement(
            f"{{{XHTML}}}a",
            {"class": "noteref", "id": f"{CALL}{label}{ordinal}", "href": f"#{NOTE}{label}"},
        )
        xhtml.replace(call, [mark])
    return list(order)


def _calls(root: Element) -> Iterator[Element]:
    yield from xhtml.find(root, ".//h:sup[h:a[@class='footnote-ref']]")


def _without_backlink(note: Element) -> Element:
    for link in xhtml.find(note, ".//h:a[@class='footnote-backref']"):
        paragraph = link.getparent()
        xhtml.replace(link, [])
        if paragraph is not None:
            _trim(paragraph)
    for paragraph in xhtml.find(note, "./h:p[not(node())]"):
        xhtml.replace(paragraph, [])
    return note


def _trim(paragraph: Element) -> None:
    """Take the space away that stood before a backlink."""
    if len(paragraph):
        paragraph[-1].tail = (paragraph[-1].tail or "").rstrip() or None
    else:
        paragraph.text = (paragraph.text or "").rstrip() or None
