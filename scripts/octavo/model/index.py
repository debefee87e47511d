"""The index: what the author marks, and what becomes of it."""

from dataclasses import dataclass, replace
from enum import StrEnum

from octavo.diagnostics import Location
from octavo.model.edition import BOOK_TOML


class IndexRole(StrEnum):
    """What an index mark says of its entry."""

    MENTION = "mention"
    BEGIN = "begin"
    END = "end"
    SEE = "see"
    SEE_ALSO = "see-also"


@dataclass(frozen=True)
class IndexMark:
    """A mark in a text.

    ``entry`` are its headings from the main one to the last, XHTML fragments; ``main`` tells the
    principal place of an entry; ``sort`` is what its last heading is sorted by, where that is
    something else; ``targets`` are the entries that it refers to.
    """

    id: str
    entry: tuple[str, ...]
    role: IndexRole = IndexRole.MENTION
    main: bool = False
    sort: str = ""
    targets: tuple[tuple[str, ...], ...] = ()
    location: Location = BOOK_TOML

    def at(self, location: Location) -> "IndexMark":
        """Return the same with its place."""
        return replace(self, location=location)


@dataclass(frozen=True)
class Locator:
    """A place that an entry leads to: ``id`` is its mark, ``end`` that of a range's end."""

    id: str
    end: str = ""
    main: bool = False


@dataclass(frozen=True)
class CrossReference:
    """A reference from one entry to another: ``id`` is that of the other's line."""

    id: str
    title: str


@dataclass(frozen=True)
class IndexEntry:
    """A line of the index with what stands beneath it; ``title`` is an XHTML fragment."""

    id: str
    title: str
    locators: tuple[Locator, ...] = ()
    see: tuple[CrossReference, ...] = ()
    see_also: tuple[CrossReference, ...] = ()
    entries: tuple["IndexEntry", ...] = ()


@dataclass(frozen=True)
class IndexGroup:
    """The entries that begin with one letter, as the book's language counts letters."""

    letter: str
    entries: tuple[IndexEntry, ...]
