"""A finished e-book, read from its archive in the order of its spine."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePosixPath
from posixpath import dirname, join, normpath
from typing import Final
from zipfile import ZipFile

from lxml import etree

from octavo.parity.reading import PICTURE, Line, Note, Reading, Said, address

_XHTML: Final = "{http://www.w3.org/1999/xhtml}"
_SVG: Final = "{http://www.w3.org/2000/svg}"
_MATH: Final = "{http://www.w3.org/1998/Math/MathML}math"
_CONTAINER: Final = "META-INF/container.xml"
_OPF: Final = "{http://www.idpf.org/2007/opf}"
_ROOTFILE: Final = "{urn:oasis:names:tc:opendocument:xmlns:container}rootfile"
_OWN_LINKS: Final = frozenset({"doc-noteref", "doc-backlink"})
"""Links that an e-book has of itself; a page needs none to its foot."""

_UNPRINTED: Final = frozenset({"screen-only", "leader", "edition-own"})
"""Classes of what an e-book says beyond print: on purpose, or where print has dots."""

_FILLED: Final = frozenset(
    {"noteref", "note-number", "xref", "filled", "caption-label", "number", "elsewhere"}
)
"""Classes of what no author wrote."""

_INLINE: Final = frozenset(
    _XHTML + name
    for name in (
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins",
        "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u",
        "var", "wbr",
    )
)  # fmt: skip


def read(data: bytes, leaves: frozenset[str] | None = None) -> Reading:
    """Return what an e-book says, parted at the marks of the printed pages.

    Args:
        data: the EPUB.
        leaves: the ids of the leaves to read, all of them where it is None; what print goes
            without, such as the cover, is known.
    """
    reader = _Reader()
    with ZipFile(BytesIO(data)) as archive:
        for name in _spine(archive):
            reader.read(PurePosixPath(name).name, etree.fromstring(archive.read(name)), leaves)
    return reader.reading()


def texts(data: bytes) -> dict[str, str]:
    """Return what the author wrote in the leaves of an e-book, by their ids."""
    found = {}
    with ZipFile(BytesIO(data)) as archive:
        for name in _spine(archive):
            for leaf in etree.fromstring(archive.read(name)).iterfind(f"{_XHTML}body/*[@id]"):
                written: list[str] = []
                _write(leaf, written)
                found[leaf.get("id", "")] = "".join(written)
    return found


def _write(element: etree._Element, into: list[str]) -> None:
    """Put the texts in an element at the end of others, but for those that Octavo filled in."""
    classes = _classes(element) if isinstance(element.tag, str) else _FILLED
    if _FILLED.intersection(classes):
        return
    if element.tag == _MATH or "formula" in classes:
        into.append(element.get("alttext") or element.get("alt") or "")
        return
    into.append(element.text or "")
    for child in element:
        _write(child, into)
        into.append(child.tail or "")


def _texts(element: etree._Element, class_: str) -> Iterator[str]:
    for found in element.iter():
        if class_ in _classes(found):
            yield from map(str, found.itertext())


def _classes(element: etree._Element) -> list[str]:
    return (element.get("class") or "").split()


def _spine(archive: ZipFile) -> Iterator[str]:
    container = etree.fromstring(archive.read(_CONTAINER))
    package = next(container.iter(_ROOTFILE)).get("full-path", "")
    root = etree.fromstring(archive.read(package))
    hrefs = {item.get("id"): item.get("href", "") for item in root.iter(f"{_OPF}item")}
    for reference in root.iter(f"{_OPF}itemref"):
        yield normpath(join(dirname(package), hrefs[reference.get("idref")]))


@dataclass
class _Part:
    """What stands between two marks, while it is read."""

    label: str
    text: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    before: dict[str, str] = field(default_factory=dict)
    rows: int = 0


class _Reader:
    """Reads one document after the other, and knows at the end what leads where."""

    def __init__(self) -> None:
        self._parts = [_Part("")]
        self._notes: list[tuple[str, list[str]]] = []
        self._contents: list[tuple[str, str, str]] = []
        self._homes: dict[str, str] = {}
        self._calls: dict[str, str] = {}
        self._note = ""
        self._inside: dict[str, str] = {}
        self._linked: list[tuple[str, str, str]] = []
        self._pictured: list[tuple[str, str]] = []
        self._document = self._leaf = self._nav = ""
        self._leaves: set[str] = set()

    def read(self, name: str, root: etree._Element, leaves: frozenset[str] | None) -> None:
        self._document = name
        body = root.find(f"{_XHTML}body")
        for child in body if body is not None else ():
            is_leaf = child.get("id") and child.get("role") != "doc-pagebreak"
            if is_leaf:
                self._homes.setdefault(name, self._parts[-1].label)
            if not is_leaf or leaves is None or child.get("id") in leaves:
                self._leaf = child.get("id", "") if is_leaf else self._leaf
                self._leaves.add(self._leaf)
                self._walk(child, self._parts[-1].text)
            self._parts[-1].text.append(" ")

    def reading(self) -> Reading:
        """Return what has been read, links resolved to pages."""
        self._place_notes()
        pages = tuple(
            Said(
                label=part.label,
                text=" ".join("".join(part.text).split()),
                pictures=tuple(part.pictures),
                links=frozenset(map(self._target, part.links)),
                calls=frozenset(f"page {self._calls[href]}" for href in part.calls),
                before={self._target(href): before for href, before in part.before.items()},
                rows=part.rows,
            )
            for part in self._parts
        )
        notes = tuple(
            Note(" ".join("".join(text).split()), self._calls.get(id_, ""))
            for id_, text in self._notes
        )
        contents = tuple(
            Line(number, words, self._target(href).removeprefix("page "))
            for number, words, href in self._contents
        )
        return Reading(pages, notes, contents, frozenset(self._leaves), self._nav)

    def _place_notes(self) -> None:
        """Give links and pictures in notes to the parts that call them: the foot of those pages."""
        parts = {part.label: part for part in self._parts}
        for note, href, before in self._linked:
            part = parts[self._calls[note]] if note in self._calls else self._parts[-1]
            part.links.append(href)
            part.before[href] = before
        for note, picture in self._pictured:
            part = parts[self._calls[note]] if note in self._calls else self._parts[-1]
            part.pictures.append(picture)

    def _target(self, href: str) -> str:
        """Return an address as it is, or the page on which a place in the book stands.

        A place in a note stands on the page of its call.
        """
        label = self._calls.get(self._inside.get(href, ""), self._homes.get(href))
        return address(href) if label is None else f"page {label}"

    def _address(self, href: str) -> str:
        name, _, id_ = href.partition("#")
        if ":" in name:
            return href
        return f"{name or self._document}#{id_}" if id_ else name

    def _walk(self, element: etree._Element, into: list[str]) -> None:
        role, tag = element.get("role", ""), str(element.tag)
        if role == "doc-pagebreak":
            self._parts.append(_Part(element.get("aria-label", "")))
            return
        if "id" in element.attrib:
            href = f"{self._document}#{element.get('id')}"
            self._homes[href] = self._parts[-1].label
            if self._note:
                self._inside[href] = self._note
        if element.get("hidden") or _UNPRINTED.intersection(_classes(element)):
            return
        if role == "doc-footnote":
            self._walk_note(element)
        elif tag == f"{_XHTML}nav":
            self._walk_contents(element, into)
        elif tag in {f"{_XHTML}img", f"{_SVG}svg", _MATH}:
            self._look(element, into)
        else:
            self._walk_inside(element, role, into)

    def _walk_inside(self, element: etree._Element, role: str, into: list[str]) -> None:
        inline = element.tag in _INLINE
        flow = into is self._parts[-1].text
        self._parts[-1].rows += element.tag == f"{_XHTML}tr"
        if element.tag == f"{_XHTML}a":
            self._link(element, role)
        into.append("" if inline else " ")
        into.append(element.text or "")
        for child in element:
            if isinstance(child.tag, str):
                # A mark inside an element begins a new part, and what follows it belongs there.
                self._walk(child, self._parts[-1].text if flow else into)
            (self._parts[-1].text if flow else into).append(child.tail or "")
        (self._parts[-1].text if flow else into).append("" if inline else " ")

    def _walk_note(self, note: etree._Element) -> None:
        text: list[str] = []
        self._note = f"{self._document}#{note.get('id')}"
        self._notes.append((self._note, text))
        self._walk_inside(note, "", text)
        self._note = ""

    def _walk_contents(self, nav: etree._Element, into: list[str]) -> None:
        """Read the lines of a table of contents; what else stands in it is text."""
        self._nav = self._leaf
        for child in nav:
            if child.tag != f"{_XHTML}ol":
                self._walk(child, into)
                continue
            for part in child.iter(f"{_XHTML}a", f"{_XHTML}span"):
                if part.get("role") == "doc-pagebreak":
                    self._walk(part, into)
                elif part.tag == f"{_XHTML}a":
                    number = "".join(_texts(part, "toc-number"))
                    words = "".join(map(str, part.itertext())).strip().removeprefix(number)
                    self._contents.append((number, words, self._address(part.get("href", ""))))

    def _look(self, image: etree._Element, into: list[str]) -> None:
        if image.get("role") in {"presentation", "none"} or image.get("aria-hidden") == "true":
            return
        titles = [str(t.text or "") for t in image.iter(f"{_SVG}title")]
        # What has no description is an ornament to whoever cannot see it, in print as well.
        if said := image.get("alt") or image.get("alttext") or "".join(titles[:1]):
            into.append(f" {PICTURE} ")
            if self._note:
                self._pictured.append((self._note, said))
            else:
                self._parts[-1].pictures.append(said)

    def _link(self, link: etree._Element, role: str) -> None:
        href = self._address(link.get("href", ""))
        if role == "doc-noteref":
            self._calls.setdefault(href, self._parts[-1].label)
            self._parts[-1].calls.append(href)
        if role in _OWN_LINKS or not link.get("href"):
            return
        text = self._notes[-1][1] if self._note else self._parts[-1].text
        before = " ".join("".join(text[-6:]).split()[-12:])
        if self._note:
            self._linked.append((self._note, href, before))
        else:
            self._parts[-1].links.append(href)
            self._parts[-1].before[href] = before
