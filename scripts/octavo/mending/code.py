"""Fences as superfences reads them: one word for the language, closed by what opened them."""

import re
from collections.abc import Iterator
from typing import Final

from octavo.diagnostics import Diagnostic
from octavo.editing import Edit
from octavo.mending.reading import Block
from octavo.mending.text import Text

_FENCE: Final = re.compile(r"^(?P<lead>.*?)(?P<fence>`{3,}|~{3,})[^\n]*$")
_CLOSE: Final = re.compile(r"^[ \t>]*(?P<fence>`{3,}|~{3,})[ \t]*$")
_LANGUAGE: Final = re.compile(r"[\w#+.-]+")
_HIDDEN: Final = re.compile(r"^[ \t]*#(?:[ \t]|$)")
_ESCAPED: Final = re.compile(r"^([ \t]*)##")
_OPTION: Final = re.compile(r"^[ \t]*(?:#|//|--|%%)\|")
_RUNS: Final = frozenset({"bookdown", "quarto"})
"""The dialects whose code is meant to be run."""

_HIDES: Final = frozenset({"mdbook"})
"""The dialects in which lines of Rust that begin with a hash are for the compiler alone."""


def mend(text: Text) -> Iterator[Edit | Diagnostic]:
    """Yield what lets every fence be read as code."""
    for block in text.blocks:
        if block.kind == "fence":
            yield from _mended(text, block)


def _mended(text: Text, block: Block) -> Iterator[Edit]:
    line = text.lines[block.first]
    opening = _FENCE.match(line)
    if opening is None:
        return
    language = _language(block.info)
    new = f"{opening['lead']}{opening['fence']}{language}"
    if new != line:
        yield text.edit(block.first, new)
    yield from _closed(text, block, opening["fence"])
    if text.dialect in _HIDES and language == "rust":
        yield from _without_hidden(text, block)
    if text.dialect in _RUNS:
        yield from _without_options(text, block)


def _language(info: str) -> str:
    """Return the language that the words after a fence name, if they do."""
    found = _LANGUAGE.search(info.replace("{", " ").replace("}", " ").lstrip(" .="))
    return found[0].strip(".") if found else ""


def _closed(text: Text, block: Block, fence: str) -> Iterator[Edit]:
    """Yield what closes a fence with as many signs as open it."""
    last = block.last - 1
    closing = _CLOSE.match(text.lines[last]) if last > block.first else None
    if closing and closing["fence"][0] == fence[0] and len(closing["fence"]) >= len(fence):
        if closing["fence"] != fence:
            start = text.start(last) + closing.start("fence")
            yield Edit(start, start + len(closing["fence"]), fence)
    else:
        lead = re.match(r"[ \t>]*", text.lines[block.first])
        at = text.start(block.last)
        begin = "" if at and text.source.text[at - 1 : at] == "\n" else "\n"
        yield Edit(at, at, f"{begin}{lead[0] if lead else ''}{fence}\n")


def _without_options(text: Text, block: Block) -> Iterator[Edit]:
    """Yield what takes away the lines that tell a program how to run the code."""
    for number in range(block.first + 1, block.last):
        if not _OPTION.match(text.lines[number]):
            return
        yield Edit(text.start(number), text.start(number + 1), "")


def _without_hidden(text: Text, block: Block) -> Iterator[Edit]:
    """Yield what takes away the lines of code that mdBook hides."""
    for number in range(block.first + 1, block.last):
        line = text.lines[number]
        if _HIDDEN.match(line):
            yield Edit(text.start(number), text.start(number + 1), "")
        elif _ESCAPED.match(line):
            yield text.edit(number, _ESCAPED.sub(r"\1#", line))
