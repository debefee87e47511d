"""The command as its user meets it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from octavo import __version__
from octavo.cli import main
from octavo.editions import DESCRIPTIONS, EDITIONS
from tests.conftest import Write

Capture = pytest.CaptureFixture[str]


def test_version(capsys: Capture) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"octavo {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [[], ["bild"], ["build", "--jobs", "0"], ["check"], ["check", ".", "--format", "xml"]],
)
def test_wrong_usage_ends_with_2(arguments: list[str], capsys: Capture) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: octavo" in capsys.readouterr().err


def test_a_reader_who_leaves_is_no_traceback() -> None:
    command = f"{sys.executable} -m octavo list | head -1"
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "formats:\n"
    assert done.stderr == ""


def test_every_edition_is_explained(capsys: Capture) -> None:
    assert main(["list"]) == 0
    said = capsys.readouterr().out
    assert DESCRIPTIONS.keys() == EDITIONS.keys()
    assert all(description in said for description in DESCRIPTIONS.values())


def test_errors_end_with_1_and_write_nothing(write: Write, tmp_path: Path, capsys: Capture) -> None:
    folder = write({"one": "# One\n\nSee [](#nowhere).\n"})
    output = tmp_path / "out"
    assert main(["build", str(folder), "--output", str(output)]) == 1
    said = capsys.readouterr()
    assert f"{folder.as_posix()}/text/one.md:3: error: " in said.err
    assert "[R002]\n    hint: " in said.err
    assert said.out == ""
    assert not output.exists()


def test_no_manuscript_folder_is_wrong_usage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        main(["build"])
    assert ended.value.code == 2
    assert "manuscript/" in capsys.readouterr().err


def test_edition_that_is_not_there(write: Write, capsys: Capture) -> None:
    folder = write({"one": "# One\n\nA text.\n"})
    assert main(["build", str(folder), "--edition", "prnit"]) == 1
    said = capsys.readouterr().err
    assert "no edition 'prnit' [M006]" in said
    assert "ebook, print" in said


@pytest.mark.slow
def test_build_prints_paths_and_warns(write: Write, tmp_path: Path, capsys: Capture) -> None:
    folder = write(
        {"one": "# One\n\nA text.\n\n![](../images/a.svg)\n"},
        files={"images/a.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'},
    )
    output = tmp_path / "out"
    assert main(["build", str(folder), "--output", str(output)]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        str(output / "book" / "book.epub"),
        str(output / "book" / "book.pdf"),
        str(output / "book" / "book.pages.json"),
    ]
    assert "[I002]" in said.err
    assert main(["build", str(folder), "--output", str(output), "--quiet"]) == 0
    assert capsys.readouterr().err == ""
    assert main(["build", str(folder), "--output", str(output), "--verbose", "--no-cache"]) == 0
    assert "book: print: set the pages" in capsys.readouterr().err


@pytest.mark.slow
def test_output_that_cannot_be_written(write: Write, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "file").write_text("no folder")
    folder = write({"one": "# One\n\nA text.\n"})
    output = tmp_path / "file" / "out"
    assert main(["build", str(folder), "--edition", "ebook", "--output", str(output)]) == 1
    assert "cannot be written: Not a directory [M008]" in capsys.readouterr().err


@pytest.mark.slow
def test_editions_of_other_names_are_called_by_them(
    write: Write, tmp_path: Path, capsys: Capture
) -> None:
    folder = write(
        {"one": "# One\n\nA text.\n"},
        toml='[editions.print]\n[editions.pocket]\nfrom = "print"\ntrim = "5x8"\n',
    )
    assert main(["build", str(folder), "--output", str(tmp_path), "--edition", "pocket"]) == 0
    made = tmp_path / "book"
    assert capsys.readouterr().out == (
        f"{made / 'book-pocket.pdf'}\n{made / 'book-pocket.pages.json'}\n"
    )


@pytest.mark.slow
def test_many_publications_in_processes(write: Write, tmp_path: Path, capsys: Capture) -> None:
    good = write({"one": "# One\n\nA text.\n"})
    bad = tmp_path / "bad"
    bad.mkdir()
    output = tmp_path / "out"
    status = main(
        ["build", str(good), str(bad), "--edition", "ebook", "--output", str(output), "--jobs", "2"]
    )
    said = capsys.readouterr()
    assert status == 1
    assert said.out == f"{output / 'book' / 'book.epub'}\n"
    assert "no book.toml [M001]" in said.err


def test_check_as_json(write: Write, capsys: Capture) -> None:
    folder = write({"one": "# One\n\nA text.[^a]\n"})
    assert main(["check", str(folder), "--format", "json"]) == 1
    (record,) = json.loads(capsys.readouterr().out)["diagnostics"]
    assert record["code"] == "R003"
    assert record["severity"] == "error"
    assert record["location"] == {"path": f"{folder.as_posix()}/text/one.md", "line": 3}


def test_check_as_text(write: Write, capsys: Capture) -> None:
    folder = write({"one": "# One\n\nA text.[^a]\n"})
    assert main(["check", str(folder)]) == 1
    assert capsys.readouterr().out.endswith("1 errors, 0 warnings\n")


@pytest.mark.slow
def test_check_of_what_has_not_changed(
    write: Write, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write({"one": "# One\n\nA text.\n"})
    command = ["check", str(folder), "--format", "json"]
    assert main(command) == 0
    first = capsys.readouterr().out
    assert json.loads(first)["proof"]["words"] == 3
    with monkeypatch.context() as patch:
        patch.setattr("octavo.press.appraise", None)
        assert main(command) == 0
        assert capsys.readouterr().out == first
    assert main([*command, "--jobs", "1", "--no-cache"]) == 0
    assert capsys.readouterr().out == first
    (folder / "text" / "one.md").write_text("# One\n\nAnother text it is.\n", encoding="utf-8")
    assert main(command) == 0
    assert json.loads(capsys.readouterr().out)["proof"]["words"] == 5


def test_list_shows_the_registries(capsys: Capture) -> None:
    assert main(["list"]) == 0
    said = capsys.readouterr().out
    for title in ("formats", "editions", "sources", "extensions", "checks", "leaves"):
        assert f"{title}:\n" in said
    assert "  interview " in said
    assert "  R002  a link to an id that is not there\n" in said
    assert "  titlepage" in said


@pytest.mark.slow
def test_new_manuscript_builds_at_once(tmp_path: Path, capsys: Capture) -> None:
    folder = tmp_path / "my-first-book"
    assert main(["new", str(folder)]) == 0
    assert 'title = "My First Book"' in (folder / "book.toml").read_text()
    assert main(["build", str(folder), "--output", str(tmp_path)]) == 0
    said = capsys.readouterr()
    assert "warning" not in said.err
    assert (tmp_path / "my-first-book" / "my-first-book.pdf").exists()


def test_new_spares_what_is_there(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "letter.txt").write_text("Dear reader")
    assert main(["new", str(tmp_path)]) == 1
    assert "[M007]" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.slow
def test_a_scheduler_that_does_not_answer(
    write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write({"one": "# One\n\nA text.\n"})
    command = ["build", str(folder), "--output", str(tmp_path), "--scheduler", "tcp://127.0.0.1:9"]
    assert main(command) == 1
    assert "tcp://127.0.0.1:9: error: no Dask scheduler answers" in capsys.readouterr().err


def test_a_way_in_that_is_none(write: Write, capsys: Capture) -> None:
    folder = write({"one": "# One\n\nA text.\n"})
    assert main(["check", str(folder), "--from", "scrolls"]) == 1
    assert "no way in 'scrolls' [M012]" in capsys.readouterr().out


def test_a_way_in_is_forced(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "one.md").write_text("# One\n\nA text.\n")
    assert main(["check", str(tmp_path), "--from", "octavo"]) == 1
    assert "no book.toml [M001]" in capsys.readouterr().out
