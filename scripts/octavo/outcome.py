"""What comes of a publication, its places as they are seen from where the command was given."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from octavo.diagnostics import Diagnostic, Location, PublishingError
from octavo.model import Artifact, Manuscript
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
        return self._moved(_from(folder))

    def written_in(self, manuscript: Manuscript) -> "Outcome":
        """Return the same with the places of the files in which its texts were written.

        What was found as they were read comes first.
        """
        moved = self._moved(manuscript.written)
        return replace(moved, diagnostics=_once(manuscript.found, moved.diagnostics))

    def _moved(self, move: "Move") -> "Outcome":
        return replace(
            self,
            diagnostics=_located(move, self.diagnostics),
            evenness=tuple(_placed(move, each) for each in self.evenness),
        )


Move = Callable[[Location], Location]
"""What tells a place otherwise."""


@contextmanager
def seen_from(folder: Path) -> Iterator[None]:
    """Have errors tell their paths as seen from where the command was given."""
    try:
        yield
    except PublishingError as problem:
        raise PublishingError(*_located(_from(folder), problem.diagnostics)) from problem


@contextmanager
def written_in(manuscript: Manuscript) -> Iterator[None]:
    """Have errors tell the places of the files in which the texts of a manuscript were written."""
    try:
        yield
    except PublishingError as problem:
        told = _located(manuscript.written, problem.diagnostics)
        raise PublishingError(*_once(manuscript.found, told)) from problem


def _once(*found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(dict.fromkeys(each for some in found for each in some))


def _located(move: Move, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(replace(each, location=move(each.location)) for each in found)


def _placed(move: Move, figures: "Evenness") -> "Evenness":
    def moved(uneven: "Uneven") -> "Uneven":
        return replace(uneven, location=move(uneven.location))

    loose, tight = tuple(map(moved, figures.loose)), tuple(map(moved, figures.tight))
    return replace(figures, loose=loose, tight=tight)


def _from(folder: Path) -> Move:
    """Return what tells paths as they are seen from where the command was given."""

    def seen(place: Location) -> Location:
        if place.path.startswith(HOUSE_NAME):
            return place
        return replace(place, path=(folder / place.path).as_posix())

    return seen
