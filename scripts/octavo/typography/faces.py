"""The faces of the house, what a face can draw, and a face cut to what a book needs."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import distribution
from io import BytesIO
from pathlib import Path
from typing import Final

import uharfbuzz as hb
from fontTools.ttLib import TTFont

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


_PACKINGS: Final[Mapping[bytes, str]] = {b"wOFF": "woff", b"wOF2": "woff2"}
"""How a packed font begins."""

_POSTSCRIPT: Final = b"OTTO"
"""How a font begins whose outlines are PostScript's."""


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
    """Return whether a file is a font that can be read to its end, and draws something."""
    try:
        return bool(TTFont(BytesIO(face.data)).getBestCmap())
    except Exception:  # noqa: BLE001 - whatever its parsers happen to stumble over
        return False  # HarfBuzz makes do


@cache
def characters(face: Asset) -> frozenset[str]:
    """Return the characters that a face can draw."""
    return frozenset(map(chr, hb.Face(_unpacked(face.data)).unicodes))


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
    cut = _cut(hb.Face(_unpacked(face.data)), characters)
    return Asset(face.name, face.media_type, _packed(cut, _packing(face.data)))


def subset_of(file: Path, number: int, name: str, characters: frozenset[str]) -> Asset:
    """Return a face of a font file, or of a collection in one, cut to some characters.

    Args:
        file: where it lies.
        number: its place in a collection, from 0.
        name: what to call it, without a suffix.
        characters: what it is to draw.

    Raises:
        OSError: when the file cannot be read.
        RuntimeError: when the face is no font.
    """
    cut = _cut(hb.Face(file.read_bytes(), number), characters)
    suffix = "otf" if cut.startswith(_POSTSCRIPT) else "ttf"
    return Asset(f"{name}.{suffix}", f"font/{suffix}", cut)


def _cut(face: hb.Face, characters: frozenset[str]) -> bytes:
    wanted = hb.SubsetInput()
    wanted.unicode_set.update(map(ord, characters))
    for every in (hb.SubsetInputSets.LAYOUT_FEATURE_TAG, hb.SubsetInputSets.NAME_ID):
        wanted.sets(every).clear()
        wanted.sets(every).invert()
    # A signature of the whole file, which the part is not.
    wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG).add(int.from_bytes(b"DSIG"))
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    data: bytes = hb.subset(face, wanted).blob.data
    return data


# --- WOFF, which HarfBuzz does not read ---


def _packing(data: bytes) -> str:
    """Return how a font is packed, empty where it is not."""
    return _PACKINGS.get(data[:4], "")


def _unpacked(data: bytes) -> bytes:
    return _repacked(data, None) if _packing(data) else data


def _packed(data: bytes, packing: str) -> bytes:
    return _repacked(data, packing) if packing else data


def _repacked(data: bytes, flavor: str | None) -> bytes:
    font = TTFont(BytesIO(data), recalcTimestamp=False)
    font.flavor = flavor
    written = BytesIO()
    font.save(written)
    return written.getvalue()
