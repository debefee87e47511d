"""What an edition's readers must not get, as words and runs of words by which it is known."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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
    """How passages are known again: by words that stand nowhere else, and by runs of words."""

    words: Mapping[str, Passage]
    runs: Mapping[Run, Passage]

    def in_text(self, text: str) -> Iterator[Passage]:
        """Yield the passages of which a text says something."""
        said = tokens(text)
        yield from (self.words[word] for word in said if word in self.words)
        yield from (self.runs[run] for run in runs(said) if run in self.runs)


def tokens(text: str) -> list[str]:
    """Return the words of a text, in one case and composed; a word broken at a line is whole."""
    whole = re.sub(r"[-\u2010\u00ad\ufffe]\s*\n\s*|[\u00ad\u200b\ufffe]", "", text)
    return _WORD.findall(unicodedata.normalize("NFKC", whole).casefold())


def runs(words: Sequence[str]) -> Iterator[Run]:
    """Yield the runs of words in a text."""
    yield from zip(*(words[first:] for first in range(RUN)), strict=False)


def secrets(draft: Draft, heard: Draft, edition: Edition) -> Secrets | None:
    """Return what an edition must not say, None where nothing is meant for others.

    Args:
        draft: the whole manuscript.
        heard: what of it the edition's readers may see.
        edition: the edition.
    """
    hidden = list(_hidden(draft, heard, edition.audience))
    if not hidden:
        return None
    public = [tokens(text) for text in _public(draft.manuscript, heard, edition)]
    known = {word for words in public for word in words}
    told = {run for words in public for run in runs(words)}
    own: dict[str, Passage] = {}
    phrases: dict[Run, Passage] = {}
    for passage in hidden:
        words = tokens(passage.text)
        own |= {w: passage for w in words if w not in known and _tells(w)}
        phrases |= {run: passage for run in runs(words) if run not in told}
    return Secrets(own, phrases)


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


def _public(manuscript: Manuscript, heard: Draft, edition: Edition) -> Iterator[str]:
    """Yield all that may stand in the file without telling anything."""
    for path, chapter in heard.chapters.items():
        yield path
        yield from _said(chapter)
    metadata, styles = manuscript.metadata, manuscript.styles
    yield from (metadata.title, metadata.subtitle, metadata.description, metadata.rights)
    yield from (metadata.source, metadata.publisher, metadata.identifier, *metadata.subjects)
    yield from (person.name for person in (*metadata.creators, *metadata.contributors))
    yield from (manuscript.name, manuscript.statement.summary, edition.name, edition.identifier)
    yield from (item.title for item in manuscript.spine)
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
        self._words = [
            (word, number)
            for number, line in enumerate(source.splitlines(), start=1)
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
