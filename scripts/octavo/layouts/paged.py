"""Pages: one document that holds the whole book, for the typesetter."""

from typing import Final

from octavo import xhtml
from octavo.layouts.stylesheets import named_files, stylesheets
from octavo.layouts.templates import Templates, context
from octavo.model import Book, Document, Matter, Medium, Rendition, Styles

STYLESHEETS: Final = ("faces.css", "type.css", "paged.css")


def lay_out_pages(book: Book, styles: Styles) -> Rendition:
    """Return the book as one document; every link in it is ``#id``."""
    templates = Templates(styles, Medium.PAGED, context(book, styles))
    leaves = [xhtml.serialize_fragment(templates.leaf(leaf)) for leaf in book.leaves]
    sheets = stylesheets(styles, (*STYLESHEETS, *book.edition.stylesheets))
    root = templates.document("document.xhtml", leaves=leaves, stylesheets=sheets)
    files = {asset.name: asset for asset in book.assets} | dict(styles.faces)
    body = next((leaf.id for leaf in book.leaves if leaf.matter is Matter.BODY), "")
    return Rendition(
        name=book.name,
        metadata=book.metadata,
        statement=book.statement,
        edition=book.edition,
        documents=(Document("book.xhtml", book.metadata.title, xhtml.serialize(root)),),
        stylesheets=sheets,
        assets=(*book.assets, *named_files(sheets, files, styles)),
        body=body,
    )
