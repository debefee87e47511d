"""Quarto's kind of folder: ``_quarto.yml`` with a book and its chapters."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from octavo.diagnostics import Location
from octavo.model import Manuscript, Matter
from octavo.sources import foreign, frontmatter, listed
from octavo.sources.files import Files

NAME: Final = "quarto"

_FILES: Final = ("_quarto.yml", "_quarto.yaml")


def suits(folder: Path) -> bool:
    """Return whether a folder is Quarto's."""
    return bool(listed.file_of(folder, *_FILES))


def read(folder: Path, epoch: int | None = None) -> Manuscript:
    """Read a folder of Quarto.

    Raises:
        PublishingError: with everything that is wrong with its files.
    """
    files = Files(folder)
    name = listed.file_of(folder, *_FILES) or _FILES[0]
    said = listed.yaml_of(files, name)
    book = {**said, **listed.table(said.get("website")), **listed.table(said.get("book"))}
    lines = (
        *_lines(book.get("chapters"), Matter.BODY),
        *_lines(book.get("appendices"), Matter.BACK),
    ) or listed.every(files)
    told = foreign.told(book, Location(name))
    return listed.manuscript(files, listed.Listed(NAME, name, lines, told), epoch)


def _lines(chapters: Any, matter: Matter) -> Iterator[listed.Line]:
    for row in listed.rows(chapters):
        if isinstance(row, str):
            yield listed.Line(row, matter=matter)
        elif part := listed.table(row).get("part"):
            inside = tuple(_lines(row.get("chapters"), matter))
            is_text = str(part).lower().endswith(foreign.MARKDOWN)
            yield listed.Line(
                str(part) if is_text else "", "" if is_text else str(part), inside, matter
            )
        elif file := listed.table(row).get("file") or listed.table(row).get("href"):
            yield listed.Line(str(file), frontmatter.words(row.get("text")), matter=matter)
