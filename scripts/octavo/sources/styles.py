"""The look of a book: the house's styles with the book's own of the same name in their place."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from octavo.diagnostics import Location, PublishingError, error
from octavo.model import Asset, Styles
from octavo.sources.hangs import NAME as MARGINS
from octavo.sources.hangs import read_hangs
from octavo.typography.faces import house_faces, is_face

_PACKAGE: Final = Path(__file__).resolve().parents[1]
HOUSE: Final = next(
    folder
    for folder in (_PACKAGE / "styles", _PACKAGE.parents[1] / "styles", _PACKAGE)
    if folder.is_dir()
)
"""The house's styles: inside the installed package, or beside it in a checkout."""

HOUSE_NAME: Final = "octavo:styles"
"""How a file of the house is called in a diagnostic; an author's own is ``styles/...``."""

FACE_TYPES: Final[Mapping[str, str]] = {
    ".otf": "font/otf",
    ".ttf": "font/ttf",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}


def read_styles(folder: Path, language: str, house: Path = HOUSE) -> Styles:
    """Return the styles for a book.

    Args:
        folder: the publication's folder; its ``styles/`` may hold files of its own.
        language: the book's language, for the words that templates print.
        house: the house's styles.

    Raises:
        PublishingError: S003 for a file that is not UTF-8, M002 for words that are no TOML, X003
            for a symbolic link that leads out.
    """
    layers = (house, folder / "styles")
    templates = _layered(layers, "layouts", "*")
    stylesheets = _layered(layers, "css", "*.css")
    faces = {face.name: face for face in (*house_faces(), *_own_faces(layers))}
    return Styles(
        templates={name: _text(path, layers) for name, path in templates.items()},
        stylesheets={name: _text(path, layers) for name, path in stylesheets.items()},
        faces=faces,
        words=_words(layers, language),
        paths={
            name: _shown(path, layers) for name, path in (*templates.items(), *stylesheets.items())
        },
        hangs=read_hangs(_tables(layers)),
    )


@cache
def leaves(house: Path = HOUSE) -> tuple[str, ...]:
    """Return the kinds of leaves that the house has templates for."""
    return tuple(sorted(path.stem for path in (house / "layouts" / "leaves").glob("*.html")))


def _layered(layers: tuple[Path, ...], name: str, pattern: str) -> Mapping[str, Path]:
    """Return the files of a folder by their names in it; a later layer's file takes the place."""
    return {
        path.relative_to(layer / name).as_posix(): path
        for layer in layers
        for path in sorted((layer / name).rglob(pattern))
        if path.is_file() and not path.name.startswith(".")
    }


def _words(layers: tuple[Path, ...], language: str) -> Mapping[str, str]:
    """Return the words of a language over those of the languages it falls back on, English last."""
    tags = language.lower().split("-")
    names = ["en", *("-".join(tags[:length]) for length in range(1, len(tags) + 1))]
    words: dict[str, str] = {}
    for name in names:
        for layer in layers:
            path = layer / "words" / f"{name}.toml"
            if path.is_file():
                words |= _table(path, layers)
    return words


def _table(path: Path, layers: tuple[Path, ...]) -> dict[str, str]:
    try:
        return {key: str(word) for key, word in tomllib.loads(_text(path, layers)).items()}
    except tomllib.TOMLDecodeError as problem:
        place = Location(_shown(path, layers))
        raise PublishingError(
            error("M002", f"no valid TOML: {problem}", place, 'write: chapter = "Chapter"')
        ) from problem


def _tables(layers: tuple[Path, ...]) -> Mapping[str, str]:
    """Return the tables of optical margins by the paths to show, the house's first."""
    paths = (layer / MARGINS for layer in layers)
    return {_shown(path, layers): _text(path, layers) for path in paths if path.is_file()}


def _own_faces(layers: tuple[Path, ...]) -> Iterator[Asset]:
    for path in sorted((layers[1] / "fonts").glob("*")):
        if path.suffix.lower() in FACE_TYPES and path.is_file():
            data = _data(path, layers)
            face = Asset(f"fonts/{path.name}", FACE_TYPES[path.suffix.lower()], data)
            if not is_face(face):
                message, hint = "a font that cannot be read", "put the whole font file there"
                raise PublishingError(error("T003", message, Location(_shown(path, layers)), hint))
            yield face


def _text(path: Path, layers: tuple[Path, ...]) -> str:
    data = _data(path, layers)
    try:
        return data.decode().replace("\r\n", "\n")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise PublishingError(
            error(
                "S003",
                f"not UTF-8: byte {problem.start} is {data[problem.start]:#04x}",
                Location(_shown(path, layers), line),
                "save the file as UTF-8",
            )
        ) from problem


def _data(path: Path, layers: tuple[Path, ...]) -> bytes:
    own = layers[1]
    if own in path.parents and not path.resolve().is_relative_to(own.parent.resolve()):
        raise PublishingError(
            error(
                "X003",
                "a symbolic link that leads out of the publication's folder",
                Location(_shown(path, layers)),
                "put the file itself there",
            )
        )
    return path.read_bytes()


def _shown(path: Path, layers: tuple[Path, ...]) -> str:
    """Return the path to show: below the publication, or below the house's ``styles``."""
    house, own = layers
    if own in path.parents:
        return path.relative_to(own.parent).as_posix()
    return f"{HOUSE_NAME}/{path.relative_to(house).as_posix()}"
