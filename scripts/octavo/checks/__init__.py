"""What Octavo looks for in a publication before and after it is laid out.

A check is a generator of diagnostics; its docstring begins with its code and says in a few words
what it finds. It looks at one value of the line, and the registry says which.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from octavo.checks import (
    drawings,
    editions,
    images,
    indexing,
    package,
    pages,
    references,
    safety,
    structure,
    typography,
)
from octavo.checks.dialects import softened
from octavo.checks.package import Anchors, anchors
from octavo.checks.pages import Setting
from octavo.checks.waivers import unwaived, waive
from octavo.diagnostics import Diagnostic
from octavo.model import Draft

__all__ = ["CHECKS", "Setting", "anchors", "inspect", "softened", "unwaived", "waive"]

Check = Callable[[Any], Iterator[Diagnostic]]

CHECKS: Final[Mapping[type, tuple[Check, ...]]] = {
    Draft: (
        structure.unlisted_text,
        structure.empty_chapter,
        structure.repeated_id,
        structure.untitled_text,
        references.dead_link,
        references.dead_anchor,
        references.call_without_note,
        references.note_without_call,
        editions.lost_section,
        editions.unheard_audience,
        indexing.broken_range,
        indexing.lost_reference,
        indexing.unprinted_index,
        images.missing_image,
        images.undescribed_image,
        images.broken_image,
        drawings.broken_drawing,
        typography.unhyphenated_language,
        typography.undrawable_character,
        safety.outside_path,
        safety.remote_resource,
        safety.stray_link,
        safety.active_drawing,
    ),
    Setting: (
        pages.strayed_note,
        pages.stranded_heading,
        pages.short_page,
        pages.lone_line,
        pages.hyphenated_foot,
        pages.past_margin,
        pages.ladder,
        pages.small_glyph,
    ),
    Anchors: (package.lost_link, package.repeated_id),
}
"""Every check, by the value that it looks at."""


def inspect(subject: Draft | Anchors | Setting) -> tuple[Diagnostic, ...]:
    """Return what all the checks of a value find in it."""
    return tuple(found for check in CHECKS[type(subject)] for found in check(subject))
