"""What README and CONTRIBUTING promise."""

import re
from pathlib import Path

import pytest

from octavo.cli import main
from octavo.sources import read
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text()
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text()


def test_book_toml_of_the_readme_is_one(tmp_path: Path) -> None:
    blocks = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    (tmp_path / "book.toml").write_text("".join(blocks).replace("\n   ", "\n"))
    for name in ("text/first", "text/second", "handouts/exercise"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / f"{name}.md").write_text("# A title\n\nA text.\n")
    (tmp_path / "works.bib").write_text("@book{one, title={One}}")
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "journal.csl").write_text("<style/>")
    manuscript = read(tmp_path)
    assert len(blocks) == 3
    assert manuscript.citations is not None
    assert [edition.name for edition in manuscript.editions][1:3] == [
        "tuesday-a4",
        "tuesday-letter",
    ]
    assert manuscript.metadata.title == "Notes on Paper"
    assert [item.leaf for item in manuscript.spine][-2:] == ["chapter", "chapter"]


@pytest.mark.slow
def test_commands_of_the_readme(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    commands = re.findall(r"^\.venv/bin/octavo (.+)$", README, re.MULTILINE)
    assert commands == ["new my-book", "build my-book"]
    for command in commands:
        assert main(command.split()) == 0
    assert "build/my-book/my-book.epub" in capsys.readouterr().out


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_files_that_are_named_are_there(text: str) -> None:
    linked = re.findall(r"\]\(([^):#]+)\)", text)
    named = re.findall(r"`((?:scripts|styles|tests)/[\w./-]+)`", text)
    tools = re.findall(r"^(scripts/\w+)", text, re.MULTILINE)
    for name in (*linked, *named, *tools):
        if not name.startswith(("../images", "second.md", "glossary.md")) and "<" not in name:
            assert (ROOT / name).exists() or name.startswith(
                ("styles/css", "styles/layouts", "styles/words")
            ), name


def test_modules_that_contributing_names_are_there() -> None:
    package = ROOT / "scripts" / "octavo"
    rows = re.findall(r"^\| `([\w/.]+)`(?:, `([\w/.]+)`)*.*\|", CONTRIBUTING, re.MULTILINE)
    assert rows
    for names in rows:
        for name in filter(None, names):
            assert (package / name).exists(), name
