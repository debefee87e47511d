"""Pages: one document that holds the whole book, for the typesetter."""

from typing import Final

from octavo import xhtml
from octavo.layouts.locators import printed
from octavo.layouts.stylesheets import named_files, stylesheets
from octavo.layouts.templates import Templates, context
from octavo.model import Book, Document, Matter, Medium, Pagination, Rendition, Styles

STYLESHEETS: Final = ("faces.css", "type.css", "paged.css")


def lay_out_pages(book: Book, styles: Styles, pagination: Pagination | None) -> Rendition:
    """Return the book as one document; every link in it is ``#id``.

    The index says the pages of an earlier setting, and has none where there was none.
    """
    templates = Templates(styles, Medium.PAGED, context(book, styles, None))
    given = {
        "locators": lambda entry: printed(entry, pagination) if pagination else (),
        "continued": lambda id_: id_ in (pagination.columns if pagination else ()),
    }
    leaves = [xhtml.serialize_fragment(templates.leaf(leaf, **given)) for leaf in book.leaves]
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
