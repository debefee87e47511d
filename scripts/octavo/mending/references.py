"""The addresses that labels stand for, each on one line as Python-Markdown reads them."""

import re
from collections.abc import Iterator
from typing import Final

from octavo.diagnostics import Diagnostic
from octavo.editing import Edit
from octavo.mending.text import Text

_REFERENCE: Final = re.compile(
    r"^ {0,3}\[(?P<label>(?:[^\[\]\\\n]|\\.|\n(?![ \t]*\n))*)\]:[ \t]*\n?[ \t]*"
    r"(?P<address><[^<>\n]*>|[^\s<]\S*)"
    r"(?P<title>(?:[ \t]*\n[ \t]*|[ \t]+)(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*$",
    re.MULTILINE,
)
_OBJECT: Final = re.compile(r"\[(?P<words>[^\[\]\n]+)\]\[(?P<label>\w+(?:\.\w+)+)\]")
_LOOKED_UP: Final = frozenset({"mkdocs"})
"""The dialects whose plugins know where the names of a program are explained."""


def mend(text: Text) -> Iterator[Edit | Diagnostic]:
    """Yield what puts every address on the line of its label; one of nothing is words."""
    if text.dialect in _LOOKED_UP and "][" in text.masked:
        yield from _looked_up(text)
    if "]:" not in text.masked:
        return
    for found in _REFERENCE.finditer(text.masked):
        label = " ".join(text.source.text[found.start("label") : found.end("label")].split())
        if label.startswith("^"):
            continue
        if not label:
            yield Edit(found.start("label") - 1, found.start("label"), "\\[")
            continue
        address = found["address"]
        if address == "<>":
            yield Edit(found.start(), found.end(), "")
            continue
        title = (found["title"] or "").strip()
        new = f"[{label}]: {address}" + (f' "{title[1:-1]}"' if title else "")
        after = text.source.text[found.end() + 1 : found.end() + 2]
        new += "\n" * (after in {"=", "-"})
        if "\n" in found[0] or new.endswith("\n"):
            yield Edit(found.start(), found.end(), new)


def _looked_up(text: Text) -> Iterator[Edit | Diagnostic]:
    """Yield the words of links to what a program's documentation would be made of."""
    given = {found["label"].casefold() for found in _REFERENCE.finditer(text.masked)}
    told = False
    for found in _OBJECT.finditer(text.source.text):
        outside = text.masked[found.start()] == "[" and text.masked[found.end() - 1] == "]"
        if not outside or found["label"].casefold() in given:
            continue
        yield Edit(found.start(), found.end(), found["words"])
        if not told:
            told = True
            message = f"a link that a plugin would fill, of which the words are kept: {found[0]}"
            hint = "give the address of what it names"
            yield text.say("R001", message, text.line(found.start()), hint)
