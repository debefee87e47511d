"""Two readings of one book, compared: what one says and the other does not.

Hyphens, ligatures, white space and case are no difference; nor is that a mark in the e-book stands
behind the word with whose end a page begins.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise, zip_longest
from typing import Final

from octavo.parity.reading import (
    BREAK,
    Line,
    Reading,
    Said,
    bare,
    has_other_direction,
    key,
    unordered,
)

_TAIL: Final = 60
"""The longest end of a word that may stand on the page after its mark, in characters."""

_AROUND: Final = 12
"""How many words before a difference tell its place."""

_ASTRAY: Final = 4
"""How many words at the edge of a page may be on the wrong side of its mark."""


class Kind(StrEnum):
    """What differs."""

    WORDS = "words"
    NOTE = "note"
    PICTURE = "picture"
    LINK = "link"
    PAGE = "page"
    FOLIO = "folio"


@dataclass(frozen=True)
class Difference:
    """What print and e-book say differently, on which page; ``before`` are the words before it."""

    kind: Kind
    label: str
    print: str
    ebook: str
    before: str = ""


@dataclass(frozen=True)
class Known:
    """Where print and e-book differ on purpose.

    ``contents`` are the labels of the pages of the table of contents, ``omitted`` those of pages
    that the e-book goes without; ``extra`` is what print alone says of itself, ``gone`` the lines
    of its contents for leaves that the e-book omits. In a book that is written from the right,
    ``turned``, what stands in it from the left may be read in another order.
    """

    contents: frozenset[str]
    omitted: frozenset[str]
    extra: Sequence[str]
    gone: Sequence[str]
    turned: bool = False


def compare(printed: Reading, ebook: Reading, known: Known) -> Iterator[Difference]:
    """Yield the differences between a printed book and its e-book.

    Args:
        printed: the pages.
        ebook: the e-book, parted at its marks.
        known: what differs on purpose.
    """
    parts = _by_label(ebook)
    labels = [page.label for page in printed.pages]
    if labels != [part.label for part in ebook.pages if part.label]:
        yield from _lost_pages(labels, [part.label for part in ebook.pages if part.label])
    pages = printed.pages
    listed = [page for page in pages if page.label in known.contents]
    if not known.turned:
        yield from _compare_contents(listed, parts, ebook.contents, known.gone)
    flow = [page for page in pages if page.label not in known.contents | known.omitted]
    yield from _compare_flow(flow, parts, _without(flow, known.extra), turned=known.turned)
    before = {after: label for label, after in pairwise(labels)}
    by = unordered if known.turned else key
    yield from _compare_lists(_notes(printed), _notes(ebook), Kind.NOTE, before, by)
    yield from _compare_lists(_pictures(pages), _pictures(ebook.pages), Kind.PICTURE, {}, by)
    yield from _compare_links(flow, parts)
    yield from _compare_folios(pages)


def _by_label(ebook: Reading) -> dict[str, Said]:
    return {part.label: part for part in ebook.pages}


def _without(pages: Sequence[Said], extra: Sequence[str]) -> dict[str, str]:
    """Return what counts of every page without what print alone says, over page ends too."""
    texts = [bare(page.text) for page in pages]
    for passage in map(bare, extra):
        at = "".join(texts).find(passage)
        cut = range(at, at + len(passage)) if at >= 0 else range(0)
        start = 0
        for number, text in enumerate(texts):
            first = min(max(cut.start - start, 0), len(text))
            last = min(max(cut.stop - start, 0), len(text))
            start += len(text)
            texts[number] = text[:first] + text[last:]
    return {page.label: text for page, text in zip(pages, texts, strict=True)}


def _lost_pages(printed: Sequence[str], marked: Sequence[str]) -> Iterator[Difference]:
    for print_, ebook in _changes(printed, marked):
        label = (print_ or ebook)[0]
        yield Difference(Kind.PAGE, label, " ".join(print_), " ".join(ebook))


def _changes(
    left: Sequence[str], right: Sequence[str]
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for change, a, b, c, d in matcher.get_opcodes():
        if change != "equal":
            yield left[a:b], right[c:d]


# --- the flow, page by page ---


def _compare_flow(
    pages: Sequence[Said], parts: dict[str, Said], texts: dict[str, str], *, turned: bool
) -> Iterator[Difference]:
    """Yield what differs between each page and its part of the e-book.

    ``texts`` are what counts of the pages, by their labels; ``turned`` is whether the book is
    written from the right.
    """
    ahead = ""
    for page in pages:
        part = parts.get(page.label, Said(page.label, ""))
        print_, ebook = texts[page.label], bare(part.text)
        if turned or has_other_direction(print_) or has_other_direction(ebook):
            yield from _compare_letters(page, print_, part, ahead)
            ahead = ""
            continue
        if print_.startswith(ahead):
            print_ = print_[len(ahead) :]
        elif ahead:
            yield _misplaced(page, ahead)
        if print_ == ebook:
            ahead = ""
        elif ebook.startswith(print_) and _is_tail(part.text, len(ebook) - len(print_)):
            ahead = ebook[len(print_) :]
        else:
            ahead = ""
            yield from _page_differences(page, part)


def _compare_letters(page: Said, print_: str, part: Said, ahead: str) -> Iterator[Difference]:
    """Yield the words that differ between a page and its part, whatever their order."""
    if unordered(print_) == unordered(ahead + part.text):
        return
    left = Counter(word for word in _words(page.text) if unordered(word))
    right = Counter(word for word in _words(ahead + part.text) if unordered(word))
    forms = {unordered(word) for word in right}, {unordered(word) for word in left}
    ours = " ".join(word for word in left - right if unordered(word) not in forms[0])
    theirs = " ".join(word for word in right - left if unordered(word) not in forms[1])
    yield Difference(Kind.WORDS, page.label, ours or page.text, theirs or part.text)


def _is_tail(text: str, length: int) -> bool:
    """Return whether the last characters of a text are no more than the end of a word."""
    last = text.split()[-1:] or [""]
    return length <= _TAIL and length < len(bare(last[0]))


def _misplaced(page: Said, ahead: str) -> Difference:
    begin = " ".join(page.text.split()[:_AROUND])
    return Difference(Kind.PAGE, page.label, begin, ahead)


def _page_differences(page: Said, part: Said) -> Iterator[Difference]:
    """Yield the words that differ between a page and its part."""
    left, right = _words(page.text), _words(part.text)
    keys = [bare(word) for word in left], [bare(word) for word in right]
    matcher = SequenceMatcher(None, *keys, autojunk=False)
    for change, a, b, c, d in matcher.get_opcodes():
        print_, ebook = " ".join(left[a:b]), " ".join(right[c:d])
        if change == "equal" or bare(print_) == bare(ebook):
            continue
        if not ebook and bare(print_) in map(bare, page.generated):
            continue
        edge = (a == 0 and c == 0) or (b == len(left) and d == len(right))
        kind = Kind.PAGE if edge and _is_edge(print_, ebook) else Kind.WORDS
        before = " ".join(left[max(a - _AROUND, 0) : a])
        yield Difference(kind, page.label, print_, ebook, before)


def _is_edge(print_: str, ebook: str) -> bool:
    """Return whether one side alone has a few words at the edge of a page: its mark is astray."""
    one = print_ or ebook
    return not (print_ and ebook) and len(one.split()) <= _ASTRAY


def _words(text: str) -> list[str]:
    return text.replace(BREAK, "").split()


# --- contents ---


def _compare_contents(
    pages: Sequence[Said], parts: dict[str, Said], lines: Sequence[Line], gone: Sequence[str]
) -> Iterator[Difference]:
    """Yield what differs between the printed contents and those of the e-book.

    The pages may go without a line (sections) or without a folio (parts); what they say is there,
    in that order, with the page on which it is.
    """
    if not pages:
        return
    said = bare(" ".join(page.text for page in pages))
    for left_out in map(bare, gone):
        said = said.replace(left_out, "", 1)
    if has_other_direction(said):
        return  # its lines are seen in another order than they are read
    at = 0
    for page in pages:
        title = bare(parts[page.label].text) if page.label in parts else ""
        at += len(title) if said.startswith(title, at) else 0
    for line in lines:
        choices = (bare(line.number + line.text), bare(line.text))
        words = next((words for words in choices if said.startswith(words, at)), None)
        if words is not None:
            at += len(words)
            at += len(line.label) if said.startswith(line.label, at) else 0
    if at < len(said):
        label = pages[-1].label
        yield Difference(Kind.WORDS, label, said[at : at + 60], "", said[max(at - 30, 0) : at])


# --- notes, pictures, links, folios ---

Listed = Sequence[tuple[str, str]]
"""Texts, each with the label of its page."""


def _notes(reading: Reading) -> Listed:
    return [(note.text, note.label) for note in reading.notes]


def _pictures(pages: Sequence[Said]) -> Listed:
    return [(picture, page.label) for page in pages for picture in page.pictures]


def _compare_lists(
    printed: Listed,
    ebook: Listed,
    kind: Kind,
    before: Mapping[str, str],
    by: Callable[[str], str],
) -> Iterator[Difference]:
    """Yield what differs between two lists.

    ``before`` maps a label to that of the page before; ``by`` returns that by which two texts are
    the same.
    """
    keys = [by(text) for text, _ in printed], [by(text) for text, _ in ebook]
    matcher = SequenceMatcher(None, *keys, autojunk=False)
    for change, a, b, c, d in matcher.get_opcodes():
        if change == "equal":
            yield from _other_pages(printed[a:b], ebook[c:d], kind, before)
            continue
        left, right = [*printed[a:b]], [*ebook[c:d]]
        for number in range(max(len(left), len(right))):
            print_, label = left[number] if number < len(left) else ("", "")
            said, page = right[number] if number < len(right) else ("", "")
            yield Difference(kind, label or page, print_, said)


def _other_pages(
    printed: Listed, ebook: Listed, kind: Kind, before: Mapping[str, str]
) -> Iterator[Difference]:
    """Yield what stands on another page in print than its call or mark in the e-book says.

    The call of a note may stand at the end of a word that the page begins with, before its mark.
    """
    for (text, label), (_, page) in zip(printed, ebook, strict=True):
        if page not in (label, before.get(label)):
            yield Difference(kind, label, f"{text} (page {label})", f"{text} (page {page})")


def _compare_links(pages: Sequence[Said], parts: dict[str, Said]) -> Iterator[Difference]:
    """Yield links that lead elsewhere; one that is broken over two pages stands on both."""
    ordered = [(page, parts.get(page.label, Said(page.label, ""))) for page in pages]
    for number, (page, part) in enumerate(ordered):
        near = ordered[max(number - 1, 0) : number + 2]
        printed = frozenset().union(*(each.links for each, _ in near))
        ebook = frozenset().union(*(each.links for _, each in near))
        own: frozenset[str] = frozenset() if page.apart else page.links
        ours, theirs = sorted(own - ebook - part.calls), sorted(part.links - printed)
        for print_, other in zip_longest(ours, theirs, fillvalue=""):
            before = part.before.get(other, "")
            yield Difference(Kind.LINK, page.label, print_, other, before)


def _compare_folios(pages: Sequence[Said]) -> Iterator[Difference]:
    """Yield folios on paper that are not the labels of their pages; a page may have none."""
    for page in pages:
        if page.folio and page.folio != page.label:
            yield Difference(Kind.FOLIO, page.label, page.folio, page.label)
