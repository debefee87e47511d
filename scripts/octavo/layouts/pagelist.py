"""The printed pages in an e-book: a mark where each begins, and the list of them.

A mark stands before the first whole word of its page, so that no word is cut: where the page begins
inside one, after that word. It stands before the heading or the span with which a page begins, so
that what leads to either leads to its page.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from octavo import places
from octavo.layouts.templates import Templates
from octavo.model import Page, Pagination, Place
from octavo.xhtml import XHTML, Element

_HEADINGS: Final = frozenset(f"{{{XHTML}}}h{level}" for level in range(1, 7))
_HOLDERS: Final = frozenset(
    f"{{{XHTML}}}{name}"
    for name in (
        "article", "aside", "blockquote", "body", "caption", "dd", "div", "dt", "figcaption",
        "figure", "header", "li", "nav", "p", "pre", "section", "td", "th",
    )
) | places.INLINE | _HEADINGS  # fmt: skip
"""Elements that may hold a mark (HTML's content model): no list, no table, no row."""

_ITEMS: Final = frozenset(f"{{{XHTML}}}{name}" for name in ("dd", "dt", "li", "td", "th"))

_UNSPACED: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uf900-\ufaff"
"""Thai, Lao, Burmese, Khmer, Chinese, Japanese: they part lines between any two letters."""

_BROKEN: Final = re.compile(rf"[^\W{_UNSPACED}][-\u2010]?[\u00ad\u200b]*\Z")
_REST: Final = re.compile(r"[^\W_][\w’'\u00ad\u2010-]*[^\w\s]*|[^\w\s]+(?=\s|$)")


@dataclass(frozen=True)
class PageMark:
    """A printed page in the e-book: its label and the id of its mark."""

    label: str
    id: str


def page_marks(pagination: Pagination | None) -> tuple[PageMark, ...]:
    """Return the marks of all printed pages in order, none where there is no print edition."""
    pages = pagination.pages if pagination else ()
    return tuple(PageMark(page.label, _id(page.label)) for page in pages)


def mark_pages(bodies: dict[str, Element], pagination: Pagination, templates: Templates) -> None:
    """Put a mark for every printed page into the leaves.

    Blank pages, and those of leaves that the e-book goes without, are marked where the next page
    begins.
    """
    placed = list(_placed(pagination, bodies))
    said = (PageMark(label, _id(label)) for label, _ in placed)
    marks = {
        label: made[0]
        for (label, _), made in zip(
            placed, templates.fragments("pagebreak.html", "page", said), strict=True
        )
    }
    for leaf, group in groupby(placed, key=lambda page: page[1].leaf):
        section = next(places.leaves(bodies[leaf]))
        text = places.Text(section)
        regions: dict[str, _Region] = {}
        # From the last to the first, so that what is split lies behind what is still to be.
        for label, place in reversed(list(group)):
            if place.note not in regions:
                regions[place.note] = _Region(section, text, place.note)
            mark = marks[label]
            mark.tail = None
            regions[place.note].insert(mark, place.offset)


def _id(label: str) -> str:
    return f"page--{label}"


def _placed(pagination: Pagination, bodies: dict[str, Element]) -> Iterator[tuple[str, Place]]:
    waiting: list[Page] = []
    last = Place(next(reversed(bodies), ""), 0)
    for page in pagination.pages:
        waiting.append(page)
        if page.start and page.start.leaf in bodies:
            last = page.start
            yield from ((waited.label, last) for waited in waiting)
            waiting = []
    if last.leaf:
        yield from ((page.label, Place(last.leaf, _END)) for page in waiting)


_END: Final = 1 << 40
"""An offset beyond every text."""


class _Region:
    """The text of a leaf, or of a note in it, as one string with the places of its stretches."""

    def __init__(self, leaf: Element, text: places.Text, note: str) -> None:
        self._leaf = leaf
        self._stretches = [s for s in text.stretches if s.note == note]
        self._counted = [stretch.start for stretch in self._stretches]
        self._begins: list[int] = []
        pieces: list[str] = []
        length, before = 0, None
        for stretch in self._stretches:
            block = _block(stretch)
            gap = "" if block is before else "\n"
            self._begins.append(length + len(gap))
            pieces += gap, stretch.text
            length += len(gap) + len(stretch.text)
            before = block
        self._string = "".join(pieces)

    def insert(self, mark: Element, offset: int) -> None:
        """Put a mark before the character with an offset, or behind its word if that is broken."""
        if not self._stretches:
            self._leaf.insert(0, mark)
            return
        index = self._whole(self._index(offset))
        number = bisect_right(self._begins, index) - 1
        stretch = self._stretches[number]
        _insert(mark, stretch, index - self._begins[number])

    def _index(self, offset: int) -> int:
        """Return where in the string the character with an offset stands."""
        number = bisect_right(self._counted, offset) - 1
        # Of stretches that begin at one offset all but the last hold nothing that counts.
        stretch = self._stretches[number]
        place = places.position(stretch.text, offset - stretch.start)
        return len(self._string) if place is None else self._begins[number] + place

    def _whole(self, index: int) -> int:
        """Return the index, or that of the next word where it stands inside of one."""
        before = self._string[max(index - 4, 0) : index]
        rest = _REST.match(self._string, index)
        if rest and _BROKEN.search(before) and not re.match(f"[{_UNSPACED}]", rest[0]):
            index = rest.end()
            while index < len(self._string) and not places.bare(self._string[index]):
                index += 1
        return index


def _block(stretch: places.Stretch) -> tuple[Element | None, Element | None]:
    """Return the block that a stretch is part of, and the line break before it, if any."""
    element = stretch.element.getparent() if stretch.tail else stretch.element
    broken = stretch.element if stretch.element.tag == f"{{{XHTML}}}br" else None
    while element is not None and element.tag in places.INLINE:
        element = element.getparent()
    return element, broken


# --- into the tree ---


def _insert(mark: Element, stretch: places.Stretch, index: int) -> None:
    """Put a mark before a character of a stretch."""
    element, before = stretch.element, stretch.text[:index]
    begins = [] if before.strip() else list(_begun(stretch))
    if (item := _item_before(begins)) is not None:
        item.append(mark)
    elif (outermost := _outermost(begins)) is not None:
        _put_before(mark, outermost)
    elif stretch.tail:
        element.tail, mark.tail = before, (element.tail or "")[index:]
        _put_after(mark, element)
    else:
        element.text, mark.tail = before, (element.text or "")[index:]
        element.insert(0, mark)


def _begun(stretch: places.Stretch) -> Iterator[Element]:
    """Yield the elements that begin with a stretch, from the inside out, empty ones among them."""
    node: Element | None = stretch.element
    if stretch.tail and not _is_empty(stretch.element):
        return
    while node is not None:
        yield node
        parent, before = node.getparent(), node.getprevious()
        if before is not None:
            node = before if _is_empty(before) and not (before.tail or "").strip() else None
        else:
            node = parent if parent is not None and not (parent.text or "").strip() else None


def _outermost(begins: list[Element]) -> Element | None:
    """Return the outermost of elements before which a mark must stand, and may.

    That is one to which a link may lead, a heading, or one inside a line.
    """
    found, wanted = None, False
    for node in begins:
        parent = node.getparent()
        wanted = wanted or "id" in node.attrib or node.tag in places.INLINE | _HEADINGS
        if parent is not None and wanted and _may_hold(parent):
            found, wanted = node, False
    return found


def _may_hold(element: Element) -> bool:
    """Return whether a mark may stand in an element: in the lists of a nav only inside links."""
    if element.tag == f"{{{XHTML}}}li":
        return next(element.iterancestors(f"{{{XHTML}}}nav"), None) is None
    return element.tag in _HOLDERS


def _item_before(begins: list[Element]) -> Element | None:
    """Return the end of the item, term or row before one to which a link may lead.

    Nothing may stand between the two, and what leads to the second leads to the new page.
    """
    found = None
    for node in begins:
        parent, before = node.getparent(), node.getprevious()
        if parent is not None and parent.tag not in _HOLDERS and "id" in node.attrib:
            while before is not None and before.tag not in _HOLDERS:
                before = before[-1] if len(before) else None
            found = before if before is not None and before.tag in _ITEMS else found
    return found


def _is_empty(element: Element) -> bool:
    """Return whether an element shows nothing and belongs to what follows it."""
    closing = places.CLOSING in (element.get("class") or "").split()
    return not closing and not places.is_filled(element)


def _put_before(mark: Element, element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.insert(parent.index(element), mark)


def _put_after(mark: Element, element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.insert(parent.index(element) + 1, mark)
