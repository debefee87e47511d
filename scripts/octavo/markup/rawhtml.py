"""Raw HTML in a source: it must be well-formed, and it must not act."""

import html
import re
from collections.abc import Iterator, Mapping
from html.entities import html5
from typing import Final

import lxml.html
from lxml import etree

from octavo import xhtml
from octavo.diagnostics import Diagnostic, Location, error
from octavo.markup.marks import Sign
from octavo.markup.survey import Survey

_ENTITY: Final = re.compile(r"&(#?\w+);")
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_XML_ENTITIES: Final = frozenset({"amp", "lt", "gt", "quot", "apos"})
_TAG: Final = re.compile(
    r"(?<!\\)<(?P<close>/?)(?P<name>[A-Za-z][\w.-]*(?![\w.-]*[:@]))(?P<attributes>\s[^<>]*?)?(?P<empty>/?)>"
)
_QUOTED: Final = re.compile(r"""(?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*""")
ACTIVE: Final = frozenset(
    {"script", "iframe", "frame", "object", "embed", "applet", "form", "input", "button"}
)
"""Elements that run something, or want something to run."""

_NAME: Final = re.compile(r"[A-Za-z_][\w.-]*")
_VOID: Final = frozenset(
    {"area", "base", "br", "col", "hr", "img", "link", "meta", "source", "track", "wbr"}
)
_MISMATCH: Final = re.compile(r"Opening and ending tag mismatch: (\S+) line \d+ and ([^\s,]+)")
_ADVICE: Final = "close every element, quote every attribute, write &lt; for < and &amp; for &"


def without_comments(made: str) -> str:
    """Return HTML without its comments, in which HTML allows what XML does not."""
    return _COMMENT.sub("", made)


def without_entities(made: str) -> str:
    """Return HTML in which every named or numbered entity is the character, as XML wants it.

    What is no entity of HTML stays as the author's words.
    """
    return _ENTITY.sub(_character, made)


def _character(entity: re.Match[str]) -> str:
    name = entity[1]
    if name in _XML_ENTITIES:
        return entity[0]
    if name.startswith("#") or f"{name};" in html5:
        return html.escape(html.unescape(entity[0]))
    return f"&amp;{name};"


def repaired(made: str) -> xhtml.Element:
    """Return the tree that a browser would make of HTML that is not well-formed."""
    # The rule stands there so that there is a body, whatever follows.
    body = next(lxml.html.document_fromstring(f"<html><body><hr/>{made}").iter("body"))
    body.remove(body[0])
    etree.strip_elements(body, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    for element in body.iter("*"):
        if not _NAME.fullmatch(str(element.tag)):
            element.tag = "span"
        named = {name: value for name, value in element.items() if _NAME.fullmatch(str(name))}
        element.attrib.clear()  # lxml does not find what is called {.so} by its name
        element.attrib.update(named)
    text = etree.tostring(body, encoding="unicode", with_tail=False)
    return xhtml.parse(text.replace("<body", f'<body xmlns="{xhtml.XHTML}"', 1))


def malformed(made: str, problem: xhtml.MalformedError, survey: Survey) -> list[Diagnostic]:
    """Return an S005 for every tag that nothing closes, that closes nothing, or is ill written.

    Where the fault is none of these, it is what the XML parser says of the HTML that was made.
    """
    return list(_faults(survey)) or [_complaint(made, problem, survey)]


def _faults(survey: Survey) -> Iterator[Diagnostic]:
    opened: list[re.Match[str]] = []
    for tag in _TAG.finditer(survey.text):
        name = tag["name"]
        if not _QUOTED.fullmatch(tag["attributes"] or ""):
            what = 'has attributes that are not name="value"'
            yield _fault(survey, tag, what, "give each a value, in quotation marks")
        if not tag["close"]:
            opened += [] if tag["empty"] else [tag]
        elif any(other["name"] == name for other in opened):
            while opened[-1]["name"] != name:
                yield _unclosed(survey, opened.pop())
            opened.pop()
        else:
            yield _fault(survey, tag, "closes nothing", f"take it away, or open <{name}> before it")
    for tag in opened:
        yield _unclosed(survey, tag)


def _unclosed(survey: Survey, tag: re.Match[str]) -> Diagnostic:
    name = tag["name"]
    close = f"write </{name}> where it ends, or &lt;{name}&gt; if it is no tag"
    hint = f"write <{name}/>" if name.lower() in _VOID else close
    return _fault(survey, tag, "is never closed", hint)


def _fault(survey: Survey, tag: re.Match[str], what: str, hint: str) -> Diagnostic:
    written = " ".join(tag[0].split())
    return error("S005", f"raw HTML: {written} {what}", survey.at(tag.start()), hint)


def _complaint(made: str, problem: xhtml.MalformedError, survey: Survey) -> Diagnostic:
    """Return what the parser says, at the last tag of the source that it had read by then."""
    mismatch = _MISMATCH.match(problem.reason)
    reason = f"<{mismatch[1]}> is open where </{mismatch[2]}> comes" if mismatch else problem.reason
    read = "\n".join(made.split("\n")[: problem.line])
    tags = re.findall(r"<[^<>\n]+>?", read)
    offset = next((found for tag in reversed(tags) if (found := survey.text.find(tag)) >= 0), -1)
    place = survey.at(offset) if offset >= 0 else Location(survey.path)
    return error("S005", f"raw HTML that is not well-formed: {reason}", place, _ADVICE)


def tidy(body: xhtml.Element) -> None:
    """Write the names of HTML's elements and attributes small, and take instructions away."""
    xhtml.strip_comments(body)
    for element in body.iter(f"{{{xhtml.XHTML}}}*"):
        element.tag = str(element.tag).replace(_local(element), _local(element).lower())
        for name in [str(name) for name in element.attrib if str(name) != str(name).lower()]:
            if not name.startswith("{"):
                element.set(name.lower(), element.attrib.pop(name))


def active(regions: Mapping[str, xhtml.Element], survey: Survey) -> Iterator[Diagnostic]:
    """Yield X004 for every element, attribute and address that would run something."""
    for region, tree in regions.items():
        for element in tree.iterdescendants("{*}*"):
            yield from _acting(element, region, survey)


def _acting(element: xhtml.Element, region: str, survey: Survey) -> Iterator[Diagnostic]:
    name = _local(element).lower()
    if name in ACTIVE:
        yield _active(f"an element <{name}>", survey.place(Sign.TAG, name, region))
    for attribute, value in element.attrib.items():
        if str(attribute).startswith("on"):
            place = survey.place(Sign.HANDLER, str(attribute), region)
            yield _active(f"an attribute {attribute}", place)
        elif str(attribute) == "href" and str(value).strip().lower().startswith("javascript:"):
            # The place of links is asked for when they are collected, and once only.
            yield _active(f"a link {value}", survey.first(Sign.LINK, str(value), region))


def _active(what: str, place: Location) -> Diagnostic:
    hint = "a book has no scripts, frames or forms: say it in words or pictures"
    return error("X004", f"active content: {what}", place, hint)


def _local(element: xhtml.Element) -> str:
    return str(element.tag).rpartition("}")[2]
