"""What tests share: books written on the spot, and the repository's own, made once."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest

from octavo.model import Artifact, Draft
from octavo.outcome import Outcome
from octavo.press import make, prepare
from octavo.sources import read
from octavo.workshop import Workshop

ROOT = Path(__file__).parents[1]
PUBLICATIONS = ROOT / "tests" / "publications"
BRIEFING = ROOT / "manuscript" / "crossroads"

METADATA = """
[metadata]
identifier = "urn:uuid:00000000-0000-4000-8000-000000000000"
title = "A book"
language = "en"
modified = 2026-01-01T00:00:00Z
"""

Write = Callable[..., Path]


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Have the tests keep what they make apart from what the user has made."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


def write_book(
    folder: Path,
    texts: Mapping[str, str],
    spine: str = "",
    toml: str = "",
    metadata: str = METADATA,
    files: Mapping[str, str] | None = None,
) -> Path:
    """Write a book: its texts by file name, its spine, and more TOML."""
    listed = ", ".join(f'"text/{name}.md"' for name in texts)
    spine = spine or f"bodymatter = [{listed}]"
    everything = {
        "book.toml": f"{metadata}\n[spine]\n{spine}\n{toml}\n",
        **{f"text/{name}.md": text for name, text in texts.items()},
        **(files or {}),
    }
    for name, text in everything.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return ``write_book`` with a folder of its own."""
    return partial(write_book, tmp_path / "book")


@pytest.fixture
def draft(write: Write) -> Callable[..., Draft]:
    """Return a function that writes a book, reads and parses it."""
    return lambda *arguments, **options: prepare(read(write(*arguments, **options)))


def quietly(folder: Path, *editions: str) -> Outcome:
    """Return a publication, made without a word."""
    return make(folder, editions, Workshop())


@pytest.fixture(scope="session")
def briefing() -> Mapping[str, Artifact]:
    """Return e-book and book of the repository's own publication, by suffix."""
    outcome = quietly(BRIEFING, "ebook", "print")
    assert not outcome.diagnostics
    return {Path(artifact.name).suffix: artifact for artifact in outcome.artifacts}


@pytest.fixture(scope="session")
def editions() -> Mapping[str, Artifact]:
    """Return the finished files of all its editions, by name."""
    outcome = quietly(BRIEFING)
    assert not outcome.diagnostics
    return {artifact.name.removeprefix("crossroads-"): artifact for artifact in outcome.artifacts}


@pytest.fixture(scope="session")
def briefing_files(
    briefing: Mapping[str, Artifact], tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Path]:
    """Return the same as files, by suffix."""
    folder = tmp_path_factory.mktemp("briefing")
    for artifact in briefing.values():
        (folder / artifact.name).write_bytes(artifact.data)
    return {suffix: folder / artifact.name for suffix, artifact in briefing.items()}
