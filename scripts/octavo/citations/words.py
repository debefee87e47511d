"""What a style says, as Markdown in which none of its signs means anything."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from octavo import xhtml

_SIGNS: Final = re.compile(r"[\\`*_\[\]<>&~^{}|]")
_ITEM: Final = re.compile(r"\A(\d+)([.)])(?=\s)")
"""What would make an item of a list of what begins with it."""

_ADDRESS: Final = re.compile(r"https?://[^\s<>]+[^\s<>.,;:!?)\]}’”]")
_ROLE: Final = "doc-biblioref"
"""What a link to a work in a list is, in the words of DPUB-ARIA 1.1."""

_SMALL_CAPS: Final = "font-variant:small-caps"
_ELEMENTS: Final = {
    "i": "<em>{}</em>",
    "b": "<strong>{}</strong>",
    "sup": "<sup>{}</sup>",
    "sub": "<sub>{}</sub>",
    "sc": '<span class="small-caps">{}</span>',
}


def markdown(html: str, address: Callable[[str], str] = lambda _: "") -> str:
    """Return a passage of XHTML as Markdown.

    ``address`` tells where a link to a work leads, by its key; where it tells nothing, the words
    are left. Addresses on the web become links.
    """
    said = "".join(_inside(xhtml.parse_fragment(html), address))
    return _ITEM.sub(lambda number: f"{number[1]}&#{ord(number[2])};", said)


def _inside(element: xhtml.Element, address: Callable[[str], str]) -> Iterator[str]:
    yield _linked(element.text or "")
    for child in element:
        inside = "".join(_inside(child, address))
        name = xhtml.name(child)
        if name == "a":
            there = address(child.get("href", "").removeprefix("#"))
            yield f"[{inside}]({there}){{role={_ROLE}}}" if there else inside
        elif _SMALL_CAPS in child.get("style", ""):
            yield _ELEMENTS["sc"].format(inside)
        else:
            yield _ELEMENTS.get(name, "{}").format(inside)
        yield _linked(child.tail or "")


def _linked(text: str) -> str:
    made, at = [], 0
    for found in _ADDRESS.finditer(text):
        made += [_escaped(text[at : found.start()]), f"<{found[0]}>"]
        at = found.end()
    return "".join([*made, _escaped(text[at:])])


def _escaped(text: str) -> str:
    return _SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", text)
