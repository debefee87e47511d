"""The reference matter of a handout: glossary, sources and credits, cut to what it uses.

What a handout uses is what its texts lead to: a term with its definition, an item or a paragraph
with an id, or a section by its heading. Those that it does not select itself follow at its end, in
the order of the spine.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from octavo import xhtml
from octavo.book.pruning import pruned
from octavo.book.sections import HEADINGS, Section, find, rank
from octavo.book.slugs import flat
from octavo.model import Chapter, Draft, Edition
from octavo.xhtml import XHTML, Element

KINDS: Final = ("glossary", "bibliography", "credits")
"""Leaves that are looked up rather than read."""

_HEADS: Final = (f"{{{XHTML}}}dt", f"{{{XHTML}}}li")
_DEFINITION: Final = f"{{{XHTML}}}dd"


def sections(draft: Draft, edition: Edition) -> tuple[Section, ...]:
    """Return the sections that an edition selects, in its order, and what they refer to.

    None for an edition that selects none: it is the whole book. A section that no text has is
    passed over. Reference matter that the edition omits does not follow; such as nothing leads to
    is left out even where it is selected.
    """
    found = list(_selected(draft, edition))
    if not found:
        return ()
    kinds = _kinds(draft)
    reading = [section.chapter for section in found if section.chapter.path not in kinds]
    wanted = frozenset(_led_to(draft, reading))
    selected = {section.chapter.path for section in found}
    found += [
        section
        for path, kind in kinds.items()
        if path not in selected and kind not in edition.omits
        if (section := find(draft, path)) is not None
    ]
    cut = (_cut(s, kinds[s.chapter.path], wanted) if s.chapter.path in kinds else s for s in found)
    return tuple(section for section in cut if section.chapter.content)


def _selected(draft: Draft, edition: Edition) -> Iterator[Section]:
    """Yield what an edition names, each once: a section of what is selected whole stands there."""
    named = (find(draft, name) for name in edition.sections)
    found = {section.id: section for section in named if section is not None}
    inside = {
        target.id
        for section in found.values()
        for target in section.chapter.targets
        if target.id != section.id
    }
    yield from (section for section in found.values() if section.id not in inside)


def _kinds(draft: Draft) -> dict[str, str]:
    """Return the texts of reference matter, by path, and which each is."""
    return {
        item.path: item.leaf
        for item in flat(draft.manuscript.spine)
        if item.leaf in KINDS and item.path in draft.chapters
    }


def _led_to(draft: Draft, chapters: Iterable[Chapter]) -> Iterator[str]:
    """Yield the ids of all to which texts lead."""
    for chapter in chapters:
        for fragment in (chapter.content, *(note.content for note in chapter.notes)):
            for href in xhtml.parse_fragment(fragment).xpath(".//@href"):
                target = draft.resolve(chapter, str(href))
                if target:
                    yield target.id


def _cut(section: Section, kind: str, wanted: frozenset[str]) -> Section:
    """Return reference matter with the entries that are wanted; without any it is empty."""
    body = xhtml.parse_fragment(section.chapter.content)
    kept = xhtml.parse_fragment("")
    kept.extend(list(_entries(list(body), wanted)))
    content = xhtml.serialize_fragment(kept).strip()
    return replace(section, chapter=pruned(section.chapter, content), kind=kind)


def _entries(blocks: Sequence[Element], wanted: frozenset[str]) -> Iterator[Element]:
    """Yield what is wanted of blocks that stand beside each other."""
    under = 0
    for block in blocks:
        if block.tag in HEADINGS:
            if under and rank(block) > under:
                yield block
                continue
            under = rank(block) if block.get("id") in wanted else 0
        if under:
            yield block
        elif _has(block, wanted):
            _lighten(block, wanted)
            yield block


def _has(block: Element, wanted: frozenset[str]) -> bool:
    return not wanted.isdisjoint(map(str, block.xpath("descendant-or-self::*/@id")))


def _lighten(block: Element, wanted: frozenset[str]) -> None:
    """Take what is not wanted out of a list, or out of what is for an audience."""
    keep = False
    for entry in list(block):
        if entry.tag in _HEADS:
            keep = _has(entry, wanted)
        elif entry.tag != _DEFINITION:
            continue
        if not keep:
            xhtml.replace(entry, [])
    if "audience" in (block.get("class") or "").split():
        block[:] = list(_entries(list(block), wanted))
