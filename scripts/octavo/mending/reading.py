"""The blocks of a text as CommonMark has them, read by markdown-it-py.

It is what most tools read a manuscript with, and so what its author has seen.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token


@dataclass(frozen=True)
class Block:
    """A block: ``kind`` is markdown-it's word for it.

    It has the lines from ``first`` to before ``last``, counted from 0, and stands inside the kinds
    of ``inside``, the outermost first; ``info`` is what a fence says of its code, ``sign`` what it
    is written with, the name of its element for a heading; ``words`` are those of a heading, or
    the code.
    """

    kind: str
    first: int
    last: int
    inside: tuple[str, ...] = ()
    info: str = ""
    sign: str = ""
    words: str = ""


_OPENS: Final = "_open"


def blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a text in order, those that hold others before these."""
    return tuple(_blocks(_reader().parse(text)))


def _blocks(tokens: list[Token]) -> Iterator[Block]:
    inside: list[str] = []
    for at, token in enumerate(tokens):
        kind = token.type.removesuffix(_OPENS)
        if token.type == "inline":
            continue
        if token.nesting < 0:
            inside.pop()
            continue
        if token.map:
            words = tokens[at + 1].content if token.type == "heading_open" else token.content
            level = token.tag if kind == "heading" else token.markup
            first, last = token.map
            yield Block(kind, first, last, tuple(inside), token.info, level, words)
        if token.nesting > 0:
            inside.append(kind)


@cache
def _reader() -> MarkdownIt:
    # What stands inside a line is not looked at.
    return MarkdownIt("commonmark").enable("table").disable(["inline", "text_join"], True)
