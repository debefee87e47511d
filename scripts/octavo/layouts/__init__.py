"""From a book to finished documents: Jinja2 templates and stylesheets of one medium."""

from octavo.layouts import formulas
from octavo.layouts.cover import lay_out_cover
from octavo.layouts.paged import lay_out_pages
from octavo.layouts.reflowable import lay_out_package
from octavo.layouts.sheets import lay_out_sheets
from octavo.model import Asset, Book, Medium, Pagination, PrintEdition, Rendition, Styles
from octavo.workshop import Workshop

__all__ = ["draw_formulas", "lay_out", "lay_out_cover", "lay_out_sheets"]


def draw_formulas(book: Book, workshop: Workshop) -> None:
    """Have the formulas of a book drawn by many, where its edition shows drawings of them."""
    if book.edition.medium is Medium.PAGED or book.edition.draws_formulas:
        formulas.foresee(book, workshop)


def lay_out(
    book: Book,
    styles: Styles,
    cover: Asset | None = None,
    pagination: Pagination | None = None,
    standard: PrintEdition | None = None,
) -> Rendition:
    """Return the documents, stylesheets and assets of the book in its edition's medium.

    Args:
        book: one edition, composed.
        styles: the house's templates and stylesheets with the book's own among them.
        cover: the image on the front of an e-book; pages of an interior have none.
        pagination: the pages of the print edition, where they are known; those of an earlier
            setting for what is pages itself.
        standard: the edition with whose pages these are compared, or which they name.

    Raises:
        PublishingError: P001 when a template fails, P002 when it asks for what does not exist,
            P004 when a stylesheet names a file that is not there.
    """
    if book.edition.medium is Medium.PAGED:
        return lay_out_pages(book, styles, pagination, standard)
    return lay_out_package(book, styles, cover, pagination)
