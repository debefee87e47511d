"""From a draft to the book of one edition."""

from collections import ChainMap, Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from octavo import xhtml
from octavo.book.audience import heard, suited
from octavo.book.contents import captioned, contents
from octavo.book.index import index
from octavo.book.numbering import Numbers, continuous
from octavo.book.reference import KINDS, sections
from octavo.book.references import Elsewhere, References
from octavo.book.sections import Section
from octavo.diagnostics import Diagnostic, PublishingError, error, raise_errors
from octavo.editions import PLAIN
from octavo.model import (
    Asset,
    Book,
    Chapter,
    Draft,
    Edition,
    Leaf,
    Link,
    Manuscript,
    Matter,
    Metadata,
    Pagination,
    SpineItem,
)
from octavo.typography.numerals import roman


@dataclass(frozen=True)
class Placed:
    """A leaf in its place: the text that fills it, if any, and the id of its part."""

    leaf: Leaf
    chapter: Chapter | None = None
    part: str = ""


def compose(draft: Draft, edition: Edition, pages: Pagination | None = None) -> Book:
    """Return the book of one edition.

    The draft has passed its checks: every text of the spine is there, and every link inside the
    book leads somewhere.

    Args:
        draft: the parsed manuscript.
        edition: what is asked for.
        pages: those of the book, to which a handout refers or a concordance leads.

    Raises:
        PublishingError: R009 when a reference would name what is not for the edition's readers,
            R011 when it has nothing for them.
    """
    manuscript = draft.manuscript
    words = manuscript.styles.words
    draft = suited(heard(draft, edition.audience), edition.medium)
    shares = sections(draft, edition)
    sole = _sole(shares, edition)
    added = _added(edition, words) if pages else ()
    if edition.sections and not shares:
        raise PublishingError(_empty(edition))
    if edition.sections:
        numbers = _numbers(draft, (), words, continuous(share.chapter for share in shares))
        placed = (*_shared(shares, sole), *added)
    else:
        placed = tuple(_count((*_places(draft, edition.omits), *added), words))
        numbers = _numbers(draft, placed, words)
    chapters = [p.chapter for p in placed if p.chapter]
    references = References(draft, numbers, Elsewhere(frozenset(_here(placed)), words, pages))
    filled = [_fill(p, references, numbers) for p in placed]
    raise_errors(_told(link) for link in references.hidden)
    return replace(
        front(manuscript, edition),
        metadata=_metadata(manuscript, edition, sole),
        leaves=tuple(p.leaf for p in filled),
        contents=contents([(p.leaf, p.chapter, p.part) for p in filled]),
        figures=captioned(numbers.figures),
        tables=captioned(numbers.tables),
        index=index(chapters, manuscript.metadata.language) if _indexed(placed) else (),
        assets=tuple(_used(manuscript.assets, chapters, references)),
        origin=manuscript.metadata.title if edition.sections else "",
    )


def front(manuscript: Manuscript, edition: Edition) -> Book:
    """Return a book of which no leaf is known yet."""
    return Book(
        name=_stem(manuscript.name, edition),
        metadata=_metadata(manuscript, edition, None),
        statement=manuscript.statement,
        edition=edition,
        leaves=(),
        contents=(),
        figures=(),
        tables=(),
        assets=(),
        cover=manuscript.assets.get(manuscript.cover),
    )


def _numbers(
    draft: Draft,
    placed: Sequence[Placed],
    words: Mapping[str, str],
    calls: Mapping[str, str] | None = None,
) -> Numbers:
    """Return what everything is called: as in the edition, as in the whole book, or by itself.

    Args:
        draft: what the edition's readers may see.
        placed: its leaves, none for a handout, in which all is called as in the book.
        words: those of the book's language.
        calls: the numbers of its notes, if they are not counted in every text from 1.
    """
    whole = tuple(_count(_places(draft, ()), words))
    listed = {p.chapter.path for p in whole if p.chapter}
    apart = [Numbers.of([c], {}, words) for c in draft.chapters.values() if c.path not in listed]
    book, own = _counted(whole, words), _counted(placed or whole, words)
    every = (own, book, *reversed(apart))
    labelled = [own] if placed else [own, *apart]
    return Numbers(
        references=dict(ChainMap(*(dict(each.references) for each in every))),
        bare=dict(ChainMap(*(dict(each.bare) for each in every))),
        figures=tuple(figure for each in labelled for figure in each.figures),
        tables=tuple(table for each in labelled for table in each.tables),
        equations=tuple(equation for each in labelled for equation in each.equations),
        calls=own.calls if calls is None else calls,
    )


def _counted(placed: Sequence[Placed], words: Mapping[str, str]) -> Numbers:
    chapters = [p.chapter for p in placed if p.chapter]
    return Numbers.of(chapters, {p.leaf.id: p.leaf for p in placed}, words)


def _empty(edition: Edition) -> Diagnostic:
    message = f"edition {edition.name!r} is empty: its sections have nothing for its readers"
    return error("R011", message, edition.location, "select other sections, or say its audience")


def _told(link: Link) -> Diagnostic:
    message = f"a reference that names what is not for all its readers: {link.href}"
    hint = "mark the reference for the same audience, or write its words: [words](...)"
    return error("R009", message, link.location, hint)


def _metadata(manuscript: Manuscript, edition: Edition, sole: Section | None) -> Metadata:
    """Return what an edition is called: as it says, as its only section is, or as the book."""
    book = manuscript.metadata
    if not edition.sections:
        return replace(book, title=edition.title or book.title)
    called = xhtml.text_of(sole.title) if sole else ""
    return replace(book, title=edition.title or called or book.title, subtitle=edition.subtitle)


# --- handouts ---


def _here(placed: Iterable[Placed]) -> Iterator[str]:
    """Yield the ids that stand in an edition."""
    for each in placed:
        yield each.leaf.id
        if each.chapter:
            yield from (target.id for target in each.chapter.targets[1:])


def _sole(shares: Sequence[Section], edition: Edition) -> Section | None:
    """Return the only section to read of a handout that has no title of its own."""
    read = [share for share in shares if share.kind not in KINDS]
    return read[0] if len(read) == 1 and not edition.title else None


def _shared(shares: Sequence[Section], sole: Section | None) -> Iterator[Placed]:
    """Yield the sections as leaves; the title of the only one is the handout's."""
    for share in shares:
        title = "" if share is sole else share.title
        place = share.chapter.targets[0].location
        leaf = Leaf(share.id, share.kind, Matter.BODY, title, location=place)
        yield Placed(leaf, share.chapter)


def _indexed(placed: Iterable[Placed]) -> bool:
    return any(each.leaf.kind == "index" for each in placed)


def _stem(name: str, edition: Edition) -> str:
    return name if edition.name in PLAIN else f"{name}-{edition.name}"


def _places(draft: Draft, omits: Sequence[str]) -> Iterator[Placed]:
    """Yield the leaves of the book in reading order, each with its part, not yet counted.

    A part of the spine holds the texts that stand in it; a text whose heading says ``.part``
    opens one that runs to the next part or to the end of the body.
    """
    running = ""
    parts: Counter[str] = Counter()
    for item in draft.manuscript.spine:
        if item.leaf in omits or not _is_there(item, draft):
            continue
        top = _leaf(item, draft)
        if item.leaf == "part" and top.chapter is None:
            name = top.leaf.id
            parts[name] += 1
            if parts[name] > 1:  # several of one line, or of a file that tells no lines
                top = replace(top, leaf=replace(top.leaf, id=f"{name}-{parts[name]}"))
        if item.items or item.matter is not Matter.BODY:
            running = ""
        elif top.leaf.kind == "part":
            running = top.leaf.id
        yield replace(top, part=running if top.leaf.kind != "part" else "")
        for inner in (each for each in item.items if _is_there(each, draft)):
            yield replace(_leaf(inner, draft), part=top.leaf.id)


def _added(edition: Edition, words: Mapping[str, str]) -> Iterator[Placed]:
    """Yield the leaves that tell of the pages of another edition."""
    for name in edition.adds:
        yield Placed(Leaf(name, name, Matter.BACK, words[name], location=edition.location))


def _is_there(item: SpineItem, draft: Draft) -> bool:
    return not item.path or item.path in draft.chapters


def _leaf(item: SpineItem, draft: Draft) -> Placed:
    words = draft.manuscript.styles.words
    if not item.path:
        title = xhtml.escaped(item.title or words.get(item.leaf, ""))
        name = f"part-{item.location.line}" if item.leaf == "part" else item.leaf
        return Placed(Leaf(name, item.leaf, item.matter, title, location=item.location))
    chapter = draft.chapters[item.path]
    leaf = Leaf(
        id=chapter.slug,
        kind="part" if chapter.opens_part else item.leaf,
        matter=item.matter,
        title=xhtml.escaped(item.title) or chapter.title or xhtml.escaped(item.called),
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


def _fill(placed: Placed, references: References, numbers: Numbers) -> Placed:
    """Return the same with the chapter's content and notes, every reference filled in."""
    if placed.chapter is None:
        return placed
    chapter = placed.chapter
    notes = tuple(
        replace(note, label=numbers.calls[note.id], content=references.fill(chapter, note.content))
        for note in chapter.notes
        if note.called
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
