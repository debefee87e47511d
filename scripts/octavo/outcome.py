"""What comes of a publication, its places as they are seen from where the command was given."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from octavo.diagnostics import Diagnostic, PublishingError
from octavo.model import Artifact
from octavo.sources.styles import HOUSE_NAME

if TYPE_CHECKING:
    from octavo.evenness import Evenness, Uneven

Figures = tuple[tuple[str, int], ...]
"""What a proof compared, and how many of each."""


@dataclass(frozen=True)
class Outcome:
    """What came of a publication: its files and everything worth telling its author.

    ``figures`` are those of the proof that sources, e-book and print say the same; ``evenness``
    those of how lines and pages are set, by edition.
    """

    name: str
    artifacts: tuple[Artifact, ...]
    diagnostics: tuple[Diagnostic, ...]
    figures: Figures = ()
    evenness: "tuple[Evenness, ...]" = ()

    def seen_from(self, folder: Path) -> "Outcome":
        """Return the same for a publication in a folder."""
        return replace(
            self,
            diagnostics=_located(folder, self.diagnostics),
            evenness=tuple(_placed(folder, each) for each in self.evenness),
        )


@contextmanager
def seen_from(folder: Path) -> Iterator[None]:
    """Have errors tell their paths as seen from where the command was given."""
    try:
        yield
    except PublishingError as problem:
        raise PublishingError(*_located(folder, problem.diagnostics)) from problem


def _located(folder: Path, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics with paths as seen from where the command was given."""
    return tuple(
        replace(each, location=replace(each.location, path=_path(folder, each.location.path)))
        for each in found
    )


def _placed(folder: Path, figures: "Evenness") -> "Evenness":
    """Return figures with paths as seen from where the command was given."""

    def seen(uneven: "Uneven") -> "Uneven":
        place = replace(uneven.location, path=_path(folder, uneven.location.path))
        return replace(uneven, location=place)

    loose, tight = tuple(map(seen, figures.loose)), tuple(map(seen, figures.tight))
    return replace(figures, loose=loose, tight=tight)


def _path(folder: Path, path: str) -> str:
    return path if path.startswith(HOUSE_NAME) else (folder / path).as_posix()
