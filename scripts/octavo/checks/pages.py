"""The set pages: what a typesetter would not let pass; every finding names its page and line."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from octavo import places
from octavo.composer import FEWEST
from octavo.diagnostics import Diagnostic, warning
from octavo.model import Edition, Line, Page, Pagination, Place, SmallPrint
from octavo.origins import Asked, Origins

LADDER: Final = 3
"""How many lines in a row may end with a hyphen."""

SLACK: Final = 0.5
"""How far text may stand out of the type area before one sees it (pt)."""

_SHOWN: Final = 40
"""So many characters of what is too small are said."""

_TOLD: Final = 3
"""So many words tell a line from others."""

_LINE: Final = 16
"""So many words may stand in a line."""

_PICTURES: Final = frozenset({"caption", "figcaption", "figure", "img", "td", "th"})
"""Lines that may be as deep as a page."""

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PARAGRAPHS: Final = frozenset({"p", "li", "dd"})


@dataclass(frozen=True)
class Setting:
    """A typeset edition: its pages, where their words were written, and what is too small."""

    pagination: Pagination
    origins: Origins | Asked
    edition: Edition
    small: tuple[SmallPrint, ...] = ()

    def warn(self, code: str, page: Page, place: Place, message: str, hint: str) -> Diagnostic:
        """Return a warning at the source of a place, naming the edition and the page."""
        where = f"{self.pagination.edition}, page {page.label}"
        return warning(code, f"{where}: {message}", self.origins.locate(place), hint)


def strayed_note(setting: Setting) -> Iterator[Diagnostic]:
    """G001: a note on another page than its call."""
    called = {id_: page for page in setting.pagination.pages for id_ in page.calls}
    for page in setting.pagination.pages:
        for note in page.notes:
            call = called.get(note, page)
            if call is not page and page.start:
                place = _note(note)
                hint = "shorten the note, or move its call"
                message = f"a note that is called on page {call.label}"
                yield setting.warn("G001", page, place, message, hint)


def stranded_heading(setting: Setting) -> Iterator[Diagnostic]:
    """G002: a heading that ends a page."""
    for page, after in pairwise(setting.pagination.pages):
        if not page.lines or page.lines[-1].tag not in _HEADINGS or not after.start:
            continue
        if after.start.leaf == page.lines[-1].place.leaf:
            hint = "let its stylesheet say break-after: avoid, or shorten what stands before"
            yield setting.warn("G002", page, page.lines[-1].place, "a heading ends it", hint)


def short_page(setting: Setting) -> Iterator[Diagnostic]:
    """G003: a page at the end of a chapter with fewer than 4 lines."""
    pages = setting.pagination.pages if setting.edition.facing else ()
    for before, page, after in zip((None, *pages), pages, (*pages[1:], None), strict=False):
        pictured = any(line.tag in _PICTURES for line in page.lines)
        if not before or not page.lines or len(page.lines) >= FEWEST or pictured:
            continue
        leaf = page.lines[0].place.leaf
        began = before.start is not None and before.start.leaf == leaf
        goes_on = after is not None and after.start is not None and after.start.leaf == leaf
        if began and not goes_on:
            lines = f"{len(page.lines)} line{'s' * (len(page.lines) > 1)}"
            hint = "write a little more or a little less in this chapter"
            yield setting.warn(
                "G003", page, page.lines[0].place, f"the chapter ends with {lines} on it", hint
            )


def lone_line(setting: Setting) -> Iterator[Diagnostic]:
    """G004: a widow or an orphan, one line of a paragraph alone on its page."""
    hint = "let the stylesheet say orphans: 2 and widows: 2"
    pages = (Page("", recto=False), *setting.pagination.pages, Page("", recto=False))
    for before, page, after in zip(pages, pages[1:], pages[2:], strict=False):
        first, last = page.lines[:1], page.lines[-1:]
        if _breaks(page, after) and _alone(last[0], page) and not _has(before, last[0]):
            yield setting.warn("G004", page, last[0].place, "an orphan ends it", hint)
        if _breaks(before, page) and _alone(first[0], page) and not _has(after, first[0]):
            yield setting.warn("G004", page, first[0].place, "a widow begins it", hint)


def hyphenated_foot(setting: Setting) -> Iterator[Diagnostic]:
    """G005: a hyphen at the foot of a recto, where the reader must turn over."""
    for page, after in pairwise(setting.pagination.pages if setting.edition.facing else ()):
        if page.recto and page.lines and page.lines[-1].hyphen and after.lines:
            hint = "write the sentence otherwise, or keep the word together"
            yield setting.warn(
                "G005", page, page.lines[-1].place, "a hyphen at the foot of a recto", hint
            )


def past_margin(setting: Setting) -> Iterator[Diagnostic]:
    """G006: text that stands out of the type area, or beyond the page."""
    for page in setting.pagination.pages:
        for line in page.lines:
            if line.overhang > SLACK:
                message = f"text stands out of the type area by {line.overhang:.1f} pt"
                hint = "let a long word or address break, or set the table smaller"
                yield setting.warn("G006", page, line.place, message, hint)
        if page.overflow > SLACK and page.start:
            note = page.notes[-1] if page.notes else ""
            place = Place(page.start.leaf, 0, note) if note else page.start
            message = f"text stands out of the type area by {page.overflow:.0f} pt in depth"
            hint = "a note cannot run over to the next page: shorten it, or move it into the text"
            yield setting.warn("G006", page, place, message, hint)


def small_glyph(setting: Setting) -> Iterator[Diagnostic]:
    """G009: a glyph that is smaller than its edition allows."""
    least = setting.edition.smallest
    for found in setting.small:
        page = setting.pagination.pages[found.page]
        message = f"“{_some(found.words)}” is set in {found.size:g} pt, below {least:g}"
        hint = "give it a size in the stylesheet; letter a drawing larger, or without text"
        yield setting.warn("G009", page, _holding(found.words, page, setting), message, hint)


def _holding(words: str, page: Page, setting: Setting) -> Place:
    """Return the place of the line of a page that holds a few words, or that of its first."""
    first = " ".join(places.WORD.findall(words)[:_TOLD])
    lines = [*(line.place for line in page.lines), *(_note(id_) for id_ in page.notes)]
    near = [place for place in lines if first and first in setting.origins.words(place, _LINE)]
    return near[-1] if near else page.start or Place("", 0)


def ladder(setting: Setting) -> Iterator[Diagnostic]:
    """G007: more than 3 hyphens in a row."""
    for page in setting.pagination.pages:
        run: list[Line] = []
        for line in (*page.lines, None):
            if line and line.hyphen and (not run or run[-1].block == line.block):
                run.append(line)
                continue
            if len(run) > LADDER:
                message = f"{len(run)} lines in a row end with a hyphen"
                hint = "write the paragraph otherwise"
                yield setting.warn("G007", page, run[0].place, message, hint)
            run = [line] if line and line.hyphen else []


def _note(id_: str) -> Place:
    return Place(id_.partition("--")[0], 0, id_)


def _some(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN].rsplit(' ', 1)[0]} …"


def _breaks(page: Page, after: Page) -> bool:
    """Return whether a paragraph goes on from a page to the next."""
    return (
        bool(page.lines and after.lines)
        and page.lines[-1].block == after.lines[0].block
        and page.lines[-1].tag in _PARAGRAPHS
    )


def _alone(line: Line, page: Page) -> bool:
    return sum(1 for other in page.lines if other.block == line.block) == 1


def _has(page: Page, line: Line) -> bool:
    return any(other.block == line.block for other in page.lines)
