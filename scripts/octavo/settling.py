"""Pages that tell of pages: set again until what they tell is so.

An index says on which pages its terms stand, and is itself on pages that it may move. What is bound
here is checked before and heard after.
"""

from dataclasses import dataclass, replace
from typing import Final

from octavo.book import marks
from octavo.checks import anchors, inspect
from octavo.concordance import concordance
from octavo.diagnostics import Diagnostic, PublishingError, error, raise_errors
from octavo.formats import FORMATS
from octavo.formats.pdf import paginate
from octavo.layouts import lay_out
from octavo.memory import give_back
from octavo.model import (
    BOOK_TOML,
    Artifact,
    Book,
    Pagination,
    PrintEdition,
    Rendition,
    Styles,
)
from octavo.origins import Origins
from octavo.workshop import Workshop

PASSES: Final = 8
"""How often an index is set before it is given up; two are the rule."""


@dataclass(frozen=True)
class Made:
    """One edition: what was composed and laid out, the file, and what was found on the way.

    ``origins`` find the sources of its words, where it has pages.
    """

    book: Book
    rendition: Rendition
    artifact: Artifact
    diagnostics: tuple[Diagnostic, ...]
    origins: Origins | None = None


def bind(book: Book, rendition: Rendition, workshop: Workshop) -> Made:
    """Return a rendition as a file.

    Raises:
        PublishingError: when a check of the rendition, or what makes the file, finds an error.
    """
    give_back()  # what laid it out took much more than is left of it
    found = inspect(anchors(rendition))
    raise_errors(found)
    artifact = FORMATS[rendition.edition.format].bind(rendition, workshop)
    return Made(book, rendition, artifact, (*found, *artifact.problems))


def bind_pages(
    book: Book, styles: Styles, standard: PrintEdition | None, workshop: Workshop
) -> Made:
    """Return an edition of pages; what tells of pages in it is so.

    ``standard`` is the edition whose pages it names, or with which a concordance compares it.

    Raises:
        PublishingError: as ``bind``; P008 when an index or a concordance does not come to rest.
    """
    pages = _indexed(book, styles, workshop) or _compared(book, styles, workshop)
    for _ in range(PASSES):
        workshop("lay out")
        made = bind(book, lay_out(book, styles, pagination=pages, standard=standard), workshop)
        if pages is None or not made.artifact.pagination:
            return made
        after = made.artifact.pagination
        if _same_index(book, pages, after) and _same_concordance(book, standard, pages, after):
            return made
        pages = after
    message = "what tells of pages does not come to rest: its own pages move what it points at"
    hint = "let the index be the last leaf of the spine"
    raise PublishingError(error("P008", message, BOOK_TOML, hint))


def is_compared(book: Book) -> bool:
    """Return whether an edition has a concordance with the pages of another."""
    return any(leaf.kind == "concordance" for leaf in book.leaves)


def _indexed(book: Book, styles: Styles, workshop: Workshop) -> Pagination | None:
    """Return the pages to which the index points, and with what its columns begin.

    None for a book without an index. The columns are found by setting the index by itself, until
    no heading has to be said again that has not been.
    """
    if not book.index:
        return None
    workshop("find the pages of the index")
    pages = paginate(lay_out(book, styles), workshop)
    alone = replace(book, leaves=tuple(leaf for leaf in book.leaves if leaf.kind == "index"))
    for _ in range(PASSES):
        columns = paginate(lay_out(alone, styles, pagination=pages), workshop).columns
        if columns == pages.columns:
            break
        pages = replace(pages, columns=columns)
    return pages


def _compared(book: Book, styles: Styles, workshop: Workshop) -> Pagination | None:
    """Return the pages of which a concordance tells; None for a book without one."""
    if not is_compared(book):
        return None
    workshop("find the pages of the concordance")
    return paginate(lay_out(book, styles), workshop)


def _same_concordance(
    book: Book, standard: PrintEdition | None, before: Pagination, after: Pagination
) -> bool:
    """Return whether a concordance that was laid out by one setting is that of the next."""
    if standard is None or not is_compared(book):
        return True
    return concordance(standard.pagination, before) == concordance(standard.pagination, after)


def _same_index(book: Book, before: Pagination, after: Pagination) -> bool:
    """Return whether what the index was laid out by is what came out."""
    ids = [id_ for group in book.index for id_ in marks(group.entries)]
    same = all(before.homes.get(id_) == after.homes.get(id_) for id_ in ids)
    return same and before.columns == after.columns
