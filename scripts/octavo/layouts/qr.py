"""The wall around segno: an address as a QR code."""

from typing import Final

from octavo.model import Asset

NAME: Final = "images/address.svg"

_QUIET: Final = 4
"""Modules of white around a code (ISO/IEC 18004)."""


def qr_code(address: str) -> Asset:
    """Return an address as a drawing of black modules (SVG), ISO/IEC 18004, error correction M."""
    import segno  # noqa: PLC0415 - slow to load, and few books have an address

    code = segno.make(address, error="m", micro=False)
    drawing = code.svg_inline(border=_QUIET, dark="#000000", omitsize=True)
    root = drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return Asset(NAME, "image/svg+xml", root.encode())
