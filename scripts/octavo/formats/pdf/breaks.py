"""Lines are broken as well around what has no letters as anywhere else.

WeasyPrint 70 breaks a line too early before an empty element, such as a mark of the index: it does
not see that a word ends there, since nothing in the element does, and takes the space before it for
one that needs room. Here a line may break before it, where a word could begin, and it goes with the
word behind it. And where a text that ends with a space fits a line but for that space, WeasyPrint
takes it for one that does not fit, and breaks it after its first word.
"""

from typing import Any, Final

from weasyprint.layout import inline, preferred
from weasyprint.text import line_break

from octavo.formats.pdf.amending import amend

_COUNTS: Final = "if resume_index is None and first_line_width <= max_width:"
_HANGS: Final = """if resume_index is None and (first_line_width <= max_width or space_collapse
            and octavo_fits(text, style, context, max_width, justification_spacing)):"""

_TAKES_ROOM: Final = "if new_position_x > max_x:"
_TAKES_NONE: Final = "if new_position_x > max_x and new_child.margin_width():"
_FORGETS: Final = """        else:
            last_letter = last
"""
_REMEMBERS: Final = """        elif first is not None or last is not None or can_break:
            last_letter = last
"""
_NEVER: Final = """            if None in (last_letter, first):
                can_break = False
"""
_BEFORE: Final = """            if first is None and last_letter is not None:
                can_break = can_break_text(last_letter + 'a', child.style['lang'])
            elif None in (last_letter, first):
                can_break = False
"""
_AROUND_MARKS: Final = {_NEVER: _BEFORE, _FORGETS: _REMEMBERS, _TAKES_ROOM: _TAKES_NONE}


def _fits(text: str, style: Any, context: Any, width: float, spacing: float) -> bool:
    """Return whether a text fits in a width (px) without the space at its end."""
    if not text.endswith(" "):
        return False
    layout = line_break.create_layout(text.rstrip(" "), style, context, None, spacing)
    line, _ = layout.get_first_line()
    return bool(line_break.line_size(line, style)[0] <= width)


def break_between_words() -> None:
    """Change WeasyPrint's line breaking, once for the process.

    Raises:
        RuntimeError: when this WeasyPrint is not the one that is known.
    """
    vars(line_break).setdefault("octavo_fits", _fits)
    amend(inline, "split_inline_box", _AROUND_MARKS)
    amend(line_break, "split_first_line", {_COUNTS: _HANGS}, inline, preferred)
