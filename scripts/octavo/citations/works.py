"""Works in the words of CSL-JSON, as citeproc-py takes them."""

import re
from collections.abc import Mapping
from typing import Any, Final

import citeproc
from citeproc.source.json import CiteProcJSON

_HELD: Final = {"&": "\ue010", "<": "\ue011", ">": "\ue012"}
_TAG: Final = re.compile(r"(</?(?:i|b|sup|sub|sc)>|<span class=\"nocase\">|</span>)")
OTHERS: Final = "\ue020"
"""The name that stands for those whom a work does not name."""

_OTHERS_SET: Final = re.compile(
    rf"(?:,?\s*…)?[,;]?\s*(?:(?:&amp;|and|et|und|y|e|en|og|och|i|и|ve|و)\s+)?{OTHERS}\.?"
)
"""Them, with what stands before the last of several names."""

_BACK: Final = str.maketrans({"\ue010": "&amp;", "\ue011": "&lt;", "\ue012": "&gt;"})
_NAME_PARTS: Final = frozenset(
    {"family", "given", "dropping-particle", "non-dropping-particle", "suffix"}
)
_RENAMED: Final = {"event-title": "event", "shortTitle": "title-short"}
_KNOWN: Final = frozenset(name.replace("_", "-") for name in citeproc.VARIABLES)


def source(works: Mapping[str, Mapping[str, Any]]) -> CiteProcJSON:
    """Return works by their ids; what citeproc-py does not know of them is left out."""
    return CiteProcJSON([{"id": id_, **_sound(said)} for id_, said in works.items()])


def shown(text: str) -> str:
    """Return what was set, the signs of XML in it that were kept from citeproc-py as entities."""
    return _OTHERS_SET.sub("\N{NO-BREAK SPACE}et al.", text.translate(_BACK))


def _sound(said: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {"type": str(said.get("type") or "document")}
    for name, value in said.items():
        variable = _RENAMED.get(name, name)
        if variable not in _KNOWN or name in {"id", "type"}:
            continue
        if isinstance(value, list):
            made[variable] = [_name(each) for each in value]
        elif isinstance(value, Mapping):
            made[variable] = {**value, "circa": bool(value.get("circa"))}
        else:
            made[variable] = held(str(value))
    return made


def _name(said: Mapping[str, Any]) -> dict[str, str]:
    literal = said.get("literal") or said.get("name")
    if literal:
        return {"literal": held(str(literal))}
    return {part: held(str(said[part])) for part in _NAME_PARTS if said.get(part)}


def _is_balanced(text: str) -> bool:
    opened: list[str] = []
    for tag in _TAG.findall(text):
        name = tag.strip("</>").partition(" ")[0]
        if not tag.startswith("</"):
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened


def held(text: str) -> str:
    """Return a text whose signs of XML, other than those of CSL's markup, say nothing to it."""
    pieces = _TAG.split(text) if _is_balanced(text) else [text]
    return "".join(
        piece if at % 2 else "".join(_HELD.get(sign, sign) for sign in piece)
        for at, piece in enumerate(pieces)
    )
