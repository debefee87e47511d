"""Pages put on sheets: the finished pages of one PDF drawn on the sides of another."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Final

import pikepdf
from pikepdf import Dictionary, Name

from octavo.model import Artifact, Duplex, Placement, Sheet, Side

POINTS: Final = 72 / 25.4
"""Points in a millimetre."""

_DUPLEX: Final = {
    Duplex.LONG_EDGE: Name.DuplexFlipLongEdge,
    Duplex.SHORT_EDGE: Name.DuplexFlipShortEdge,
    Duplex.ONE_SIDED: Name.Simplex,
}
_READING: Final = (
    *("/StructTreeRoot", "/StructParents", "/MarkInfo"),
    *("/Outlines", "/PageLabels", "/Dests", "/Names"),
)


def draw_pages(
    marks: Artifact, pages: Artifact, sheets: Sequence[Sheet], duplex: Duplex
) -> Artifact:
    """Return the sheets, ready for the printer.

    Args:
        marks: a PDF of the sheets' sides, front and back, with all but the pages on them.
        pages: the finished pages.
        sheets: where each page stands.
        duplex: how the printer is to turn the paper; a print dialogue that knows how is told so.

    What one reads a file with on a screen, its tags and its outline, has no sense on a sheet and
    is left out. Follows ISO 32000-1, 8.10 (forms) and 12.2 (viewer preferences).
    """
    made = BytesIO()
    with pikepdf.open(BytesIO(marks.data)) as pdf, pikepdf.open(BytesIO(pages.data)) as source:
        forms = [pdf.copy_foreign(page.as_form_xobject()) for page in source.pages]
        for page, side in zip(pdf.pages, _sides(sheets), strict=True):
            # The typesetter turns the coordinates of its pages, and leaves them so.
            page.contents_add(b"q", prepend=True)
            page.contents_add(b"Q", prepend=False)
            for placement in side.placements:
                _draw(page, forms[placement.page], placement)
        for holder in (pdf.Root, *(page.obj for page in pdf.pages)):
            for key in _READING:
                if key in holder:
                    del holder[key]
        pdf.Root.PageMode, pdf.Root.PageLayout = Name.UseNone, Name.SinglePage
        pdf.Root.ViewerPreferences = Dictionary(
            DisplayDocTitle=True, PrintScaling=Name("/None"), Duplex=_DUPLEX[duplex]
        )
        pdf.save(
            made,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
    return Artifact(marks.name, marks.media_type, made.getvalue(), marks.problems)


def _sides(sheets: Sequence[Sheet]) -> Iterator[Side]:
    for sheet in sheets:
        yield sheet.front
        if sheet.back:
            yield sheet.back


def _draw(page: pikepdf.Page, form: pikepdf.Object, placement: Placement) -> None:
    """Draw a page in its area and in nothing but its area."""
    area = placement.area
    left, width, height = area.x * POINTS, area.width * POINTS, area.height * POINTS
    foot = float(page.mediabox[3]) - area.y * POINTS - height
    x0, y0, x1, y1 = map(float, form.BBox)
    across, up = width / (x1 - x0), height / (y1 - y0)
    shifted = left + placement.shift * POINTS
    if placement.turned:
        matrix = (-across, -up, shifted + width + x0 * across, foot + height + y0 * up)
    else:
        matrix = (across, up, shifted - x0 * across, foot - y0 * up)
    # A name of its own choice would be another on every run.
    name = Name(f"/Page{placement.page + 1}")
    page.add_resource(form, Name.XObject, name, replace_existing=True)
    clip = f"{left:.4f} {foot:.4f} {width:.4f} {height:.4f} re W n"
    draw = "{:.6f} 0 0 {:.6f} {:.4f} {:.4f} cm".format(*matrix)
    page.contents_add(f"q {clip} {draw} {name} Do Q".encode(), prepend=False)
