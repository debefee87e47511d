"""What an edition's readers must not get, as words and runs of words by which it is known."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from posixpath import basename
from typing import Final

from octavo import xhtml
from octavo.diagnostics import Location
from octavo.model import Chapter, Draft, Edition, Manuscript

RUN: Final = 4
"""So many words in a row tell a passage that has no word of its own."""

_WORD: Final = re.compile(r"[^\W_]+")
_LONG: Final = 5
_FORMATS: Final = (
    # PDF (ISO 32000-1): marked content, and the packet of XMP (ISO 16684-1) with its schemas
    "Artifact Pagination Header Footer Span Link Figure Table Caption Document Part Sect NonStruct",
    "xpacket begin end id W5M0MpCehiHzreSzNTczkc9d xmpmeta adobe meta RDF Description about",
    "http www w3 org 1999 02 22 syntax purl elements ns pdf pdfuaid pdfa extension schema",
    "Producer Keywords Creator CreatorTool CreateDate ModifyDate MetadataDate title creator format",
    "description subject rights language publisher date Alt Bag Seq li parseType Resource default",
    "Subtype Type XML Length Filter FlateDecode Root Info Size Index Prev Catalog Pages Parent",
    "WeasyPrint pikepdf pydyf Octavo conformance part standard trapped",
    # EPUB 3.3: the container, the package, its media types and its vocabularies
    "mimetype application epub zip oebps package xml xhtml dtbncx svg image jpeg png gif webp font",
    "container urn oasis names opendocument xmlns rootfile full path media type version uuid isbn",
    "toc nav ncx cover bodymatter text properties scripted mathml reference reading order spine",
    "dcterms modified conformsTo rendition layout reflowable schema scheme identifier source",
    "accessMode accessModeSufficient accessibilityFeature accessibilityHazard accessibilitySummary",
    "certifiedBy pageBreakSource file as role marc relators refines collection group position",
    "title type main subtitle contributor generator EbookLib play depth total count max uid",
)
"""What stands in files of a format, whatever they say."""

_BLOCKS: Final = tuple(
    f"{{{xhtml.XHTML}}}{name}"
    for name in (
        *("h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "dt", "dd"),
        *("td", "th", "caption", "figcaption", "pre", "body"),
    )
)

_SAYING: Final = ("alt", "aria-label", "title")
_NAMING: Final = ("src", "href")

Run = tuple[str, ...]


@dataclass(frozen=True)
class Passage:
    """Something that is meant for others: its words, and where it was written."""

    text: str
    location: Location


@dataclass(frozen=True)
class Secrets:
    """How passages are known again: by words that stand nowhere else, and by runs of words.

    ``seams`` tell which runs come about where two public blocks meet.
    """

    words: Mapping[str, Passage]
    runs: Mapping[Run, Passage]
    seams: "Seams"

    def in_text(self, text: str) -> Iterator[Passage]:
        """Yield the passages of which a text says something."""
        said = tokens(text)
        yield from (self.words[word] for word in said if word in self.words)
        for run in runs(said):
            if run in self.runs and not self.seams.hold(run):
                yield self.runs[run]


class Seams:
    """Where public blocks of text meet: a title with what follows it, a head with its page."""

    def __init__(self, blocks: Iterable[Sequence[str]]) -> None:
        self._inside: set[Run] = set()
        self._ends: set[Run] = set()
        self._starts: set[Run] = set()
        for block in blocks:
            for size in range(1, RUN):
                grams = list(_grams(block, size))
                self._inside.update(grams)
                self._starts.update(grams[:1])
                self._ends.update(grams[-1:])

    def hold(self, run: Run) -> bool:
        """Return whether a run is the end of a block, or the beginning of one, beside other words.

        Any public words may be these: a head stands beside wherever its page begins.
        """
        parts = ((run[:cut], run[cut:]) for cut in range(1, len(run)))
        return any(
            (left in self._ends and right in self._inside)
            or (left in self._inside and right in self._starts)
            for left, right in parts
        )


def tokens(text: str) -> list[str]:
    """Return the words of a text, in one case and composed; a word broken at a line is whole."""
    whole = re.sub(r"[-\u2010\u00ad\ufffe]\s*\n\s*|[\u00ad\u200b\ufffe]", "", text)
    return _WORD.findall(unicodedata.normalize("NFKC", whole).casefold())


def runs(words: Sequence[str]) -> Iterator[Run]:
    """Yield the runs of words in a text."""
    yield from _grams(words, RUN)


def _grams(words: Sequence[str], size: int) -> Iterator[Run]:
    yield from zip(*(words[first:] for first in range(size)), strict=False)


def secrets(
    draft: Draft, heard: Draft, edition: Edition, own: Iterable[str] = ()
) -> Secrets | None:
    """Return what an edition must not say, None where nothing is meant for others.

    Args:
        draft: the whole manuscript.
        heard: what of it the edition's readers may see.
        edition: the edition.
        own: what Octavo says in the file of itself, such as a summary of its accessibility.
    """
    hidden = list(_hidden(draft, heard, edition.audience))
    if not hidden:
        return None
    public = [tokens(text) for text in (*_public(draft.manuscript, heard, edition), *own)]
    known = {word for words in public for word in words}
    told = {run for words in public for run in runs(words)}
    single: dict[str, Passage] = {}
    phrases: dict[Run, Passage] = {}
    for passage in hidden:
        words = tokens(passage.text)
        single |= {w: passage for w in words if w not in known and _tells(w)}
        phrases |= {run: passage for run in runs(words) if run not in told}
    return Secrets(single, phrases, Seams([*public, *_blocks(heard)]))


def _tells(word: str) -> bool:
    return len(word) >= _LONG or (len(word) > 2 and any(c.isdigit() for c in word))


# --- what is hidden ---


def _hidden(draft: Draft, heard: Draft, audience: Sequence[str]) -> Iterator[Passage]:
    """Yield every passage that the readers of an edition do not get."""
    for path, chapter in draft.chapters.items():
        lines = _Lines(draft.manuscript.sources[path].text, path)
        left = heard.chapters.get(path)
        texts = _said(chapter) if left is None else _taken(chapter, left, audience)
        for text in texts:
            if words := tokens(text):
                yield Passage(" ".join(text.split()), lines.locate(words))


def _said(chapter: Chapter) -> Iterator[str]:
    """Yield all that a chapter says, a fragment at a time, and what its index marks say."""
    for fragment in (chapter.title, chapter.content, *(n.content for n in chapter.notes)):
        yield from _strings(xhtml.parse_fragment(fragment))
    for mark in chapter.index:
        yield " ".join(map(xhtml.text_of, mark.entry))


def _taken(chapter: Chapter, left: Chapter, audience: Sequence[str]) -> Iterator[str]:
    """Yield what a chapter says and what is left of it does not."""
    kept = {note.id for note in left.notes}
    marks = {mark.id for mark in left.index}
    for note in chapter.notes:
        if note.id not in kept:
            yield from _strings(xhtml.parse_fragment(note.content))
    for fragment in (chapter.content, *(n.content for n in chapter.notes)):
        if xhtml.AUDIENCE in fragment:
            for element in xhtml.find(xhtml.parse_fragment(fragment), f".//*[@{xhtml.AUDIENCE}]"):
                if not set(element.get(xhtml.AUDIENCE, "").split()) & set(audience):
                    yield from _strings(element)
    for mark in chapter.index:
        if mark.id not in marks:
            yield " ".join(map(xhtml.text_of, mark.entry))


def _strings(root: xhtml.Element) -> Iterator[str]:
    """Yield the text of a tree and what its attributes say."""
    yield " ".join(map(str, root.itertext()))
    for element in root.iter("{*}*"):
        yield from (element.get(name, "") for name in _SAYING if name in element.attrib)
        yield element.get("id", "").rpartition("--")[2]
        yield from (basename(element.get(name, "")) for name in _NAMING if name in element.attrib)


# --- what is not ---


def _blocks(heard: Draft) -> Iterator[list[str]]:
    """Yield the words of every block of a text, by itself."""
    for chapter in heard.chapters.values():
        for fragment in (chapter.title, chapter.content, *(n.content for n in chapter.notes)):
            for block in xhtml.parse_fragment(fragment).iter(*_BLOCKS):
                yield tokens(" ".join(map(str, block.itertext())))


def _public(manuscript: Manuscript, heard: Draft, edition: Edition) -> Iterator[str]:
    """Yield all that may stand in the file without telling anything."""
    for path, chapter in heard.chapters.items():
        yield path
        yield from _said(chapter)
    metadata, styles = manuscript.metadata, manuscript.styles
    yield from (metadata.title, metadata.subtitle, metadata.description, metadata.rights)
    yield from (edition.title, edition.subtitle, metadata.licence, metadata.address, metadata.date)
    yield from (metadata.modified.isoformat(), metadata.modified.strftime("%Y%m%d %H%M%S"))
    yield metadata.series.name if metadata.series else ""
    yield from (metadata.source, metadata.publisher, metadata.identifier, *metadata.subjects)
    for person in (*metadata.creators, *metadata.contributors):
        yield from (person.name, person.file_as)
    yield from (manuscript.name, manuscript.statement.summary, edition.name, edition.identifier)
    yield from (item.title for item in manuscript.spine)
    yield from _FORMATS
    yield from styles.words.values()
    yield from styles.templates.values()
    yield from (text for name, text in styles.stylesheets.items() if _is_used(name, edition))
    yield from styles.faces


def _is_used(name: str, edition: Edition) -> bool:
    return "/" not in name or name in edition.stylesheets


# --- where it was written ---


class _Lines:
    """The words of a source with their lines."""

    def __init__(self, source: str, path: str) -> None:
        self._path = path
        self._source = source

    @cached_property
    def _words(self) -> list[tuple[str, int]]:
        return [
            (word, number)
            for number, line in enumerate(self._source.splitlines(), start=1)
            for word in tokens(line)
        ]

    def locate(self, words: Sequence[str]) -> Location:
        """Return where the first words of a passage were written, or the first of them."""
        first = words[:2]
        pairs = ((one, two) for one, two in pairwise([*self._words, ("", 0)]))
        found = [
            one[1]
            for one, two in pairs
            if one[0] == first[0] and (len(first) == 1 or two[0] == first[1])
        ]
        alone = [number for word, number in self._words if word == first[0]]
        return Location(self._path, next(iter([*found, *alone]), 1))
