"""How wide the word spaces of a line are, as they were set."""

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes

from octavo.composer import Gap
from octavo.formats.pdf.faces import SPACES, TOKEN, Faces


def spaced(line: Any, faces: Faces) -> tuple[float, tuple[Gap, ...]]:
    """Return how wide the word spaces of a line are, and where each begins and ends.

    All are in sizes of its type. A line that is not justified has none.
    """
    texts = list(_texts(line))
    if not any(box.justification_spacing for box in texts):
        return 0.0, ()
    size = line.style["font_size"]
    gaps = tuple((start / size, end / size) for box in texts for start, end in _gaps(box, faces))
    if not gaps:
        return 0.0, ()
    return sum(end - start for start, end in gaps) / len(gaps), gaps


def _texts(box: Any) -> Iterator[Any]:
    if isinstance(box, boxes.TextBox):
        yield box
    elif isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        for child in box.children:
            if child.is_in_normal_flow():
                yield from _texts(child)


def _gaps(box: Any, faces: Faces) -> Iterator[Gap]:
    """Yield the word spaces of a text (px)."""
    face, at = faces.face(box.style), box.position_x
    tracking = vars(box).get("octavo_tracking") or 0.0
    for word in TOKEN.findall(box.text):
        if word in SPACES:
            width = face.space + box.justification_spacing + tracking
            yield at - tracking, at + width
        else:
            width = face.width(word) + face.glyphs(word) * tracking
        at += width
