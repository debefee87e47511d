"""What other Markdown has and Python-Markdown has not: notes in the line, breaks, escapes."""

import re
from collections.abc import Iterator
from typing import Final

from octavo.editing import Edit
from octavo.mending.text import Text

_UNNUMBERED: Final = re.compile(r"\{(?:-|\.unnumbered)(?P<more>[^{}\n]*)\}")
_INLINE: Final = re.compile(r"(?<!\\)\^\[")
_BREAK: Final = re.compile(r"(?<!\\)\\\n(?=[^\n])")
_BRACKET: Final = re.compile(r"\\.|[\[\]]|\n[ \t]*\n", re.DOTALL)


_ESCAPED: Final = re.compile(r"\\([\"$%&',/:;=?@^~<])")
"""What CommonMark lets a stroke stand before, and Python-Markdown does not."""

_CHUNK: Final = re.compile(r"(?<!`)`r\s[^`\n]*\n[^`]*`(?!`)")
_RUNS: Final = frozenset({"bookdown", "quarto"})
"""The dialects with code to run in a line; it is shown, and may be longer than one."""

_SPELT: Final = {
    "@": "&#64;",
    "<": "&lt;",
    "&": "&amp;",
    "~": "&#126;",
    "^": "&#94;",
    '"': "&quot;",
}


def mend(text: Text) -> Iterator[Edit]:
    """Yield what Python-Markdown reads in the place of these."""
    if text.dialect in _RUNS:
        yield from (
            Edit(found.start(), found.end(), " ".join(found[0].split()))
            for found in _CHUNK.finditer(text.source.text)
        )
    for found in _ESCAPED.finditer(text.masked):
        yield Edit(found.start(), found.end(), _SPELT.get(found[1], found[1]))
    for found in _UNNUMBERED.finditer(text.masked):
        more = found["more"].strip()
        yield Edit(found.start(), found.end(), f"{{{more}}}" if more else "")
    for found in _BREAK.finditer(text.masked):
        yield Edit(found.start(), found.start() + 1, "  ")
    yield from _notes(text)


def _notes(text: Text) -> Iterator[Edit]:
    """Yield the calls of notes that are written in the line, and these at the end."""
    written: list[str] = []
    for found in _INLINE.finditer(text.masked):
        end = _closed(text.masked, found.end())
        if end:
            label = f"inline-{len(written) + 1}"
            words = " ".join(text.source.text[found.end() : end].split())
            written.append(f"[^{label}]: {words}\n")
            yield Edit(found.start(), end + 1, f"[^{label}]")
    if written:
        at = len(text.source.text)
        yield Edit(at, at, "\n\n" + "\n".join(written))


def _closed(text: str, start: int) -> int:
    """Return where a bracket is closed that was opened before ``start``, 0 where it is not."""
    depth = 1
    for sign in _BRACKET.finditer(text, start):
        if sign[0][0] == "\n":
            break
        depth += {"[": 1, "]": -1}.get(sign[0], 0)
        if not depth:
            return sign.start()
    return 0
