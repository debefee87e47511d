"""The typeset pages as data: which word begins each, and on which page everything fell.

WeasyPrint's page boxes hold the text as it was set. Every box names its element, so the text of a
box is found again in the text of the element, from where the box before it ended.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any, Final

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from octavo import places, xhtml
from octavo.composer import Gap, rivers
from octavo.formats.pdf.faces import Faces
from octavo.formats.pdf.grid import pitch, room, whole_lines
from octavo.formats.pdf.spacing import spaced
from octavo.formats.pdf.structure import TRACE
from octavo.formats.pdf.values import Paginated
from octavo.model import Line, Page, Place

PX: Final = 0.75
"""A CSS pixel in pt."""

_SPACE: Final = 0.6
"""The width of a space in a face for code, in em."""

_HYPHENS: Final = ("-", "\u2010")
_CALL: Final = "::footnote-call"
CONTINUED: Final = "--continued"
"""What ends the id of a heading of the index that stands again above a column."""

_OWN: Final = ("::first-letter", "::first-line")
"""Pseudo-elements that hold an element's own text; all others hold text that is made up."""


def paginate(pages: Sequence[Any], document: str, before: int, faces: Faces) -> Paginated:
    """Return the pages of a document as data.

    Args:
        pages: WeasyPrint's pages.
        document: what was typeset, elements numbered in its order.
        before: by how much they stand later in the whole book.
        faces: how wide its words are drawn.
    """
    text = _Text(document, before)
    set_ = [_page(page, text, faces) for page in pages]
    return Paginated(tuple(set_), _homes(pages, set_, text), frozenset(text.columns))


def _page(page: Any, text: "_Text", faces: Faces) -> Page:
    sheet = page._page_box  # noqa: SLF001 - pinned in pyproject.toml
    root, *others = sheet.children
    feet = [box for box in others if isinstance(box, boxes.FootnoteAreaBox)]
    edges = sheet.content_box_x(), sheet.content_box_x() + sheet.width
    lines, calls, gaps = [], [], []
    boxes_ = list(_lines(root))
    for box in boxes_:
        line, called = _line(box, text, edges)
        calls += called
        if line:
            space, white = spaced(box, faces)
            lines.append(replace(line, space=space))
            gaps.append((line.block, white))
    notes = [
        line
        for line in (_line(box, text, edges)[0] for foot in feet for box in _lines(foot))
        if line
    ]
    first = next(iter((*lines, *notes)), None)
    if any(line.place.leaf in text.indexes for line in lines):
        text.columns += filter(None, (text.entry(box) for box in _heads(boxes_)))
    return Page(
        label="",
        recto=sheet.page_type.side == "right",
        start=first.place if first else None,
        element=text.path(first.block) if first else "",
        lines=tuple(lines),
        notes=tuple(dict.fromkeys(line.place.note for line in notes)),
        calls=tuple(calls),
        depth=_depth(sheet, boxes_, feet),
        missing=_missing(sheet, root),
        rivers=tuple((lines[at].place, count) for at, count in _rivers(gaps)),
        overflow=_overflow(sheet, [*boxes_, *(box for foot in feet for box in _lines(foot))]),
    )


def _homes(pages: Sequence[Any], set_: Sequence[Page], text: "_Text") -> Mapping[str, int]:
    """Return the page of every id: that of its first box, or of what follows what is empty."""
    homes: dict[str, int] = {}
    for number, page in enumerate(pages):
        for name in page.anchors:
            homes.setdefault(name, number)
    order = {leaf: rank for rank, leaf in enumerate(text.leaves)}
    starts = [
        (order[page.start.leaf], page.start.offset, number)
        for number, page in enumerate(set_)
        if page.start and not page.start.note
    ]
    for name, place in text.empty.items():
        if not place.note and name in homes:
            key = order[place.leaf], place.offset
            homes[name] = max((n for *start, n in starts if tuple(start) <= key), default=0)
    return homes


# --- boxes ---


def _lines(box: Any) -> Iterator[Any]:
    """Yield the lines in a box, and the images that stand in none, in the order of the document."""
    if isinstance(box, AbsolutePlaceholder):
        box = box._box  # noqa: SLF001 - pinned in pyproject.toml
    if isinstance(box, (boxes.LineBox, boxes.ReplacedBox)):
        yield box
    elif isinstance(box, boxes.ParentBox):
        for child in box.children:
            yield from _lines(child)


def _pieces(box: Any) -> Iterator[Any]:
    """Yield the texts and images of a line."""
    if isinstance(box, AbsolutePlaceholder):
        box = box._box  # noqa: SLF001 - pinned in pyproject.toml
    if isinstance(box, (boxes.TextBox, boxes.ReplacedBox)):
        yield box
    elif isinstance(box, boxes.ParentBox):
        for child in box.children:
            yield from _pieces(child)


def _line(line: Any, text: "_Text", edges: tuple[float, float]) -> tuple[Line | None, list[str]]:
    """Return a line as data, None where nothing in it counts, and the notes that it calls."""
    place, hyphen, overhang = None, False, 0.0
    calls: list[str] = []
    for box in _pieces(line):
        if box.element_tag.endswith(_CALL):
            calls.append(box.element.get("id"))
            continue
        found, hyphen_here = text.find(box)
        if found:
            right = box.position_x + box.width - _hanging(box)
            overhang = max(overhang, edges[0] - box.position_x, right - edges[1])
            place, hyphen = place or found, hyphen_here
    if place is None:
        return None, calls
    overhang -= max(vars(line).get("octavo_hang", (0.0, 0.0)))  # as the optical margins have it
    tag = line.element_tag.partition("::")[0]
    on_grid = isinstance(line, boxes.LineBox) and pitch(line.style)
    baseline = (line.position_y + line.baseline) * PX if on_grid else 0.0
    number = int(line.element.get(TRACE)) + text.before
    return Line(place, number, tag, hyphen, max(overhang, 0.0) * PX, baseline), calls


def _depth(sheet: Any, lines: Sequence[Any], feet: Sequence[Any]) -> float:
    """Return how much of a page is taken, to its lowest line and by its notes (pt).

    How deep WeasyPrint's boxes are there depends on what follows them on other pages.
    """
    lowest = max((line.position_y + line.height for line in lines), default=sheet.content_box_y())
    notes = sum(box.margin_height() for box in feet)
    return float(lowest - sheet.content_box_y() + notes) * PX


def _overflow(sheet: Any, lines: Sequence[Any]) -> float:
    """Return how far lines stand out of the type area above or below (pt)."""
    top = sheet.content_box_y()
    bottom = top + sheet.height
    over = [max(top - line.position_y, line.position_y + line.height - bottom) for line in lines]
    return float(max([0.0, *over])) * PX


def _missing(sheet: Any, root: Any) -> int:
    """Return for how many lines there is room beneath the last of a page."""
    lines = [box for box in _lines(root) if isinstance(box, boxes.LineBox)]
    return room(sheet, whole_lines(sheet), lines) if lines else 0


def _rivers(gaps: Sequence[tuple[int, Sequence[Gap]]]) -> Iterator[tuple[int, int]]:
    """Yield where rivers begin among the lines of a page, and through how many they run."""
    start = 0
    for _, block in groupby(gaps, key=itemgetter(0)):
        lines = [white for _, white in block]
        yield from ((start + first, count) for first, count in rivers(lines))
        start += len(lines)


def _heads(lines: Sequence[Any]) -> Iterator[Any]:
    """Yield the first line of every column of a page."""
    yield from lines[:1]
    yield from (line for above, line in pairwise(lines) if line.position_y < above.position_y)


def _hanging(box: Any) -> float:
    """Return the width of the spaces with which a line of code may end, in pixels, or nearly."""
    text = getattr(box, "text", "")
    return float((len(text) - len(text.rstrip())) * box.style["font_size"] * _SPACE)


# --- the text of the document ---


@dataclass
class _Own:
    """The text that an element has itself, between the tags of what stands in it.

    ``starts`` are the places where its stretches begin, with their offsets in ``text``;
    ``read`` is how much of it has been found in boxes.
    """

    text: str = ""
    starts: list[tuple[int, Place]] = field(default_factory=list)
    read: int = 0

    def add(self, place: Place, text: str) -> None:
        self.starts.append((len(self.text), place))
        self.text += text

    def has(self, text: str) -> int:
        """Return how many of the next characters are a text, none where they are another."""
        if self.text.startswith(text, self.read):
            return len(text)
        whole, end = text.casefold(), self.read  # one letter may have become two capitals
        while end < len(self.text) and len(self.text[self.read : end].casefold()) < len(whole):
            end += 1
        return end - self.read if self.text[self.read : end].casefold() == whole else 0

    def place(self, offset: int) -> Place:
        start, place = next(s for s in reversed(self.starts) if s[0] <= offset)
        return Place(place.leaf, place.offset + offset - start, place.note)


class _Text:
    """The text of the document by element, read once from its beginning to its end.

    ``leaves`` are their ids in order, ``indexes`` those of the index; ``empty`` the places of the
    ids of elements without text; ``columns`` the entries of the index that begin a column.
    ``before`` is added to the numbers of elements that are told.
    """

    def __init__(self, document: str, before: int) -> None:
        self.before = before
        root = xhtml.parse(document)
        self._elements = list(root.iter("*"))
        numbers = {element: number for number, element in enumerate(self._elements, start=1)}
        self._own: dict[int, _Own] = defaultdict(_Own)
        self.leaves: list[str] = []
        self.empty: dict[str, Place] = {}
        self.columns: list[str] = []
        self.indexes: set[str] = set()
        self._leaves: set[xhtml.Element] = set()
        for body in xhtml.find(root, "./h:body"):
            for leaf in places.leaves(body):
                self._read(leaf, numbers)

    def _read(self, leaf: xhtml.Element, numbers: Mapping[xhtml.Element, int]) -> None:
        name = leaf.get("id", "")
        self.leaves.append(name)
        self._leaves.add(leaf)
        if leaf.get("role") == "doc-index":
            self.indexes.add(name)
        text = places.Text(leaf)
        for stretch in text.stretches:
            element = stretch.element.getparent() if stretch.tail else stretch.element
            if element is not None:
                place = Place(name, stretch.start, stretch.note)
                self._own[numbers[element]].add(place, _folded(stretch.text))
        for id_, (note, offset) in text.empty.items():
            self.empty[id_] = Place(name, offset, note)

    def entry(self, box: Any) -> str:
        """Return the id of the entry of an index to which a line belongs."""
        element = self._elements[int(box.element.get(TRACE)) - 1]
        items = (e for e in (element, *element.iterancestors()) if e.get("id"))
        return next(items, element).get("id", "").removesuffix(CONTINUED)

    def path(self, number: int) -> str:
        """Return the path of an element in its leaf, such as ``div/p[3]``."""
        steps = []
        element: xhtml.Element | None = self._elements[number - self.before - 1]
        while element is not None and element not in self._leaves:
            alike = len(list(element.itersiblings(str(element.tag), preceding=True))) + 1
            steps.append(f"{xhtml.name(element)}[{alike}]")
            element = element.getparent()
        return "/".join(reversed(steps)) or "."

    def find(self, box: Any) -> tuple[Place | None, bool]:
        """Return where the text of a box begins, and whether it ends with a hyphen.

        The place is None for what is no text of the book: a marker, a folio, a repeated head.
        """
        tag, _, pseudo = box.element_tag.partition("::")
        own = self._own.get(int(box.element.get(TRACE, 0)))
        if own is None or (pseudo and f"::{pseudo}" not in _OWN) or not tag:
            return None, False
        text = places.OBJECT if isinstance(box, boxes.ReplacedBox) else _folded(box.text)
        length = own.has(text) or own.has(text[:-1])
        if not length:
            return None, False
        place = own.place(own.read)
        own.read += length
        return place, text.endswith(_HYPHENS)


def _folded(text: str) -> str:
    """Return what counts of a text, in one case: a stylesheet may have changed it."""
    bare = places.bare(text)
    folded = bare.casefold()
    # Few characters become two; each must stay one, since offsets count them.
    return folded if len(folded) == len(bare) else "".join(map(_folded_one, bare))


def _folded_one(character: str) -> str:
    folded = character.casefold()
    return folded if len(folded) == 1 else character
