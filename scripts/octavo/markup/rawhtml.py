"""Raw HTML in a source: it must be well-formed, and it must not act."""

import re
from collections.abc import Iterator
from typing import Final

from octavo import xhtml
from octavo.diagnostics import Diagnostic, error
from octavo.markup.survey import Survey

_TAG: Final = re.compile(
    r"(?<!\\)<(?P<close>/?)(?P<name>[A-Za-z][\w-]*)(?P<attributes>(?:\s+[^<>]*?)?)\s*(?P<empty>/?)>"
)
_QUOTED: Final = re.compile(r"""\s*(?:[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*')\s*)*""")
_ACTIVE: Final = frozenset({"script", "iframe", "object", "embed", "form", "input", "button"})
_VOID: Final = frozenset({"br", "hr", "img", "wbr", "col", "source", "track", "meta", "link"})


def malformed(survey: Survey) -> Iterator[Diagnostic]:
    """Yield S005 for every tag that nothing closes, that closes nothing, or that is ill written."""
    opened: list[re.Match[str]] = []
    for tag in _TAG.finditer(survey.text):
        name = tag["name"]
        if not _QUOTED.fullmatch(tag["attributes"]):
            yield _said(
                survey, tag, 'has attributes that are not name="value"', "quote every value"
            )
        if tag["empty"]:
            continue
        if not tag["close"]:
            opened.append(tag)
        elif opened and opened[-1]["name"] == name:
            opened.pop()
        elif any(other["name"] == name for other in opened):
            while opened[-1]["name"] != name:
                yield _unclosed(survey, opened.pop())
            opened.pop()
        else:
            yield _said(survey, tag, "closes nothing", f"take it away, or open <{name}> before it")
    for tag in opened:
        yield _unclosed(survey, tag)


def _unclosed(survey: Survey, tag: re.Match[str]) -> Diagnostic:
    name = tag["name"]
    hint = f"write <{name}/>" if name in _VOID else f"write </{name}> where it ends"
    return _said(survey, tag, "is never closed", hint)


def _said(survey: Survey, tag: re.Match[str], what: str, hint: str) -> Diagnostic:
    return error("S005", f"raw HTML: {tag[0]} {what}", survey.at(tag.start()), hint)


def active(body: xhtml.Element, survey: Survey) -> Iterator[Diagnostic]:
    """Yield X004 for every element and attribute that would run something."""
    for element in body.iter():
        if not isinstance(element.tag, str):
            continue
        name = element.tag.rpartition("}")[2]
        if name in _ACTIVE:
            yield _acting(survey, f"<{name}", f"an element <{name}>")
        for attribute in element.attrib:
            if str(attribute).startswith("on"):
                yield _acting(survey, f"{attribute}=", f"an attribute {attribute}")


def _acting(survey: Survey, needle: str, what: str) -> Diagnostic:
    hint = "a book has no scripts, frames or forms: say it in words or pictures"
    return error("X004", f"active content: {what}", survey.next(needle), hint)
