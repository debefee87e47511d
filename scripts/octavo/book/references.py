"""Links, cross-references, captions and images of one chapter, resolved against the whole book."""

from collections.abc import Mapping
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from typing import Final
from urllib.parse import unquote

from octavo import xhtml
from octavo.book.numbering import Numbers, bare
from octavo.model import OCTAVO, Chapter, Draft, Kind, Link, Pagination, Target

PAGE: Final = "page"
"""The class by which a link asks for the page of its target."""

NUMBER: Final = "number"
"""The class by which a cross-reference asks for the number of its target alone."""

_OPEN: Final = ("<a ", "<img ", "<figure ", "<table ", "equation")
"""What stands in a fragment that leaves something open."""


@dataclass(frozen=True)
class Elsewhere:
    """What an edition does not hold.

    ``here`` are the ids that it does, ``pages`` those of the book. A reference to the rest says
    where in the book it leads: "see *Title*, p. 47". One to a term of the glossary is words and no
    more.
    """

    here: frozenset[str]
    words: Mapping[str, str]
    pages: Pagination | None = None

    def place(self, target: Target, named: str) -> str:
        """Return where in the book something stands, as an XHTML fragment."""
        page = self._page(target)
        said = f"<cite>{named}</cite>"
        return f"{said}, {xhtml.escaped(self.words['p.'])}\u00a0{page}" if page else said

    def page(self, target: Target, named: str) -> str:
        """Return the page of the book on which something stands, or its name where it has none."""
        page = self._page(target)
        return (
            f"{xhtml.escaped(self.words['page'])}\u00a0{page}"
            if page
            else self.place(target, named)
        )

    def _page(self, target: Target) -> str:
        return self.pages.label(target.id) if self.pages else ""


class References:
    """Fills what a text leaves open, for all chapters of one edition.

    A link inside the book becomes ``#id``, an
    empty cross-reference gets its words, a caption its label, a note's call its number, an image
    the name of its asset. A link to what the edition's readers may not see keeps its words alone;
    one to what a handout leaves out says where in the book that is.
    """

    def __init__(self, draft: Draft, numbers: Numbers, elsewhere: Elsewhere) -> None:
        self._draft = draft
        self._left_out = elsewhere
        self._numbers = numbers
        self.hidden: list[Link] = []
        self._labels = {n.target.id: n.label for n in (*numbers.figures, *numbers.tables)}
        self._equations = {n.target.id: n.number for n in numbers.equations}

    def fill(self, chapter: Chapter, fragment: str) -> str:
        """Return a fragment of the chapter with everything in it resolved."""
        if not any(sign in fragment for sign in _OPEN):
            return fragment
        body = xhtml.parse_fragment(fragment)
        for link in xhtml.find(body, ".//h:a[@href]"):
            self._link(chapter, link)
        for image in xhtml.find(body, ".//h:img[@src]"):
            self._image(chapter, image)
        for captioned in xhtml.find(body, ".//h:figure[@id] | .//h:table[@id]"):
            self._caption(captioned)
        for equation in xhtml.find(body, ".//h:span[@id][@class='equation']"):
            equation.text = f"({self._equations[equation.get('id', '')]})"
        return xhtml.serialize_fragment(body)

    def path(self, chapter: Chapter, src: str) -> str:
        """Return the path, relative to the book's folder, of a file that the chapter names."""
        return normpath(join(dirname(chapter.path), unquote(src)))

    def _image(self, chapter: Chapter, image: xhtml.Element) -> None:
        """Name the file of an image; one that the book does not have leaves its words."""
        src = image.get("src", "")
        asset = self._draft.manuscript.assets.get(self.path(chapter, src))
        if asset:
            image.set("src", asset.name)
        elif not src.startswith("data:"):
            xhtml.replace(image, [], image.get("alt", ""))

    def _link(self, chapter: Chapter, link: xhtml.Element) -> None:
        href = link.get("href", "")
        if link.get("class") == "noteref":
            link.text = self._numbers.calls[href.removeprefix("#")]
            return
        whole = self._draft.chapters.get(chapter.path, chapter)
        target = self._draft.resolve(whole, href)
        if target is None:
            self._hide(chapter, link)
            return
        if target.id not in self._left_out.here:
            self._refer(link, target, self._left_out)
            return
        link.set("href", f"#{target.id}")
        if target.kind is Kind.TERM:
            _mark_term(link)
        classes = (link.get("class") or "").split()
        if "xref" in classes:
            self._name_target(link, target, alone=NUMBER in classes)
        if NUMBER in classes:
            link.set("class", " ".join(each for each in classes if each != NUMBER))
        if PAGE in classes:
            _refer_to_page(link, worded="xref" not in classes)

    def _hide(self, chapter: Chapter, link: xhtml.Element) -> None:
        """Leave nothing but its words of a link to what is not for these readers."""
        href = link.get("href", "")
        written = next((each for each in chapter.links if each.href == href), None)
        is_file = self.path(chapter, href) in self._draft.manuscript.assets
        if written is None or is_file or ":" in href.partition("#")[0]:
            return
        if not len(link) and not link.text and self._draft.manuscript.dialect != OCTAVO:
            link.text = href.rpartition("#")[2]
        if not len(link) and not link.text:
            self.hidden.append(written)
        xhtml.replace(link, list(link), link.text or "")

    def _refer(self, link: xhtml.Element, target: Target, elsewhere: Elsewhere) -> None:
        """Say where in the book something stands that a handout leaves out."""
        classes = (link.get("class") or "").split()
        named = bare(self._numbers.references[target.id] or self._numbers.references[_text(target)])
        told = elsewhere.page if {"xref", PAGE} <= set(classes) else elsewhere.place
        made = xhtml.parse_fragment(told(target, named))
        made.tag, made.attrib["class"] = f"{{{xhtml.XHTML}}}span", "elsewhere"
        if target.kind is Kind.TERM and "xref" in classes:
            words = xhtml.parse_fragment(named)
            xhtml.replace(link, list(words), words.text or "")
        elif target.kind is Kind.TERM:
            xhtml.replace(link, list(link), link.text or "")
        elif "xref" in classes:
            xhtml.replace(link, [made])
        else:
            see = elsewhere.words["see"]
            made.text = f" ({see[0].lower()}{see[1:]} {made.text or ''}"
            xhtml.append_text(made, ")")
            xhtml.replace(link, [*link, made], link.text or "")

    def _name_target(self, link: xhtml.Element, target: Target, *, alone: bool) -> None:
        named = self._numbers.references[target.id] or xhtml.escaped(target.name)
        xhtml.append_fragment(link, self._numbers.bare.get(target.id, named) if alone else named)

    def _caption(self, captioned: xhtml.Element) -> None:
        label = self._labels.get(captioned.get("id", ""))
        captions = xhtml.find(captioned, "./h:figcaption | ./h:caption")
        if label is None or not captions:
            return
        first = next(iter(xhtml.find(captions[0], "./h:p")), captions[0])
        mark = first.makeelement(f"{{{xhtml.XHTML}}}span", {"class": "caption-label"})
        mark.text, mark.tail = label, f" {first.text or ''}"
        first.text = None
        first.insert(0, mark)


def _text(target: Target) -> str:
    """Return the id of the text in which something stands."""
    return target.id.partition("--")[0]


def _refer_to_page(link: xhtml.Element, *, worded: bool) -> None:
    """Mark a link that says a page; its content is the words before it, or those instead of it."""
    link.set("class", "pageref worded" if worded else "pageref")


def _mark_term(link: xhtml.Element) -> None:
    """Say that a link leads to the glossary, in the words of DPUB-ARIA."""
    link.set("class", " ".join(filter(None, (link.get("class"), "glossref"))))
    link.set("role", "doc-glossref")
    link.set(xhtml.EPUB_TYPE, "glossref")
