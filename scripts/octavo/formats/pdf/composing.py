"""The hook of the composer into WeasyPrint's line breaking.

WeasyPrint asks for one line after the other. Here a paragraph is measured and composed as a whole
when its first line is asked for; then every line is cut where the composer says, by WeasyPrint's
own function for the boxes of a line, and its spaces are set to fill the measure. What is not
composed is broken by WeasyPrint as ever.
"""

from collections.abc import Callable
from math import inf
from typing import Any, Final

from weasyprint.draw import text as drawing
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.line_break import Layout, strut

from octavo.formats.pdf.amending import amend, surround
from octavo.formats.pdf.faces import Faces
from octavo.formats.pdf.grid import snapped, text_top
from octavo.formats.pdf.paragraphs import Asked, Composed, Composing, Line
from octavo.model import Composer

_INITIAL: Final = "::first-letter"

_EDGE: Final = "max_x = position_x + available_width"
_COMPOSED: Final = "max_x = position_x + octavo_room(context, available_width)"


def compose_paragraphs() -> None:
    """Have WeasyPrint ask the composer for lines, once for the process.

    Documents without a composer are set as ever.

    Raises:
        RuntimeError: when this WeasyPrint is not the one that is known.
    """
    vars(inline).setdefault("octavo_room", _room)
    amend(inline, "get_next_linebox", {_EDGE: _COMPOSED})
    surround(inline, "get_next_linebox", _next_line)
    surround(inline, "split_text_box", _cut_text)
    surround(inline, "text_align", _justify)
    surround(drawing, "draw_first_line", _draw)


def use_composer(fonts: Any, composer: Composer, faces: Faces, *, pages: bool) -> None:
    """Have the document that is set with these fonts composed, and its pages made even."""
    if composer.on:
        fonts.octavo = Composing(composer, faces, pages)


def composing_of(context: Any) -> Composing | None:
    """Return the composer of the document that is being set, if it has one."""
    composing: Composing | None = vars(context.font_config).get("octavo")
    return composing


# --- the lines of a paragraph ---


def _next_line(own: Callable[..., Any], context: Any, linebox: Any, *others: Any) -> Any:
    """Surround ``get_next_linebox``: say what the composer has for this line.

    A page may be made more than once; a line that is set already is moved to where it is wanted.
    """
    others = (
        snapped(context, linebox, others[0]),
        *others[1:6],
        _initial(linebox, others[6]),
        others[7],
    )
    composing = composing_of(context)
    if composing is None:
        return own(context, linebox, *others)
    outer = composing.line
    composing.line = line = _planned(composing, context, linebox, others)
    try:
        if line is None:
            return own(context, linebox, *others)
        x, y = others[3].content_box_x(), others[0]
        key = linebox.octavo_asked.key, line
        made = linebox.octavo_composed.made.get(key)
        if made is None:
            box, resume = own(context, linebox, *others)
            if linebox.octavo_composed.movable and y >= text_top(context):
                linebox.octavo_composed.made[key] = box, resume, box.position_x - x
            return box, resume
        box, resume, offset = made
        box.translate(x + offset - box.position_x, y - box.position_y)
        return box, resume
    finally:
        composing.line = outer


def _initial(linebox: Any, style: Any) -> Any:
    """Return the style of a first letter, None where it has a box already.

    WeasyPrint 70 would put a letter that floats into a second one when its page is made again.
    """
    first = linebox.children[0].element_tag if style and linebox.children else None
    return None if first and first.endswith(_INITIAL) else style


def _planned(
    composing: Composing, context: Any, linebox: Any, others: tuple[Any, ...]
) -> Line | None:
    """Return the composed line that begins at a place of a paragraph, None where there is none."""
    position_y, _, skip, block, _, _, first_letter, first_line = others
    if first_letter or not _is_justified(linebox.style):
        return None
    if any(each.position_y + each.margin_height() > position_y for each in context.excluded_shapes):
        return None
    composed = _composed(composing, linebox)
    asked = linebox.octavo_asked = Asked(
        context, linebox, skip, block, block.width, first_line or {}
    )
    return composed.line(composing, asked)


def _composed(composing: Composing, linebox: Any) -> Composed:
    """Return what is composed of a line box, nothing where its text is another by now.

    WeasyPrint puts in the numbers of pages when it knows them.
    """
    texts = tuple(
        (box, box.text) for box in linebox.descendants() if isinstance(box, boxes.TextBox)
    )
    composed: Composed | None = vars(linebox).get("octavo_composed")
    if composed is None or composed.texts != texts:
        movable = composing.pages and _is_movable(linebox)
        composed = linebox.octavo_composed = Composed(texts, movable)
    return composed


def _is_movable(linebox: Any) -> bool:
    """Return whether nothing in a line box is laid out beside its lines."""
    return not any(
        box.is_absolutely_positioned() or box.is_floated() or box.is_running() or box.is_note()
        for box in linebox.descendants()
    )


def _is_justified(style: Any) -> bool:
    return bool(
        style["text_align_all"] == "justify"
        and style["text_align_last"] in {"auto", "start"}
        and style["direction"] == "ltr"
    )


def _room(context: Any, width: float) -> float:
    """Return the room that WeasyPrint may fill: without end where the composer cuts."""
    composing = composing_of(context)
    return inf if composing and composing.line else width


# --- the boxes of a line ---


def _cut_text(
    own: Callable[..., Any], context: Any, box: Any, width: Any, skip: int, **start: Any
) -> Any:
    """Surround ``split_text_box``: cut a text where the composed line ends."""
    composing = composing_of(context)
    line = composing.line if composing and width == inf else None
    if composing is None or line is None:
        return own(context, box, width, skip, **start)
    data, cut = box.text.encode(), line.cut
    ends = cut is not None and id(cut.box) == vars(box).get("octavo_mark")
    stop, resume = (cut.stop, cut.resume) if cut and ends else (len(data), None)
    text = data[skip:stop].decode() + (cut.hyphen if cut and ends else "")
    return _piece(composing, box, text, line.tracking) if text else None, resume, False


def _piece(composing: Composing, box: Any, text: str, tracking: float) -> Any:
    """Return a text box with a part of another's text; see ``split_text_box`` for its heights."""
    face = composing.faces.face(box.style)
    piece = box.copy_with_text(text)
    piece.octavo_tracking = tracking
    piece.width = face.wide(text) + (face.glyphs(text) * tracking if tracking else 0.0)
    piece.height = face.height
    piece.margin_top = piece.margin_bottom = (strut(box.style)[0] - face.height) / 2
    piece.baseline = face.baseline + piece.margin_top
    piece.pango_layout = _Undrawn(text, box.style)
    return piece


class _Undrawn(Layout):  # type: ignore[misc] # WeasyPrint has no types
    """A text that is shaped when it is drawn: how wide it is, is known."""

    def __init__(self, text: str, style: Any) -> None:
        self.text = text
        self.justification_spacing = 0.0
        self.max_width = None
        self.first_line_direction = 0
        if style["text_decoration_line"] != "none":
            self.setup(style)
            self.deactivate()


def _justify(
    own: Callable[..., Any],
    context: Any,
    box: Any,
    width: float,
    last: bool,  # noqa: FBT001
) -> Any:
    """Surround ``text_align``: set the spaces of a composed line, and let its ends hang out."""
    composing = composing_of(context)
    line = composing.line if composing else None
    if line is None:
        return own(context, box, width, last)
    spaces = inline.count_expandable_spaces(box)
    if spaces and (line.cut or line.ratio < 0):
        room = width + line.left + line.right
        _space_out(box, (room - box.width + line.tracking) / spaces, 0.0)
    box.octavo_hang = line.left, line.right
    return -line.left


def _space_out(box: Any, spacing: float, shift: float) -> Any:
    """Widen the spaces in a box, move it by what was widened before it, and return the sum."""
    if isinstance(box, boxes.TextBox):
        box.position_x += shift
        extra = inline.count_expandable_spaces(box) * spacing
        if extra:
            box.justification_spacing = box.pango_layout.justification_spacing = spacing
            box.width += extra
        return shift + extra
    if isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        box.position_x += shift
        after = shift
        for child in box.children:
            if child.is_in_normal_flow():
                after = _space_out(child, spacing, after)
        box.width += after - shift
        return after
    box.translate(shift, 0)
    return shift


def _draw(own: Callable[..., Any], stream: Any, box: Any, *others: Any) -> Any:
    """Surround ``draw_first_line``: track the letters (ISO 32000-1, 9.3.2, character spacing)."""
    tracking = vars(box).get("octavo_tracking")
    if not tracking:
        return own(stream, box, *others)
    stream.stream.append(f"{tracking:.4f} Tc")
    try:
        return own(stream, box, *others)
    finally:
        stream.stream.append("0 Tc")
