"""The structure tree: what assistive technology reads of a page.

WeasyPrint tags what it sets, a page at a time. ``teach_tags`` has it leave a trace of what it does
not keep: which element of the document a tag stands for, and in which language it is. ``repair``
works on the finished file, by that trace.
"""

from collections.abc import Iterator
from typing import Any, Final

import pikepdf
import pydyf
from pikepdf import Array, Dictionary, Name, String
from weasyprint.pdf import tags

from octavo.formats.pdf.amending import amend

TRACE: Final = "OctavoElement"
"""The number of an element of the document: an attribute there, a key in the tree for a while."""

FLOWING: Final = frozenset(
    {"/P", "/L", "/LI", "/LBody", "/Sect", "/Div", "/BlockQuote", "/Note"}
    | {"/Table", "/TBody", "/TR", "/TD", "/TH"}
)
"""Tags of what runs on over pages."""

SAID_AGAIN: Final = "continued"
"""The class of a heading of the index that stands again above a column."""

GENERATED: Final = "generated"
"""The title of what a stylesheet wrote: a folio, a leader, a dash before a name."""

PRINT_ONLY: Final = "print-only"
"""A class, and the title of everything in it: what an e-book goes without."""

ONLY: Final = "OctavoOnly"
"""The attribute of all that stands in an element of that class."""

REPEATED: Final = frozenset({"/THead", "/TFoot"})
"""Tags of what is said again on every page, and read once."""


_ASSOCIATES: Final = """\
                if tag == 'Link':
"""
_HOLDS: Final = """\
                if tag in octavo_holds_text:
"""
_BESIDE: Final = """\
                    child_parent = parent
"""
_INSIDE: Final = """\
                    child_parent = element
"""
"""A list in an item, which WeasyPrint has after it: what follows the list would be read first."""

_HOLDS_TEXT: Final = frozenset(
    {"P", "H1", "H2", "H3", "H4", "H5", "H6", "TD", "TH", "Caption", "Lbl", "LBody"}
    | {"Span", "Link", "Note", "NonStruct"}
)
"""Tags of what text stands in itself. Elsewhere every line is an element: most of those of a book
would be lines, and they tell nothing.
"""

_WRITTEN: Final = ("::before", "::after")
_SCOPES: Final = {"col": "/Column", "row": "/Row"}


def teach_tags() -> None:
    """Have WeasyPrint tag notes as Note, name languages, and trace elements; once a process."""
    if hasattr(tags, "octavo_build"):
        return
    vars(tags)["octavo_holds_text"] = _HOLDS_TEXT
    amend(tags, "_build_box_tree", {_ASSOCIATES: _HOLDS, _BESIDE: _INSIDE})
    plain_tag, build = tags._get_pdf_tag, tags._build_box_tree  # noqa: SLF001 - pinned

    def build_traced(box: Any, *arguments: Any) -> Iterator[Any]:
        for element in build(box, *arguments):
            source = getattr(box, "element", None)
            if source is not None and source.get("class") == SAID_AGAIN:
                continue  # its text is marked on the page, and stands nowhere in the tree
            if source is not None and box.element_tag.endswith(_WRITTEN):
                element["T"] = pydyf.String(GENERATED)
            elif source is not None and source.get(ONLY):
                element["T"] = pydyf.String(PRINT_ONLY)
            # The boxes of a page and of its body yield what stands in them, traced already.
            if source is not None and TRACE not in element:
                element[TRACE] = int(source.get(TRACE, 0))
                if source.get("lang") and source.tag != "html":
                    element["Lang"] = pydyf.String(source.get("lang"))
                if element["S"] == "/TH" and source.get("scope") in _SCOPES:
                    element["A"]["Scope"] = _SCOPES[source.get("scope")]
            yield element

    tags.octavo_build = build
    pydyf.PDF.page_references = property(_page_references)
    tags._build_box_tree = build_traced  # noqa: SLF001 - pinned in pyproject.toml
    tags._get_pdf_tag = lambda tag: "Note" if tag == "note" else plain_tag(tag)  # noqa: SLF001


def _page_references(file: Any) -> tuple[bytes, ...]:
    """Return the references to all pages; pydyf makes them anew for every tag that asks for one."""
    kids = file.pages["Kids"]
    known: tuple[bytes, ...] = vars(file).get("octavo_references", ())
    if len(known) * 3 != len(kids):
        known = file.octavo_references = tuple(b"%d 0 R" % number for number in kids[::3])
    return known


def repair(pdf: pikepdf.Pdf, name: str = "") -> None:
    """Bring the tree of a typeset file to what PDF/UA-1 (ISO 14289-1) asks and readers expect.

    One element for a paragraph or list that runs over pages, one annotation and one element a link
    (7.18.5), an ID on every note (7.9), a body for what an item holds besides its label (7.2), and
    no figure without an alternative text (7.3): an ornament has none. ``name`` tells the IDs from
    those of other gatherings of the book.
    """
    root = pdf.Root.StructTreeRoot.K
    _join(list(_elements(root)), _Holders(pdf))
    redundant: set[tuple[int, int]] = set()
    notes = 0
    for element in list(_elements(root)):
        if Name.LI == element.S:
            _give_body(pdf, element)
        if Name.Link == element.S and _inside(element, Name.Link):
            element.S = Name.NonStruct
        if Name.Figure == element.S and "/Alt" not in element:
            element.S = Name.NonStruct
        if Name.Note == element.S:
            notes += 1
            element.ID = String(f"{name}note-{notes}")
        if name:
            _name_cells(element, name)
        if Name.Link != element.S:
            redundant |= set(_take_annotations(element))
    for page in pdf.pages:
        if "/Annots" in page:
            page.Annots = Array([a for a in page.Annots if a.objgen not in redundant])


def _name_cells(element: pikepdf.Object, name: str) -> None:
    """Put a name before the ID of a head of a table, and where a cell names it."""
    if Name.TH == element.S and "/ID" in element:
        element.ID = String(name + str(element.ID))
    if "/A" in element and "/Headers" in element.A:
        element.A.Headers = Array([String(name + str(id_)) for id_ in element.A.Headers])


class _Holders:
    """Which element holds what is marked on a page: the parent tree (ISO 32000-1, 14.7.4.4)."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        self._held: dict[tuple[int, int], pikepdf.Object] = {}
        for at, page in enumerate(pdf.pages):
            self._held[page.obj.objgen] = numbers[2 * at + 1]

    def moved(self, number: int, page: pikepdf.Object, to: pikepdf.Object) -> pikepdf.Object | int:
        """Return how an element refers to what has come to it, having told the page of it."""
        self._held[page.objgen][number] = to
        if page.objgen == to.Pg.objgen:
            return number
        return Dictionary(Type=Name.MCR, Pg=page, MCID=number)


def _join(elements: list[pikepdf.Object], holders: _Holders) -> None:
    """Join the parts of what is one element of the document, and take the traces out.

    WeasyPrint makes an element for every page, for every line of a paragraph in a note, and one
    inside another where a block stands in a line; the first takes in what the others hold. Heads
    of tables that stand again on the next page are taken out of the tree, like running heads.
    """
    last: dict[tuple[int, str], tuple[pikepdf.Object, tuple[int, int]]] = {}
    keys: dict[tuple[int, int], tuple[int, str]] = {}
    gone: set[tuple[int, int]] = set()
    for element in elements:
        trace = int(element.get(f"/{TRACE}", 0))
        if not trace:
            continue
        del element[f"/{TRACE}"]
        key = keys[element.objgen] = (trace, str(element.S))
        if keys.get(element.P.objgen) == key:
            element.S = Name.NonStruct
        elif key[1] in FLOWING | REPEATED and element.objgen not in gone:
            here = element.Pg.objgen
            first, page = last.get(key, (element, here))
            if page != here and key[1] in REPEATED:
                _take_out(element)
                gone |= {inside.objgen for inside in _elements(element)}
            elif page != here or (first is not element and _is(first.P, element.P)):
                _take_in(first, element, holders)
            last[key] = (first, here)


def _give_body(pdf: pikepdf.Pdf, item: pikepdf.Object) -> None:
    """Put what stands in an item of a list beside its label into one body."""
    labels = [kid for kid in item.K if _is_tagged(kid, Name.Lbl)]
    held = [kid for kid in item.K if not _is_tagged(kid, Name.Lbl)]
    if all(_is_tagged(kid, Name.LBody) for kid in held):
        return
    body = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.LBody, P=item, Pg=item.Pg, K=Array(held))
    )
    for kid in held:
        kid.P = body
        if _is_tagged(kid, Name.LBody):
            kid.S = Name.Div
    item.K = Array([*labels, body])


def _is_tagged(kid: pikepdf.Object, tag: pikepdf.Object) -> bool:
    return isinstance(kid, Dictionary) and kid.get("/S") == tag


def _take_in(first: pikepdf.Object, other: pikepdf.Object, holders: _Holders) -> None:
    """Move what an element holds to the end of another, and the element out of its parent."""
    for kid in other.K:
        if isinstance(kid, Dictionary):
            kid.P = first
            first.K.append(kid)
        else:
            first.K.append(holders.moved(int(kid), other.Pg, first))
    _take_out(other)


def _take_out(element: pikepdf.Object) -> None:
    """Take an element out of its parent; what is marked with it on the page stays marked."""
    parent = element.P
    parent.K = Array([kid for kid in parent.K if not _is(kid, element)])


def _is(kid: pikepdf.Object, other: pikepdf.Object) -> bool:
    return isinstance(kid, Dictionary) and kid.objgen == other.objgen


def _elements(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Yield every structure element below a node, those above before those inside."""
    if isinstance(node, Array):
        for kid in node:
            yield from _elements(kid)
    elif isinstance(node, Dictionary) and "/S" in node:
        yield node
        yield from _elements(node.get("/K", Array()))


def _inside(element: pikepdf.Object, tag: pikepdf.Object) -> bool:
    """Return whether an element stands inside one with a tag."""
    parent = element.get("/P")
    while isinstance(parent, Dictionary) and "/S" in parent:
        if tag == parent.S:
            return True
        parent = parent.get("/P")
    return False


def _take_annotations(element: pikepdf.Object) -> Iterator[tuple[int, int]]:
    """Yield the annotations that an element refers to, having taken them away from it."""
    kids = element.get("/K", Array())
    references = [kid for kid in kids if _is_reference(kid)]
    yield from (reference.Obj.objgen for reference in references)
    if references:
        element.K = Array([kid for kid in kids if not _is_reference(kid)])


def _is_reference(kid: pikepdf.Object) -> bool:
    return isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR
