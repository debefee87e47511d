"""The wall around pikepdf: what a finished PDF carries that the typesetter does not write."""

from collections.abc import Iterator
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name

from octavo.model import Rendition
from octavo.typography.scripts import direction


def finish(data: bytes, rendition: Rendition, *, front: int) -> bytes:
    """Return the PDF with page labels and a catalogue that opens it as a book.

    Args:
        data: the PDF as typeset.
        rendition: what was typeset.
        front: how many pages stand before the body; they are labelled i, ii, iii ...

    Follows ISO 32000-1, 12.4.2 (page labels) and 12.2 (viewer preferences).
    """
    finished = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.Root.PageLabels = Dictionary(Nums=_labels(front))
        _keep_one_annotation_a_link(pdf)
        _unmark_ornaments(pdf)
        pdf.Root.PageMode = Name.UseOutlines
        pdf.Root.PageLayout = Name.TwoPageRight
        pdf.Root.ViewerPreferences = Dictionary(
            DisplayDocTitle=True,
            Direction=Name.R2L if direction(rendition.metadata.language) == "rtl" else Name.L2R,
        )
        pdf.save(
            finished,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
    return finished.getvalue()


def _labels(front: int) -> Array:
    body = [front, Dictionary(S=Name.D)]
    return Array([0, Dictionary(S=Name.r), *body] if front else body)


def _keep_one_annotation_a_link(pdf: pikepdf.Pdf) -> None:
    """Take away the annotations that repeat a link for the elements inside it.

    WeasyPrint makes one for the link and one for each span in it; PDF/UA-1 (ISO 14289-1, 7.18.5)
    knows those of ``Link`` elements only.
    """
    redundant: set[tuple[int, int]] = set()
    for element in list(_elements(pdf.Root.StructTreeRoot.K)):
        if Name.Link != element.S:
            kids = element.get("/K", Array())
            references = [kid for kid in kids if _is_reference(kid)]
            redundant |= {reference.Obj.objgen for reference in references}
            if references:
                element.K = Array([kid for kid in kids if not _is_reference(kid)])
    for page in pdf.pages:
        if "/Annots" in page:
            page.Annots = Array([a for a in page.Annots if a.objgen not in redundant])


def _unmark_ornaments(pdf: pikepdf.Pdf) -> None:
    """Make no figure of an image that has no alternative text (ISO 14289-1, 7.3)."""
    for element in _elements(pdf.Root.StructTreeRoot.K):
        if Name.Figure == element.S and "/Alt" not in element:
            element.S = Name.NonStruct


def _elements(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Yield every structure element below a node."""
    if isinstance(node, Array):
        for kid in node:
            yield from _elements(kid)
    elif isinstance(node, Dictionary) and "/S" in node:
        yield node
        yield from _elements(node.get("/K", Array()))


def _is_reference(kid: pikepdf.Object) -> bool:
    return isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR
