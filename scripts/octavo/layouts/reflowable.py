"""An e-book: one document a leaf, its navigation, and every link between documents."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from octavo import xhtml
from octavo.layouts import formulas
from octavo.layouts.locators import printed, unprinted
from octavo.layouts.pagelist import mark_pages, page_marks
from octavo.layouts.stylesheets import named_files, stylesheets
from octavo.layouts.templates import Templates, context
from octavo.model import (
    Asset,
    Book,
    Document,
    Leaf,
    Matter,
    Medium,
    Pagination,
    Rendition,
    Styles,
)

STYLESHEETS: Final = ("faces.css", "type.css", "reflowable.css")

NAVIGATION: Final = "nav.xhtml"

LANDMARKS: Final = ("titlepage", "introduction", "glossary", "bibliography", "index", "colophon")
"""Kinds of leaves that readers offer to jump to, beside the contents and the start of the body."""


@dataclass(frozen=True)
class Landmark:
    """A place that a reader jumps to: ``type`` is a term of EPUB's structural semantics."""

    type: str
    title: str
    href: str


def lay_out_package(
    book: Book, styles: Styles, cover: Asset | None, pagination: Pagination | None
) -> Rendition:
    """Return the book as the documents of an EPUB package, the cover first."""
    templates = Templates(
        styles, Medium.REFLOWABLE, context(book, styles, pagination), book.edition.layouts
    )
    sheets = stylesheets(styles, (*STYLESHEETS, *book.edition.stylesheets))
    leaves = _leaves(book, cover, styles.words)
    landmarks = tuple(_landmarks(leaves, styles.words))
    pages = page_marks(pagination)
    given = {
        "cover": cover,
        "landmarks": landmarks,
        "pages": pages,
        "locators": lambda e: printed(e, pagination) if pagination else unprinted(e, book),
        "continued": lambda _: False,
    }
    bodies = {leaf.id: templates.leaf(leaf, **given) for leaf in leaves}
    drawn = bodies.values() if book.edition.draws_formulas else ()
    drawings = [drawing for body in drawn for drawing in formulas.draw(body)]
    if pagination:
        # What is no part of the text, such as an e-book's contents that it omits, has no pages.
        read = {leaf.id: bodies[leaf.id] for leaf in leaves if _listed(leaf, book)}
        mark_pages(read, pagination, templates)
    homes = _homes(leaves, bodies)
    documents = []
    for leaf in leaves:
        _relink(bodies[leaf.id], homes, _name(leaf))
        root = templates.document(
            "document.xhtml",
            leaf=leaf,
            content=xhtml.serialize_fragment(bodies[leaf.id]),
            stylesheets=sheets,
        )
        documents.append(_document(leaf, root, in_spine=_listed(leaf, book)))
    files = {asset.name: asset for asset in book.assets} | dict(styles.faces)
    named = named_files(sheets, files, styles)
    return Rendition(
        name=book.name,
        metadata=book.metadata,
        statement=book.statement,
        edition=book.edition,
        documents=tuple(documents),
        stylesheets=sheets,
        assets=_unique([*filter(None, [cover]), *book.assets, *drawings, *named]),
        cover=cover.name if cover else "",
        ncx=templates.render("toc.ncx", homes=homes, pages=pages),
        page_source=pagination.identifier if pagination else "",
    )


def _leaves(book: Book, cover: Asset | None, words: Mapping[str, str]) -> tuple[Leaf, ...]:
    """Return the book's leaves with the cover before them, and contents even where it has none."""
    leaves = list(book.leaves)
    if cover:
        leaves.insert(0, Leaf("cover", "cover", Matter.FRONT, words["cover"]))
    if not any(leaf.kind == "contents" for leaf in leaves):
        leaves.append(Leaf("contents", "contents", Matter.BACK, words["contents"]))
    return tuple(leaves)


def _listed(leaf: Leaf, book: Book) -> bool:
    return leaf.kind == "cover" or any(own.id == leaf.id for own in book.leaves)


def _name(leaf: Leaf) -> str:
    return NAVIGATION if leaf.kind == "contents" else f"{leaf.id}.xhtml"


def _landmarks(leaves: Iterable[Leaf], words: Mapping[str, str]) -> Iterable[Landmark]:
    leaves = tuple(leaves)
    body = next((leaf for leaf in leaves if leaf.matter is Matter.BODY), None)
    for leaf in leaves:
        if leaf is body:
            yield Landmark("bodymatter", words["bodymatter"], _name(leaf))
        if leaf.kind == "cover":
            yield Landmark("cover", words["cover"], _name(leaf))
        if leaf.kind == "contents" and leaf.matter is not Matter.BACK:
            yield Landmark("toc", words["contents"], f"{NAVIGATION}#toc")
        if leaf.kind in LANDMARKS:
            yield Landmark(leaf.kind, leaf.title or words[leaf.kind], _name(leaf))


def _homes(leaves: Iterable[Leaf], bodies: Mapping[str, xhtml.Element]) -> Mapping[str, str]:
    """Return for every id the address that leads to it: a leaf's own is its document."""
    leaves = tuple(leaves)
    homes = {
        element.get("id", ""): f"{_name(leaf)}#{element.get('id')}"
        for leaf in leaves
        for element in xhtml.find(bodies[leaf.id], ".//*[@id]")
    }
    return homes | {leaf.id: _name(leaf) for leaf in leaves}


def _relink(body: xhtml.Element, homes: Mapping[str, str], here: str) -> None:
    """Turn every ``#id`` that lives in another document into an address there.

    In the list of pages an address names its document always: Ace takes no other for a page.
    """
    listed = set(xhtml.find(body, ".//h:nav[@role='doc-pagelist']//h:a"))
    for link in xhtml.find(body, ".//h:a[starts-with(@href, '#')]"):
        home = homes.get(link.get("href", "").removeprefix("#"), "")
        if home.partition("#")[0] != here or link in listed:
            link.set("href", home)


def _document(leaf: Leaf, root: xhtml.Element, *, in_spine: bool) -> Document:
    properties = [
        name
        for name, path in (("svg", ".//svg:svg"), ("mathml", ".//m:math"))
        if xhtml.find(root, path)
    ]
    if leaf.kind == "contents":
        properties.insert(0, "nav")
    return Document(
        name=_name(leaf),
        title=xhtml.text_of(leaf.title),
        xhtml=xhtml.serialize(root),
        properties=tuple(properties),
        in_spine=in_spine,
    )


def _unique(assets: Iterable[Asset]) -> tuple[Asset, ...]:
    return tuple({asset.name: asset for asset in assets}.values())
