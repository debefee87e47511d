"""The printed pages as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the text of a leaf, in terms that every medium shares.

    ``offset`` counts the characters before it in the leaf's own text or, where ``note`` is the id
    of a note, in that note's; white space is not counted (``octavo.places`` says what is).
    """

    leaf: str
    offset: int
    note: str = ""

    def __reduce__(self) -> tuple[type["Place"], tuple[str, int, str]]:
        """Return how it is pickled: there is one for every line of a book."""
        return Place, (self.leaf, self.offset, self.note)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the flow on a page.

    ``block`` is the number of the element whose line it is, ``tag`` its name; ``hyphen`` whether
    the line ends with one, ``overhang`` how far it stands out of the type area (pt). ``baseline``
    is how far below the edge of the page it stands (pt), where it should stand on the grid of
    lines; ``space`` how wide its word spaces are (em), where it is justified. Else both are 0.
    """

    place: Place
    block: int
    tag: str
    hyphen: bool = False
    overhang: float = 0
    baseline: float = 0
    space: float = 0

    def __reduce__(self) -> tuple[type["Line"], tuple[Any, ...]]:
        """Return how it is pickled."""
        told = self.place, self.block, self.tag, self.hyphen
        return Line, (*told, self.overhang, self.baseline, self.space)


@dataclass(frozen=True, slots=True)
class Page:
    """A printed page.

    ``label`` is its folio, printed or not; ``start`` the place of the first that stands on it,
    None where it is blank, and ``element`` the path of its element in the leaf. ``lines`` are those
    of the flow, ``notes`` the ids of the notes at its foot, ``calls`` of those called on it;
    ``depth`` is how much of the page is taken, and ``overflow`` how far its text stands out of the
    type area at head or foot (pt). ``missing`` is for how many lines there is room beneath its
    last, ``rivers`` are where white begins to run down through lines, and through how many.
    """

    label: str
    recto: bool
    start: Place | None = None
    element: str = ""
    lines: tuple[Line, ...] = ()
    notes: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    depth: float = 0
    overflow: float = 0
    missing: int = 0
    rivers: tuple[tuple[Place, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Pagination:
    """The pages of a printed edition in order.

    ``edition`` is its name and ``identifier`` its ISBN (``urn:isbn:...``) or else the book's;
    ``homes`` maps every id of the book to the number of the page (from 0) on which it fell;
    ``columns`` are the ids of those entries of the index with which a column begins.
    """

    edition: str
    identifier: str
    pages: tuple[Page, ...]
    homes: Mapping[str, int]
    columns: frozenset[str] = frozenset()

    def label(self, id_: str) -> str:
        """Return the label of the page on which an id fell, empty where it is not in print."""
        number = self.homes.get(id_)
        return "" if number is None else self.pages[number].label


@dataclass(frozen=True, slots=True)
class SmallPrint:
    """A run of glyphs below a size: the number of its page (from 0), its size (pt), its words."""

    page: int
    size: float
    words: str
