"""The proof itself: the readings compared, and every difference with its place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from octavo import xhtml
from octavo.diagnostics import Diagnostic, Location, error
from octavo.memory import give_back
from octavo.model import BOOK_TOML, Artifact, Chapter, Draft, Pagination, Rendition, flat
from octavo.parity import epub, pdf, source
from octavo.parity.comparison import Difference, Kind, Known, compare
from octavo.parity.reading import Reading
from octavo.typography.scripts import direction
from octavo.workshop import Workshop, task

CODES: Final[Mapping[Kind, str]] = {
    Kind.WORDS: "L001",
    Kind.NOTE: "L002",
    Kind.PICTURE: "L003",
    Kind.LINK: "L004",
    Kind.PAGE: "L005",
    Kind.FOLIO: "L006",
}
LOST: Final = "L007"

_SHARE: Final = 16
"""So many texts are compared with the e-book by one."""

_HINTS: Final[Mapping[Kind, str]] = {
    Kind.WORDS: "look for a template or a stylesheet that says it in one edition alone",
    Kind.NOTE: "look for a template that drops or changes notes in one edition",
    Kind.PICTURE: "look for a template that changes images in one edition",
    Kind.LINK: "look for a template that changes addresses in one edition",
    Kind.PAGE: "the print edition and the e-book are not of one build",
    Kind.FOLIO: "look for a stylesheet that counts pages otherwise",
}
_EDITION_OWN: Final = ".//*[contains(concat(' ', @class, ' '), ' edition-own ')]"
_EXTRA: Final = (
    ".//*[contains(concat(' ', @class, ' '), ' print-only ')]",
    f".//*[@{xhtml.AUDIENCE}]",
)


@dataclass(frozen=True)
class Proof:
    """What the proof found, and how many of what were compared, by name."""

    problems: tuple[Diagnostic, ...]
    figures: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Printed:
    """A print edition: what was laid out, its file, and its pages."""

    rendition: Rendition
    artifact: Artifact
    pagination: Pagination


def begin_to_prove(pages: Artifact, workshop: Workshop) -> None:
    """Have the finished pages of a long book read, which an e-book will be compared with."""
    shares = pdf.shares(pages.data) if workshop.crew else []
    for share in shares if len(shares) > 1 else ():
        workshop.ahead(share)


def prove(
    draft: Draft, heard: Draft, ebook: Artifact, printed: Printed | None, workshop: Workshop
) -> Proof:
    """Return whether the finished files say what the sources say, and the same.

    Args:
        draft: the sources.
        heard: what of them the e-book's readers may see.
        ebook: the finished e-book.
        printed: the print edition whose pages it tells, where there is one.
        workshop: who reads the pages.
    """
    paged = pdf.shares(printed.artifact.data) if printed else []
    extra = {chapter.path: list(_extra(chapter, heard)) for chapter in draft.chapters.values()}
    lost, words = _lost(draft, extra, epub.texts(ebook.data), workshop)
    give_back()  # others read pages meanwhile, and take memory too
    if printed is None:
        return Proof(lost, (("words", words),))
    leaves = _leaves(printed.rendition)
    screen = epub.read(ebook.data, leaves)
    give_back()
    paper = pdf.joined(workshop.do_all(paged, light=len(paged) == 1))
    known = Known(
        contents=_pages_of(printed.pagination, frozenset({screen.nav})),
        omitted=_pages_of(printed.pagination, leaves - screen.leaves),
        extra=list(_own(printed.rendition)),
        gone=list(_lines(printed, leaves - screen.leaves)),
        turned=direction(printed.rendition.metadata.language) == "rtl",
    )
    differences = compare(paper, screen, known)
    places = _Places(draft, printed.pagination, paper)
    found = tuple(_diagnostic(each, places) for each in differences)
    return Proof((*lost, *found), (("words", words), *_figures(screen, paper)))


def _figures(screen: Reading, paper: Reading) -> Iterator[tuple[str, int]]:
    yield "pages", len(paper.pages)
    yield "notes", len(paper.notes)
    yield "pictures", sum(len(page.pictures) for page in paper.pages)
    yield "rows of tables", sum(part.rows for part in screen.pages)
    yield "links", sum(len(part.links) for part in screen.pages)


# --- what is known ---


def _leaves(rendition: Rendition) -> frozenset[str]:
    """Return the ids of the leaves of a print edition."""
    body = xhtml.find(xhtml.parse(rendition.documents[0].xhtml), "./h:body/*[@id]")
    return frozenset(leaf.get("id", "") for leaf in body)


def _pages_of(pagination: Pagination, leaves: frozenset[str]) -> frozenset[str]:
    """Return the labels of the pages that some leaves begin or go on with."""
    begun = (page for page in pagination.pages if page.start)
    return frozenset(page.label for page in begun if page.start and page.start.leaf in leaves)


def _lines(printed: Printed, omitted: frozenset[str]) -> Iterator[str]:
    """Yield the lines of the printed contents that lead to leaves which the e-book omits."""
    root = xhtml.parse(printed.rendition.documents[0].xhtml)
    for link in xhtml.find(root, ".//h:nav//h:a[@href]"):
        leaf = link.get("href", "").removeprefix("#").partition("--")[0]
        if leaf in omitted:
            yield f"{''.join(map(str, link.itertext()))}{printed.pagination.label(leaf)}"


def _own(rendition: Rendition) -> Iterator[str]:
    """Yield what a print edition says of itself alone, such as its ISBN."""
    for passage in xhtml.find(xhtml.parse(rendition.documents[0].xhtml), _EDITION_OWN):
        yield " ".join("".join(map(str, passage.itertext())).split())


def _extra(chapter: Chapter, heard: Draft) -> Iterator[str]:
    """Yield the passages of a chapter that are for print alone, or for some readers alone."""
    left = heard.chapters.get(chapter.path)
    kept = {note.id for note in left.notes} if left else set()
    for note in chapter.notes:
        if note.id not in kept:
            yield xhtml.text_of(note.content)
    for content in (chapter.title, chapter.content, *(note.content for note in chapter.notes)):
        if "print-only" in content or xhtml.AUDIENCE in content:
            body = xhtml.parse_fragment(content)
            for passage in (p for path in _EXTRA for p in xhtml.find(body, path)):
                yield " ".join("".join(map(str, passage.itertext())).split())


# --- source and e-book ---


def _lost(
    draft: Draft, extra: Mapping[str, list[str]], texts: Mapping[str, str], workshop: Workshop
) -> tuple[tuple[Diagnostic, ...], int]:
    """Return an L007 for every line of a source that is not in the e-book, and how many words are
    in the sources.
    """
    own_titles = {item.path for item in flat(draft.manuscript.spine) if item.title}
    chapters = [chapter for chapter in draft.chapters.values() if chapter.slug in texts]
    asked = [
        source.Compared(
            draft.manuscript.sources[chapter.path].text,
            texts[chapter.slug],
            tuple(extra[chapter.path]),
            chapter.path not in own_titles,
        )
        for chapter in chapters
    ]
    shares = (tuple(asked[at : at + _SHARE]) for at in range(0, len(asked), _SHARE))
    tasks = [task(source.compare, share) for share in shares]
    told = [each for share in workshop.do_all(tasks, light=True) for each in share]
    found = [
        _not_said(chapter, line)
        for chapter, (missing, _) in zip(chapters, told, strict=True)
        for line in missing
    ]
    return tuple(found), sum(count for _, count in told)


def _not_said(chapter: Chapter, line: source.Lost) -> Diagnostic:
    message = f"the e-book does not say: {_short(line.words)}"
    hint = "write it otherwise, or say that it is a fault of Octavo"
    return error(LOST, message, Location(chapter.path, line.line), hint)


# --- e-book and print ---


class _Places:
    """Finds the line of a difference."""

    def __init__(self, draft: Draft, pagination: Pagination, paper: Reading) -> None:
        self._draft = draft
        self._chapters = {chapter.slug: chapter for chapter in draft.chapters.values()}
        self._texts = {page.label: page.text for page in paper.pages}
        self._leaves: dict[str, str] = {}
        self._finders: dict[str, source.Finder] = {}
        leaf = ""
        for page in pagination.pages:
            leaf = page.start.leaf if page.start else leaf
            self._leaves[page.label] = leaf

    def locate(self, difference: Difference) -> Location:
        """Return where in the sources something that differs was written."""
        chapter = self._chapters.get(self._leaves.get(difference.label, ""))
        if chapter is None:
            return BOOK_TOML
        if chapter.path not in self._finders:
            text = self._draft.manuscript.sources[chapter.path].text
            self._finders[chapter.path] = source.Finder(text)
        page = " ".join(self._texts.get(difference.label, "").split()[:8])
        said = (difference.print, difference.ebook)
        line = self._finders[chapter.path].line(said, difference.before, page)
        return Location(chapter.path, line)


def _diagnostic(difference: Difference, places: _Places) -> Diagnostic:
    message = (
        f"page {difference.label}: print has {_short(difference.print)}, "
        f"the e-book {_short(difference.ebook)}"
    )
    kind = difference.kind
    return error(CODES[kind], message, places.locate(difference), _HINTS[kind])


def _short(text: str) -> str:
    """Return a text as a message says it, its middle left out where it is long."""
    words = text.split()
    if not words:
        return "nothing"
    said = " ".join(words if len(words) < 24 else [*words[:12], "…", *words[-8:]])
    return f"“{said}”"
