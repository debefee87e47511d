"""The grid on which the lines of facing pages stand: ``line-snap`` of the CSS Line Grid Module.

WeasyPrint has no grid. Here a line whose style says ``--line-snap: baseline`` stands where a line
of its page would stand if all were of the height of the text's: what is before it is padded to a
whole number of lines.
"""

from collections.abc import Sequence
from typing import Any, Final

from weasyprint.formatting_structure import boxes
from weasyprint.text.line_break import strut

_LIFTED: Final = 0.12
"""A line that is so far below the grid is lifted (lines)."""

_HAIR: Final = 0.05
"""Lines that are as near to the grid stand on it (px)."""


def snapped(context: Any, linebox: Any, position_y: float) -> float:
    """Return where a line begins, from where it would begin without a grid (px).

    It is the baseline that stands on the grid, whatever the face; a line that is a little below it
    is lifted, since another face would else be a line further down.
    """
    height = pitch(linebox.style)
    top = text_top(context)
    if not height or position_y < top - height * _LIFTED:
        return position_y
    baseline = strut(linebox.style)[1] - strut(linebox.style.root_style)[1]
    astray = (position_y + baseline - top) % height
    if astray > height - _HAIR or astray < _HAIR:
        return position_y
    return float(position_y - astray + (height if astray > height * _LIFTED else 0.0))


def text_top(context: Any) -> float:
    """Return where the text of the page begins (px); what is above is not on it yet."""
    return float(context.current_footnote_area.page.content_box_y())


def room(page: Any, bottom: float, lines: Sequence[Any]) -> int:
    """Return for how many lines there is room between the last of a page and where it ends (px)."""
    feet = (box for box in page.children if isinstance(box, boxes.FootnoteAreaBox))
    notes = sum(box.margin_height() for box in feet if box.children)
    lowest = max(line.position_y + line.height for line in lines)
    return int((bottom - notes - lowest + _HAIR) // strut(page.style)[0])


def whole_lines(page: Any) -> float:
    """Return where the last of the lines ends that a page has room for (px)."""
    line = strut(page.style)[0]
    return float(page.content_box_y() + int((page.height + _HAIR) // line) * line)


def pitch(style: Any) -> float:
    """Return the distance of the lines of a style's grid (px), 0 where it has none."""
    known: float | None = vars(style).get("octavo_pitch")
    if known is None:
        snap = "".join(token.serialize() for token in style["__line_snap"] or ()).strip()
        height = strut(style.root_style)[0] if snap == "baseline" else 0.0
        fits = height and abs(strut(style)[0] - height) < _HAIR
        known = style.octavo_pitch = height if fits else 0.0
    return known
