"""The texts of the book and what they are made of."""

import re
from collections.abc import Iterator
from typing import Final

from octavo import xhtml
from octavo.diagnostics import Diagnostic, Location, error, warning
from octavo.model import Draft, Kind, SpineItem, Target

_TAG: Final = re.compile("<[^>]*>")
"""A tag of a fragment; in what lxml writes, an attribute has ``&gt;``."""

UNTITLED: Final = frozenset({"dedication", "epigraph"})
"""Leaves that say what they are without a title."""


def unlisted_text(draft: Draft) -> Iterator[Diagnostic]:
    """S002: a text that the spine does not name."""
    for path in draft.manuscript.unlisted:
        hint = "name it in the spine of book.toml, or move it out of the folder"
        yield warning(
            "S002", "this text is not in the book: the spine does not name it", Location(path), hint
        )


def empty_chapter(draft: Draft) -> Iterator[Diagnostic]:
    """S004: a text with nothing but a title."""
    parts = {item.path for item in draft.manuscript.spine if item.leaf == "part"}
    for chapter in draft.chapters.values():
        if chapter.path in parts or chapter.opens_part or chapter.problems:
            continue
        if _TAG.sub("", chapter.content).strip():
            continue
        body = xhtml.parse_fragment(chapter.content)
        if not chapter.images and not xhtml.find(body, ".//*[@class='line-to-write']"):
            place = Location(chapter.path, chapter.targets[0].location.line or 1)
            hint = "write it, or take it out of the spine"
            yield error("S004", "an empty text", place, hint)


def repeated_id(draft: Draft) -> Iterator[Diagnostic]:
    """S006: an id that is given twice in the book."""
    first: dict[str, Target] = {}
    for chapter in draft.chapters.values():
        for target in (t for t in chapter.targets if t.given and t.kind is not Kind.NOTE):
            if target.name in first:
                hint = f"the first is at {first[target.name].location}; name one of them otherwise"
                yield error("S006", f"the id {target.name!r} is given twice", target.location, hint)
            first.setdefault(target.name, target)


def untitled_text(draft: Draft) -> Iterator[Diagnostic]:
    """S009: a text without a title."""
    for item in _texts(draft.manuscript.spine):
        chapter = draft.chapters[item.path]
        if chapter.title or item.title or item.leaf in UNTITLED or chapter.problems:
            continue
        hint = "begin it with: # Its title"
        yield error("S009", "a text without a title", Location(chapter.path, 1), hint)


def _texts(spine: tuple[SpineItem, ...]) -> Iterator[SpineItem]:
    for item in spine:
        if item.path:
            yield item
        yield from _texts(item.items)
