"""How small the glyphs of a finished page are, read from the file by PDFium.

What counts is the size at which a glyph is drawn: the lettering of a drawing that was scaled is
measured as it stands on the page. Letters that are drawn as outlines are no glyphs: they are not
seen.
"""

import math
from collections.abc import Iterator
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium

from octavo.model import SmallPrint

_SLACK: Final = 0.01
"""Sizes are written with a few decimals (pt)."""


def small_print(data: bytes, smallest: float) -> tuple[SmallPrint, ...]:
    """Return the runs of a PDF's glyphs that are smaller than a size (pt), in reading order."""
    found: list[SmallPrint] = []
    with pypdfium2.PdfDocument(data) as pdf:
        for number, page in enumerate(pdf):
            run: list[str] = []
            below = 0.0
            for character, size in (*_glyphs(page), ("\0", math.inf)):
                if size < smallest - _SLACK:
                    run.append(character)
                    below = min(below or size, size)
                elif run and not character.isspace():
                    found.append(
                        SmallPrint(number, round(below, 2), " ".join("".join(run).split()))
                    )
                    run, below = [], 0.0
                elif run:
                    run.append(character)
    return tuple(found)


def _glyphs(page: pypdfium2.PdfPage) -> Iterator[tuple[str, float]]:
    """Yield the characters of a page and the sizes at which they are drawn (pt)."""
    text, matrix = page.get_textpage(), pdfium.FS_MATRIX()
    for index in range(text.count_chars()):
        character = chr(pdfium.FPDFText_GetUnicode(text, index))
        if character.isspace():
            yield character, math.inf
            continue
        pdfium.FPDFText_GetMatrix(text, index, matrix)
        drawn = math.hypot(matrix.c, matrix.d)
        yield character, pdfium.FPDFText_GetFontSize(text, index) * drawn
