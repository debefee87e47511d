"""What the author gives: everything read from a folder, nothing of it interpreted."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from octavo.diagnostics import Diagnostic, Location
from octavo.model.citations import Citations
from octavo.model.composer import Hangs
from octavo.model.edition import BOOK_TOML, Edition
from octavo.model.source import Source

OCTAVO: Final = "octavo"
"""The dialect that is read as it stands."""


class Matter(StrEnum):
    """The three parts of a book, in the words of EPUB's structural semantics."""

    FRONT = "frontmatter"
    BODY = "bodymatter"
    BACK = "backmatter"


@dataclass(frozen=True)
class Creator:
    """Somebody who made the book: ``role`` is a MARC relator code such as ``aut`` or ``edt``."""

    name: str
    role: str = "aut"
    file_as: str = ""


@dataclass(frozen=True)
class Series:
    """The series that a book belongs to, and its place in it."""

    name: str
    position: str = ""


@dataclass(frozen=True)
class Metadata:
    """What a library catalogue wants to know, in the words of Dublin Core.

    ``licence`` names it in a few words, ``address`` is where the book is found on the web.
    ``date`` is the day of publication (ISO 8601, may be empty); ``modified`` is aware and in UTC.
    """

    identifier: str
    title: str
    language: str
    modified: datetime
    subtitle: str = ""
    creators: tuple[Creator, ...] = ()
    contributors: tuple[Creator, ...] = ()
    publisher: str = ""
    date: str = ""
    rights: str = ""
    description: str = ""
    subjects: tuple[str, ...] = ()
    source: str = ""
    licence: str = ""
    address: str = ""
    series: Series | None = None


@dataclass(frozen=True)
class Statement:
    """What the author says of accessibility; what the files show is computed from the files.

    ``reviewed_by`` and ``reviewed_on`` (ISO 8601) name the person whose review stands behind a
    claim of conformance; without them none is made.
    """

    summary: str = ""
    reviewed_by: str = ""
    reviewed_on: str = ""


@dataclass(frozen=True)
class SpineItem:
    """One entry of the spine: a text, a leaf that its template fills, or a part with its texts.

    ``leaf`` names the template; ``path`` is the text file, empty for a leaf without one;
    ``title`` is what book.toml says, and the text's own heading where it says nothing; ``called``
    names a text that has no heading.
    """

    leaf: str
    matter: Matter
    location: Location
    path: str = ""
    title: str = ""
    items: tuple["SpineItem", ...] = ()
    called: str = ""


def flat(spine: Iterable[SpineItem]) -> Iterator[SpineItem]:
    """Yield the items of a spine in reading order, each part before its texts."""
    for item in spine:
        yield item
        yield from flat(item.items)


@dataclass(frozen=True)
class Waiver:
    """A finding that the author knows of and accepts, and why."""

    code: str
    reason: str
    location: Location
    path: str = ""


@dataclass(frozen=True)
class Asset:
    """A file that goes along unchanged: an image, a font face, a stylesheet.

    ``name`` is its path inside every output; ``media_type`` is one of EPUB 3.3's core media types.
    """

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True)
class Styles:
    """The look: the house's files with the book's own of the same name in their place.

    ``templates`` map a name below ``styles/layouts`` to Jinja2 text, ``stylesheets`` a name below
    ``styles/css`` to CSS, ``words`` a label (``chapter``) to the book's language; ``faces`` are
    the font files that stylesheets may name, ``paths`` where each of the first two came from;
    ``hangs`` are the optical margins by the family of the face, ``*`` for all others.
    """

    templates: Mapping[str, str]
    stylesheets: Mapping[str, str]
    faces: Mapping[str, Asset]
    words: Mapping[str, str]
    paths: Mapping[str, str]
    hangs: Mapping[str, Hangs] = field(default_factory=dict)


@dataclass(frozen=True)
class Manuscript:
    """Everything read from a publication's folder, nothing of it interpreted.

    ``sources`` and ``assets`` are keyed by path relative to the folder; ``handouts`` are the texts
    that editions name and the spine does not, ``unlisted`` those that neither names; ``astray`` are
    paths of symbolic links that lead out of the folder; ``cover`` is the path of the author's cover
    image, empty where there is none; ``places`` tell where in book.toml each key of its metadata
    stands. ``dialect`` is the kind of Markdown in which the texts are written, and ``found`` what
    is to be said of the folder as it was read; ``citations`` tell how texts cite, None where they
    do not.
    """

    name: str
    metadata: Metadata
    statement: Statement
    spine: tuple[SpineItem, ...]
    editions: tuple[Edition, ...]
    waivers: tuple[Waiver, ...]
    sources: Mapping[str, Source]
    assets: Mapping[str, Asset]
    styles: Styles
    cover: str = ""
    handouts: tuple[SpineItem, ...] = ()
    unlisted: tuple[str, ...] = ()
    astray: tuple[str, ...] = ()
    places: Mapping[str, Location] = field(default_factory=dict)
    dialect: str = OCTAVO
    found: tuple[Diagnostic, ...] = ()
    citations: Citations | None = None

    def written(self, place: Location) -> Location:
        """Return where something was written that stands in a text as it is read.

        What is of no text is where the folder of another tool tells of its book.
        """
        if place == BOOK_TOML and self.dialect != OCTAVO and self.spine:
            return self.spine[0].location
        source = self.sources.get(place.path)
        return source.written(place.line) if source else place
