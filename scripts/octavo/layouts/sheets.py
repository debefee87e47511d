"""Sheets: what is printed on the paper beside the pages, one page of a document a side."""

from collections.abc import Sequence
from typing import Final

from octavo import xhtml
from octavo.layouts.stylesheets import named_files, stylesheets
from octavo.layouts.templates import Templates, context
from octavo.model import Book, Document, Medium, Rendition, Sheet, Styles

STYLESHEETS: Final = ("faces.css", "sheets.css")


def lay_out_sheets(book: Book, styles: Styles, sheets: Sequence[Sheet]) -> Rendition:
    """Return marks, lines to write on and the numbers of the sheets, for the sides in order."""
    templates = Templates(styles, Medium.PAGED, context(book, styles, None))
    sheets_css = stylesheets(styles, STYLESHEETS)
    root = templates.document("sheets.xhtml", stylesheets=sheets_css, sheets=sheets)
    return Rendition(
        name=book.name,
        metadata=book.metadata,
        statement=book.statement,
        edition=book.edition,
        documents=(Document("sheets.xhtml", book.metadata.title, xhtml.serialize(root)),),
        stylesheets=sheets_css,
        assets=named_files(sheets_css, styles.faces, styles),
    )
