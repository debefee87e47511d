"""The editions of ``book.toml``: each adapts a built-in one, and some need another's pages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from octavo.diagnostics import Diagnostic, Location, error
from octavo.editions import EDITIONS, PLAIN
from octavo.model import (
    Budget,
    Composer,
    Duplex,
    Edition,
    Imposition,
    Limits,
    Medium,
    Styles,
)
from octavo.sources.booktoml import (
    BookToml,
    ComposerTable,
    EditionTable,
    ImpositionTable,
    LimitsTable,
)
from octavo.sources.positions import Path as Key
from octavo.sources.validation import NAME

Lines = Mapping[Key, int]

_FOLDED: Final = frozenset({"saddle-stitch", "perfect-bound"})
_OF_PAGES: Final = ("adds", "book-pages", "composer", "imposition", "smallest")
"""Keys that mean something where there are pages."""

BY_DEFAULT: Final = ("ebook", "print")
"""The editions of a book that names none."""


def read_editions(
    book: BookToml, lines: Lines, styles: Styles, problems: list[Diagnostic]
) -> tuple[Edition, ...]:
    """Return the editions of a book; what is wrong with them is added to the problems (M004)."""
    if not book.editions:
        return tuple(EDITIONS[name] for name in BY_DEFAULT)
    editions: list[Edition] = []
    for name, table in book.editions.items():
        basis = EDITIONS.get(table.from_ or name)
        place = Location(NAME, lines.get(("editions", name), 0))
        if basis is None:
            hint = f'write from = "print", or another of: {", ".join(EDITIONS)}'
            message = f"edition {name!r} does not say what it adapts"
            problems.append(error("M004", message, place, hint))
            continue
        edition = _adapted(replace(basis, name=name, location=place), table)
        editions += _on_papers(edition, table)
        problems += _without_styles(edition, styles, place)
        problems += _impossible(edition, basis, table, place)
    problems += _without_pages(book, editions, lines)
    problems += _of_one_name(editions)
    return tuple(editions)


def _of_one_name(editions: Sequence[Edition]) -> Iterator[Diagnostic]:
    """Yield an M004 for every edition whose file would take the place of another's."""
    met: dict[tuple[str, str], Edition] = {}
    for edition in editions:
        name = "" if edition.name in PLAIN else edition.name.casefold()
        other = met.setdefault((name, edition.format), edition)
        if other is not edition:
            message = f"editions {other.name!r} and {edition.name!r} would be one file"
            yield error("M004", message, edition.location, "give one of them another name")


def _on_papers(edition: Edition, table: EditionTable) -> Iterator[Edition]:
    """Yield an edition for each of the trim sizes that it asks for."""
    if not table.trim:
        yield edition
        return
    for paper, trim in table.trim.items():
        name = f"{edition.name}-{paper.lower()}" if len(table.trim) > 1 else edition.name
        yield replace(edition, name=name, trim=trim, group=edition.name)


def _adapted(basis: Edition, table: EditionTable) -> Edition:
    """Return the built-in edition with what the table says in place of its own."""
    media = {edition.format: edition.medium for edition in EDITIONS.values()}
    format_ = table.format or basis.format
    return replace(
        basis,
        format=format_,
        medium=media[format_],
        identifier=f"urn:isbn:{table.isbn}" if table.isbn else basis.identifier,
        sections=basis.sections if table.sections is None else tuple(table.sections),
        title=table.title,
        subtitle=table.subtitle,
        layouts=(*(table.layouts or ()), *basis.layouts),
        omits=basis.omits if table.omits is None else tuple(table.omits),
        audience=basis.audience if table.audience is None else tuple(table.audience),
        stylesheets=(*basis.stylesheets, *(table.stylesheets or ())),
        standard=basis.standard if table.standard is None else table.standard,
        pages=basis.pages if table.pages is None else table.pages,
        imposition=_imposition(basis.imposition, table.imposition),
        adds=basis.adds if table.adds is None else tuple(table.adds),
        limits=_limits(basis.limits, table.limits),
        budget=_budget(basis.budget, table),
        smallest=basis.smallest if table.smallest is None else table.smallest,
        book_pages=basis.book_pages if table.book_pages is None else table.book_pages,
        composer=_composer(basis.composer, table.composer),
        draws_formulas=table.formulas == "images",
    )


def _limits(basis: Limits | None, table: LimitsTable | None) -> Limits | None:
    """Return the limits of a built-in edition with what a table says in place of its own."""
    if table is None or basis is None:
        return basis
    return replace(basis, **{key: getattr(table, key) for key in table.model_fields_set})


def _composer(basis: Composer, said: str | ComposerTable | None) -> Composer:
    """Return the composer of a built-in edition with what a table says in place of its own."""
    if said is None:
        return basis
    if isinstance(said, str):
        return replace(basis, on=said == "on")
    return replace(basis, **{key: getattr(said, key) for key in said.model_fields_set})


def _budget(basis: Budget | None, table: EditionTable) -> Budget | None:
    """Return what paper an edition may take; it has as much as it needs where none is said."""
    if table.sheets is None:
        return basis
    return Budget(table.sheets, table.sides or (basis.sides if basis else 2))


def _imposition(basis: Imposition | None, table: ImpositionTable | None) -> Imposition | None:
    """Return the scheme of a built-in edition with what a table says in place of its own."""
    if table is None:
        return basis
    said = {key: getattr(table, key) for key in table.model_fields_set}
    if "duplex" in said:
        said["duplex"] = Duplex(said["duplex"])
    return replace(basis or Imposition("n-up"), **said)


def _impossible(
    edition: Edition, basis: Edition, table: EditionTable, place: Location
) -> Iterator[Diagnostic]:
    """Yield an M004 for what an edition asks for and cannot have."""
    imposition, name = edition.imposition, repr(edition.name)
    if imposition and imposition.duplex is Duplex.ONE_SIDED and imposition.scheme in _FOLDED:
        message = f"edition {name} is folded, and so needs both sides of the paper"
        yield error("M004", message, place, "write duplex = 'short-edge' or 'long-edge'")
    if edition.limits is None and (table.sheets or table.sides or table.limits):
        message = f"edition {name} cannot be set to fit its paper; a handout can"
        yield error("M004", message, place, 'write from = "handout", or take the line out')
    elif table.sides and not table.sheets:
        message = f"edition {name} says sides, but not of how many sheets"
        yield error("M004", message, place, "write sheets = 1")
    said = [key for key in _OF_PAGES if getattr(table, key.replace("-", "_"))]
    if edition.medium is Medium.REFLOWABLE and said:
        message = f"edition {name} has no pages of its own, and so no {', '.join(said)}"
        yield error("M004", message, place, "take the line out, or let it adapt another")
    if imposition and edition.sections:
        message = f"edition {name} puts the pages of another on sheets, and so has no sections"
        hint = 'make an edition of the sections, and name it: pages = "..."'
        yield error("M004", message, place, hint)
    if edition.medium is not basis.medium:
        message = f"edition {name} cannot be {edition.format}: it adapts one for another medium"
        yield error("M004", message, place, 'write from = "ebook" for an e-book')


def _without_pages(
    book: BookToml, editions: Sequence[Edition], lines: Lines
) -> Iterator[Diagnostic]:
    """Yield an M004 for every edition that needs the pages of one that has none of its own."""
    paged = {e.name: e for e in editions if e.medium is Medium.PAGED and not e.imposition}
    for edition in editions:
        key: Key = ("editions", edition.group or edition.name)
        needed = (
            bool(book.editions[edition.group or edition.name].pages)
            or edition.imposition is not None
            or edition.book_pages
            or bool(book.editions[edition.group or edition.name].adds)
        )
        if needed and (edition.pages not in paged or _turns(edition, paged)):
            place = Location(NAME, lines.get((*key, "pages"), lines.get(key, 0)))
            message = f"edition {edition.name!r} needs pages of {edition.pages!r}, which has none"
            others = [name for name in paged if name != edition.name]
            hint = f"name one of: {', '.join(others)}" if others else "add [editions.print]"
            yield error("M004", message, place, hint)
        elif edition.pages in paged and (edition.adds or edition.medium is Medium.REFLOWABLE):
            yield from _other_readers(edition, paged[edition.pages])


def _other_readers(edition: Edition, other: Edition) -> Iterator[Diagnostic]:
    """Yield an M004 for an edition that tells the pages of one with another text."""
    if set(edition.audience) != set(other.audience) or other.sections != edition.sections:
        message = f"edition {edition.name!r} tells pages of {other.name!r}, which has another text"
        hint = 'let both have one audience and the same sections, or write pages = ""'
        yield error("M004", message, edition.location, hint)


def _turns(edition: Edition, paged: Mapping[str, Edition]) -> bool:
    """Return whether an edition needs, in the end, its own pages."""
    met: list[str] = []
    while edition.pages in paged and edition.name not in met:
        met.append(edition.name)
        edition = paged[edition.pages]
    return edition.name in met


def _without_styles(edition: Edition, styles: Styles, place: Location) -> Iterator[Diagnostic]:
    """Yield an M004 for every stylesheet and folder of layouts that is not there."""
    for sheet in edition.stylesheets:
        if sheet not in styles.stylesheets:
            message = f"edition {edition.name!r} names a stylesheet that is not there: {sheet}"
            yield error("M004", message, place, f"put it at styles/css/{sheet}")
    for folder in edition.layouts:
        if not any(name.startswith(f"{folder}/") for name in styles.templates):
            message = f"edition {edition.name!r} names layouts that are not there: {folder}"
            yield error("M004", message, place, f"put them into styles/layouts/{folder}/")
