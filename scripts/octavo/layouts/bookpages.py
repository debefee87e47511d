"""The pages of the book in the margin of a handout.

A handout has sections of the book for readers who may get more of it, or less, than the book's.
Where a page of the book begins in it is therefore found by the words that the two share.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from octavo import places, xhtml
from octavo.model import PrintEdition
from octavo.xhtml import XHTML, Element

BEGINS: Final = "book-page edition-own"
"""The class of what stands where a page of the book begins."""

GOES_ON: Final = "book-page goes-on edition-own"
"""That of what says on which page of the book the first words of a section stand."""

Words = Sequence[tuple[str, int]]
"""The words of a text with their offsets."""


@dataclass(frozen=True)
class _Mark:
    """What stands before the character of a section with an offset."""

    offset: int
    label: str
    kind: str


class BookPages:
    """The texts and the pages of the edition to which the margins refer."""

    def __init__(self, book: PrintEdition) -> None:
        self._pages = book.pagination.pages
        self._leaves = {
            leaf.get("id", ""): leaf
            for document in book.rendition.documents
            for body in xhtml.find(xhtml.parse(document.xhtml), "./h:body")
            for leaf in places.leaves(body)
        }

    def mark(self, section: Element) -> None:
        """Put the label of a page into a section wherever one of the book begins in it.

        The first words of the section carry the page on which they stand in the book.
        """
        id_ = section.get("id", "")
        name = id_.partition("--")[0]
        if name not in self._leaves:
            return
        leaf = self._leaves[name]
        begins, repeated = _begins(leaf, id_), frozenset(_heads(section))
        there = [each for each in places.words(places.Text(leaf)) if each[1] >= begins]
        here = [each for each in places.words(places.Text(section)) if each[1] not in repeated]
        starts = self._starts(name)
        marks = {mark.offset: mark for mark in _marks(starts, begins, there, here)}
        for offset in sorted(marks, reverse=True):
            _insert(section, marks[offset])

    def _starts(self, leaf: str) -> list[tuple[int, str]]:
        """Return with which offset of a leaf each of its pages begins, and its label."""
        return [
            (page.start.offset, page.label)
            for page in self._pages
            if page.start and page.start.leaf == leaf and not page.start.note
        ]


def _begins(leaf: Element, id_: str) -> int:
    """Return the offset with which a section of a leaf begins, 0 for the leaf itself."""
    headings = [each for each in leaf.iterdescendants("{*}*") if each.get("id") == id_]
    inside = {each for heading in headings for each in heading.iter()}
    stretches = (s for s in places.Text(leaf).stretches if s.element in inside and not s.tail)
    return min((s.start for s in stretches), default=0)


def _heads(section: Element) -> Iterator[int]:
    """Yield the offsets of what stands in heads of tables, which are said again on every page."""
    inside = {each for head in xhtml.find(section, ".//h:thead") for each in head.iter()}
    for stretch in places.Text(section).stretches:
        if stretch.element in inside and not stretch.note:
            yield from range(stretch.start, stretch.start + len(places.bare(stretch.text)))


def _marks(
    starts: Sequence[tuple[int, str]], begins: int, there: Words, here: Words
) -> Iterator[_Mark]:
    """Yield a mark for the first words of a section, and for every page that begins in it."""
    a, b = ([word.casefold() for word, _ in text] for text in (there, here))
    shared = [
        (there[block.a + step][1], here[block.b + step][1])
        for block in SequenceMatcher(a=a, b=b, autojunk=False).get_matching_blocks()
        for step in range(block.size)
    ]
    offsets = [offset for offset, _ in starts]
    if shared and offsets:
        first = max(bisect_right(offsets, shared[0][0]) - 1, 0)
        yield _Mark(shared[0][1], starts[first][1], GOES_ON)
    for (offset, label), after in zip(starts, [*offsets[1:], None], strict=True):
        place = bisect_left(shared, (offset, 0))
        if offset >= begins and place < len(shared) and (after is None or shared[place][0] < after):
            yield _Mark(shared[place][1], label, BEGINS)


def _insert(section: Element, mark: _Mark) -> None:
    """Put a mark into a section."""
    counted = [
        each for each in places.Text(section).stretches if not each.note and places.bare(each.text)
    ]
    number = bisect_right([each.start for each in counted], mark.offset) - 1
    stretch = counted[max(number, 0)]
    left, index = mark.offset - stretch.start, 0
    while left or not places.bare(stretch.text[index]):
        left -= len(places.bare(stretch.text[index]))
        index += 1
    made = section.makeelement(f"{{{XHTML}}}span", {"class": mark.kind})
    label = made.makeelement(made.tag, {"class": "book-page-number"})
    label.text, made.tail = mark.label, stretch.text[index:]
    made.append(label)
    element, before = stretch.element, stretch.text[:index]
    parent = element.getparent()
    if stretch.tail and parent is not None:
        element.tail = before
        parent.insert(parent.index(element) + 1, made)
    else:
        element.text = before
        element.insert(0, made)
