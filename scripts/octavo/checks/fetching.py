"""What a stylesheet, a drawing or a piece of raw HTML would fetch when it is shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import tinycss2
from lxml import etree
from tinycss2.ast import Node

from octavo.checks import addresses
from octavo.model import Asset
from octavo.xhtml import Element

_SHEETS: Final = 64
"""So many stylesheets are kept as they were read: those of the house are the same for all."""

_XLINK_HREF: Final = "{http://www.w3.org/1999/xlink}href"
_ADDRESSES: Final = frozenset({"src", "href", _XLINK_HREF, "poster", "data"})
"""Attributes that hold an address."""

_LINKS: Final = frozenset({"a", "area"})
"""Elements whose address a reader follows, and nothing fetches."""

_STYLED: Final = frozenset(
    {"style", "fill", "stroke", "filter", "mask", "clip-path", "cursor"}
    | {"marker-start", "marker-mid", "marker-end"}
)
"""Attributes of HTML and SVG that are written in CSS."""

_FUNCTIONS: Final = frozenset({"url", "src", "image", "image-set", "-webkit-image-set"})
"""Functions of CSS whose strings are addresses."""


@dataclass(frozen=True)
class Mention:
    """An address or a name, on which line of its file it stands, and whether CSS imports it."""

    text: str
    line: int
    imported: bool = False


@dataclass(frozen=True)
class Drawing:
    """What an SVG would fetch, and what in it would run."""

    fetched: tuple[Mention, ...]
    active: tuple[Mention, ...]


class BrokenDrawingError(ValueError):
    """A drawing that is no well-formed XML: the parser's reason, and the line."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


@lru_cache(_SHEETS)
def by_stylesheet(css: str) -> tuple[Mention, ...]:
    """Return what a stylesheet fetches: by ``url()`` or its like, or by ``@import``."""
    return tuple(_by_tokens(tinycss2.parse_component_value_list(css, skip_comments=True)))


def _by_tokens(tokens: list[Node]) -> Iterator[Mention]:
    importing = False
    for token in tokens:
        if token.type == "url" or (importing and token.type == "string"):
            yield Mention(token.value, token.source_line, importing)
        elif token.type == "function" and token.lower_name in _FUNCTIONS:
            strings = (inner for inner in token.arguments if inner.type == "string")
            yield from (Mention(each.value, each.source_line, importing) for each in strings)
        if token.type != "whitespace":
            importing = token.type == "at-keyword" and token.lower_value == "import"
        for part in ("content", "arguments"):
            inner = getattr(token, part, None)
            yield from _by_tokens(inner) if isinstance(inner, list) else ()


def by_elements(root: Element) -> Iterator[Mention]:
    """Yield what the elements of a tree fetch; a place in the tree itself needs no fetching."""
    for element in root.iter(etree.Element):
        name, line = _name(element), element.sourceline or 0
        found = [a for key, value in element.items() for a in _by_attribute(name, key, value)]
        if name == "style":
            found += [mention.text for mention in by_stylesheet(element.text or "")]
        yield from (Mention(a, line) for a in found if a and not a.startswith("#"))


def _by_attribute(element: str, key: str, value: str) -> Iterator[str]:
    if key in _STYLED and "(" in value:
        yield from (mention.text for mention in by_stylesheet(value))
    elif key == "srcset":
        yield from (candidate.split()[0] for candidate in value.split(",") if candidate.strip())
    elif key in _ADDRESSES and not (element in _LINKS and key in {"href", _XLINK_HREF}):
        yield value.strip()


def drawing(asset: Asset) -> Drawing:
    """Return what an SVG would fetch and run.

    Raises:
        BrokenDrawingError: when it is not well-formed, or its entities grow out of hand.
    """
    # Unlike the parser of ``xhtml`` this one keeps libxml2's limits: nobody at Octavo wrote this.
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(asset.data, parser)
    except etree.XMLSyntaxError as problem:
        reason, line = problem.msg or "not well-formed", problem.lineno or 0
        raise BrokenDrawingError(reason, line) from problem
    return Drawing((*_by_prologue(root), *by_elements(root)), tuple(_active(root)))


def _by_prologue(root: Element) -> Iterator[Mention]:
    """Yield the stylesheets and the external entities that stand before the first element."""
    for instruction in root.itersiblings(etree.ProcessingInstruction, preceding=True):
        if href := instruction.get("href"):
            yield Mention(href, instruction.sourceline or 0)
    declared = root.getroottree().docinfo.internalDTD
    for entity in declared.iterentities() if declared is not None else ():
        if entity.system_url:
            yield Mention(entity.system_url, 1)


def _active(root: Element) -> Iterator[Mention]:
    """Yield scripts, the attributes that hold one, and the links that are one."""
    for element in root.iter(etree.Element):
        line = element.sourceline or 0
        if _name(element) == "script":
            yield Mention("<script>", line)
        for key, value in element.items():
            if key.startswith("on"):
                yield Mention(key, line)
            elif key in _ADDRESSES and addresses.scheme(value.strip()) == "javascript":
                yield Mention(value, line)


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
