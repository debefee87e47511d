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
_LESS: Final = re.compile(r"<(?![A-Za-z/!?])")

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
    svg = [range(m.start(), m.end()) for m in _DRAWN.finditer(text.masked)]
    for tag in _TAG.finditer(text.masked):
        if any(tag.start() in drawn for drawn in svg):
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


_DRAWN: Final = re.compile(r"<(svg|math)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)


def _attributes(written: str) -> str:
    """Return attributes each with a value in quotation marks, and each once."""
    found: dict[str, str] = {}
    for each in _ATTRIBUTE.finditer(written):
        if each["name"]:
            value = each["value"]
            bare = value[1:-1] if value and value[0] in "\"'" else value
            found.setdefault(each["name"].lower(), each["name"] if bare is None else bare)
    return "".join(
        f''' {name}="{value.replace('"', "&quot;").replace("<", "&lt;")}"'''
        for name, value in found.items()
    )


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
