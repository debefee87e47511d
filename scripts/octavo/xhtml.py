"""XHTML as text on the outside and as a tree on the inside.

Stages hand each other fragments, which are text; a stage that must look inside parses one here,
works on the tree, and gives text back. No tree leaves the stage that parsed it.
"""

import html
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml names its own element type so

XHTML: Final = "http://www.w3.org/1999/xhtml"
EPUB: Final = "http://www.idpf.org/2007/ops"
SVG: Final = "http://www.w3.org/2000/svg"
MATHML: Final = "http://www.w3.org/1998/Math/MathML"
XML: Final = "http://www.w3.org/XML/1998/namespace"

PREFIXES: Final[Mapping[str, str]] = {"h": XHTML, "epub": EPUB, "svg": SVG, "m": MATHML}
HEADINGS: Final = tuple(f"{{{XHTML}}}h{level}" for level in range(1, 7))
"""The names of headings, the highest first."""
EPUB_TYPE: Final = f"{{{EPUB}}}type"
AUDIENCE: Final = "data-audience"
"""The attribute that names those for whom alone an element is."""
XML_LANG: Final = f"{{{XML}}}lang"

_OPEN: Final = f'<body xmlns="{XHTML}" xmlns:epub="{EPUB}">'
_CLOSE: Final = "</body>"
_PATHS: Final = 256
"""So many XPaths are known at once; most are asked for again and again."""

_PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


class MalformedError(ValueError):
    """Text that is no well-formed XML: the parser's reason, and the line, counted from 1."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


def parse(document: str) -> Element:
    """Return the root of a whole document.

    Raises:
        MalformedError: when it is not well-formed.
    """
    try:
        return etree.fromstring(document.encode(), _PARSER)
    except etree.XMLSyntaxError as problem:
        raise MalformedError(problem.msg or "not well-formed", problem.lineno or 0) from problem


def parse_fragment(fragment: str) -> Element:
    """Return a ``body`` element around the fragment.

    Raises:
        MalformedError: when it is not well-formed.
    """
    return parse(_OPEN + fragment + _CLOSE)


def serialize_fragment(parent: Element) -> str:
    """Return what stands inside an element, as the text of a fragment."""
    whole = etree.tostring(parent, encoding="unicode", with_tail=False)
    if not parent.text and not len(parent):
        return ""
    inner = whole[whole.index(">") + 1 : whole.rindex("</")]
    return inner.replace(f' xmlns="{XHTML}"', "").replace(f' xmlns:epub="{EPUB}"', "")


def serialize(root: Element) -> str:
    """Return a whole document as text, XML declaration and HTML doctype first."""
    text = etree.tostring(root, encoding="unicode", with_tail=False)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n{text}\n'


def find(root: Element, path: str) -> list[Element]:
    """Return the elements that an XPath finds, in document order; prefixes are ``PREFIXES``."""
    found: Any = _xpath(path)(root)
    return [node for node in found if isinstance(node, etree._Element)]  # noqa: SLF001


@lru_cache(_PATHS)
def _xpath(path: str) -> etree.XPath:
    return etree.XPath(path, namespaces=dict(PREFIXES))


def escaped(text: str) -> str:
    """Return a text as a fragment."""
    return html.escape(text, quote=False)


def name(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def text_of(fragment: str) -> str:
    """Return the words of a fragment without the numbers of its notes, white space folded."""
    if "<" not in fragment and "&" not in fragment:
        return " ".join(fragment.split())
    body = parse_fragment(fragment)
    for call in find(body, ".//h:a[@class='noteref']"):
        replace(call, [])
    return " ".join("".join(map(str, body.itertext())).split())


def replace(old: Element, new: Iterator[Element] | list[Element], text: str = "") -> None:
    """Put elements, after ``text``, in an element's place, and keep the text that follows it."""
    parent = old.getparent()
    if parent is None:
        raise ValueError("the root of a tree cannot be replaced")
    place = parent.index(old)
    before = parent[place - 1] if place else None
    tail, nodes = old.tail or "", list(new)
    parent.remove(old)
    if before is None:
        parent.text = (parent.text or "") + text
    else:
        before.tail = (before.tail or "") + text
    parent[place:place] = nodes
    last = nodes[-1] if nodes else before
    if last is None:
        parent.text = (parent.text or "") + tail
    else:
        last.tail = (last.tail or "") + tail


def emptied(element: Element) -> Element:
    """Return a ``body`` of its own with all that stood in an element."""
    body = parse_fragment("")
    body.text = element.text
    body.extend(list(element))
    return body


def strip_comments(root: Element) -> None:
    """Take comments and processing instructions out of a tree, and keep the text around them."""
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)


def append_text(parent: Element, text: str) -> None:
    """Add words at the end of an element."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def append_fragment(parent: Element, fragment: str) -> None:
    """Add a fragment at the end of an element."""
    body = parse_fragment(fragment)
    append_text(parent, body.text or "")
    parent.extend(list(body))
