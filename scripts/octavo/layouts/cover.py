"""The cover of a book whose author gives no image: drawn from a template, as one page."""

from hashlib import sha256
from typing import Final

from octavo import xhtml
from octavo.layouts.stylesheets import named_files, stylesheets
from octavo.layouts.templates import Templates, context
from octavo.model import Book, Document, Medium, Rendition, Styles

STYLESHEETS: Final = ("faces.css", "cover.css")


def lay_out_cover(book: Book, styles: Styles) -> Rendition:
    """Return the cover as a document of one page.

    The template gets ``seed``, 32 whole numbers from 0 to 255 that follow from the book's
    identifier, so that a pattern drawn from them is the book's own and always the same.
    """
    templates = Templates(styles, Medium.PAGED, context(book, styles, None))
    sheets = stylesheets(styles, STYLESHEETS)
    seed = tuple(sha256(book.metadata.identifier.encode()).digest())
    root = templates.document("cover.xhtml", stylesheets=sheets, seed=seed)
    return Rendition(
        name=f"{book.name}-cover",
        metadata=book.metadata,
        statement=book.statement,
        edition=book.edition,
        documents=(Document("cover.xhtml", book.metadata.title, xhtml.serialize(root)),),
        stylesheets=sheets,
        assets=named_files(sheets, styles.faces, styles),
    )
