"""The folders of Jupyter Book and MyST: ``_toc.yml``, or ``myst.yml`` with a project."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from octavo.diagnostics import Location
from octavo.model import Manuscript
from octavo.sources import foreign, listed
from octavo.sources.files import Files

NAME: Final = "myst"

_TOC, _MYST, _CONFIG = "_toc.yml", "myst.yml", "_config.yml"
_BELOW: Final = ("chapters", "sections", "children", "entries", "subtrees", "parts")


def suits(folder: Path) -> bool:
    """Return whether a folder is one of Jupyter Book or MyST."""
    return bool(listed.file_of(folder, _TOC, _MYST))


def read(folder: Path, epoch: int | None = None) -> Manuscript:
    """Read a folder of Jupyter Book or MyST.

    Raises:
        PublishingError: with everything that is wrong with its files.
    """
    files = Files(folder)
    toc: Any = listed.yaml_of(files, _TOC)
    project = listed.table(listed.yaml_of(files, _MYST).get("project"))
    name = _TOC if toc else _MYST
    root = (listed.Line(str(toc["root"])),) if toc.get("root") else ()
    lines = (*root, *_below(toc or {"children": project.get("toc")}))
    told = foreign.told({**listed.yaml_of(files, _CONFIG), **project}, Location(name))
    whole = listed.Listed(NAME, name, lines or listed.every(files), told)
    return listed.manuscript(files, whole, epoch)


def _below(entry: Any) -> Iterator[listed.Line]:
    for key in _BELOW:
        for row in listed.rows(listed.table(entry).get(key)):
            if isinstance(row, dict):
                words = str(row.get("caption") or row.get("title") or "")
                inside = tuple(_below(row))
                yield listed.Line(str(row.get("file") or ""), words, inside)
