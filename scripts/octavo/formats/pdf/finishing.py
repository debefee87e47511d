"""The wall around pikepdf: what a finished PDF carries that the typesetter does not write."""

from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name

from octavo.model import Rendition
from octavo.typography.scripts import direction


def finish(pdf: pikepdf.Pdf, rendition: Rendition, *, front: int) -> bytes:
    """Return the file with page labels and a catalogue that opens it as a book.

    Args:
        pdf: the PDF as typeset.
        rendition: what was typeset.
        front: how many pages stand before the body; they are labelled i, ii, iii ...

    Follows ISO 32000-1, 12.4.2 (page labels) and 12.2 (viewer preferences).
    """
    finished = BytesIO()
    pdf.Root.PageLabels = Dictionary(Nums=_labels(front))
    pdf.Root.PageMode = Name.UseOutlines
    facing = rendition.edition.facing
    pdf.Root.PageLayout = Name.TwoPageRight if facing else Name.OneColumn
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
