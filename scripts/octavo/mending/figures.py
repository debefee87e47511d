r"""Captions of figures and tables as pandoc, Quarto and bookdown write them.

``![What it is about](roads.png){#fig-roads}`` alone in its paragraph is a figure with a caption;
``: What it tells {#tbl-roads}`` or ``Table: What it tells`` beside a table is that table's.
"""

import re
from collections.abc import Iterator
from typing import Final

from octavo.editing import Edit
from octavo.markup.marks import Mark, Sign, marks
from octavo.mending.crossref import named
from octavo.mending.reading import Block
from octavo.mending.text import Text

_LIST: Final = re.compile(r"\{(?P<said>[^{}\n]*)\}")
_ID: Final = re.compile(r"(?:^|\s)#(?P<id>[^\s{}]+)")
_ALT: Final = re.compile(r"\s*\bfig-alt\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_KNITR: Final = re.compile(r"\s*\(\\#(?P<id>[\w:.-]+)\)\s*")
_CITED: Final = re.compile(r"\s*\[[^\[\]]*@[^\[\]]*\]")
"""A citation, which a caption has and an alternative text has not."""

_CAPTION: Final = re.compile(r"^ {0,3}(?:[Tt]able)?:[ \t]+(?P<said>\S[^\n]*)$")
_CAPTIONED: Final = frozenset({"bookdown", "quarto"})
"""The dialects in which every image that stands alone has its words for a caption."""


def mend(text: Text) -> Iterator[Edit]:
    """Yield captions in the place of these."""
    if "![" in text.masked:
        for mark in marks(text.masked):
            if mark.sign is Sign.IMAGE and mark.end:
                yield from _figure(text, mark)
    for block in text.blocks:
        if block.kind == "table" and not block.inside:
            yield from _table(text, block)


def _figure(text: Text, mark: Mark) -> Iterator[Edit]:
    """Yield what gives an image that stands alone its words for a caption."""
    list_ = _LIST.match(text.masked, mark.end)
    end = list_.end() if list_ else mark.end
    if not _is_alone(text, mark.offset, end):
        return
    said = list_["said"] if list_ else ""
    id_ = _ID.search(said)
    words = " ".join(text.source.text[mark.offset + 2 : mark.close].split())
    knitr = _KNITR.search(words)
    name = knitr["id"] if knitr else id_["id"] if id_ else ""
    caption = _KNITR.sub(" ", words).strip()
    if not caption or not (name or text.dialect in _CAPTIONED):
        return
    alt = _ALT.search(said)
    rest = _ALT.sub("", _ID.sub("", said)).strip()
    image = text.source.text[mark.close : mark.end]
    plain = _CITED.sub("", caption)
    shown = f"![{(alt[1] or alt[2]) if alt else plain}{image}" + (f"{{{rest}}}" if rest else "")
    yield Edit(mark.offset, end, f"{shown}\n\n{captioned(caption, name)}")


def _is_alone(text: Text, start: int, end: int) -> bool:
    first, last = text.line(start), text.line(max(end - 1, start))
    lines = text.lines
    before = first == 0 or not lines[first - 1].strip()
    after = last + 1 >= len(lines) or not lines[last + 1].strip()
    whole = text.start(first) == start and text.start(last) + len(lines[last].rstrip()) == end
    return before and after and whole


def _table(text: Text, block: Block) -> Iterator[Edit]:
    """Yield what makes a caption of the line before or after a table."""
    last = _last(text, block)
    after = last
    while after < len(text.lines) and not text.lines[after].strip():
        after += 1
    if _is_caption(text, after):
        yield text.edit(after, f"\n{_of_table(text.lines[after])}")
        return
    before = next((n for n in (block.first - 2, block.first - 1) if _is_caption(text, n)), None)
    if before is not None and (text.lines[before].lstrip().lower().startswith("table:")):
        yield text.edit(before, "")
        at = text.start(last)
        yield Edit(at, at, f"\n{_of_table(text.lines[before])}\n")


def _last(text: Text, block: Block) -> int:
    """Return the line after a table; a caption without an empty line before it is none of its."""
    last = block.last
    while last > block.first and not text.lines[last - 1].strip():
        last -= 1
    return last - 1 if _is_caption(text, last - 1) else last


def _is_caption(text: Text, line: int) -> bool:
    return 0 <= line < len(text.lines) and bool(_CAPTION.match(text.lines[line]))


def _of_table(line: str) -> str:
    said = _CAPTION.match(line)
    words = said["said"] if said else line
    list_, knitr = _LIST.search(words), _KNITR.search(words)
    id_ = _ID.search(list_["said"]) if list_ else None
    name = knitr["id"] if knitr else id_["id"] if id_ else ""
    return captioned(_KNITR.sub(" ", _LIST.sub("", words)).strip(), name)


def captioned(caption: str, name: str) -> str:
    """Return a caption as Octavo has it, with its id if it has one."""
    id_ = f"    attrs: {{id: {named(name)}}}\n" if name else ""
    return f"/// caption\n{id_}{caption}\n///\n"
