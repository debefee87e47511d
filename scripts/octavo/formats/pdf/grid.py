"""The grid on which the lines of facing pages stand: ``line-snap`` of the CSS Line Grid Module.

WeasyPrint has no grid. Here a line whose style says ``--line-snap: baseline`` begins where a line
of its page could begin if all were of the height of the text's: what stands before it is padded to
a whole number of lines.
"""

from typing import Any, Final

from weasyprint.text.line_break import strut

_HAIR: Final = 0.02
"""Lines that are as near to the grid stand on it (px)."""


def snapped(context: Any, linebox: Any, position_y: float) -> float:
    """Return where a line begins, from where it would begin without a grid (px)."""
    pitch = _pitch(linebox.style)
    top = context.current_footnote_area.page.content_box_y()
    if not pitch or position_y < top:
        return position_y
    astray = (position_y - top) % pitch
    return position_y if min(astray, pitch - astray) < _HAIR else position_y + pitch - astray


def _pitch(style: Any) -> float:
    """Return the distance of the lines of a style's grid (px), 0 where it has none."""
    known: float | None = vars(style).get("octavo_pitch")
    if known is None:
        snap = "".join(token.serialize() for token in style["__line_snap"] or ()).strip()
        pitch = strut(style.root_style)[0] if snap == "baseline" else 0.0
        fits = pitch and abs(strut(style)[0] - pitch) < _HAIR
        known = style.octavo_pitch = pitch if fits else 0.0
    return known
