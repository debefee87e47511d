"""Notes: taken out of the text, which keeps a call for each.

::

    It was said.[^who]

    [^who]: By the Secretary-General.

becomes ``<a class="noteref" id="call-who" href="#note-who"/>`` in the text, and a ``Note``. How a
note is set, at the foot of a page or on a card that pops up, is the medium's business.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from octavo import xhtml
from octavo.markup.survey import Survey
from octavo.model import Kind, Note, Target
from octavo.xhtml import XHTML, Element

NOTEREF: Final = "noteref"
"""The class of a call."""

_LIST: Final = "./h:div[@class='footnote'][h:ol/h:li[starts-with(@id, 'fn:')]]"
_CALLS: Final = ".//h:sup[h:a[@class='footnote-ref']]"


def take_notes(body: Element) -> dict[str, Element]:
    """Remove the list of notes from the end of a text and return the notes by label."""
    taken = {}
    for list_ in xhtml.find(body, _LIST):
        for item in xhtml.find(list_, "./h:ol/h:li[@id]"):
            taken[item.get("id", "").partition(":")[2]] = _without_backlinks(xhtml.emptied(item))
        xhtml.replace(list_, [])
    return taken


def set_calls(body: Element, taken: Mapping[str, Element]) -> list[str]:
    """Make the calls ours and return the labels in the order in which a reader comes to them.

    A note that another note calls comes when that other one is read.
    """
    counts: dict[str, int] = {}
    order = [label for label in _set_calls(body, counts) if label in taken]
    for label in order:
        # The list grows as it is read, by what the notes themselves call.
        order.extend(new for new in _set_calls(taken[label], counts) if new in taken)
    for label in [label for label in taken if label not in counts]:
        _set_calls(taken[label], counts)
    return order


def notes(
    taken: Mapping[str, Element], order: list[str], survey: Survey, slug: str
) -> Iterator[Note]:
    """Yield the notes in the order of their calls, and then those that nothing calls."""
    called = frozenset(order)
    for label in (*order, *(label for label in taken if label not in called)):
        content = xhtml.serialize_fragment(taken[label]).strip()
        id_ = f"{slug}--{note_name(label)}"
        yield Note(id_, label, content, survey.note(label), called=label in called)


def note_targets(found: tuple[Note, ...], slug: str) -> Iterator[Target]:
    """Yield what a cross-reference to a note points at."""
    for note in found:
        name = note.id.removeprefix(f"{slug}--")
        yield Target(note.id, name, Kind.NOTE, "", note.location)


def note_name(label: str) -> str:
    """Return the name of a note, which is its id without the chapter's slug."""
    return f"note-{_joined(label)}"


def _set_calls(root: Element, counts: dict[str, int]) -> list[str]:
    """Make the calls in a tree ours and return the labels that were not called before."""
    known = set(counts)
    for call in xhtml.find(root, _CALLS):
        label = xhtml.find(call, "./h:a")[0].get("href", "").partition(":")[2]
        count = counts[label] = counts.get(label, 0) + 1
        id_, href = _call_name(label, count), f"#{note_name(label)}"
        mark = call.makeelement(f"{{{XHTML}}}a", {"class": NOTEREF, "id": id_, "href": href})
        xhtml.replace(call, [mark])
    return [label for label in counts if label not in known]


def _call_name(label: str, count: int) -> str:
    return f"call-{_joined(label)}" + ("" if count == 1 else f"-{count}")


def _joined(label: str) -> str:
    """Return what may be part of an id: anything but spaces."""
    return "-".join(label.split())


def _without_backlinks(note: Element) -> Element:
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
