"""A share of a text: the whole of it, or what stands under one of its headings."""

from dataclasses import dataclass, replace

from octavo import xhtml
from octavo.book.outline import levelled, rank
from octavo.book.pruning import pruned
from octavo.model import Chapter, Draft, Kind, Target
from octavo.xhtml import HEADINGS, Element


@dataclass(frozen=True)
class Section:
    """A share of a text: the chapter with nothing but it, its id and its title.

    ``kind`` is that of its leaf; ``whole`` tells a text from a section of one.
    """

    chapter: Chapter
    id: str
    title: str
    kind: str = "section"
    whole: bool = True


def find(draft: Draft, name: str) -> Section | None:
    """Return what ``text/a.md`` or ``text/a.md#areas`` is the name of."""
    path, _, wanted = name.partition("#")
    chapter = draft.chapters.get(path)
    if chapter is None:
        return None
    if not wanted:
        return Section(chapter, chapter.slug, chapter.title)
    target = next((t for t in chapter.targets if t.name == wanted), None)
    return _cut(chapter, target) if target and target.kind is Kind.HEADING else None


def _cut(chapter: Chapter, target: Target) -> Section:
    """Return what stands under a heading, up to the next of its rank."""
    body = xhtml.parse_fragment(chapter.content)
    heading = xhtml.find(body, f".//*[@id='{target.id}']")[0]
    inside = xhtml.parse_fragment("")
    for sibling in list(heading.itersiblings()):
        if _opened_by(sibling) in HEADINGS[: rank(heading)]:
            break
        inside.append(sibling)
    share = pruned(chapter, levelled(xhtml.serialize_fragment(inside).strip()))
    whole = replace(share, targets=(target, *share.targets[1:]))
    return Section(whole, target.id, target.title, whole=False)


def _opened_by(block: Element) -> str:
    """Return the name of a block, or of what begins a section that is for an audience alone."""
    while "audience" in (block.get("class") or "").split() and len(block):
        block = block[0]
    return str(block.tag)
