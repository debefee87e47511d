"""Words drawn exactly where they were set, with few numbers.

The widths of a font in a PDF are whole thousandths of an em. WeasyPrint writes what is missing
after every glyph, as a whole number too: it is 0 nearly everywhere, and what was cut off adds up to
a sixth of a point in a line. Here it is carried on, and written where something is written anyway:
after a pair that is kerned, and after a space. So lines that fill their measure end on one edge,
and what draws a page is a third shorter, and read sooner.
"""

from typing import Final

from weasyprint.draw import text

from octavo.formats.pdf.amending import amend

_CHANGES: Final = {
    "x_advance = 0": "x_advance = drift = 0",
    # A space that is wider or narrower is so on both sides of nothing: what follows it will do.
    "offset = glyph_info.geometry.x_offset / font_size": (
        "is_space = font.to_unicode[glyph_id] == ' '\n"
        "            offset = 0 if is_space else glyph_info.geometry.x_offset / font_size"
    ),
    "string += f'>{-offset}<'": "string += f'>{-offset:.2f}<'",
    "if kerning:": (
        "drift += kerning\n            if (is_space or abs(kerning) >= 1) and round(drift):"
    ),
    "string += f'>{int(kerning)}<'": (
        "string += f'>{round(drift)}<'\n                drift -= round(drift)"
    ),
}
"""In thousandths of an em (ISO 32000-1, 9.4.3)."""


def draw_exactly() -> None:
    """Have WeasyPrint draw texts so, once for the process.

    Raises:
        RuntimeError: when this WeasyPrint is not the one that is known.
    """
    amend(text, "draw_first_line", _CHANGES)
