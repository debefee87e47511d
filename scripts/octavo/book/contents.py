"""The contents of the book: parts, chapters and their sections, and the lists of captions."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from octavo.book.numbering import Numbered, bare
from octavo.model import Chapter, Entry, Leaf, Matter

UNLISTED: Final = frozenset(
    {"halftitle", "titlepage", "copyright", "contents", "dedication", "epigraph", "backcover"}
)
"""Leaves that a reader finds without the contents."""

DEEPEST: Final = 2
"""The deepest level of heading that is listed; some readers do not open more levels."""


def contents(leaves: Iterable[tuple[Leaf, Chapter | None, str]]) -> tuple[Entry, ...]:
    """Return the contents, a part's chapters beneath it.

    Args:
        leaves: each leaf in reading order with its text and the id of its part, if any.
    """
    listed: list[Entry] = []
    for leaf, chapter, part in leaves:
        if leaf.kind in UNLISTED or not leaf.title:
            continue
        entry = _entry(leaf, chapter)
        if part and listed and listed[-1].id == part:
            listed[-1] = replace(listed[-1], entries=(*listed[-1].entries, entry))
        else:
            listed.append(entry)
    return tuple(listed)


def captioned(numbered: Sequence[Numbered]) -> tuple[Entry, ...]:
    """Return the list of figures, or of tables."""
    return tuple(
        Entry(
            id=each.target.id,
            title=bare(each.target.title),
            kind=each.target.kind,
            matter=Matter.BODY,
            label=each.label,
        )
        for each in numbered
    )


def _entry(leaf: Leaf, chapter: Chapter | None) -> Entry:
    sections = () if chapter is None else chapter.headings
    return Entry(
        id=leaf.id,
        title=bare(leaf.title),
        kind=leaf.kind,
        matter=leaf.matter,
        number=leaf.number,
        label=leaf.label,
        entries=tuple(
            Entry(heading.id, bare(heading.title), "section", leaf.matter)
            for heading in sections
            if heading.level <= DEEPEST
        ),
    )
