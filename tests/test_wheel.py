"""Octavo as somebody installs it: from a wheel, in an environment and a folder of their own."""

import subprocess
import sys
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "build",
            "--wheel",
            "--no-isolation",
            "--outdir",
            str(folder),
            str(ROOT),
        ],
        check=True,
        capture_output=True,
    )
    (path,) = folder.glob("*.whl")
    return path


def test_wheel_carries_styles_and_types(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert "octavo/py.typed" in names
    assert "octavo/styles/css/type.css" in names
    assert "octavo/styles/layouts/leaves/titlepage.html" in names
    assert "octavo/sources/starter_manuscript/book.toml" in names
    assert not [name for name in names if name.startswith(("tests/", "manuscript/"))]


def test_new_book_from_the_wheel(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "clean"
    venv.create(environment, with_pip=True)
    pip = [str(environment / "bin" / "python"), "-m", "pip", "install", "--quiet", "--no-deps"]
    lock = ROOT / "requirements.lock"
    subprocess.run([*pip, "--require-hashes", "--requirement", str(lock)], check=True, cwd=tmp_path)
    subprocess.run([*pip, str(wheel)], check=True, cwd=tmp_path)
    octavo = str(environment / "bin" / "octavo")
    said = [
        subprocess.run([octavo, *command], cwd=tmp_path, capture_output=True, text=True, check=True)
        for command in (["new", "demo"], ["build", "demo"], ["check", "demo"])
    ]
    assert said[-1].stdout.endswith("demo: 0 errors, 0 warnings\n")
    assert sorted(path.name for path in (tmp_path / "build" / "demo").iterdir()) == [
        "demo.epub",
        "demo.pages.json",
        "demo.pdf",
    ]
