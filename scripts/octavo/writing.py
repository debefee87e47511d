"""The only writer of ``build/``."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from octavo.diagnostics import Location, PublishingError, error
from octavo.model import Artifact


def write(name: str, artifacts: Sequence[Artifact], output: Path) -> tuple[Path, ...]:
    """Put the files of a publication into ``output/<name>/`` and return their paths.

    All are written beside their places first and moved there at the end, so that whatever
    happens before leaves the earlier files as they were.

    Raises:
        PublishingError: M008 when the folder or a file cannot be written.
    """
    folder = output / name
    try:
        return tuple(_replace(folder, artifacts))
    except OSError as problem:
        message = f"cannot be written: {problem.strerror}"
        hint = "name another folder with --output"
        place = Location(folder.as_posix())
        raise PublishingError(error("M008", message, place, hint)) from problem


def _replace(folder: Path, artifacts: Sequence[Artifact]) -> Iterator[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".making-") as making:
        written = [(_put(Path(making), artifact), folder / artifact.name) for artifact in artifacts]
        for temporary, path in written:
            temporary.replace(path)
            yield path


def _put(folder: Path, artifact: Artifact) -> Path:
    path = folder / artifact.name
    path.write_bytes(artifact.data)
    return path
