"""Pages: one document that holds the whole book, for the typesetter."""

import re
from collections.abc import Iterator
from typing import Final

from octavo import xhtml
from octavo.concordance import concordance
from octavo.layouts import formulas, qr
from octavo.layouts.bookpages import BookPages
from octavo.layouts.locators import printed
from octavo.layouts.stylesheets import named_files, stylesheets
from octavo.layouts.templates import Templates, context
from octavo.model import (
    Asset,
    Book,
    Document,
    Matter,
    Medium,
    Pagination,
    PrintEdition,
    Rendition,
    Styles,
)

_PRE: Final = f"{{{xhtml.XHTML}}}pre"
_LINE_END: Final = re.compile(r"[ \t]*\n[ \t]*")

STYLESHEETS: Final = ("faces.css", "type.css", "paged.css")


def lay_out_pages(
    book: Book, styles: Styles, pagination: Pagination | None, standard: PrintEdition | None
) -> Rendition:
    """Return the book as one document; every link in it is ``#id``.

    The index and a concordance say the pages of an earlier setting, ``pagination``, and none where
    there was none; ``standard`` is the edition with which a concordance compares it, and whose
    pages a handout tells in its margin.
    """
    templates = Templates(styles, Medium.PAGED, context(book, styles, None), book.edition.layouts)
    given = {
        "locators": lambda entry: printed(entry, pagination) if pagination else (),
        "continued": lambda id_: id_ in (pagination.columns if pagination else ()),
        "concordance": concordance(standard.pagination, pagination)
        if standard and pagination
        else (),
    }
    leaves = [templates.leaf(leaf, **given) for leaf in book.leaves]
    if standard and book.edition.book_pages:
        margin = BookPages(standard)
        for section in (inner for leaf in leaves for inner in leaf):
            margin.mark(section)
    sheets = stylesheets(styles, (*STYLESHEETS, *book.edition.stylesheets))
    root = templates.document(
        "document.xhtml",
        leaves=[xhtml.serialize_fragment(leaf) for leaf in leaves],
        stylesheets=sheets,
        code=qr.NAME if book.metadata.address else "",
    )
    _fold_notes(root)
    drawings = tuple(formulas.draw(root))
    files = {asset.name: asset for asset in book.assets} | dict(styles.faces)
    body = next((leaf.id for leaf in book.leaves if leaf.matter is Matter.BODY), "")
    return Rendition(
        name=book.name,
        metadata=book.metadata,
        statement=book.statement,
        edition=book.edition,
        documents=(Document("book.xhtml", book.metadata.title, xhtml.serialize(root)),),
        stylesheets=sheets,
        assets=(
            *book.assets,
            *named_files(sheets, files, styles),
            *_codes(book, root),
            *drawings,
        ),
        body=body,
        hangs=styles.hangs,
    )


def _fold_notes(root: xhtml.Element) -> None:
    """Make spaces of the line ends in notes, in which WeasyPrint takes them for ends of lines."""
    notes = xhtml.find(root, ".//*[contains(concat(' ', @class, ' '), ' footnote ')]")
    for element in (each for note in notes for each in note.iter("*")):
        if any(up.tag == _PRE for up in (element, *element.iterancestors())):
            continue
        element.text = _folded(element.text)
        for child in element:
            child.tail = _folded(child.tail)


def _folded(text: str | None) -> str | None:
    return _LINE_END.sub(" ", text) if text else text


def _codes(book: Book, root: xhtml.Element) -> Iterator[Asset]:
    """Yield the QR code of the book's address where a template shows it."""
    if xhtml.find(root, f".//h:img[@src='{qr.NAME}']"):
        yield qr.qr_code(book.metadata.address)
