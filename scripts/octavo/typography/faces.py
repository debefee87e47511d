"""The faces of the house, and what a face can draw."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import distribution
from io import BytesIO
from pathlib import Path
from typing import Final

from fontTools import subset as subsetting
from fontTools.ttLib import TTFont

from octavo.model import Asset

FACES: Final[Mapping[str, tuple[str, ...]]] = {
    "font-source-serif-pro": (
        "SourceSerifPro-Light",
        "SourceSerifPro-Regular",
        "SourceSerifPro-It",
        "SourceSerifPro-Semibold",
        "SourceSerifPro-SemiboldIt",
        "SourceSerifPro-Bold",
    ),
    "font-source-sans-pro": (
        "SourceSansPro-Light",
        "SourceSansPro-Regular",
        "SourceSansPro-It",
        "SourceSansPro-Semibold",
        "SourceSansPro-SemiboldIt",
        "SourceSansPro-Bold",
    ),
}
"""The faces that every stylesheet may name, by the package that carries them under the OFL."""


@cache
def house_faces() -> tuple[Asset, ...]:
    """Return the font files of the house, named ``fonts/<face>.otf``."""
    return tuple(
        Asset(f"fonts/{face}.otf", "font/otf", _file(package, f"{face}.otf").read_bytes())
        for package, faces in FACES.items()
        for face in faces
    )


def _file(package: str, name: str) -> Path:
    # The packages' own modules import pkg_resources, which not every Python has.
    return Path(str(distribution(package).locate_file(f"{package.replace('-', '_')}/files/{name}")))


@cache
def characters(face: Asset) -> frozenset[str]:
    """Return the characters that a face can draw."""
    font = TTFont(BytesIO(face.data), lazy=True)
    return frozenset(map(chr, font.getBestCmap()))


def repertoire(faces: Iterable[Asset]) -> frozenset[str]:
    """Return the characters that at least one of the faces can draw."""
    return frozenset[str]().union(*(characters(face) for face in faces))


@cache
def subset(face: Asset, text: frozenset[str]) -> Asset:
    """Return the face cut to some characters, with every feature and its licence kept.

    The same face and characters always give the same bytes.
    """
    font = TTFont(BytesIO(face.data), recalcTimestamp=False)
    options = subsetting.Options(
        layout_features=["*"],
        name_IDs=["*"],
        notdef_outline=True,
        hinting=False,
        glyph_names=False,
        drop_tables=["DSIG"],
    )
    subsetter = subsetting.Subsetter(options)
    subsetter.populate(unicodes=map(ord, text))
    subsetter.subset(font)
    packed = BytesIO()
    font.save(packed)
    return Asset(face.name, face.media_type, packed.getvalue())
