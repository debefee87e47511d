"""How a book cites: the works that it may name, and in which style."""

from dataclasses import dataclass
from enum import StrEnum

from octavo.diagnostics import Location
from octavo.model.source import Source


class Listed(StrEnum):
    """Where the works that are cited are listed."""

    BOOK = "book"
    CHAPTER = "chapter"
    NOWHERE = "none"


@dataclass(frozen=True)
class Citations:
    """What a book says of the works that it cites.

    ``references`` are the files that describe them (BibTeX, CSL-JSON, CSL-YAML); ``style`` is the
    name of a style of the Citation Style Language, or ``csl`` its file. ``nocite`` are the keys of
    works that are listed although no text cites them, ``*`` all of them; ``title`` is that of the
    list, and ``place`` where all this is said.
    """

    references: tuple[Source, ...]
    place: Location
    style: str = ""
    csl: Source | None = None
    listed: Listed = Listed.BOOK
    nocite: tuple[str, ...] = ()
    title: str = ""
