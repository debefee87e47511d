"""A manuscript to start from: small, real, and taught by its comments."""

import uuid
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template

from octavo.diagnostics import Location, PublishingError, error


def start(folder: Path) -> Iterator[Path]:
    """Write a manuscript that builds at once into a folder, and yield the paths written.

    Raises:
        PublishingError: M007 when there is something at that place already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PublishingError(
            error(
                "M007",
                "there is something here already",
                Location(str(folder)),
                "name a new folder",
            )
        )
    values = {
        "identifier": f"urn:uuid:{uuid.uuid4()}",
        "title": folder.resolve().name.replace("-", " ").replace("_", " ").title(),
    }
    yield from _copy(files("octavo.sources") / "starter_manuscript", folder, values)


def _copy(source: Traversable, target: Path, values: dict[str, str]) -> Iterator[Path]:
    target.mkdir(parents=True, exist_ok=True)
    for entry in sorted(source.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _copy(entry, target / entry.name, values)
        elif entry.name == "book.toml":
            text = Template(entry.read_text(encoding="utf-8")).substitute(values)
            (target / entry.name).write_text(text, encoding="utf-8")
            yield target / entry.name
        else:
            (target / entry.name).write_bytes(entry.read_bytes())
            yield target / entry.name
