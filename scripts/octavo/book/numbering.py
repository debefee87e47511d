"""The numbers of all that is counted in a book, and the words by which one refers to it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from octavo import xhtml
from octavo.model import Chapter, Kind, Leaf, Target

_TERM: Final = ".//h:span[contains(concat(' ', @class, ' '), ' indexterm ')]"


@dataclass(frozen=True)
class Numbered:
    """A figure, table or equation with its label, "Figure 3", and its number alone."""

    target: Target
    label: str
    number: str


@dataclass(frozen=True)
class Numbers:
    """What everything in the book is called when another place refers to it.

    ``references`` maps an id to the XHTML fragment that a cross-reference to it shows, and
    ``bare`` to its number alone; ``calls`` maps a note's id to its number.
    """

    references: Mapping[str, str]
    bare: Mapping[str, str]
    figures: tuple[Numbered, ...]
    tables: tuple[Numbered, ...]
    equations: tuple[Numbered, ...]
    calls: Mapping[str, str]

    @classmethod
    def of(
        cls, chapters: Iterable[Chapter], leaves: Mapping[str, Leaf], words: Mapping[str, str]
    ) -> "Numbers":
        """Return the numbers of an edition's chapters; ``leaves`` by id carry their own labels."""
        chapters = tuple(chapters)
        figures = tuple(_labelled(Kind.FIGURE, chapters, words["figure"]))
        tables = tuple(_labelled(Kind.TABLE, chapters, words["table"]))
        equations = tuple(_labelled(Kind.EQUATION, chapters, words["equation"]))
        calls = dict(_calls(chapters))
        counted = (*figures, *tables, *equations)
        references = {
            target.id: bare(target.title) for chapter in chapters for target in chapter.targets
        }
        references |= {leaf.id: _leaf_reference(leaf) for leaf in leaves.values()}
        references |= {each.target.id: each.label for each in counted}
        references |= {id_: f"{words['note']} {number}" for id_, number in calls.items()}
        numbers = {each.target.id: each.number for each in counted}
        numbers |= {leaf.id: leaf.number for leaf in leaves.values() if leaf.number}
        return cls(references, {**numbers, **calls}, figures, tables, equations, calls)


def continuous(chapters: Iterable[Chapter]) -> Mapping[str, str]:
    """Return the numbers of notes that run on through all chapters, by id."""
    called = (note for chapter in chapters for note in chapter.notes if note.called)
    return {note.id: str(count) for count, note in enumerate(called, start=1)}


def bare(title: str) -> str:
    """Return a title without what stands in a book once: ids, calls of notes, links, marks."""
    body = xhtml.parse_fragment(title)
    for call in xhtml.find(body, ".//h:a[@class='noteref']"):
        xhtml.replace(call, [])
    for element in body.iterdescendants():
        element.attrib.pop("id", None)
    for wrapper in xhtml.find(body, f".//h:a | {_TERM}"):
        xhtml.replace(wrapper, list(wrapper), wrapper.text or "")
    return xhtml.serialize_fragment(body)


def _leaf_reference(leaf: Leaf) -> str:
    title = bare(leaf.title)
    return f"{leaf.label}, {title}" if leaf.label else title


def _labelled(kind: Kind, chapters: Iterable[Chapter], word: str) -> Iterator[Numbered]:
    targets = (t for chapter in chapters for t in chapter.targets if t.kind is kind)
    for count, target in enumerate(targets, start=1):
        yield Numbered(target, f"{word} {count}", str(count))


def _calls(chapters: Iterable[Chapter]) -> Iterator[tuple[str, str]]:
    for chapter in chapters:
        called = (note for note in chapter.notes if note.called)
        yield from ((note.id, str(count)) for count, note in enumerate(called, start=1))
