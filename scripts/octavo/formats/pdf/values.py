"""What gatherings are to each other and to the book: values that any process can read.

Nothing here needs WeasyPrint; who puts a book together does not load it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from octavo.diagnostics import Diagnostic
from octavo.model import Page


@dataclass(frozen=True)
class Opening:
    """What a gathering takes for granted of the others.

    ``folio`` is the number of the page before its first, ``right`` whether its first is a right one
    where its leaf does not say so, ``targets`` the numbers of the pages on which ids stand that are
    not in it.
    """

    folio: int = 0
    right: bool = True
    targets: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Head:
    """A page as what stands in its margins sees it: WeasyPrint's page type, and the folio.

    ``counts`` is whether the folio goes on from that of the page before; else the page sets it.
    """

    side: str
    blank: bool
    name: str
    index: int
    groups: tuple[tuple[str, int], ...]
    folio: int
    counts: bool


@dataclass(frozen=True)
class Paginated:
    """Pages as data, without their labels; the page of every id, and the columns of the index."""

    pages: tuple[Page, ...]
    homes: Mapping[str, int]
    columns: frozenset[str]


@dataclass(frozen=True)
class Drawn:
    """A font as it was drawn with: its name in the file, the digest of its face, and a record.

    The record is WeasyPrint's, with the widths and the texts of the glyphs that were drawn.
    """

    name: str
    face: str
    record: Mapping[str, Any]


@dataclass(frozen=True)
class Bookmark:
    """An entry of the outline: the page (from 0), its level, and where it leads to (pt)."""

    page: int
    level: int
    label: str
    x: float
    y: float
    is_open: bool


@dataclass(frozen=True)
class Typeset:
    """A gathering as it was set.

    ``data`` is its file, empty where it was not drawn; that of a gathering which is not the whole
    book has no fonts: these are ``fonts``, and ``faces`` their files by digest. ``heads`` are its
    pages as the margins see them, ``strings`` what a page gives to these, by name and page.
    ``anchors`` are the pages of all ids; ``side`` is that on which it opens, ``cuts`` whether the
    book can be cut before it. ``tells`` is whether numbers of its own pages are told in it,
    ``told`` are the ids of other gatherings whose pages are. ``faces`` are those that no rendition
    carries.
    """

    paginated: Paginated
    heads: tuple[Head, ...]
    strings: Mapping[str, Mapping[int, tuple[str, ...]]]
    anchors: Mapping[str, int]
    bookmarks: tuple[Bookmark, ...]
    problems: tuple[Diagnostic, ...]
    side: str = ""
    cuts: bool = True
    tells: bool = False
    told: frozenset[str] = frozenset()
    fonts: tuple[Drawn, ...] = ()
    faces: Mapping[str, bytes] = field(default_factory=dict)
    data: bytes = b""


@dataclass(frozen=True)
class Heads:
    """The margins of pages as they are drawn, each after ``Q``, and with what.

    ``faces`` are those that no rendition carries, ``states`` the graphics states that they name.
    ``alone`` is whether they need nothing else; else they cannot be drawn apart from the book.
    """

    drawn: tuple[bytes, ...]
    fonts: tuple[Drawn, ...]
    faces: Mapping[str, bytes]
    states: Mapping[str, Mapping[str, float]]
    alone: bool


def joined(drawn_: Iterable[Drawn]) -> tuple[Drawn, ...]:
    """Return every font once, with all that was drawn with it, in the order of their names."""
    fonts: dict[tuple[str, str], Drawn] = {}
    for each in drawn_:
        key = each.name, each.face
        before = fonts.get(key)
        fonts[key] = _with(before, each) if before else each
    return tuple(fonts[key] for key in sorted(fonts))


def _with(one: Drawn, other: Drawn) -> Drawn:
    record = dict(one.record)
    for what in ("widths", "to_unicode", "missing"):
        record[what] = {**other.record[what], **record[what]}
    return replace(one, record=record)
