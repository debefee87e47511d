"""What is done for a PDF in whatever process there is; only there is WeasyPrint loaded."""

from collections.abc import Mapping

from octavo.formats import loaded
from octavo.formats.pdf.gatherings import Gathering
from octavo.formats.pdf.values import Drawn, Head, Heads, Opening, Typeset
from octavo.model import Asset, Rendition
from octavo.workshop import Workshop


def set_gathering(gathering: Gathering, opening: Opening, draw: bool) -> Typeset:  # noqa: FBT001
    """Return a gathering, typeset and, where that is wanted, drawn.

    Raises:
        PublishingError: P007 when the system lacks a library.
    """
    made: Typeset = loaded("octavo.formats.pdf.typesetting").typeset(gathering, opening, draw=draw)
    return made


def open_kit(rendition: Rendition) -> None:
    """Have at hand what the gatherings of a rendition share.

    Raises:
        PublishingError: as above.
    """
    loaded("octavo.formats.pdf.typesetting").open_kit(rendition)


def set_heads(
    rendition: Rendition,
    heads: tuple[Head, ...],
    strings: Mapping[str, Mapping[int, tuple[str, ...]]],
    total: int,
) -> Heads:
    """Return the margins of pages.

    Raises:
        PublishingError: as above.
    """
    made: Heads = loaded("octavo.formats.pdf.heads").set_heads(rendition, heads, strings, total)
    return made


def draw_picture(rendition: Rendition, name: str) -> Asset:
    """Return the first page of a rendition as a picture.

    Raises:
        PublishingError: as above; P003 when the typesetter misses a file.
    """
    made = loaded("octavo.formats.pdf").bind(rendition, Workshop())
    picture: Asset = loaded("octavo.formats.pdf.raster").picture(made, name)
    return picture


def embed_fonts(fonts: tuple[Drawn, ...], faces: Mapping[str, bytes]) -> bytes:
    """Return a file with the fonts, each cut down to what was drawn with it.

    Raises:
        PublishingError: as above.
    """
    made: bytes = loaded("octavo.formats.pdf.embedding").embed(fonts, faces)
    return made
