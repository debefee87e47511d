"""The look of a book: the house's files with the book's own of the same name in their place."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from octavo.diagnostics import Location, PublishingError
from octavo.model import Styles
from octavo.sources.styles import HOUSE, leaves, read_styles
from octavo.typography.faces import house_faces

HOUSE_FILES = {
    "layouts/leaves/chapter.html": "the house's chapter",
    "layouts/leaves/part.html": "the house's part",
    "css/type.css": "the house's type",
    "words/en.toml": 'chapter = "Chapter"\npart = "Part"',
    "words/de.toml": 'chapter = "Kapitel"',
    "words/de-at.toml": 'chapter = "Hauptstück"',
}


def styles(tmp_path: Path, own: Mapping[str, str], language: str = "en") -> Styles:
    house, folder = tmp_path / "house", tmp_path / "book"
    files = {house / name: text for name, text in HOUSE_FILES.items()}
    files |= {folder / "styles" / name: text for name, text in own.items()}
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return read_styles(folder, language, house)


def test_the_book_s_own_file_takes_the_place_of_the_house_s(tmp_path: Path) -> None:
    own = {"layouts/leaves/chapter.html": "the book's chapter", "css/own.css": "the book's css"}
    found = styles(tmp_path, own)
    assert found.templates == {
        "leaves/chapter.html": "the book's chapter",
        "leaves/part.html": "the house's part",
    }
    assert found.stylesheets == {"type.css": "the house's type", "own.css": "the book's css"}
    assert found.paths == {
        "leaves/chapter.html": "styles/layouts/leaves/chapter.html",
        "leaves/part.html": "octavo:styles/layouts/leaves/part.html",
        "type.css": "octavo:styles/css/type.css",
        "own.css": "styles/css/own.css",
    }


@pytest.mark.parametrize(
    ("language", "chapter"),
    [
        ("en", "Chapter"),
        ("en-GB", "Chapter"),
        ("de-DE", "Kapitel"),
        ("de-AT", "Hauptstück"),
        ("la", "Chapter"),
    ],
)
def test_words_fall_back_on_the_language_and_then_on_english(
    tmp_path: Path, language: str, chapter: str
) -> None:
    assert styles(tmp_path, {}, language).words == {"chapter": chapter, "part": "Part"}


def test_a_book_s_own_words(tmp_path: Path) -> None:
    own = {"words/en.toml": 'part = "Book"'}
    assert styles(tmp_path, own).words == {"chapter": "Chapter", "part": "Book"}


def test_words_that_are_no_toml(tmp_path: Path) -> None:
    with pytest.raises(PublishingError) as raised:
        styles(tmp_path, {"words/en.toml": "part ="})
    assert raised.value.diagnostics[0].code == "M002"
    assert raised.value.diagnostics[0].location.path == "styles/words/en.toml"


def test_a_style_that_is_not_utf8(tmp_path: Path) -> None:
    own = tmp_path / "book" / "styles" / "css" / "own.css"
    own.parent.mkdir(parents=True)
    own.write_bytes(b"p {}\n\xe9")
    with pytest.raises(PublishingError) as raised:
        styles(tmp_path, {})
    assert raised.value.diagnostics[0].code == "S003"
    assert raised.value.diagnostics[0].location == Location("styles/css/own.css", 2)


def test_a_face_of_the_book_stands_beside_the_house_s(tmp_path: Path) -> None:
    own = tmp_path / "book" / "styles" / "fonts" / "Own.otf"
    own.parent.mkdir(parents=True)
    own.write_bytes(house_faces()[0].data)
    faces = styles(tmp_path, {"fonts/LICENSE.txt": ""}).faces
    assert faces["fonts/Own.otf"].media_type == "font/otf"
    assert "fonts/SourceSerifPro-Regular.otf" in faces
    assert "fonts/LICENSE.txt" not in faces


def test_the_house_has_its_leaves() -> None:
    assert HOUSE.is_dir()
    assert {"chapter", "part", "titlepage"} <= set(leaves())


def test_optical_margins_are_by_family_and_the_book_s_own_take_the_place(tmp_path: Path) -> None:
    own = {"margins.toml": '["Own Face"]\nleft = { "“" = 50 }\n'}
    found = styles(tmp_path, own).hangs
    assert found["Own Face"].left == {"“": 0.5}
    assert found["Own Face"].right == {}


def test_the_house_s_margins_name_its_faces() -> None:
    hangs = read_styles(HOUSE, "en").hangs
    assert {"Source Serif Pro", "Source Sans Pro", "*"} <= set(hangs)
    assert all(0 < share < 1 for each in hangs.values() for share in each.right.values())


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("A = 1", "'A' must be a table"),
        ("[A]\nup = {}", "'A.up' must be a table left or right"),
        ('[A]\nleft = { "ab" = 1 }', "'A.left.ab' must be one character"),
        ('[A]\nright = { "." = 200 }', "and a number from 0 to 100"),
        ('[A]\nright = { "." = true }', "and a number from 0 to 100"),
        ("[A", "no valid TOML"),
    ],
)
def test_margins_that_are_none_are_told(tmp_path: Path, table: str, said: str) -> None:
    with pytest.raises(PublishingError, match=r"margins\.toml") as raised:
        styles(tmp_path, {"margins.toml": table})
    (problem,) = raised.value.diagnostics
    assert said in problem.message
    assert problem.hint
