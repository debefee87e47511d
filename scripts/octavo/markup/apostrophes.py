"""Quotation marks in the marks of the book's language.

Python-Markdown's ``smarty`` tells opening marks from closing ones, but takes an apostrophe for a
closing single mark. It is given marks of its own to write, private characters, which become the
language's marks here, where a whole paragraph is in view: a closing mark that nothing opened is an
apostrophe.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from octavo import xhtml
from octavo.typography.quotes import Quotes

APOSTROPHE: Final = "’"
OPEN, CLOSE, INNER_OPEN, INNER_CLOSE = "\ue000", "\ue001", "\ue002", "\ue003"

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
        text = "".join(piece for _, _, piece in pieces)
        if not any(mark in text for mark in marks):
            continue
        meant = iter(_meant(text, marks))
        for element, attribute, piece in pieces:
            setattr(element, attribute, "".join(next(meant) for _ in piece))


def _pieces(block: xhtml.Element) -> Iterator[tuple[xhtml.Element, str, str]]:
    """Yield the texts of a block in order, those of blocks inside it left out."""
    if block.text:
        yield block, "text", block.text
    for child in block:
        if isinstance(child.tag, str) and child.tag not in BLOCKS:
            yield from _pieces(child)
        if child.tail:
            yield child, "tail", child.tail


def _meant(text: str, marks: Mapping[str, str]) -> Iterator[str]:
    """Yield what each character of a paragraph becomes."""
    apostrophes = set(_apostrophes(text))
    for place, character in enumerate(text):
        yield APOSTROPHE if place in apostrophes else marks.get(character, character)


def _apostrophes(text: str) -> Iterator[int]:
    """Yield the places of single marks that quote nothing."""
    opened: list[int] = []
    for place, character in enumerate(text):
        before, after = text[place - 1 : place], text[place + 1 : place + 2]
        if character == INNER_OPEN:
            opened.append(place)
        elif character == INNER_CLOSE:
            if (before.isalnum() and after.isalnum()) or not opened:
                yield place
            else:
                opened.pop()
    yield from opened
