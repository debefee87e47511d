"""The book of one edition."""

from dataclasses import dataclass

from octavo.diagnostics import Location
from octavo.model.chapter import Note
from octavo.model.edition import BOOK_TOML, Edition, Measures
from octavo.model.index import IndexGroup
from octavo.model.manuscript import Asset, Matter, Metadata, Statement


@dataclass(frozen=True)
class Leaf:
    """One unit of the book, for one template: ``kind`` names it.

    ``id`` is the slug; ``number`` the bare number ("3", "II") and ``label`` the number in words
    ("Chapter 3"), both empty for what is not numbered. In ``content`` cross-references are filled
    and links inside the book are ``#id``. The ``label`` of each of ``notes`` is its number.
    """

    id: str
    kind: str
    matter: Matter
    title: str = ""
    number: str = ""
    label: str = ""
    content: str = ""
    notes: tuple[Note, ...] = ()
    location: Location = BOOK_TOML


@dataclass(frozen=True)
class Entry:
    """A line of the contents, or of a list of figures: ``id`` is what it leads to."""

    id: str
    title: str
    kind: str
    matter: Matter
    number: str = ""
    label: str = ""
    entries: tuple["Entry", ...] = ()


@dataclass(frozen=True)
class Book:
    """The chapters of one edition in order, numbered, with every reference resolved.

    ``origin`` is the title of the book from which a handout is taken, empty for the book itself;
    ``measures`` are those in which it is to be set, None for its stylesheets' own.
    """

    name: str
    metadata: Metadata
    statement: Statement
    edition: Edition
    leaves: tuple[Leaf, ...]
    contents: tuple[Entry, ...]
    figures: tuple[Entry, ...]
    tables: tuple[Entry, ...]
    assets: tuple[Asset, ...]
    index: tuple[IndexGroup, ...] = ()
    cover: Asset | None = None
    origin: str = ""
    measures: Measures | None = None
