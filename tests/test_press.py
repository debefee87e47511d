"""What is written, and what is left as it was."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from octavo.delivery import examine
from octavo.diagnostics import PublishingError
from octavo.formats import FORMATS
from octavo.model import Artifact
from octavo.press import make
from octavo.workshop import Workshop
from octavo.writing import write as put
from tests.conftest import BRIEFING, PUBLICATIONS, Write, quietly

PUBLICATION_FOLDERS = sorted(path for path in PUBLICATIONS.iterdir() if path.is_dir())


def test_write_replaces_whole_files(tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    old = tmp_path / "book" / "book.epub"
    old.write_bytes(b"old")
    artifact = Artifact("book.epub", "application/epub+zip", b"new")
    assert put("book", (artifact,), tmp_path) == (old,)
    assert old.read_bytes() == b"new"
    assert [path.name for path in (tmp_path / "book").iterdir()] == ["book.epub"]


def test_all_errors_are_told_at_once(write: Write) -> None:
    folder = write({"one": "# One\n\nSee [](#a), ![A square.](b.png) and a note.[^c]\n"})
    assert [diagnostic.code for diagnostic in examine(folder).diagnostics] == [
        "R002",
        "R003",
        "I001",
    ]


@pytest.mark.slow
def test_waived_warning_is_not_told(write: Write) -> None:
    folder = write(
        {"one": "# One\n\nA text.\n\n#### Deep\n\nMore.\n"},
        toml='[[waivers]]\ncode = "S008"\nreason = "the author insists"\npath = "text/one.md"\n',
    )
    assert examine(folder).diagnostics == ()


@pytest.mark.slow
@pytest.mark.parametrize("folder", PUBLICATION_FOLDERS, ids=lambda folder: folder.name)
@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_runs_on_every_publication(folder: Path, format_: str) -> None:
    edition = {"epub": "ebook", "pdf": "print"}[format_]
    outcome = quietly(folder, edition)
    # One publication is set on small pages, with long words: its typesetter would weep.
    assert {found.code for found in outcome.diagnostics if not found.code.startswith("G")} == set()
    artifact = outcome.artifacts[0]
    assert artifact.name == f"{folder.name}{FORMATS[format_].suffix}"
    assert len(artifact.data) > 1000


@pytest.mark.slow
def test_same_bytes_from_run_to_run_and_folder_to_folder(tmp_path: Path) -> None:
    elsewhere = tmp_path / "some" / "other place" / "crossroads"
    shutil.copytree(BRIEFING, elsewhere)
    program = (
        "import sys, hashlib, pathlib\n"
        "from octavo.press import make\n"
        "for a in make(pathlib.Path(sys.argv[1])).artifacts:\n"
        "    print(a.name, hashlib.sha256(a.data).hexdigest())\n"
    )
    sums = {
        subprocess.run(
            [sys.executable, "-c", program, str(folder)],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
        ).stdout
        for folder, seed, zone in (
            (BRIEFING, "1", "UTC"),
            (BRIEFING, "2", "Asia/Tokyo"),
            (elsewhere, "3", "America/Lima"),
        )
    }
    assert len(sums) == 1


@pytest.mark.slow
def test_date_of_a_book_that_states_none(write: Write) -> None:
    metadata = '[metadata]\nidentifier = "x"\ntitle = "T"\nlanguage = "en"\n'
    folder = write({"one": "# One\n\nA text.\n"}, metadata=metadata)
    made = make(folder, ("ebook",), Workshop(), epoch=1_000_000_000)
    again = make(folder, ("ebook",), Workshop(), epoch=1_000_000_000)
    later = make(folder, ("ebook",), Workshop(), epoch=1_100_000_000)
    assert made.artifacts[0].data == again.artifacts[0].data != later.artifacts[0].data


@pytest.mark.slow
def test_killed_build_leaves_the_earlier_files(write: Write, tmp_path: Path) -> None:
    folder = write({"one": "# One\n\nA text.\n"})
    output = tmp_path / "out"
    command = [sys.executable, "-m", "octavo", "build", str(folder), "--output", str(output)]
    subprocess.run(command, check=True, capture_output=True)
    before = {path.name: path.read_bytes() for path in (output / "book").iterdir()}
    (folder / "text" / "one.md").write_text("# One\n\nAnother text.\n")
    for delay in (0.3, 0.9, 1.5):
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as building:
            time.sleep(delay)
            building.send_signal(signal.SIGKILL)
        after = {path.name: path.read_bytes() for path in (output / "book").glob("*.*")}
        assert after.keys() == before.keys()
        assert all(after[name] == before[name] for name in before) or delay > 1


def test_failing_build_raises_with_everything(write: Write) -> None:
    folder = write({"one": "# One\n"})
    with pytest.raises(PublishingError) as problem:
        quietly(folder)
    assert "error: an empty text [S004]" in str(problem.value)
