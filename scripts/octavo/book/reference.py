"""The reference matter of a handout: glossary, sources and credits, cut to what it uses.

What a handout uses is what its texts lead to: a term with its definition, an item or a paragraph
with an id, or a section by its heading. Those that it does not select itself follow at its end, in
the order of the spine.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from octavo import xhtml
from octavo.book.outline import levelled, rank
from octavo.book.pruning import pruned
from octavo.book.sections import Section, find
from octavo.model import Chapter, Draft, Edition, flat
from octavo.xhtml import HEADINGS, XHTML, Element

KINDS: Final = ("glossary", "bibliography", "credits")
"""Leaves that are looked up rather than read."""

_TERM: Final = f"{{{XHTML}}}dt"
_NUMBERED: Final = f"{{{XHTML}}}ol"


def sections(draft: Draft, edition: Edition) -> tuple[Section, ...]:
    """Return the sections that an edition selects, in its order, and what they refer to.

    None for an edition that selects none: it is the whole book. A section that no text has is
    passed over. Reference matter that the edition omits does not follow; such as it selects, and
    nothing leads to, stays whole.
    """
    found = list(_selected(draft, edition))
    if not found:
        return ()
    kinds = _kinds(draft)
    looked_up = [section for section in found if section.whole and section.chapter.path in kinds]
    read = [section.chapter for section in found if section not in looked_up]
    follow = [
        section
        for path, kind in kinds.items()
        if kind not in edition.omits and path not in {each.chapter.path for each in looked_up}
        if (section := find(draft, path)) is not None
    ]
    wanted = _wanted(draft, read, [each.chapter for each in (*looked_up, *follow)])
    cut = {
        section.id: _cut(section, kinds[section.chapter.path], wanted)
        for section in (*looked_up, *follow)
    }
    for section in looked_up:
        if not cut[section.id].chapter.content:
            cut[section.id] = replace(section, kind=kinds[section.chapter.path])
    whole = (*(cut.get(section.id, section) for section in found), *(cut[s.id] for s in follow))
    return tuple(section for section in whole if section.chapter.content or section.title)


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


def _wanted(draft: Draft, read: Iterable[Chapter], looked_up: Iterable[Chapter]) -> frozenset[str]:
    """Return the ids of all to which texts lead, and to which what they lead to leads."""
    wanted = frozenset(_led_to(draft, read))
    entries = tuple(looked_up)
    while True:
        kept = [
            replace(chapter, content=_left(chapter, wanted), notes=())
            for chapter in entries
            if wanted & {target.id for target in chapter.targets}
        ]
        more = wanted | frozenset(_led_to(draft, kept))
        if more == wanted:
            return wanted
        wanted = more


def _led_to(draft: Draft, chapters: Iterable[Chapter]) -> Iterator[str]:
    """Yield the ids of all to which texts lead."""
    for chapter in chapters:
        for fragment in (chapter.content, *(note.content for note in chapter.notes)):
            for href in xhtml.parse_fragment(fragment).xpath(".//@href"):
                target = draft.resolve(draft.chapters.get(chapter.path, chapter), str(href))
                if target:
                    yield target.id


def _cut(section: Section, kind: str, wanted: frozenset[str]) -> Section:
    """Return reference matter with the entries that are wanted; without any it has no title."""
    content = _left(section.chapter, wanted)
    title = section.title if content else ""
    return replace(section, chapter=pruned(section.chapter, content), title=title, kind=kind)


def _left(chapter: Chapter, wanted: frozenset[str]) -> str:
    """Return what is left of a chapter: the entries that are wanted."""
    kept = xhtml.parse_fragment("")
    kept.extend(list(_entries(list(xhtml.parse_fragment(chapter.content)), wanted)))
    return levelled(xhtml.serialize_fragment(kept).strip())


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
    for number, item in enumerate(xhtml.find(block, "./h:li"), start=1):
        if not _has(item, wanted):
            xhtml.replace(item, [])
        elif block.tag == _NUMBERED:
            item.set("value", str(number - 1 + int(block.get("start", "1"))))
    for terms, definitions in _groups(block):
        if not any(_has(term, wanted) for term in terms):
            for entry in (*terms, *definitions):
                xhtml.replace(entry, [])
    if "audience" in (block.get("class") or "").split():
        block[:] = list(_entries(list(block), wanted))


def _groups(block: Element) -> Iterator[tuple[list[Element], list[Element]]]:
    """Yield the groups of a list of definitions: terms that share theirs, and these."""
    terms: list[Element] = []
    definitions: list[Element] = []
    for entry in xhtml.find(block, "./h:dt | ./h:dd"):
        if entry.tag == _TERM and definitions:
            yield terms, definitions
            terms, definitions = [], []
        (terms if entry.tag == _TERM else definitions).append(entry)
    yield terms, definitions
