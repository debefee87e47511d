"""Where in the manuscript a word of the finished book was written.

Markdown's tree has no lines. The words of a leaf stand in the order in which they were written, so
they are found again in the source one after the other.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final

from octavo import places, xhtml
from octavo.diagnostics import Location
from octavo.model import BOOK_TOML, Draft, Place, Rendition
from octavo.workshop import Workshop, task

_AHEAD: Final = 60
"""How many words of the source may be passed over: an address, the settings of a block."""

_LOST: Final = 4
"""So many words in a row that are not found tell that the source has been passed by."""

_MANY: Final = 32
"""So many words in a row are compared at once: nearly all are found where they are expected."""

_FEW: Final = 8
"""So many words of a place are foreseen."""

_NOTHING: Final = "<section/>"
"""A leaf that is not laid out."""

Firsts = tuple[tuple[str, int], ...]
"""Notes, each with the line on which it begins."""


class Asked:
    """Notes which places are asked for, and tells nothing of them."""

    def __init__(self) -> None:
        self.places: list[Place] = []

    def locate(self, place: Place) -> Location:
        """Note a place."""
        self.places.append(place)
        return BOOK_TOML

    def words(self, place: Place, count: int = _FEW) -> str:
        """Note a place of which no more words are asked for than are foreseen."""
        if count <= _FEW:
            self.places.append(place)
        return ""


class Origins:
    """Finds the line of a place; reads a leaf when it is asked for the first time."""

    def __init__(self, draft: Draft, rendition: Rendition) -> None:
        self._draft = draft
        self._rendition = rendition
        self._chapters = {chapter.slug: chapter for chapter in draft.chapters.values()}
        self._read: dict[str, _Leaf] = {}
        self._told: dict[Place, tuple[Location, tuple[str, ...]]] = {}

    def foresee(self, places_: Iterable[Place], workshop: Workshop) -> None:
        """Find the lines and the words of many places at once, wherever there is room for it."""
        by_leaf: dict[str, list[Place]] = {}
        for place in dict.fromkeys(places_):
            if place.leaf in self._chapters and place.leaf in self._sections:
                by_leaf.setdefault(place.leaf, []).append(place)
        tasks = [task(_tell, *self._leaf_of(leaf), tuple(asked)) for leaf, asked in by_leaf.items()]
        for asked, told in zip(by_leaf.values(), workshop.do_all(tasks, light=True), strict=True):
            self._told |= zip(asked, told, strict=True)

    def locate(self, place: Place) -> Location:
        """Return the line of a place; book.toml for a leaf that no text fills."""
        if place in self._told:
            return self._told[place][0]
        chapter = self._chapters.get(place.leaf)
        return BOOK_TOML if chapter is None else self._leaf(chapter.slug).locate(place)

    def words(self, place: Place, count: int = _FEW) -> str:
        """Return a few whole words of the book from a place on."""
        if place in self._told and count <= _FEW:
            return " ".join(self._told[place][1][:count])
        return " ".join(self._leaf(place.leaf).words(place, count))

    def _leaf(self, name: str) -> "_Leaf":
        if name not in self._read:
            self._read[name] = _Leaf(*self._leaf_of(name))
        return self._read[name]

    def _leaf_of(self, name: str) -> tuple[str, str, str, Firsts]:
        section, chapter = self._sections.get(name, ""), self._chapters.get(name)
        if chapter is None:
            return section, "", "", ()
        source = self._draft.manuscript.sources[chapter.path].text
        firsts = tuple((each.id, each.location.line) for each in chapter.notes)
        return section, chapter.path, source, firsts

    @cached_property
    def _sections(self) -> dict[str, str]:
        bodies = (
            body
            for document in self._rendition.documents
            for body in xhtml.find(xhtml.parse(document.xhtml), "./h:body")
        )
        return {
            leaf.get("id", ""): xhtml.serialize(leaf) for b in bodies for leaf in places.leaves(b)
        }


def _tell(
    section: str, path: str, source: str, firsts: Firsts, asked: tuple[Place, ...]
) -> tuple[tuple[Location, tuple[str, ...]], ...]:
    """Return the lines of places in a leaf, and the words with which they begin."""
    leaf = _Leaf(section, path, source, firsts)
    return tuple((leaf.locate(place), leaf.words(place, _FEW)) for place in asked)


class _Leaf:
    """A leaf as it is laid out, and the text in which it was written.

    ``firsts`` are the notes of the text, with their first lines.
    """

    def __init__(self, section: str, path: str, source: str, firsts: Firsts) -> None:
        self._text = places.Text(xhtml.parse(section or _NOTHING))
        self._path = path
        self._source = source.splitlines()
        self._firsts = dict(firsts)
        self._read: dict[str, tuple[places.Words, list[int]]] = {}

    def locate(self, place: Place) -> Location:
        """Return the line of a place."""
        words, lines = self._aligned(place.note)
        begun = words.before(place.offset + 1)
        known = (lines[at] for at in reversed(range(begun)) if lines[at])
        return Location(self._path, next(known, self._firsts.get(place.note, 1)))

    def words(self, place: Place, count: int) -> tuple[str, ...]:
        """Return a few whole words from a place on."""
        words, _ = self._aligned(place.note)
        first = words.before(place.offset)
        return tuple(words.said[first : first + count])

    def _aligned(self, note: str) -> tuple[places.Words, list[int]]:
        """Return the words of the leaf or of a note, and their lines."""
        if note not in self._read:
            words = places.Words(self._text, note)
            plain, lines = self._plain(self._firsts.get(note, 1))
            self._read[note] = words, _lines(words.said, plain, lines)
        return self._read[note]

    def _plain(self, first: int) -> tuple[list[str], list[int]]:
        """Return the words of the source from a line on, in one case, and their lines."""
        plain: list[str] = []
        lines: list[int] = []
        for number, line in enumerate(self._source[first - 1 :], start=first):
            words = places.WORD.findall(line)
            plain += map(str.casefold, words)
            lines += [number] * len(words)
        return plain, lines


def _lines(words: Sequence[str], plain: list[str], lines: list[int]) -> list[int]:
    """Return the line of every word, 0 for one that is not found again.

    ``plain`` are the words of the source in one case, ``lines`` those on which they stand.
    """
    said = list(map(str.casefold, words))
    found = [0] * len(said)
    runs: dict[tuple[str, ...], list[int]] = {}
    number = at = missed = 0
    while number < len(said):
        count = 1 if number % _MANY else _MANY
        if not missed and said[number : number + count] == plain[at : at + count]:
            same = lines[at : at + count]
            found[number : number + len(same)] = same
            number, at = number + count, at + count  # beyond the end where few are left
            continue
        word = said[number]
        if missed > _LOST:
            # Something long is not shown, such as a comment: go on where three words are met again.
            runs = runs or _runs(plain)
            run = tuple(said[number : number + 3])
            at = next((place for place in runs.get(run, ()) if place >= at), at)
        lost = missed > 0
        missed += 1
        after = said[number + 1] if number + 1 < len(said) else ""
        for ahead in range(at, min(at + _AHEAD, len(plain))):
            if plain[ahead] == word and (
                (ahead == at and not lost) or not after or after in plain[ahead + 1 : ahead + 4]
            ):
                at, missed = ahead + 1, 0
                found[number] = lines[ahead]
                break
        number += 1
    return found


def _runs(words: Sequence[str]) -> dict[tuple[str, ...], list[int]]:
    """Return where any three words in a row stand."""
    found: dict[tuple[str, ...], list[int]] = {}
    for place in range(len(words) - 2):
        found.setdefault(tuple(words[place : place + 3]), []).append(place)
    return found
