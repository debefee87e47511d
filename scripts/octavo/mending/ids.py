"""Ids that stand twice in a text: the first is kept, as it is where links to it lead."""

import re
from collections.abc import Iterator
from typing import Final

from octavo.editing import Edit
from octavo.mending.text import Text

_ID: Final = re.compile(
    r"""\{:?[^{}\n]*?(?P<short>\#(?P<name>[^\s{}]+))[^{}\n]*\}"""
    r"""|<[A-Za-z][^<>]*?(?P<long>\sid\s*=\s*["']?(?P<other>[^"'\s<>]+)["']?)[^<>]*>"""
)


def mend(text: Text) -> Iterator[Edit]:
    """Yield what takes away every id but the first of its name."""
    met: set[str] = set()
    for found in _ID.finditer(text.masked):
        name, part = found["name"] or found["other"], "short" if found["short"] else "long"
        if name in met:
            yield Edit(found.start(part), found.end(part), "")
        met.add(name)
