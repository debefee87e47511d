"""A typeset page as a picture, by PDFium: the e-book's cover."""

from io import BytesIO
from typing import Final

import pypdfium2

from octavo.model import Artifact, Asset

COVER: Final = (1600, 2560)
"""Width and height of a cover in pixels, as the large shops ask for it."""

_QUALITY: Final = 90


def picture(artifact: Artifact, name: str) -> Asset:
    """Return the first page of a PDF as a JPEG of the size of a cover."""
    with pypdfium2.PdfDocument(artifact.data) as pdf:
        page = pdf[0]
        scale = COVER[0] / page.get_width()
        image = page.render(scale=scale).to_pil().convert("RGB").resize(COVER)
    packed = BytesIO()
    image.save(packed, "JPEG", quality=_QUALITY, subsampling=0)
    return Asset(name, "image/jpeg", packed.getvalue())
