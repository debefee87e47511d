"""Codes for a sign, ``:sunny:``, and for what a program puts there, ``{{< video x >}}``."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from octavo.diagnostics import Diagnostic
from octavo.editing import Edit
from octavo.mending.text import Text

_EMOJI: Final = re.compile(r"(?<![\w:/]):(?P<name>[a-z][\w+-]*):(?![\w:/])")
_SHORT: Final = re.compile(
    r"(?P<escaped>\{)?\{\{<\s*(?P<name>/?[\w-]+)(?P<said>[^\n]*?)/?\s*>\}\}(?(escaped)\})"
)
_WEB: Final = re.compile(r"https?://[^\s\"'>]+")
_SILENT: Final = frozenset({"pagebreak", "include", "meta", "var", "env", "kbd", "lipsum"})


def mend(text: Text) -> Iterator[Edit | Diagnostic]:
    """Yield the signs, and what is left of what a program would put there."""
    if ":" in text.masked:
        for found in _EMOJI.finditer(text.masked):
            if sign := _emoji().get(found["name"]):
                yield Edit(found.start(), found.end(), sign)
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


@cache
def _emoji() -> Mapping[str, str]:
    """Return the signs of GitHub's emoji by their names."""
    from pymdownx import gemoji_db  # noqa: PLC0415 - large, and few books have a code

    signs = {
        name.strip(":"): "".join(chr(int(code, 16)) for code in said["unicode"].split("-"))
        for name, said in gemoji_db.emoji.items()
        if "unicode" in said
    }
    return signs | {
        other.strip(":"): signs[name.strip(":")]
        for other, name in gemoji_db.aliases.items()
        if name.strip(":") in signs
    }
