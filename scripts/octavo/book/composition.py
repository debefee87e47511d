"""From a draft to the book of one edition."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from octavo.book.audience import heard
from octavo.book.contents import captioned, contents
from octavo.book.index import index
from octavo.book.numbering import Numbers
from octavo.book.references import References
from octavo.model import Asset, Book, Chapter, Draft, Edition, Leaf, Matter, SpineItem
from octavo.typography.numerals import roman

PLAIN = frozenset({"ebook", "print"})
"""Editions whose files are called by the publication's name alone."""


@dataclass(frozen=True)
class Placed:
    """A leaf in its place: the text that fills it, if any, and the id of its part."""

    leaf: Leaf
    chapter: Chapter | None = None
    part: str = ""


def compose(draft: Draft, edition: Edition) -> Book:
    """Return the book of one edition.

    The draft has passed its checks: every text of the spine is there, and every link inside the
    book leads somewhere.
    """
    manuscript = draft.manuscript
    words = manuscript.styles.words
    draft = heard(draft, edition.audience)
    placed = tuple(_count(_places(draft, edition), words))
    chapters = [p.chapter for p in placed if p.chapter]
    numbers = Numbers.of(chapters, {p.leaf.id: p.leaf for p in placed}, words)
    references = References(draft, numbers, edition.medium)
    filled = [_fill(p, references) for p in placed]
    return Book(
        name=_stem(manuscript.name, edition),
        metadata=manuscript.metadata,
        statement=manuscript.statement,
        edition=edition,
        leaves=tuple(p.leaf for p in filled),
        contents=contents([(p.leaf, p.chapter, p.part) for p in filled]),
        figures=captioned(numbers.figures),
        tables=captioned(numbers.tables),
        index=index(chapters, manuscript.metadata.language) if _indexed(placed) else (),
        assets=tuple(_used(manuscript.assets, chapters, references)),
        cover=manuscript.assets.get(manuscript.cover),
    )


def _indexed(placed: Iterable[Placed]) -> bool:
    return any(each.leaf.kind == "index" for each in placed)


def _stem(name: str, edition: Edition) -> str:
    return name if edition.name in PLAIN else f"{name}-{edition.name}"


def _places(draft: Draft, edition: Edition) -> Iterator[Placed]:
    """Yield the leaves of the edition in reading order, each with its part, not yet counted.

    A part of the spine holds the texts that stand in it; a text whose heading says ``.part``
    opens one that runs to the next part or to the end of the body.
    """
    running = ""
    for item in draft.manuscript.spine:
        if item.leaf in edition.omits or not _is_there(item, draft):
            continue
        top = _leaf(item, draft)
        if item.items or item.matter is not Matter.BODY:
            running = ""
        elif top.leaf.kind == "part":
            running = top.leaf.id
        yield replace(top, part=running if top.leaf.kind != "part" else "")
        for inner in (each for each in item.items if _is_there(each, draft)):
            yield replace(_leaf(inner, draft), part=top.leaf.id)


def _is_there(item: SpineItem, draft: Draft) -> bool:
    return not item.path or item.path in draft.chapters


def _leaf(item: SpineItem, draft: Draft) -> Placed:
    words = draft.manuscript.styles.words
    if not item.path:
        title = item.title or words.get(item.leaf, "")
        name = f"part-{item.location.line}" if item.leaf == "part" else item.leaf
        return Placed(Leaf(name, item.leaf, item.matter, title, location=item.location))
    chapter = draft.chapters[item.path]
    leaf = Leaf(
        id=chapter.slug,
        kind="part" if chapter.opens_part else item.leaf,
        matter=item.matter,
        title=item.title or chapter.title,
        location=chapter.targets[0].location,
    )
    return Placed(leaf, chapter)


def _count(placed: Iterable[Placed], words: Mapping[str, str]) -> Iterator[Placed]:
    """Yield the same with their numbers: parts in roman, the body's chapters in arabic figures."""
    parts = chapters = 0
    for each in placed:
        leaf = each.leaf
        if leaf.kind == "part":
            parts += 1
            leaf = _labelled(leaf, roman(parts).upper(), words["part"])
        elif leaf.kind == "chapter" and leaf.matter is Matter.BODY:
            chapters += 1
            leaf = _labelled(leaf, str(chapters), words["chapter"])
        yield replace(each, leaf=leaf)


def _labelled(leaf: Leaf, number: str, word: str) -> Leaf:
    return replace(leaf, number=number, label=f"{word} {number}")


def _fill(placed: Placed, references: References) -> Placed:
    """Return the same with the chapter's content and notes, every reference filled in."""
    if placed.chapter is None:
        return placed
    chapter = placed.chapter
    notes = tuple(
        replace(note, label=str(count), content=references.fill(chapter, note.content))
        for count, note in enumerate((n for n in chapter.notes if n.called), start=1)
    )
    content = references.fill(chapter, chapter.content)
    title = references.fill(chapter, placed.leaf.title)
    return replace(placed, leaf=replace(placed.leaf, title=title, content=content, notes=notes))


def _used(
    assets: Mapping[str, Asset], chapters: Iterable[Chapter], references: References
) -> Iterator[Asset]:
    """Yield each image that the edition shows, once, in order of its name."""
    paths = {references.path(c, image.src) for c in chapters for image in c.images}
    yield from (assets[path] for path in sorted(paths) if path in assets)
