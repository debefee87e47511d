"""The addresses that labels stand for, each on one line as Python-Markdown reads them."""

import re
from collections.abc import Iterator
from typing import Final

from octavo.editing import Edit
from octavo.mending.text import Text

_REFERENCE: Final = re.compile(
    r"^ {0,3}\[(?P<label>(?:[^\[\]\\\n]|\\.|\n(?![ \t]*\n))*)\]:[ \t]*\n?[ \t]*"
    r"(?P<address><[^<>\n]*>|[^\s<]\S*)"
    r"(?P<title>(?:[ \t]*\n[ \t]*|[ \t]+)(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*$",
    re.MULTILINE,
)


def mend(text: Text) -> Iterator[Edit]:
    """Yield what puts every address on the line of its label; one of nothing is words."""
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
