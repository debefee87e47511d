"""Octavo's own kind of folder: ``book.toml``, the texts that its spine names, and their images."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, time
from pathlib import Path
from posixpath import normpath
from typing import Final

from octavo.diagnostics import Diagnostic, Location, PublishingError, error, raise_errors
from octavo.model import (
    Citations,
    Creator,
    Manuscript,
    Matter,
    Metadata,
    Series,
    SpineItem,
    Statement,
    Styles,
    Waiver,
)
from octavo.sources import citing
from octavo.sources.booktoml import (
    BookToml,
    CreatorTable,
    LeafTable,
    MetadataTable,
    PartTable,
    TextTable,
)
from octavo.sources.editions import read_editions
from octavo.sources.files import Files
from octavo.sources.positions import Path as Key
from octavo.sources.styles import read_styles
from octavo.sources.validation import NAME, validated
from octavo.sources.values import first_day

Lines = Mapping[Key, int]

_OTHERS: Final = re.compile(r"^\[book\]", re.MULTILINE)
"""What stands in the ``book.toml`` of mdBook."""

_OF_EDITIONS: Final = frozenset({"section", "concordance"})
"""Kinds of leaf that no spine has."""


def suits(folder: Path) -> bool:
    """Return whether a folder is Octavo's, as far as its ``book.toml`` shows."""
    try:
        return not _OTHERS.search((folder / NAME).read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        return (folder / NAME).exists()


def read(folder: Path, epoch: int | None = None) -> Manuscript:
    """Read a folder that has a ``book.toml``.

    Raises:
        PublishingError: with everything that is wrong with ``book.toml`` and the files it names.
    """
    files = Files(folder)
    if not (folder / NAME).is_file():
        raise PublishingError(
            error("M001", "no book.toml", Location(NAME), "start one with: octavo new FOLDER")
        )
    book, lines = validated(files.text(NAME))
    spine = tuple(_spine(book, lines))
    problems = [*_repeated(spine), *_misplaced(spine)]
    handouts = tuple(_handouts(book, spine, lines))
    sources = files.texts((*_texts(spine), *handouts), problems)
    styles = _styles(folder, book, problems)
    editions = read_editions(book, lines, styles, problems)
    assets = files.assets(_beside(book, lines), problems)
    citations = _citations(book, lines, files, problems)
    raise_errors(problems)
    return Manuscript(
        name=folder.resolve().name,
        metadata=_metadata(book.metadata, epoch, files),
        statement=_statement(book),
        spine=spine,
        editions=editions,
        waivers=tuple(_waivers(book, lines)),
        sources=sources,
        assets=assets,
        styles=styles,
        cover=_path(book.metadata.cover),
        handouts=handouts,
        unlisted=files.unlisted(set(sources)),
        astray=files.astray(),
        places=_places(lines),
        citations=citations,
    )


def _path(written: str) -> str:
    """Return a path in its one spelling, so that ``./text/a.md`` is ``text/a.md``."""
    return normpath(written) if written else ""


def _beside(book: BookToml, lines: Lines) -> Mapping[str, Location]:
    """Return the image folders beside the book, and where each is named."""
    return {
        _path(folder): Location(NAME, lines.get(("assets", "folders", count), 0))
        for count, folder in enumerate(book.assets.folders)
    }


def _citations(
    book: BookToml, lines: Lines, files: Files, problems: list[Diagnostic]
) -> Citations | None:
    if book.citations is None:
        return None
    place = Location(NAME, lines.get(("citations", "references"), 0))
    return citing.of_table(files, book.citations, place, problems)


def _places(lines: Lines) -> Mapping[str, Location]:
    return {
        str(key[1]): Location(NAME, line)
        for key, line in lines.items()
        if key[0] == "metadata" and len(key) == 2
    }


# --- metadata ---


def _metadata(table: MetadataTable, epoch: int | None, files: Files) -> Metadata:
    series = Series(table.series.name, table.series.position) if table.series else None
    return Metadata(
        identifier=table.identifier,
        title=table.title,
        language=table.language,
        modified=_modified(table, epoch, files),
        subtitle=table.subtitle,
        creators=_people(table.creators),
        contributors=_people(table.contributors),
        publisher=table.publisher,
        date=table.date or "",
        rights=table.rights,
        description=" ".join(table.description.split()),
        subjects=tuple(table.subjects),
        source=table.source,
        licence=table.licence,
        address=table.address,
        series=series,
    )


def _people(tables: Sequence[CreatorTable]) -> tuple[Creator, ...]:
    return tuple(Creator(table.name, table.role, table.file_as) for table in tables)


def _modified(table: MetadataTable, epoch: int | None, files: Files) -> datetime:
    """Return the book's date: its own, else SOURCE_DATE_EPOCH, else that of its newest file."""
    if table.modified:
        return table.modified
    if table.date:
        return datetime.combine(first_day(table.date), time(), UTC)
    return datetime.fromtimestamp(files.newest() if epoch is None else epoch, UTC)


def _statement(book: BookToml) -> Statement:
    said = book.accessibility
    on = said.reviewed_on.isoformat() if said.reviewed_on else ""
    return Statement(said.summary, said.reviewed_by, on)


def _waivers(book: BookToml, lines: Lines) -> Iterator[Waiver]:
    for count, table in enumerate(book.waivers):
        place = Location(NAME, lines.get(("waivers", count), 0))
        yield Waiver(table.code, table.reason, place, _path(table.path))


# --- the spine ---


def _spine(book: BookToml, lines: Lines) -> Iterator[SpineItem]:
    for matter in Matter:
        for count, entry in enumerate(getattr(book.spine, matter)):
            key: Key = ("spine", matter.value, count)
            yield _item(entry, matter, key, lines)


def _item(
    entry: str | TextTable | LeafTable | PartTable, matter: Matter, key: Key, lines: Lines
) -> SpineItem:
    place = Location(NAME, lines.get(key, 0))
    if isinstance(entry, PartTable):
        items = tuple(
            _item(inner, matter, (*key, "texts", count), lines)
            for count, inner in enumerate(entry.texts)
        )
        path, title = (_path(entry.part), "") if _is_text(entry.part) else ("", entry.part)
        return SpineItem("part", matter, place, path, title, items)
    if isinstance(entry, TextTable):
        return SpineItem(entry.leaf or "chapter", matter, place, _path(entry.text), entry.title)
    if isinstance(entry, LeafTable):
        return SpineItem(entry.leaf, matter, place, title=entry.title)
    if _is_text(entry):
        return SpineItem("chapter", matter, place, _path(entry))
    return SpineItem(entry, matter, place)


def _is_text(entry: str) -> bool:
    return entry.endswith((".md", ".markdown"))


def _texts(spine: Sequence[SpineItem]) -> Iterator[SpineItem]:
    """Yield the items that are texts, in reading order."""
    for item in spine:
        if item.path:
            yield item
        yield from _texts(item.items)


def _handouts(book: BookToml, spine: Sequence[SpineItem], lines: Lines) -> Iterator[SpineItem]:
    """Yield the texts that editions select and the spine does not name, each once."""
    met = {item.path for item in _texts(spine)}
    for name, table in book.editions.items():
        for count, section in enumerate(table.sections or ()):
            path = _path(section.partition("#")[0])
            if path not in met:
                met.add(path)
                line = lines.get(("editions", name, "sections", count), 0)
                yield SpineItem("section", Matter.BODY, Location(NAME, line), path)


def _repeated(spine: Sequence[SpineItem]) -> Iterator[Diagnostic]:
    met: dict[str, SpineItem] = {}
    for item in _texts(spine):
        if item.path in met:
            hint = f"it stands on line {met[item.path].location.line} already; name it once"
            yield error("M004", f"{item.path} stands in the spine twice", item.location, hint)
        met.setdefault(item.path, item)


def _misplaced(spine: Sequence[SpineItem]) -> Iterator[Diagnostic]:
    """Yield an M004 for every leaf that an edition adds by itself."""
    for item in (each for top in spine for each in (top, *top.items)):
        if item.leaf in _OF_EDITIONS:
            hint = "name a leaf that octavo list shows, or add [editions.large-print]"
            message = f"a leaf {item.leaf!r}, which an edition adds by itself"
            yield error("M004", message, item.location, hint)


# --- styles ---


def _styles(folder: Path, book: BookToml, problems: list[Diagnostic]) -> Styles:
    try:
        return read_styles(folder, book.metadata.language)
    except PublishingError as problem:
        problems += problem.diagnostics
        return Styles({}, {}, {}, {}, {})
