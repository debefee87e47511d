"""The structure tree: what assistive technology reads of a page.

WeasyPrint tags what it sets; this module says what it does not know. ``name_notes`` teaches it that
a note is a note, before a document is set; ``repair`` works on the finished file.
"""

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from weasyprint.pdf import tags


def name_notes() -> None:
    """Make WeasyPrint tag the element ``note``, which the template of a call makes, as Note."""
    if not hasattr(tags, "octavo_plain_tag"):
        tags.octavo_plain_tag = tags._get_pdf_tag  # noqa: SLF001 - pinned in pyproject.toml
        tags._get_pdf_tag = lambda tag: "Note" if tag == "note" else tags.octavo_plain_tag(tag)  # noqa: SLF001


def repair(pdf: pikepdf.Pdf) -> None:
    """Bring the tree of a typeset file to what PDF/UA-1 (ISO 14289-1) asks and readers expect.

    One annotation and one element a link (7.18.5), an ID on every note (7.9), and no figure without
    an alternative text (7.3): an ornament has none.
    """
    redundant: set[tuple[int, int]] = set()
    notes = 0
    for element in list(_elements(pdf.Root.StructTreeRoot.K)):
        if Name.Link == element.S and _inside_link(element):
            element.S = Name.Span
        if Name.Figure == element.S and "/Alt" not in element:
            element.S = Name.NonStruct
        if Name.Note == element.S:
            notes += 1
            element.ID = String(f"note-{notes}")
        if Name.Link != element.S:
            redundant |= set(_take_annotations(element))
    for page in pdf.pages:
        if "/Annots" in page:
            page.Annots = Array([a for a in page.Annots if a.objgen not in redundant])


def _elements(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Yield every structure element below a node, those above before those inside."""
    if isinstance(node, Array):
        for kid in node:
            yield from _elements(kid)
    elif isinstance(node, Dictionary) and "/S" in node:
        yield node
        yield from _elements(node.get("/K", Array()))


def _inside_link(element: pikepdf.Object) -> bool:
    parent = element.get("/P")
    while isinstance(parent, Dictionary) and "/S" in parent:
        if Name.Link == parent.S:
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
