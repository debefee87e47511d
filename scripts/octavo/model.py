"""The values that pass from stage to stage, in the order in which they arise.

All are frozen; sequences are tuples, texts ``str``, files ``bytes``. A mapping is handed on as
it is and never changed. XHTML travels as text: a *fragment* is well-formed XML without a single
root, in no namespace prefix but ``epub:``, and without named entities other than XML's own.

Inside a book every id is unique, because each carries its chapter's slug (``reform--nine-areas``),
and every link between texts is ``#id``. Which file an id lives in is the layout's business.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from octavo.diagnostics import Diagnostic, Location

BOOK_TOML = Location("book.toml")
"""The place of what no line of a text is to blame for."""

# --- What the author gives -------------------------------------------------------------------


class Matter(StrEnum):
    """The three parts of a book, in the words of EPUB's structural semantics."""

    FRONT = "frontmatter"
    BODY = "bodymatter"
    BACK = "backmatter"


class Medium(StrEnum):
    """What a layout is for: text that flows anew on every screen, or pages."""

    REFLOWABLE = "reflowable"
    PAGED = "paged"


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
    ``title`` is what book.toml says, and the text's own heading where it says nothing.
    """

    leaf: str
    matter: Matter
    location: Location
    path: str = ""
    title: str = ""
    items: tuple["SpineItem", ...] = ()


@dataclass(frozen=True)
class Trim:
    """The size of a finished page in millimetres."""

    width: float
    height: float


@dataclass(frozen=True)
class Edition:
    """One form in which the book is published.

    ``format`` is a name in ``octavo.formats.FORMATS``; ``identifier`` is this edition's own (an
    ISBN as ``urn:isbn:...``), empty for the book's; ``omits`` names the leaves it goes without;
    ``stylesheets`` are added after the house's; ``standard`` is the PDF variant to follow.
    """

    name: str
    format: str
    medium: Medium
    identifier: str = ""
    trim: Trim = Trim(148, 210)
    omits: tuple[str, ...] = ()
    stylesheets: tuple[str, ...] = ()
    standard: str = ""


@dataclass(frozen=True)
class Waiver:
    """A finding that the author knows of and accepts, and why."""

    code: str
    reason: str
    location: Location
    path: str = ""


@dataclass(frozen=True)
class Source:
    """A text file as it stands: ``path`` is relative to the publication's folder."""

    path: str
    text: str


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
    the font files that stylesheets may name, ``paths`` where each of the first two came from.
    """

    templates: Mapping[str, str]
    stylesheets: Mapping[str, str]
    faces: Mapping[str, Asset]
    words: Mapping[str, str]
    paths: Mapping[str, str]


@dataclass(frozen=True)
class Manuscript:
    """Everything read from a publication's folder, nothing of it interpreted.

    ``sources`` and ``assets`` are keyed by path relative to the folder; ``unlisted`` are texts
    that the spine does not name; ``astray`` are paths of symbolic links that lead out of the
    folder; ``cover`` is the path of the author's cover image, empty where there is none.
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
    unlisted: tuple[str, ...] = ()
    astray: tuple[str, ...] = ()


# --- What the Markdown says ------------------------------------------------------------------


class Kind(StrEnum):
    """What a reference can point at."""

    CHAPTER = "chapter"
    HEADING = "heading"
    FIGURE = "figure"
    TABLE = "table"
    NOTE = "note"
    TERM = "term"
    PLACE = "place"


@dataclass(frozen=True)
class Heading:
    """A heading below the chapter's title: ``level`` 2 to 6, ``title`` an XHTML fragment."""

    id: str
    level: int
    title: str
    location: Location


@dataclass(frozen=True)
class Note:
    """A note: ``content`` is an XHTML fragment of blocks, ``called`` whether the text calls it."""

    id: str
    label: str
    content: str
    location: Location
    called: bool = True


@dataclass(frozen=True)
class Link:
    """A link as the author wrote it; ``href`` is not resolved."""

    href: str
    location: Location


@dataclass(frozen=True)
class Image:
    """An image as the author wrote it; ``alt`` is None where none was given at all.

    ``decorative`` tells an image that means nothing, marked so by the author.
    """

    src: str
    alt: str | None
    location: Location
    decorative: bool = False


@dataclass(frozen=True)
class Passage:
    """A stretch of text in a language of its own (BCP 47)."""

    language: str
    location: Location


@dataclass(frozen=True)
class Target:
    """Something with an id: ``name`` is the author's word for it, ``title`` an XHTML fragment.

    ``given`` tells an id that the author wrote from one derived from a heading's words.
    """

    id: str
    name: str
    kind: Kind
    title: str
    location: Location
    given: bool = True


@dataclass(frozen=True)
class Chapter:
    """One text, parsed.

    ``content`` is an XHTML fragment without the title, in which a note's call is an empty
    ``<a class="noteref" id="..." href="#note-id"/>``, a cross-reference an empty
    ``<a class="xref" href="..."/>``, and links and images stand as written. ``notes`` stand in the
    order of their first call; ``calls`` are all calls that the source has, with or without a note.
    The first of ``targets`` is the chapter itself. ``problems`` are what parsing found.
    """

    path: str
    slug: str
    title: str
    content: str
    targets: tuple[Target, ...]
    headings: tuple[Heading, ...] = ()
    notes: tuple[Note, ...] = ()
    calls: tuple[Link, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[Image, ...] = ()
    passages: tuple[Passage, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    opens_part: bool = False


@dataclass(frozen=True)
class Draft:
    """The manuscript and its chapters, by path, before an edition is chosen.

    ``repertoire`` holds the characters that the embedded faces can draw.
    """

    manuscript: Manuscript
    chapters: Mapping[str, Chapter]
    repertoire: frozenset[str]

    def resolve(self, chapter: Chapter, href: str) -> Target | None:
        """Return what a link inside the book points at, or None where there is nothing.

        ``reform.md`` is a chapter, ``reform.md#areas`` a place in it, and ``#areas`` a place in
        the same chapter or, failing that, the one place in the book to which the author gave
        that id.
        """
        path, _, name = unquote(href).partition("#")
        if path:
            other = self.chapters.get(normpath(join(dirname(chapter.path), path)))
            if other is None or not name:
                return other.targets[0] if other else None
            return _named(other, name)
        elsewhere = (_named(other, name, given=True) for other in self.chapters.values())
        return _named(chapter, name) or next((found for found in elsewhere if found), None)


def _named(chapter: Chapter, name: str, *, given: bool = False) -> Target | None:
    return next(
        (t for t in chapter.targets if t.name == name and (t.given or not given)),
        None,
    )


# --- The book of one edition -----------------------------------------------------------------


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
    """The chapters of one edition in order, numbered, with every reference resolved."""

    name: str
    metadata: Metadata
    statement: Statement
    edition: Edition
    leaves: tuple[Leaf, ...]
    contents: tuple[Entry, ...]
    figures: tuple[Entry, ...]
    tables: tuple[Entry, ...]
    assets: tuple[Asset, ...]
    cover: Asset | None = None


# --- Finished files --------------------------------------------------------------------------


@dataclass(frozen=True)
class Document:
    """A finished XHTML document: ``name`` is its path in the package.

    ``properties`` are those of its manifest item in EPUB 3.3 (``nav``, ``svg``, ``mathml``).
    """

    name: str
    title: str
    xhtml: str
    properties: tuple[str, ...] = ()
    in_spine: bool = True


@dataclass(frozen=True)
class Accessibility:
    """What the finished documents offer a reader, in the words of schema.org and EPUB 1.1."""

    modes: tuple[str, ...]
    sufficient: tuple[str, ...]
    features: tuple[str, ...]
    hazards: tuple[str, ...]
    summary: str


@dataclass(frozen=True)
class Rendition:
    """All that one edition is made of, laid out for its medium and ready to be bound.

    ``documents`` stand in reading order; ``ncx`` is the navigation for readers of EPUB 2 (empty
    for pages); ``body`` is the id with which the body matter begins; ``cover`` names an asset.
    """

    name: str
    metadata: Metadata
    statement: Statement
    edition: Edition
    documents: tuple[Document, ...]
    stylesheets: tuple[Asset, ...]
    assets: tuple[Asset, ...]
    body: str = ""
    cover: str = ""
    ncx: str = ""
    accessibility: Accessibility | None = None


@dataclass(frozen=True)
class Artifact:
    """A finished file, ready for ``build/``; ``problems`` are what making it brought to light."""

    name: str
    media_type: str
    data: bytes
    problems: tuple[Diagnostic, ...] = ()
