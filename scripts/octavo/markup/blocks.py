"""What our ``/// name`` blocks have in common; the syntax is pymdownx's.

A block must be closed where it began, in the same item of a list: pymdownx takes all that follows
into one that is not, and in a list may never come to an end of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, ClassVar, Final
from xml.etree.ElementTree import Element, SubElement

from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block, type_string

from octavo.diagnostics import Diagnostic, error
from octavo.markup.survey import Survey

EPUB_TYPE: Final = "epub:type"

NAMES: Final = (
    *("audience", "caption", "epigraph", "facts", "interview"),
    *("lines", "pullquote", "verse"),
)
"""Every block there is."""

_FENCE: Final = re.compile(
    r"^(?P<lead>[ \t>]*(?P<marker>(?:(?:[-*+:]|\d+\.)[ \t]+)*))(?P<slashes>/{3,})[ \t]*"
    rf"(?P<name>{'|'.join(NAMES)})?[ \t]*(?:\|[^\n]*)?$",
    re.MULTILINE,
)
_OTHER: Final = re.compile(
    r"(?:^|\n[ \t]*\n)[ \t>]*(?P<block>/{3,}[ \t]+(?P<name>[a-z][a-z-]+))[ \t]*(?:\|[^\n]*)?(?=\n)"
)
"""What opens a block in all but its name; prose that begins with strokes has more words."""

_CODE_INDENT: Final = 4

STROKES: Final = "///"
"""What opens every block."""


@dataclass(frozen=True)
class _Opened:
    """A block that was opened; it ends before the first line that is indented less."""

    fence: re.Match[str]
    indent: int
    offset: int

    @property
    def words(self) -> str:
        """The line that opens it, without what stands before it."""
        return f"{self.fence['slashes']} {self.fence['name']}"


def unclosed(survey: Survey) -> list[Diagnostic]:
    """Return an S010 for every block that nothing closes where it began."""
    hint = "write /// where it ends, with as many strokes and as far from the margin"
    return [
        error("S010", f"the block {block.words} is never closed", survey.at(block.offset), hint)
        for block in sorted(_unclosed(survey.text), key=lambda block: block.offset)
    ]


def unknown(survey: Survey) -> Iterator[Diagnostic]:
    """Yield an S012 for every block of a name that is none; its words stay in the text."""
    for opening in _OTHER.finditer(survey.text) if STROKES in survey.text else ():
        name = opening["name"]
        if name not in NAMES:
            near = get_close_matches(name, NAMES, n=1)
            hint = f"did you mean /// {near[0]}?" if near else f"the blocks are {', '.join(NAMES)}"
            place = survey.at(opening.start("block"))
            yield error("S012", f"there is no block named {name!r}", place, hint)


def without_blocks(text: str) -> str:
    """Return a text without the lines that open and close blocks."""
    return _FENCE.sub(lambda fence: fence["lead"], text)


def _unclosed(text: str) -> Iterator[_Opened]:
    if STROKES not in text:
        return
    opened: list[_Opened] = []
    offset = 0
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip())
        while line.strip() and opened and opened[-1].indent > indent:
            yield opened.pop()
        fence = _FENCE.match(line)
        if fence and fence["name"]:
            opened.append(_Opened(fence, _least_indent(fence, indent), offset))
        elif fence and any(_closes(fence, block) for block in opened):
            while not _closes(fence, opened[-1]):
                yield opened.pop()
            opened.pop()
        offset += len(line) + 1
    yield from opened


def _least_indent(fence: re.Match[str], indent: int) -> int:
    if fence["marker"]:
        return indent + 1
    return indent if indent >= _CODE_INDENT else 0


def _closes(fence: re.Match[str], block: _Opened) -> bool:
    return len(fence["slashes"]) == len(block.fence["slashes"])


class Attributed(Block):  # type: ignore[misc] # pymdownx has no types
    """A block whose words are somebody's: the option ``attribution`` says whose."""

    OPTIONS: ClassVar[dict[str, Any]] = {"attribution": ("", type_string)}

    def on_end(self, block: Element) -> None:
        """Put the attribution last, as Markdown of its own."""
        if self.options["attribution"]:
            SubElement(block, "p", {"class": "attribution"}).text = self.options["attribution"]


class OneBlock(BlocksExtension):  # type: ignore[misc] # pymdownx has no types
    """A Python-Markdown extension that is one kind of block."""

    block: ClassVar[type[Block]]

    def extendMarkdownBlocks(self, md: Any, block_mgr: Any) -> None:  # noqa: ARG002, N802 - pymdownx's signature
        """Make the block known to the parser of blocks."""
        block_mgr.register(self.block, self.getConfigs())
