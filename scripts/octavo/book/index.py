"""The index of an edition: entries gathered from all texts, merged, and sorted.

Locators are the marks themselves; which pages they are is known when the pages are set.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from octavo import xhtml
from octavo.book.numbering import bare
from octavo.model import (
    Chapter,
    CrossReference,
    IndexEntry,
    IndexGroup,
    IndexMark,
    IndexRole,
    Locator,
)
from octavo.typography.collation import collation, initials

_REFERRING: Final = frozenset({IndexRole.SEE, IndexRole.SEE_ALSO})

Path = tuple[str, ...]


@dataclass
class _Gathered:
    """An entry while it is gathered: how it was written, by what it is sorted, what it leads to."""

    forms: Counter[str] = field(default_factory=Counter)
    sort: str = ""
    marks: list[IndexMark] = field(default_factory=list)
    below: dict[str, "_Gathered"] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The entry as it is written most often; in small letters where that is undecided."""
        return min(self.forms, key=lambda form: (-self.forms[form], form.swapcase()))

    @property
    def sorted_by(self) -> str:
        return self.sort or xhtml.text_of(self.title)


def index(chapters: Iterable[Chapter], language: str) -> tuple[IndexGroup, ...]:
    """Return the index of an edition's chapters in the order of the book's language."""
    root = _Gathered()
    for chapter in chapters:
        for mark in chapter.index:
            _gather(root, mark)
    ids = dict(_ids(root, (), "index-"))
    order = collation(language)
    entries = tuple(_entries(root, (), ids, lambda each: (order(each.sorted_by), each.title)))
    initial = initials(language)
    sorted_by = {ids[key,]: below.sorted_by for key, below in root.below.items()}
    grouped = groupby(entries, key=lambda entry: initial(sorted_by[entry.id]))
    return tuple(IndexGroup(letter, tuple(group)) for letter, group in grouped)


def marks(entries: Iterable[IndexEntry]) -> Iterator[str]:
    """Yield the ids of all marks that entries lead to."""
    for entry in entries:
        yield from (id_ for place in entry.locators for id_ in (place.id, place.end) if id_)
        yield from marks(entry.entries)


def key(heading: str) -> str:
    """Return what two spellings of a heading have in common: their words, in one case."""
    return xhtml.text_of(heading).casefold()


def _gather(root: _Gathered, mark: IndexMark) -> None:
    at = root
    for heading in mark.entry:
        at = at.below.setdefault(key(heading), _Gathered())
        at.forms[bare(heading)] += 1
    at.sort = mark.sort or at.sort
    at.marks.append(mark)


def _ids(at: _Gathered, path: Path, prefix: str) -> Iterator[tuple[Path, str]]:
    """Yield an id for the line of every entry, by its path."""
    for number, (name, below) in enumerate(at.below.items(), start=1):
        yield (*path, name), f"{prefix}-{number}"
        yield from _ids(below, (*path, name), f"{prefix}-{number}")


def _entries(
    at: _Gathered, path: Path, ids: dict[Path, str], order: Callable[[_Gathered], object]
) -> Iterator[IndexEntry]:
    below = sorted(at.below.items(), key=lambda item: order(item[1]))  # type: ignore[arg-type,return-value]
    for name, each in below:
        here = (*path, name)
        yield IndexEntry(
            id=ids[here],
            title=each.title,
            locators=tuple(_locators(each.marks)),
            see=tuple(_references(each.marks, IndexRole.SEE, ids)),
            see_also=tuple(_references(each.marks, IndexRole.SEE_ALSO, ids)),
            entries=tuple(_entries(each, here, ids, order)),
        )


def _locators(marks: Iterable[IndexMark]) -> Iterator[Locator]:
    """Yield the places of an entry in the order of the book, a range from its beginning."""
    begun: list[IndexMark] = []
    for mark in marks:
        if mark.role is IndexRole.BEGIN:
            begun.append(mark)
        elif mark.role is IndexRole.END and begun:
            first = begun.pop()
            yield Locator(first.id, mark.id, main=first.main)
        elif mark.role not in _REFERRING:
            yield Locator(mark.id, main=mark.main)


def _references(
    marks: Iterable[IndexMark], role: IndexRole, ids: dict[Path, str]
) -> Iterator[CrossReference]:
    """Yield the entries that an entry refers to, those that are there."""
    meant = (mark for mark in marks if mark.role is role)
    for target in dict.fromkeys(target for mark in meant for target in mark.targets):
        path = tuple(map(key, target))
        if path in ids:
            yield CrossReference(ids[path], ", ".join(target))
