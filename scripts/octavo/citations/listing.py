"""The list of the works that a book or a chapter cites: where it stands, and what it says."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from posixpath import dirname, relpath
from typing import Final
from urllib.parse import quote

from octavo.citations import words
from octavo.citations.references import Library
from octavo.editing import Edit
from octavo.model import Manuscript, Matter, Source, SpineItem, flat

_REFS: Final = re.compile(
    r"<div\b[^<>]*?\bid\s*=\s*[\"']?refs[\"']?[^<>]*>\s*</div>"
    r"|^\\(?:full_)?bibliography\b[^\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
"""Where an author wants the list, as pandoc and a plugin of MkDocs have it."""

_HEADING: Final = re.compile(
    r"^#{1,6}[ \t]+\S[^\n]*(?=\s*(?:^\[\^[^\]\n]+\]:[^\n]*(?:\n[ \t]+\S[^\n]*)*\s*)*\Z)",
    re.MULTILINE,
)
"""A heading below which nothing stands but notes: pandoc and others put the list there."""

_LAST: Final = frozenset({"index", "colophon", "backcover"})
"""Leaves that stand after a list of works."""

Entries = Sequence[tuple[str, str]]
"""Works by key, and what the list says of each, as XHTML."""


@dataclass(frozen=True)
class Place:
    """Where a list stands: a text, the passage that it takes the place of, and what is before."""

    path: str
    start: int
    end: int
    heading: str = ""

    def edit(self, entries: Entries) -> Edit:
        """Return what puts a list there."""
        return Edit(self.start, self.end, f"\n\n{self.heading}{written(entries)}\n")


def place_in_book(book: Manuscript) -> Place | None:
    """Return where a book has a place for its list, None where it has none."""
    paths = [item.path for item in flat(book.spine) if item.path in book.sources]
    for path in reversed(paths):
        if found := _REFS.search(book.sources[path].text):
            return Place(path, found.start(), found.end())
    if paths and (heading := _HEADING.search(book.sources[paths[-1]].text)):
        return Place(paths[-1], heading.end(), heading.end())
    return None


def place_in_text(source: Source, title: str) -> Place:
    """Return where a text has a place for its list: where its author wants it, or at its end."""
    if found := _REFS.search(source.text):
        return Place(source.path, found.start(), found.end())
    if heading := _HEADING.search(source.text):
        return Place(source.path, heading.end(), heading.end())
    end = len(source.text)
    return Place(source.path, end, end, f"## {title}\n\n")


def new_text(book: Manuscript, title: str) -> Place:
    """Return a place in a text that the book does not have yet."""
    names = (f"references{n or ''}.md" for n in count())
    path = next(name for name in names if name not in book.sources)
    return Place(path, 0, 0, f"# {title}\n\n")


def with_text(book: Manuscript, place: Place, entries: Entries, library: Library) -> Manuscript:
    """Return a book with its list as a text of its own, the last before index and colophon."""
    text = f"{place.heading}{written(entries)}\n"
    lines, file = _lines(text, entries, library)
    item = SpineItem("bibliography", Matter.BACK, library.place, place.path)
    at = next(
        (
            n
            for n, each in enumerate(book.spine)
            if each.leaf in _LAST and each.matter is Matter.BACK
        ),
        len(book.spine),
    )
    source = Source(place.path, text, file, lines)
    return replace(
        book,
        spine=(*book.spine[:at], item, *book.spine[at:]),
        sources={**book.sources, place.path: source},
    )


def _lines(text: str, entries: Entries, library: Library) -> tuple[tuple[int, ...], str]:
    """Return the line of its file for every line of a list, where all works are of one file."""
    places = [library.works[key].place for key, _ in entries]
    files = {place.path for place in places}
    if len(files) != 1:
        return (), ""
    lines = [1, 1]
    for place in places:
        lines += [place.line] * 3
    return tuple(lines[: text.count("\n") + 1]), files.pop()


def written(entries: Entries) -> str:
    """Return a list as Markdown: a paragraph for every work, which links can lead to."""
    names = names_of([key for key, _ in entries])
    return "\n\n".join(
        f"{words.markdown(said).strip()}\n{{#{names[key]} .reference}}" for key, said in entries
    )


def names_of(keys: Iterable[str]) -> Mapping[str, str]:
    """Return the ids that works have in a list, by their keys; each is there once."""
    names: dict[str, str] = {}
    met: set[str] = set()
    for key in keys:
        plain = "ref-" + re.sub(r"[^\w.-]", "-", key)
        spelt = (plain, *(f"{plain}-{n}" for n in range(2, len(names) + 3)))
        names[key] = next(name for name in spelt if name not in met)
        met.add(names[key])
    return names


def address(place: Place, path: str, names: Mapping[str, str], key: str) -> str:
    """Return the address of a work in a list as seen from a text, nothing where it has none."""
    there = "" if place.path == path else quote(relpath(place.path, dirname(path) or "."))
    return f"{there}#{names[key]}" if key in names else ""
