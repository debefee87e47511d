"""HTML as browsers take it, written as XHTML."""

import re
from collections.abc import Iterator
from typing import Final

from octavo.diagnostics import Diagnostic
from octavo.editing import Edit
from octavo.mending.text import Text

_TAG: Final = re.compile(
    r"(?<!\\)<(?P<close>/?)(?P<name>[A-Za-z][\w.:-]*)(?P<attributes>(?:\s[^<>]*?)?)(?P<empty>/?)>"
)
_ATTRIBUTE: Final = re.compile(
    r"""(?P<name>[A-Za-z_:@][\w:.-]*)(?:\s*=\s*(?P<value>"[^"]*"|'[^']*'|[^\s"'<>=`]+))?|\S"""
)
_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S|[^<>\s@]+@[^<>\s]+")
_ANGLES: Final = re.compile(r"(?<!\\)<(?P<said>[A-Za-z][A-Za-z0-9+.-]{0,31}:[^\s<>]*)>")
_NO_LIST: Final = re.compile(r"(?<!\\)\{(?=\s*=)")
"""What begins like attributes, and would be taken away as such."""

_FOLLOWED: Final = ("http:", "https:", "ftp:", "ftps:", "mailto:")
_NO_MAIL: Final = re.compile(r"(?<!\\)<(?=[^\s<>/]*\\[^\s<>]*@[^\s<>]*>)")

VOID: Final = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
ELEMENTS: Final = VOID | frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "address",
        "article",
        "aside",
        "audio",
        "b",
        "bdi",
        "bdo",
        "big",
        "blockquote",
        "body",
        "button",
        "canvas",
        "caption",
        "center",
        "cite",
        "code",
        "colgroup",
        "data",
        "datalist",
        "dd",
        "del",
        "details",
        "dfn",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "em",
        "fieldset",
        "figcaption",
        "figure",
        "font",
        "footer",
        "form",
        "frame",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hgroup",
        "html",
        "i",
        "iframe",
        "ins",
        "kbd",
        "label",
        "legend",
        "li",
        "main",
        "map",
        "mark",
        "math",
        "menu",
        "meter",
        "nav",
        "noscript",
        "object",
        "ol",
        "optgroup",
        "option",
        "output",
        "p",
        "picture",
        "pre",
        "progress",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "script",
        "section",
        "select",
        "small",
        "span",
        "strike",
        "strong",
        "style",
        "sub",
        "summary",
        "sup",
        "svg",
        "table",
        "tbody",
        "td",
        "template",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "time",
        "title",
        "tr",
        "tt",
        "u",
        "ul",
        "var",
        "video",
    ]
)
"""The elements of HTML, those of old among them; what else stands in angles is words."""

_BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "center",
        "details",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "header",
        "li",
        "main",
        "nav",
        "ol",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)


def mend(text: Text) -> Iterator[Edit | Diagnostic]:
    """Yield what makes XHTML of raw HTML; what is no element becomes words."""
    open_ = _going_on(text)
    yield from _without_acts(text)
    yield from _words(text)
    apart = [
        range(found.start(), found.end())
        for pattern in (_DRAWN, _ACTING, _FORM)
        for found in pattern.finditer(text.masked)
    ]
    for tag in _TAG.finditer(text.masked):
        if any(tag.start() in part for part in apart):
            continue
        name = tag["name"].lower()
        if name not in ELEMENTS:
            if not _ADDRESS.match(tag[0][1:-1]):
                yield Edit(tag.start(), tag.start() + 1, "&lt;")
            continue
        if tag["close"]:
            if name in VOID:
                yield Edit(tag.start(), tag.end(), "")
            continue
        new = f"<{tag['name']}{_attributes(tag['attributes'])}"
        new += ' markdown="1"' * (tag.start() in open_ and "markdown" not in tag["attributes"])
        new += "/>" if name in VOID else f"{tag['empty'] and ' '}>"
        if name not in VOID and tag["empty"]:
            new = f"{new[:-2]}></{tag['name']}>" if name != "a" else f"{new[:-2]}></a>"
        if new != tag[0]:
            yield Edit(tag.start(), tag.end(), new)


_ACTING: Final = re.compile(
    r"<(?P<name>script|style|iframe|object|embed|applet|noscript|audio|video)\b"
    r"[^<>]*>(?:.*?</(?P=name)\s*>)?",
    re.DOTALL | re.IGNORECASE,
)
_PLAYED: Final = frozenset({"audio", "video"})
"""What names its files inside itself, too."""

_FORM: Final = re.compile(
    r"</?(?:form|fieldset|label|select|option|textarea|button|input)\b[^<>]*>", re.IGNORECASE
)
_TICK: Final = re.compile(r"type\s*=\s*[\"']?checkbox", re.IGNORECASE)
_SOURCE: Final = re.compile(r"""\b(?:src|data)\s*=\s*["']?(https?:[^"'\s<>]+)""", re.IGNORECASE)
_DECLARED: Final = re.compile(r"<(?=[?!])(?!!--)")
_DRAWN: Final = re.compile(r"<(svg|math)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)


def _words(text: Text) -> Iterator[Edit]:
    """Yield what makes words of what stands in angles and is neither HTML nor an address."""
    yield from (Edit(m.start(), m.start(), "\\") for m in _NO_LIST.finditer(text.masked))
    for pattern in (_DECLARED, _NO_MAIL):
        yield from (Edit(m.start(), m.end(), "&lt;") for m in pattern.finditer(text.masked))
    for found in _ANGLES.finditer(text.masked):
        if not found["said"].lower().startswith(_FOLLOWED):
            yield Edit(found.start(), found.end(), found["said"])


def _attributes(written: str) -> str:
    """Return attributes each with a value in quotation marks, and each once."""
    found: dict[str, str] = {}
    for each in _ATTRIBUTE.finditer(written):
        if each["name"]:
            value = each["value"]
            bare = value[1:-1] if value and value[0] in "\"'" else value
            found.setdefault(each["name"].lower(), each["name"] if bare is None else bare)
    found = {name: value for name, value in found.items() if not _acts(name, value)}
    return "".join(
        f''' {name}="{value.replace('"', "&quot;").replace("<", "&lt;")}"'''
        for name, value in found.items()
    )


def _acts(name: str, value: str) -> bool:
    return name.startswith("on") or value.strip().lower().startswith("javascript:")


def _going_on(text: Text) -> frozenset[int]:
    """Return where the tags stand between which and their ends is Markdown.

    CommonMark ends HTML at an empty line; what an element holds after it is read as Markdown.
    """
    found = set()
    for block in text.blocks:
        if block.kind != "html_block":
            continue
        start, end = text.start(block.first), text.start(block.last)
        opened: list[tuple[str, int]] = []
        for tag in _TAG.finditer(text.masked, start, end):
            name = tag["name"].lower()
            if name not in _BLOCKS or tag["empty"]:
                continue
            if not tag["close"]:
                opened.append((name, tag.start()))
            elif opened and opened[-1][0] == name:
                opened.pop()
        found |= {offset for _, offset in opened}
    return frozenset(found)


def _without_acts(text: Text) -> Iterator[Edit | Diagnostic]:
    """Yield what takes away what would run or play; a link stays to what is on the web."""
    for found in _ACTING.finditer(text.masked):
        name = found["name"].lower()
        told = found[0] if name in _PLAYED else found[0].partition(">")[0]
        source = _SOURCE.search(told)
        if name not in {"style", "noscript"}:
            message = f"no book holds an element <{name}>: it was left out"
            hint = "say in words or pictures what it showed"
            yield text.say("X004", message, text.line(found.start()), hint)
        yield Edit(found.start(), found.end(), f"<{source[1]}>" if source else "")
    for tag in _FORM.finditer(text.masked):
        if not _TICK.search(tag[0]):
            yield Edit(tag.start(), tag.end(), "")
