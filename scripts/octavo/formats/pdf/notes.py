"""Notes stay on the page that calls them.

To keep two lines of a paragraph together WeasyPrint 70 carries notes to the next page, those of
other paragraphs too, and now and then loses one: of 582 notes in random texts it set 50 late and 4
not at all. With that one condition turned off, and ``footnote-policy: line`` in the stylesheet,
none. The condition stands in the middle of a function, which is therefore compiled again without
it.
"""

import inspect
from typing import Final

from weasyprint.layout import block

_CARRIES: Final = "report = not context.in_column and can_break_now and not could_break_before"
_STAYS: Final = "report = False"


def keep_notes_with_their_calls() -> None:
    """Change WeasyPrint's line layout, once for the process.

    Raises:
        RuntimeError: when this WeasyPrint is not the one that is known.
    """
    if getattr(block, "octavo_keeps_notes", False):
        return
    source = inspect.getsource(block._linebox_layout)  # noqa: SLF001 - pinned in pyproject.toml
    if source.count(_CARRIES) != 1:
        raise RuntimeError("this WeasyPrint lays out notes in another way")
    exec(  # noqa: S102 - WeasyPrint's own source, one line of it changed
        compile(source.replace(_CARRIES, _STAYS), block.__file__, "exec"), vars(block)
    )
    block.octavo_keeps_notes = True
