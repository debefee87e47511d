"""Codes for a sign, ``:sunny:``, and for what a program puts there, ``{{< video x >}}``."""

import re
from collections.abc import Iterator
from typing import Final

from octavo.diagnostics import Diagnostic
from octavo.editing import Edit
from octavo.mending.text import Text
from octavo.typography.emoji import emoji

_SHORT: Final = re.compile(
    r"(?P<escaped>\{)?\{\{<\s*(?P<name>/?[\w-]+)(?P<said>[^\n]*?)/?\s*>\}\}(?(escaped)\})"
)
_WEB: Final = re.compile(r"https?://[^\s\"'>]+")
_SILENT: Final = frozenset({"pagebreak", "include", "kbd"})
"""What leaves nothing that is missed, and what was told before."""


def mend(text: Text) -> Iterator[Edit | Diagnostic]:
    """Yield the signs, and what is left of what a program would put there."""
    if ":" in text.masked:
        yield from (Edit(start, end, sign) for start, end, sign in emoji(text.masked))
    if "{{<" in text.masked:
        yield from _shortcodes(text)


def _shortcodes(text: Text) -> Iterator[Edit | Diagnostic]:
    met: set[str] = set()
    for found in _SHORT.finditer(text.masked):
        name, said = found["name"], found["said"].strip()
        if found["escaped"]:
            yield Edit(found.start(), found.end(), f"`{found[0][1:-1]}`")
            continue
        address = _WEB.search(said)
        kept = f"<{address[0]}>" if address else ""
        if name == "kbd":
            kept = f"`{said}`"
        yield Edit(found.start(), found.end(), kept)
        if name not in _SILENT and not address and name not in met:
            met.add(name)
            message = f"a shortcode that is not known, {name!r}: nothing stands in its place"
            hint = "write in Markdown what it would put there"
            yield text.say("S019", message, text.line(found.start()), hint)
