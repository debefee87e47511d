"""The faces of the house, what a face can draw, and a face cut to what a book needs."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Final

import uharfbuzz as hb

from octavo.model import Asset

FACES: Final[Mapping[str, tuple[str, ...]]] = {
    "font-source-serif-pro": (
        "SourceSerifPro-Light.otf",
        "SourceSerifPro-Regular.otf",
        "SourceSerifPro-It.otf",
        "SourceSerifPro-Semibold.otf",
        "SourceSerifPro-SemiboldIt.otf",
        "SourceSerifPro-Bold.otf",
        "SourceSerifPro-BoldIt.otf",
    ),
    "font-source-sans-pro": (
        "SourceSansPro-Light.otf",
        "SourceSansPro-Regular.otf",
        "SourceSansPro-It.otf",
        "SourceSansPro-Semibold.otf",
        "SourceSansPro-SemiboldIt.otf",
        "SourceSansPro-Bold.otf",
    ),
    "fontpkg-source-code-pro": (
        "SourceCodePro[wght].ttf",
        "SourceCodePro-Italic[wght].ttf",
    ),
}
"""The faces that every stylesheet may name, by the package that carries them under the OFL."""


@cache
def house_faces() -> tuple[Asset, ...]:
    """Return the font files of the house, named ``fonts/<file>``; they are read once.

    The axes of a variable font, in brackets at the end of its file's name, are left out of ours.

    Raises:
        importlib.metadata.PackageNotFoundError: when a family is not installed.
    """
    return tuple(
        Asset(_name(file), f"font/{file[-3:]}", _file(package, file).read_bytes())
        for package, files in FACES.items()
        for file in files
    )


def _name(file: str) -> str:
    return "fonts/" + re.sub(r"\[.*\]", "", file)


def _file(package: str, name: str) -> Path:
    # The packages' own modules import pkg_resources, which not every Python has.
    return Path(str(distribution(package).locate_file(f"{package.replace('-', '_')}/files/{name}")))


def is_face(face: Asset) -> bool:
    """Return whether a file is a font that can draw something."""
    return bool(characters(face))


@cache
def characters(face: Asset) -> frozenset[str]:
    """Return the characters that a face can draw."""
    return frozenset(map(chr, hb.Face(face.data).unicodes))


def repertoire(faces: Iterable[Asset]) -> frozenset[str]:
    """Return the characters that at least one of the faces can draw."""
    return frozenset[str]().union(*(characters(face) for face in faces))


def subset(face: Asset, text: Iterable[str]) -> Asset:
    """Return the face cut to the characters of some texts, with every OpenType feature kept.

    The names, among them the licence, stay; hints for coarse screens go. The same face and the
    same characters always give the same bytes.

    Raises:
        RuntimeError: when the face is no font.
    """
    return _subset(face, frozenset(character for piece in text for character in piece))


@cache
def _subset(face: Asset, characters: frozenset[str]) -> Asset:
    wanted = hb.SubsetInput()
    wanted.unicode_set.update(map(ord, characters))
    for every in (hb.SubsetInputSets.LAYOUT_FEATURE_TAG, hb.SubsetInputSets.NAME_ID):
        wanted.sets(every).clear()
        wanted.sets(every).invert()
    # A signature of the whole file, which the part is not.
    wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG).add(int.from_bytes(b"DSIG"))
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    cut = hb.subset(hb.Face(face.data), wanted)
    return Asset(face.name, face.media_type, cut.blob.data)
