"""Where in the manuscript a word of the finished book was written.

Markdown's tree has no lines. The words of a leaf stand in the order in which they were written, so
they are found again in the source one after the other.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

from octavo import places, xhtml
from octavo.diagnostics import Location
from octavo.model import BOOK_TOML, Chapter, Draft, Place, Rendition

_AHEAD: Final = 60
"""How many words of the source may be passed over: an address, the settings of a block."""

_LOST: Final = 4
"""So many words in a row that are not found tell that the source has been passed by."""

Words = Sequence[tuple[str, int]]
"""Words, each with its offset in a text or its line in a file."""


class Origins:
    """Finds the line of a place; reads a leaf when it is asked for the first time."""

    def __init__(self, draft: Draft, rendition: Rendition) -> None:
        self._draft = draft
        self._rendition = rendition
        self._chapters = {chapter.slug: chapter for chapter in draft.chapters.values()}
        self._read: dict[tuple[str, str], list[tuple[int, int]]] = {}
        self._said: dict[tuple[str, str], Words] = {}

    def locate(self, place: Place) -> Location:
        """Return the line of a place; book.toml for a leaf that no text fills."""
        chapter = self._chapters.get(place.leaf)
        if chapter is None:
            return BOOK_TOML
        key = place.leaf, place.note
        if key not in self._read:
            self._read[key] = list(self._aligned(chapter, place))
        lines = self._read[key]
        index = bisect_right(lines, (place.offset, 1 << 40)) - 1
        first = self._first(chapter, place.note)
        return Location(chapter.path, lines[index][1] if index >= 0 else first)

    def words(self, place: Place, count: int = 8) -> str:
        """Return a few whole words of the book from a place on."""
        found = self._words(place)
        first = bisect_left(found, place.offset, key=lambda word: word[1])
        return " ".join(word for word, _ in found[first : first + count])

    def _words(self, place: Place) -> Words:
        key = place.leaf, place.note
        if key not in self._said:
            text = self._texts.get(place.leaf)
            self._said[key] = list(places.words(text, place.note)) if text else []
        return self._said[key]

    @cached_property
    def _texts(self) -> dict[str, places.Text]:
        bodies = (
            body
            for document in self._rendition.documents
            for body in xhtml.find(xhtml.parse(document.xhtml), "./h:body")
        )
        return {leaf.get("id", ""): places.Text(leaf) for b in bodies for leaf in places.leaves(b)}

    def _first(self, chapter: Chapter, note: str) -> int:
        begins = {each.id: each.location.line for each in chapter.notes}
        return begins.get(note, 1)

    def _aligned(self, chapter: Chapter, place: Place) -> Iterator[tuple[int, int]]:
        first = self._first(chapter, place.note)
        lines = self._draft.manuscript.sources[chapter.path].text.splitlines()[first - 1 :]
        written = [
            (word.casefold(), number)
            for number, line in enumerate(lines, start=first)
            for word in places.WORD.findall(line)
        ]
        yield from _matched(self._words(place), written)


def _matched(found: Words, written: Words) -> Iterator[tuple[int, int]]:
    """Yield the offset and the line of every word that is found again."""
    at, missed = 0, 0
    runs: dict[tuple[str, ...], list[int]] = {}
    plain = [word for word, _ in written]
    for place in range(len(plain) - 2):
        runs.setdefault(tuple(plain[place : place + 3]), []).append(place)
    for number, (word, offset) in enumerate(found):
        if missed > _LOST:
            # Something long is not shown, such as a comment: go on where three words are met again.
            run = tuple(next_.casefold() for next_, _ in found[number : number + 3])
            at = next((place for place in runs.get(run, ()) if place >= at), at)
        lost = missed > 0
        missed += 1
        after = found[number + 1][0].casefold() if number + 1 < len(found) else ""
        for ahead in range(at, min(at + _AHEAD, len(written))):
            if written[ahead][0] != word.casefold():
                continue
            near = [next_ for next_, _ in written[ahead + 1 : ahead + 4]]
            if (ahead == at and not lost) or not after or after in near:
                at, missed = ahead + 1, 0
                yield offset, written[ahead][1]
                break
