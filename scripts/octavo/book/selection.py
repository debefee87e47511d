"""A handout's share of a book: whole texts, or sections of them, with the terms that they use."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from octavo import xhtml
from octavo.book.pruning import pruned
from octavo.model import Chapter, Draft, Edition, Kind, Target
from octavo.xhtml import XHTML, Element

_HEADINGS: Final = tuple(f"{{{XHTML}}}h{level}" for level in range(1, 7))
_TOP: Final = 2
"""The level of a section's heading below the title of the handout."""


@dataclass(frozen=True)
class Section:
    """A share of a text: the chapter with nothing but it, its id and its title.

    ``whole`` tells a text from a part of one.
    """

    chapter: Chapter
    id: str
    title: str
    whole: bool = True


def sections(draft: Draft, edition: Edition) -> tuple[Section, ...]:
    """Return the sections that an edition selects, in its order; what is not there is passed over.

    A glossary is cut to the terms that the others use. Where none is selected, and the edition does
    not omit it, those terms follow at the end.
    """
    found = [s for name in edition.sections if (s := find(draft, name)) is not None]
    wanted = _terms(draft, [section.chapter for section in found])
    glossaries = {c.path for c in draft.chapters.values() if _defines(c)}
    cut = [
        _only_terms(section, wanted) if section.chapter.path in glossaries else section
        for section in found
    ]
    if "glossary" not in edition.omits and not glossaries & {s.chapter.path for s in found}:
        cut += _glossary(draft, sorted(glossaries), wanted)
    return tuple(section for section in cut if section.chapter.content)


def find(draft: Draft, name: str) -> Section | None:
    """Return what ``text/a.md`` or ``text/a.md#areas`` is the name of."""
    path, _, wanted = name.partition("#")
    chapter = draft.chapters.get(path)
    if chapter is None:
        return None
    if not wanted:
        lowered = replace(chapter, content=_lowered(chapter.content, 1))
        return Section(lowered, chapter.slug, chapter.title)
    target = next((t for t in chapter.targets if t.name == wanted), None)
    return _cut(chapter, target) if target and target.kind is Kind.HEADING else None


def _cut(chapter: Chapter, target: Target) -> Section:
    """Return what stands under a heading, up to the next of its rank."""
    body = xhtml.parse_fragment(chapter.content)
    heading = xhtml.find(body, f".//*[@id='{target.id}']")[0]
    rank = _HEADINGS.index(str(heading.tag)) + 1
    inside = heading.makeelement(f"{{{XHTML}}}body")
    for sibling in list(heading.itersiblings()):
        if sibling.tag in _HEADINGS[:rank]:
            break
        inside.append(sibling)
    content = _lowered(xhtml.serialize_fragment(inside).strip(), rank)
    share = pruned(chapter, content)
    return Section(
        replace(share, targets=(target, *share.targets[1:])), target.id, target.title, whole=False
    )


def _lowered(fragment: str, rank: int) -> str:
    """Return a fragment whose headings stand below a section's, which had a rank of its own."""
    body = xhtml.parse_fragment(fragment)
    for heading in body.iter(*_HEADINGS):
        level = _HEADINGS.index(str(heading.tag)) + 1
        heading.tag = _HEADINGS[min(level - rank + _TOP, len(_HEADINGS)) - 1]
    return xhtml.serialize_fragment(body)


# --- the glossary ---


def _terms(draft: Draft, chapters: Sequence[Chapter]) -> frozenset[str]:
    """Return the ids of the terms to which texts lead."""
    return frozenset(_led_to(draft, chapters))


def _led_to(draft: Draft, chapters: Sequence[Chapter]) -> Iterator[str]:
    for chapter in chapters:
        for fragment in (chapter.content, *(note.content for note in chapter.notes)):
            for href in xhtml.parse_fragment(fragment).xpath(".//@href"):
                target = draft.resolve(chapter, str(href))
                if target and target.kind is Kind.TERM:
                    yield target.id


def _defines(chapter: Chapter) -> bool:
    return any(target.kind is Kind.TERM for target in chapter.targets)


def _glossary(draft: Draft, paths: Sequence[str], wanted: frozenset[str]) -> Iterator[Section]:
    for path in paths:
        section = find(draft, path)
        if section and wanted & {target.id for target in section.chapter.targets}:
            yield _only_terms(section, wanted)


def _only_terms(section: Section, wanted: frozenset[str]) -> Section:
    """Return a glossary with the terms that are wanted; one that defines none of them is empty."""
    body = xhtml.parse_fragment(section.chapter.content)
    kept = body.makeelement(body.tag)
    kept.extend([list_ for list_ in xhtml.find(body, ".//h:dl") if _keep_terms(list_, wanted)])
    content = xhtml.serialize_fragment(kept).strip()
    return replace(section, chapter=pruned(section.chapter, content))


def _keep_terms(list_: Element, wanted: frozenset[str]) -> bool:
    """Take out of a list what is not wanted, and return whether anything is left of it."""
    keep = False
    for entry in list(list_):
        if entry.tag == f"{{{XHTML}}}dt":
            keep = entry.get("id", "") in wanted
        if not keep:
            xhtml.replace(entry, [])
    return len(list_) > 0
