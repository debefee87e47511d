"""The typeset PDF: WeasyPrint sets gatherings of pages, pikepdf makes one file of them."""

from octavo.formats.pdf.binding import bound
from octavo.model import Artifact, Pagination, Rendition
from octavo.workshop import Workshop

MEDIA_TYPE = "application/pdf"


def bind(rendition: Rendition, workshop: Workshop) -> Artifact:
    """Return the edition as a PDF file, with its pages as data and the typesetter's complaints.

    Raises:
        PublishingError: P003 when the typesetter misses a file or an anchor.
    """
    pages = bound(rendition, workshop)
    name = f"{rendition.name}.pdf"
    return Artifact(name, MEDIA_TYPE, pages.data, pages.problems, pages.pagination)


def paginate(rendition: Rendition, workshop: Workshop) -> Pagination:
    """Return the pages of the edition as data, for what must know them before it is laid out."""
    return bound(rendition, workshop, draw=False).pagination
