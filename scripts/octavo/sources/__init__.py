"""The ways into Octavo: each reads one kind of folder and returns a manuscript.

Nothing else reads the disk on the author's behalf.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Final

from octavo.diagnostics import Location, PublishingError, error
from octavo.interruptions import undisturbed
from octavo.model import Manuscript
from octavo.sources.mirroring import set_for_language
from octavo.sources.scripts import with_faces


@dataclass(frozen=True)
class Way:
    """A kind of folder: what it is known by, and the module that tells and reads it."""

    description: str
    module: str

    def suits(self, folder: Path) -> bool:
        """Return whether a folder is of this kind."""
        return bool(_loaded(self.module).suits(folder))

    def read(self, folder: Path, epoch: int | None) -> Manuscript:
        """Return the manuscript in a folder of this kind.

        Raises:
            PublishingError: with everything that is wrong with the folder.
        """
        made: Manuscript = _loaded(self.module).read(folder, epoch=epoch)
        return made


SOURCES: Final[Mapping[str, Way]] = {
    "octavo": Way("book.toml with [metadata]", "octavo.sources.native"),
    "mdbook": Way("book.toml with [book], and SUMMARY.md", "octavo.sources.mdbook"),
    "bookdown": Way("_bookdown.yml", "octavo.sources.bookdown"),
    "quarto": Way("_quarto.yml", "octavo.sources.quarto"),
    "mkdocs": Way("mkdocs.yml", "octavo.sources.mkdocs"),
    "myst": Way("_toc.yml or myst.yml", "octavo.sources.myst"),
    "single": Way("one long text, cut at its headings", "octavo.sources.single"),
    "folder": Way("texts in natural order", "octavo.sources.folder"),
}
"""Every way in by name; the first that suits a folder is taken."""


@dataclass(frozen=True)
class Reading:
    """How a folder is read.

    ``epoch`` is the date to use where the manuscript states none, in seconds (SOURCE_DATE_EPOCH);
    ``way`` the kind of folder that it is, told by what it holds where it is empty; ``fetch``
    whether images on the web are fetched, for the texts of another tool.
    """

    epoch: int | None = None
    way: str = ""
    fetch: bool = False


AS_IT_IS: Final = Reading()
"""By what the folder holds, and nothing fetched."""


def read(folder: Path, epoch: int | None = None, way: str = "") -> Manuscript:
    """Return the manuscript in a folder, as ``read_as`` does, with nothing fetched.

    Raises:
        PublishingError: with everything that is wrong with the folder.
    """
    return read_as(folder, Reading(epoch, way))


def read_as(folder: Path, reading: Reading) -> Manuscript:
    """Return the manuscript in a folder, read in some way.

    Raises:
        PublishingError: with everything that is wrong with the folder.
    """
    if folder.is_file():
        hint = f"name the folder in which it lies with its images: {folder.parent}"
        raise PublishingError(error("M001", "a file, and not a folder", Location(""), hint))
    manuscript = _way(folder, reading.way).read(folder, reading.epoch)
    if reading.fetch:
        manuscript = _loaded("octavo.sources.fetching").with_fetched(manuscript)
    return with_faces(set_for_language(manuscript))


def _loaded(module: str) -> ModuleType:
    with undisturbed():
        return import_module(module)


def _way(folder: Path, name: str) -> Way:
    if name not in SOURCES and name:
        hint = f"name one of: {', '.join(SOURCES)}"
        raise PublishingError(error("M012", f"no way in {name!r}", Location("."), hint))
    if name:
        return SOURCES[name]
    if not folder.is_dir():
        return SOURCES["octavo"]
    return next((way for way in SOURCES.values() if way.suits(folder)), SOURCES["octavo"])
