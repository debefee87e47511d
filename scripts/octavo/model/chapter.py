"""What the Markdown says: chapters, and what in them can be referred to."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from octavo.diagnostics import Diagnostic, Location
from octavo.model.index import IndexMark
from octavo.model.manuscript import Manuscript


class Kind(StrEnum):
    """What a reference can point at."""

    CHAPTER = "chapter"
    HEADING = "heading"
    FIGURE = "figure"
    TABLE = "table"
    EQUATION = "equation"
    NOTE = "note"
    TERM = "term"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the chapter's title: ``level`` 2 to 6, ``title`` an XHTML fragment."""

    id: str
    level: int
    title: str
    location: Location


@dataclass(frozen=True, slots=True)
class Note:
    """A note: ``content`` is an XHTML fragment of blocks, ``called`` whether the text calls it."""

    id: str
    label: str
    content: str
    location: Location
    called: bool = True


@dataclass(frozen=True, slots=True)
class Link:
    """A link as the author wrote it; ``href`` is not resolved, ``id`` that of a cross-reference."""

    href: str
    location: Location
    id: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """An image as the author wrote it; ``alt`` is None where none was given at all.

    ``decorative`` tells an image that means nothing, marked so by the author.
    """

    src: str
    alt: str | None
    location: Location
    decorative: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text in a language of its own (BCP 47)."""

    language: str
    location: Location


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Chapter:
    """One text, parsed.

    ``content`` is an XHTML fragment without the title, in which a note's call is an empty
    ``<a class="noteref" id="..." href="#note-id"/>``, a cross-reference an empty
    ``<a class="xref" href="..."/>``, and links and images stand as written. ``notes`` stand in the
    order of their first call; ``calls`` are all calls that the source has, with or without a note.
    The first of ``targets`` is the chapter itself. ``problems`` are what parsing found;
    ``audience`` names those for whom alone the text is, none where it is for all.
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
    index: tuple[IndexMark, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    opens_part: bool = False
    audience: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
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
