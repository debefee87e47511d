"""What texts cite, put into words: in the line or in notes, with a list of the works.

A citation becomes Markdown, in the text; so what comes after reads notes, links and paragraphs,
and every line knows its number in its author's file.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from octavo.citations import listing, styles
from octavo.citations.engine import Cluster, Processed, process
from octavo.citations.listing import Place
from octavo.citations.placing import Text, noted, placed
from octavo.citations.references import Library
from octavo.citations.syntax import Citation, citations
from octavo.diagnostics import Diagnostic, Severity, error
from octavo.editing import Edit, edited
from octavo.masking import masked
from octavo.model import OCTAVO, Citations, Listed, Manuscript, Source, flat
from octavo.workshop import ALONE, Task, Workshop, task

ALL: Final = "*"
"""What names every work of a library."""


def cite(book: Manuscript, workshop: Workshop = ALONE) -> Manuscript:
    """Return a manuscript whose texts say what they cite; what was found is in its findings.

    A work or a style that is not known is an error in Octavo's own texts, a warning in others.
    """
    told = book.citations
    if told is None:
        return book
    found: list[Diagnostic] = []
    style = _style(told, found)
    library = Library(told.references, told.place)
    found += library.problems
    texts = [_text(source, library, book.metadata.language, found) for source in _sources(book)]
    if book.dialect != OCTAVO:
        found = [replace(each, severity=Severity.WARNING) for each in found]
    book = replace(book, found=(*book.found, *found))
    workshop("put into words what is cited")
    title = told.title or book.styles.words["bibliography"]
    do = partial(_processed, partial(task, process, style, book.metadata.language), library)
    if told.listed is Listed.CHAPTER:
        each = [(text, do(workshop, [text])) for text in texts if text.citations]
        return _by_chapter(book, title, style, each)
    made = do(workshop, texts, _uncited(told, library))
    if told.listed is Listed.NOWHERE or not made.entries:
        return _put(book, style, texts, made, None)
    place = listing.place_in_book(book) or listing.new_text(book, title)
    book = _put(book, style, texts, made, place)
    if place.path in book.sources:
        return book
    return listing.with_text(book, place, made.entries, library)


def spelt_out(book: Manuscript) -> Manuscript:
    """Return a manuscript in which what cites a work that is not known is marked as words."""
    if book.citations is None:
        return book
    library = Library(book.citations.references, book.citations.place)
    known = styles.labels(book.metadata.language)
    sources = dict(book.sources)
    for path, source in book.sources.items():
        edits = [
            Edit(each.start + at, each.start + at, "\\")
            for each in citations(masked(source.text), source.text, library.works, known)
            if any(cite.key not in library.works for cite in each.cites)
            for at, sign in enumerate(source.text[each.start : each.end])
            if sign == "@"
        ]
        sources[path] = edited(source, edits)
    return replace(book, sources=sources)


def _style(told: Citations, found: list[Diagnostic]) -> styles.Style:
    """Return the style of a book; that of the house where its own cannot be had (C004)."""
    if not told.style and not told.csl:
        return styles.house()
    xml = told.csl.text.encode() if told.csl else styles.named(told.style)
    place = told.csl.written(0) if told.csl else told.place
    try:
        return styles.style_of(xml or b"")
    except ValueError as problem:
        message = f"{told.style or place.path!r} is no style to cite in: {problem}"
        hint = "put the .csl file of a style into the folder, or install those of: octavo[styles]"
        found.append(error("C004", message, place, hint))
        return styles.house()


def _sources(book: Manuscript) -> Iterator[Source]:
    """Yield the texts in reading order, and then those that only handouts have."""
    paths = dict.fromkeys(item.path for item in (*flat(book.spine), *book.handouts))
    yield from (book.sources[path] for path in paths if path in book.sources)


def _text(source: Source, library: Library, language: str, found: list[Diagnostic]) -> Text:
    """Return a text with what it cites; a work that is not known is told once (C001)."""
    plain = masked(source.text) if "@" in source.text else ""
    cited, met = [], set[str]()
    for each in citations(plain, source.text, library.works, styles.labels(language)):
        unknown = [cite.key for cite in each.cites if cite.key not in library.works]
        if not unknown:
            cited.append(each)
        for key in unknown:
            if key not in met:
                line = source.text.count("\n", 0, each.start) + 1
                hint = "name a work as its file does, or write \\@ for the sign itself"
                message = f"no work {key!r} is known; what cites it is left as it stands"
                found.append(error("C001", message, source.written(line), hint))
            met.add(key)
    return Text(source, tuple(cited))


def _uncited(told: Citations, library: Library) -> tuple[str, ...]:
    if ALL in told.nocite:
        return tuple(library.works)
    return tuple(key for key in told.nocite if key in library.works)


def _processed(
    asked: Callable[..., Task],
    library: Library,
    workshop: Workshop,
    texts: Sequence[Text],
    uncited: tuple[str, ...] = (),
) -> Processed:
    """Return what texts cite as a style sets it; ``asked`` makes a task of works and citations."""
    clusters = tuple(Cluster(each.cites, each.in_text) for each in _ordered(texts))
    keys = {cite.key for cluster in clusters for cite in cluster.cites}.union(uncited)
    works = {key: library.works[key].said for key in library.works if key in keys}
    one = asked(works, clusters, uncited)
    made: Processed = next(workshop.do_all([one], light=True))
    return made


def _ordered(texts: Sequence[Text]) -> Iterator[Citation]:
    for text in texts:
        yield from text.ordered()


def _by_chapter(
    book: Manuscript, title: str, style: styles.Style, made: Sequence[tuple[Text, Processed]]
) -> Manuscript:
    """Return a book with its citations in words, and a list of works in every chapter."""
    for text, processed in made:
        place = listing.place_in_text(text.source, title) if processed.entries else None
        book = _put(book, style, [text], processed, place)
    return book


def _put(
    book: Manuscript,
    style: styles.Style,
    texts: Sequence[Text],
    made: Processed,
    place: Place | None,
) -> Manuscript:
    """Return a book with citations in words, and the list of works where a text is to have it."""
    said = iter(made.citations)
    put = noted if style.notes else placed
    sources = dict(book.sources)
    names = listing.names_of([key for key, _ in made.entries])
    for text in texts:
        path = text.source.path
        where = partial(listing.address, place, path, names) if place else _nowhere
        edits = list(put(text, [(each, next(said)) for each in text.ordered()], where))
        if place and place.path == path:
            edits.append(place.edit(made.entries))
        sources[path] = edited(text.source, _joined(edits))
    return replace(book, sources=sources)


def _nowhere(_: str) -> str:
    return ""


def _joined(edits: Sequence[Edit]) -> Iterator[Edit]:
    """Yield edits of which those that add something in one place are one, in their order."""
    added: dict[int, str] = {}
    for edit in edits:
        if edit.start < edit.end:
            yield edit
        else:
            added[edit.start] = added.get(edit.start, "") + edit.text
    yield from (Edit(at, at, text) for at, text in added.items())
