"""What a text says in scripts whose glyphs stand in another order than their letters.

A glyph of Devanagari may be half a letter, or two, or stand before what it is spoken after; what is
searched for or read aloud is therefore said beside it (ISO 32000-1, 14.9.4, replacement text).
"""

import re
from collections.abc import Callable
from typing import Any, Final

from weasyprint import draw

from octavo.formats.pdf.amending import surround

_REORDERED: Final = re.compile(
    "[\u0900-\u0dff\u0f00-\u109f\u1780-\u17ff\u1a20-\u1aaf\ua980-\uaadf]"
)
"""Letters of the scripts of India and its neighbours (Brahmic scripts)."""


def spell_out() -> None:
    """Have such texts carry what they say, once for the process.

    Raises:
        RuntimeError: when something else stands around the drawing of texts.
    """
    surround(draw, "draw_text", _spelt)


def _spelt(own: Callable[..., Any], stream: Any, box: Any, *others: Any) -> Any:
    if not _REORDERED.search(box.text):
        return own(stream, box, *others)
    said = box.text.encode("utf-16-be").hex()
    stream.stream.append(f"/Span <</ActualText <feff{said}>>> BDC")
    try:
        return own(stream, box, *others)
    finally:
        stream.stream.append("EMC")
