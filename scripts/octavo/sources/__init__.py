"""The ways into Octavo: each reads one kind of folder and returns a manuscript.

Nothing else reads the disk on the author's behalf.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from octavo.model import Manuscript
from octavo.sources import native

SOURCES: Final[Mapping[str, Callable[..., Manuscript]]] = {
    "octavo": native.read,
}
"""Every way in, by name."""


def read(folder: Path, epoch: int | None = None) -> Manuscript:
    """Return the manuscript in a folder.

    Args:
        folder: the publication's folder.
        epoch: the date to use where the manuscript states none, in seconds (SOURCE_DATE_EPOCH).

    Raises:
        PublishingError: with everything that is wrong with the folder.
    """
    return SOURCES["octavo"](folder, epoch=epoch)
