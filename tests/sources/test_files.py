"""The fence around a publication's folder: nothing outside it is read."""

from pathlib import Path

import pytest

from octavo.diagnostics import PublishingError
from octavo.sources import read
from tests.conftest import Write

TEXT = {"one": "# One\n\nA text.\n"}


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """Return a folder outside the book's, and not beside it, that holds an image and a text."""
    folder = tmp_path.parent / f"{tmp_path.name}-outside"
    folder.mkdir()
    (folder / "secret.png").write_bytes(b"secret")
    (folder / "secret.md").write_text("secret")
    return folder


def code(folder: Path) -> str:
    with pytest.raises(PublishingError) as raised:
        read(folder)
    (found,) = raised.value.diagnostics
    assert found.location.line
    assert found.hint
    return found.code


def test_images_of_the_folder(write: Write) -> None:
    files = dict.fromkeys(
        ("images/a.SVG", "text/b.png", "c.webp", ".hidden/d.png", "styles/e.png", "f.tiff"), ""
    )
    assets = read(write(TEXT, files=files)).assets
    assert {path: (a.name, a.media_type) for path, a in assets.items()} == {
        "c.webp": ("c.webp", "image/webp"),
        "images/a.SVG": ("images/a.SVG", "image/svg+xml"),
        "text/b.png": ("text/b.png", "image/png"),
    }


@pytest.mark.parametrize("written", ["../images", ".././images/"])
def test_images_beside_the_book(write: Write, written: str) -> None:
    folder = write(TEXT, toml=f"[assets]\nfolders = ['{written}']")
    (folder.parent / "images" / "deep").mkdir(parents=True)
    (folder.parent / "images" / "deep" / "a.png").write_bytes(b"")
    assets = read(folder).assets
    assert {path: a.name for path, a in assets.items()} == {
        "../images/deep/a.png": "beside/images/deep/a.png"
    }


@pytest.mark.parametrize("written", ["../..", "/etc", "../../elsewhere"])
def test_an_image_folder_that_is_not_beside_the_book(write: Write, written: str) -> None:
    assert code(write(TEXT, toml=f"[assets]\nfolders = ['{written}']")) == "X001"


def test_an_image_folder_that_is_a_link_leading_out(write: Write, outside: Path) -> None:
    folder = write(TEXT, toml="[assets]\nfolders = ['../images']")
    (folder.parent / "images").symlink_to(outside)
    assert code(folder) == "X003"


@pytest.mark.parametrize("path", ["../secret.md", "/etc/secret.md", "text/../../secret.md"])
def test_a_text_outside(write: Write, path: str) -> None:
    assert code(write(TEXT, f"bodymatter = ['text/one.md', '{path}']")) == "X001"


def test_a_text_behind_a_link_leading_out(write: Write, outside: Path) -> None:
    folder = write(TEXT, "bodymatter = ['text/one.md', 'text/out/secret.md']")
    (folder / "text" / "out").symlink_to(outside)
    assert code(folder) == "X003"


def test_links_leading_out_are_not_read_but_named(write: Write, outside: Path) -> None:
    folder = write(TEXT)
    (folder / "out").symlink_to(outside)
    (folder / "a.png").symlink_to(outside / "secret.png")
    (folder / "text" / "b.md").symlink_to("../../nowhere.md")
    manuscript = read(folder)
    assert manuscript.astray == ("a.png", "out", "text/b.md")
    assert manuscript.assets == {}
    assert manuscript.unlisted == ()


def test_links_inside_the_folder_are_followed(write: Write) -> None:
    folder = write(TEXT, files={"art/a.png": ""})
    (folder / "images").symlink_to("art")
    assert list(read(folder).assets) == ["art/a.png", "images/a.png"]


def test_circles_of_links_are_not_walked_for_ever(write: Write) -> None:
    folder = write(TEXT, files={"a/i.png": "", "b/.keep": ""})
    (folder / "text" / "self").symlink_to("self")
    for name in "xyz":
        (folder / "a" / name).symlink_to("../b")
        (folder / "b" / name).symlink_to("../a")
    assert "a/i.png" in read(folder).assets
    assert read(folder).astray == ()


@pytest.mark.parametrize(
    "path", ["layouts/leaves/chapter.html", "css/own.css", "words/en.toml", "fonts/x.otf"]
)
def test_a_style_that_is_a_link_leading_out(write: Write, outside: Path, path: str) -> None:
    folder = write(TEXT)
    link = folder / "styles" / path
    link.parent.mkdir(parents=True)
    link.symlink_to(outside / "secret.md")
    with pytest.raises(PublishingError) as raised:
        read(folder)
    assert [(d.code, d.location.path) for d in raised.value.diagnostics] == [
        ("X003", f"styles/{path}")
    ]
