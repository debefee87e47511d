"""The typeset PDF: WeasyPrint sets the pages, pikepdf finishes the file."""

from octavo.formats import Progress
from octavo.formats.pdf.finishing import finish
from octavo.formats.pdf.typesetting import set_only, typeset
from octavo.model import Artifact, Pagination, Rendition

MEDIA_TYPE = "application/pdf"


def bind(rendition: Rendition, progress: Progress) -> Artifact:
    """Return the edition as a PDF file, with its pages as data and the typesetter's complaints.

    Raises:
        PublishingError: P003 when the typesetter misses a file or an anchor.
    """
    pages = typeset(rendition, progress)
    progress("finish")
    data = finish(pages.data, rendition, front=pages.front)
    return Artifact(f"{rendition.name}.pdf", MEDIA_TYPE, data, pages.problems, pages.pagination)


def paginate(rendition: Rendition, progress: Progress) -> Pagination:
    """Return the pages of the edition as data, for what must know them before it is laid out."""
    return set_only(rendition, progress)
