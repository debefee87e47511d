"""Quotation marks in the marks of the book's language.

Python-Markdown's ``smarty`` tells opening marks from closing ones, but takes an apostrophe for a
closing single mark, and the one that opens a shortened word (``'n'``) for an opening one. It is
given marks of its own to write, which become the language's marks here, where a whole paragraph is
in view: a single mark that is not one of a pair is an apostrophe.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from octavo import xhtml
from octavo.typography.quotes import Quotes

APOSTROPHE: Final = "’"
OPEN, CLOSE, INNER_OPEN, INNER_CLOSE = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
"""Characters that Unicode keeps out of texts, for a program's own use."""

_WORD_END: Final = r"(?!\w)"

SUBSTITUTIONS: Final[Mapping[str, str]] = {
    "left-double-quote": OPEN,
    "right-double-quote": CLOSE,
    "left-single-quote": INNER_OPEN,
    "right-single-quote": INNER_CLOSE,
    "ellipsis": "…",
    "ndash": "–",
    "mdash": "—",
}
"""What ``smarty`` writes in place of its entities, which no XML parser knows."""

_SHORTENED: Final = re.compile(
    f"{INNER_OPEN}(?=(?:n|tis|twas|twere|twill|twixt|em|til|tween|neath){_WORD_END})", re.IGNORECASE
)
"""The mark before an English word that has lost its head."""

_MARK: Final = re.compile(f"[{OPEN}{CLOSE}{INNER_OPEN}{INNER_CLOSE}]")
_SINGLE: Final = re.compile(f"[{INNER_OPEN}{INNER_CLOSE}]")

_MISTAKEN: Final = re.compile(
    rf"[{CLOSE}{INNER_CLOSE}](?<![^\s([{OPEN}{INNER_OPEN}–—].)(?=[^\W\d])"
)
"""A mark before a word that is not an opening one: ``smarty`` saw emphasis there, not the word."""

BLOCKS: Final = frozenset(
    f"{{{xhtml.XHTML}}}{name}"
    for name in (
        "p", "li", "dt", "dd", "td", "th", "caption", "figcaption", "div", "blockquote",
        "h1", "h2", "h3", "h4", "h5", "h6", "section", "aside", "body", "summary",
    )
)  # fmt: skip


def set_quotes(body: xhtml.Element, quotes: Quotes) -> None:
    """Put the language's marks in place of the private ones, paragraph by paragraph."""
    marks = {
        OPEN: quotes.open,
        CLOSE: quotes.close,
        INNER_OPEN: quotes.inner_open,
        INNER_CLOSE: quotes.inner_close,
    }
    for block in body.iter(*BLOCKS):
        pieces = list(_pieces(block))
        text = "".join([piece for _, _, piece in pieces])
        if not _MARK.search(text):
            continue
        text = _with_apostrophes(_MISTAKEN.sub(_opening, text))
        start = 0
        for element, attribute, piece in pieces:
            meant = text[start : start + len(piece)]
            start += len(piece)
            for mark, sign in marks.items():
                meant = meant.replace(mark, sign)
            if meant != piece:
                setattr(element, attribute, meant)


def _opening(closing: re.Match[str]) -> str:
    return {CLOSE: OPEN, INNER_CLOSE: INNER_OPEN}[closing[0]]


def _with_apostrophes(text: str) -> str:
    """Return a text in which the single marks that quote nothing are apostrophes."""
    characters = list(text)
    for place in _apostrophes(text):
        characters[place] = APOSTROPHE
    return "".join(characters)


def _pieces(block: xhtml.Element) -> Iterator[tuple[xhtml.Element, str, str]]:
    """Yield the texts of a block in order, those of blocks inside it left out."""
    if block.text:
        yield block, "text", block.text
    for child in block:
        if isinstance(child.tag, str) and child.tag not in BLOCKS:
            yield from _pieces(child)
        if child.tail:
            yield child, "tail", child.tail


def _apostrophes(text: str) -> Iterator[int]:
    """Yield the places of single marks that quote nothing."""
    shortened = {match.start() for match in _SHORTENED.finditer(text)}
    yield from shortened
    opened: list[int] = []
    for mark in _SINGLE.finditer(text):
        place = mark.start()
        if place in shortened:
            continue
        if mark[0] == INNER_OPEN:
            opened.append(place)
        elif not opened or (
            text[place - 1 : place].isalnum() and text[place + 1 : place + 2].isalnum()
        ):
            yield place
        else:
            opened.pop()
    yield from opened
