"""XHTML that is valid, whatever raw HTML and attribute lists brought in; no word of it is lost.

What HTML no longer has becomes what took its place; attributes that it does not know go; elements
that may not stand where they do get the parent that they want, or become one that may.
"""

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote, urlsplit

from octavo import xhtml
from octavo.markup import rawhtml
from octavo.xhtml import EPUB, SVG, XHTML, XML, Element

_FOREIGN: Final = (f"{{{SVG}}}", f"{{{xhtml.MATHML}}}")
_RENAMED: Final[Mapping[str, str]] = {
    "acronym": "abbr", "big": "span", "center": "div", "dir": "ul", "font": "span",
    "strike": "s", "tt": "code", "hgroup": "div", "menu": "ul",
    "dialog": "div", "main": "div", "body": "div", "html": "div", "head": "div", "title": "span",
    "legend": "p", "label": "span", "picture": "span", "slot": "span",
}  # fmt: skip
"""What takes the place of elements that a chapter cannot have."""

_GONE: Final = frozenset({"style", "link", "meta", "base", "basefont", "template", "param"})

_PHRASING: Final = frozenset(
    (
        *("abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "i", "kbd", "mark", "q"),
        *("rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u"),
        "var",
    )
)
_PHRASING_ONLY: Final = _PHRASING | {"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "summary"}
_OTHER_INLINE: Final = frozenset(
    (
        *("a", "area", "audio", "br", "canvas", "del", "img", "ins", "map", "meter", "output"),
        *("progress", "source", "svg", "math", "track", "video", "wbr"),
    )
)
_FLOW: Final = frozenset(
    (
        *("address", "article", "aside", "blockquote", "caption", "col", "colgroup", "dd"),
        *("details", "div", "dl", "dt", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4"),
        *("h5", "h6", "header", "hr", "li", "nav", "ol", "p", "pre", "section", "summary"),
        *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
_TRANSPARENT: Final = frozenset({"a", "del", "ins"})
_KNOWN: Final = _PHRASING | _OTHER_INLINE | _FLOW | rawhtml.ACTIVE

_GLOBAL: Final = frozenset(
    ["class", "dir", "hidden", "id", "lang", "role", "style", "tabindex", "title", "translate"]
)
_OWN: Final[Mapping[str, frozenset[str]]] = {
    name: frozenset(attributes.split())
    for name, attributes in {
        "a": "href hreflang rel target type", "audio": "controls loop muted preload src",
        "blockquote": "cite", "col": "span", "colgroup": "span", "data": "value",
        "del": "cite datetime", "details": "open", "img": "alt height src width",
        "input": "checked disabled type", "ins": "cite datetime", "li": "value",
        "meter": "high low max min optimum value", "ol": "reversed start type",
        "progress": "max value", "q": "cite", "source": "src type", "td": "colspan headers rowspan",
        "th": "abbr colspan headers rowspan scope", "time": "datetime",
        "track": "default kind label src srclang",
        "video": "controls height loop muted poster preload src width",
    }.items()
}  # fmt: skip
_NUMBERS: Final = frozenset({"height", "width", "colspan", "rowspan", "span", "start", "value"})
_ALIGNED: Final = frozenset({"center", "left", "right", "justify"})
_ILLEGAL: Final = re.compile(r"[\s<>\"{}|\\^`\[\]]")
_HOST: Final = re.compile(r"(?:[\w-]+\.)*[\w-]+\.?(?::\d+)?|\[[0-9a-fA-F:.]+\](?::\d+)?")
_PARENTS: Final[Mapping[str, tuple[frozenset[str], str]]] = {
    "li": (frozenset({"ul", "ol"}), "ul"),
    "dt": (frozenset({"dl", "div"}), "dl"),
    "dd": (frozenset({"dl", "div"}), "dl"),
    "tr": (frozenset({"table", "thead", "tbody", "tfoot"}), "table"),
    "td": (frozenset({"tr"}), "tr"),
    "th": (frozenset({"tr"}), "tr"),
    "thead": (frozenset({"table"}), "table"),
    "tbody": (frozenset({"table"}), "table"),
    "tfoot": (frozenset({"table"}), "table"),
}
"""The parents that an element may have, and the one that it is given."""

_CHILDREN: Final[Mapping[str, tuple[frozenset[str], str]]] = {
    "ul": (frozenset({"li"}), "li"),
    "ol": (frozenset({"li"}), "li"),
    "tr": (frozenset({"td", "th"}), "td"),
    "tbody": (frozenset({"tr"}), "tr"),
    "thead": (frozenset({"tr"}), "tr"),
    "tfoot": (frozenset({"tr"}), "tr"),
}
"""The children that an element may have, and the one in which others are put."""


def set_right(body: Element) -> None:
    """Make the XHTML of a chapter valid, in place."""
    for element in _html(body):
        _rename(element)
        _keep_attributes(element)
    for element in _html(body):
        _give_parent(element)
    for element in _html(body):
        _hold(element)
    for element in reversed(list(_html(body))):
        _open_up(element)
    for element in list(xhtml.find(body, ".//h:a//h:a")):
        xhtml.replace(element, list(element), element.text or "")


def _html(body: Element) -> list[Element]:
    """Return the elements of HTML below the body, but for what is inside a drawing or formula."""
    found: list[Element] = []
    for element in body:
        if isinstance(element.tag, str) and not element.tag.startswith(_FOREIGN):
            found += [element, *_html(element)]
    return found


def _tag(name: str) -> str:
    return f"{{{XHTML}}}{name}"


def _rename(element: Element) -> None:
    name = xhtml.name(element)
    if name in _GONE:
        xhtml.replace(element, [])
        return
    if name == "center":
        _align(element, "center")
    if name in _RENAMED:
        element.tag = _tag(_RENAMED[name])
    elif name not in _KNOWN or not str(element.tag).startswith(f"{{{XHTML}}}"):
        element.tag = _tag("span")


def _align(element: Element, to: str) -> None:
    if to in _ALIGNED and to != "left":
        classes = [*(element.get("class") or "").split(), f"align-{to}"]
        element.set("class", " ".join(dict.fromkeys(classes)))


def _keep_attributes(element: Element) -> None:
    name = xhtml.name(element)
    for key, value in list(element.attrib.items()):
        attribute = str(key)
        if attribute == "align":
            _align(element, str(value).strip().lower())
        if attribute == "name" and name == "a" and not element.get("id"):
            element.set("id", re.sub(r"\s+", "-", str(value).strip()) or "place")
        told = attribute.startswith("on") or name in rawhtml.ACTIVE  # a check objects to it
        if not told and not _is_allowed(name, attribute, str(value)):
            del element.attrib[key]
    href = element.get("href")
    if name == "a" and href is not None and "://" in href:
        _address(element, href)
    if name == "img" and element.get("alt") is None:
        element.set("alt", "")


def _is_allowed(name: str, attribute: str, value: str) -> bool:
    if attribute.startswith(("aria-", "data-")):
        return re.fullmatch(r"[a-z][a-z0-9._-]*", attribute) is not None
    if attribute.startswith("{"):
        return attribute.startswith((f"{{{EPUB}}}", f"{{{XML}}}"))
    if attribute in _NUMBERS and not (name == "data" and attribute == "value"):
        return attribute in _OWN.get(name, ()) and re.fullmatch(r"\d+", value) is not None
    if attribute == "id":
        return bool(value) and not re.search(r"\s", value)
    if attribute == "dir":
        return value in {"ltr", "rtl", "auto"}
    return attribute in _GLOBAL or attribute in _OWN.get(name, ())


def _address(link: Element, href: str) -> None:
    """Spell the address of a link as it has to be; one to no host leaves its words."""
    spelt = _ILLEGAL.sub(lambda sign: quote(sign[0]), href.strip())
    try:
        parts = urlsplit(spelt)
        sound = not parts.netloc or _HOST.fullmatch(parts.netloc.rpartition("@")[2]) is not None
    except ValueError:
        sound = False
    if sound:
        link.set("href", spelt)
    else:
        del link.attrib["href"]


def _give_parent(element: Element) -> None:
    """Put an element that stands alone into the parent that it wants, its like beside it too."""
    parents, wanted = _PARENTS.get(xhtml.name(element), (None, ""))
    parent = element.getparent()
    if parents is None or parent is None or xhtml.name(parent) in parents:
        return
    around = parent.makeelement(_tag(wanted), {})
    parent.insert(parent.index(element), around)
    alone: Element | None = element
    while alone is not None and _wanted(alone) == wanted:
        after = alone.getnext()
        tail, alone.tail = alone.tail, None
        around.append(alone)
        around.tail = tail
        alone = None if (tail or "").strip() else after
    _give_parent(around)


def _wanted(element: Element) -> str:
    """Return the parent that an element is given where it has none that it may have."""
    return _PARENTS[xhtml.name(element)][1] if xhtml.name(element) in _PARENTS else ""


def _hold(element: Element) -> None:
    """Put what an element may not hold by itself into a child that may."""
    name = xhtml.name(element)
    if name == "dl" and len(element) and xhtml.name(element[0]) == "dd":
        element.insert(0, element.makeelement(_tag("dt"), {}))
    children, wanted = _CHILDREN.get(name, (None, ""))
    if children is None:
        return
    if (element.text or "").strip():
        first = element.makeelement(_tag(wanted), {})
        first.text, element.text = element.text, None
        element.insert(0, first)
    for child in list(element):
        tail, child.tail = child.tail, None
        holder = child
        if xhtml.name(child) not in children:
            holder = element.makeelement(_tag(wanted), {})
            element.replace(child, holder)
            holder.append(child)
        if (tail or "").strip():
            xhtml.append_text(holder, tail or "")
        else:
            holder.tail = tail


def _open_up(element: Element) -> None:
    """Make a division of what may hold words alone, and holds more."""
    if xhtml.name(element) in _PHRASING_ONLY and any(map(_is_flow, element)):
        element.tag = _tag("div")


def _is_flow(element: Element) -> bool:
    """Return whether an element stands by itself; a link does where it holds what does."""
    name = xhtml.name(element)
    return name in _FLOW or (name in _TRANSPARENT and any(map(_is_flow, element)))
