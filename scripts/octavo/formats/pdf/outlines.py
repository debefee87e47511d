"""Outlines in drawings, of which the same come again: every letter of a formula is one."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from weasyprint.svg import TAGS

_MOST: Final = 4_096
"""So many outlines are remembered."""

_REMEMBERS: Final = "octavo_remembers"


def remember_outlines() -> None:
    """Have what an outline is drawn with be worked out once, for the process."""
    if not hasattr(TAGS["path"], _REMEMBERS):
        TAGS["path"] = _remembering(TAGS["path"])


def _remembering(own: Callable[..., None]) -> Callable[..., None]:
    known: dict[str, tuple[Any, ...]] = {}

    @wraps(own)
    def path(svg: Any, node: Any, font_size: float) -> None:
        outline = node.get("d", "")
        marked = any(str(name).startswith("marker") for name in node.attrib)
        if outline in known and not marked:
            svg.stream.stream.extend(known[outline])
            return
        start = len(svg.stream.stream)
        own(svg, node, font_size)
        if len(known) >= _MOST:
            known.clear()
        known[outline] = tuple(svg.stream.stream[start:])

    setattr(path, _REMEMBERS, True)
    return path
