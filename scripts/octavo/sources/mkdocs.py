"""MkDocs' kind of folder: ``mkdocs.yml``, and the texts of ``docs`` in the order of ``nav``."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from octavo.diagnostics import Location
from octavo.model import Manuscript
from octavo.sources import foreign, frontmatter, listed
from octavo.sources.files import Files

NAME: Final = "mkdocs"

_FILES: Final = ("mkdocs.yml", "mkdocs.yaml")


def suits(folder: Path) -> bool:
    """Return whether a folder is MkDocs'."""
    return bool(listed.file_of(folder, *_FILES))


def read(folder: Path, epoch: int | None = None) -> Manuscript:
    """Read a folder of MkDocs.

    Raises:
        PublishingError: with everything that is wrong with its files.
    """
    files = Files(folder)
    name = listed.file_of(folder, *_FILES) or _FILES[0]
    said = listed.yaml_of(files, name)
    root = str(said.get("docs_dir", "docs"))
    nav = said.get("nav")
    lines = tuple(_lines(nav, root)) if nav else listed.every(files, f"{root}/")
    told = foreign.Told(
        title=frontmatter.words(said.get("site_name")),
        creators=frontmatter.people(said.get("site_author")),
        description=frontmatter.words(said.get("site_description")),
        rights=frontmatter.words(said.get("copyright")),
        language=frontmatter.words(listed.table(said.get("theme")).get("language")),
        place=Location(name),
    )
    return listed.manuscript(files, listed.Listed(NAME, name, lines, told), epoch)


def _lines(nav: Any, root: str) -> Iterator[listed.Line]:
    for row in listed.rows(nav):
        if isinstance(row, str):
            yield from _line("", row, root)
        else:
            for words, value in listed.table(row).items():
                yield from _line(str(words), value, root)


def _line(words: str, value: Any, root: str) -> Iterator[listed.Line]:
    if isinstance(value, list):
        yield listed.Line(words=words, below=tuple(_lines(value, root)))
    elif isinstance(value, str) and "://" not in value:
        yield listed.Line(listed.below(root, value), words)
