"""What an edition's readers may see: a draft without what is meant for others.

Nothing is left of the rest: no note that only it calls, no entry of the index, no heading, no
image, no word in a title that is said again in the contents.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from octavo import xhtml
from octavo.book.outline import levelled
from octavo.book.pruning import pruned
from octavo.model import Chapter, Draft, Medium
from octavo.xhtml import AUDIENCE, XHTML, Element

Filter = Callable[[str], str]
"""Returns what is left of a fragment."""

_MARKED: Final = f".//*[@{AUDIENCE}]"
_OTHERS: Final[Mapping[Medium, str]] = {
    Medium.REFLOWABLE: "print-only",
    Medium.PAGED: "screen-only",
}
"""The class of what a medium goes without."""

_CELLS: Final = frozenset({f"{{{XHTML}}}td", f"{{{XHTML}}}th"})


def heard(draft: Draft, audience: tuple[str, ...]) -> Draft:
    """Return a draft with what is meant for all, and for the audience."""
    chapters = {
        path: _filtered(chapter, partial(_heard, audience))
        for path, chapter in draft.chapters.items()
        if _may_hear(chapter.audience, audience)
    }
    return replace(draft, chapters=chapters)


def suited(draft: Draft, medium: Medium) -> Draft:
    """Return a draft without what is meant for the other medium."""
    left = partial(_suited, _OTHERS[medium])
    chapters = {path: _filtered(chapter, left) for path, chapter in draft.chapters.items()}
    return replace(draft, chapters=chapters)


def _filtered(chapter: Chapter, left: Filter) -> Chapter:
    notes = {note.id: replace(note, content=left(note.content)) for note in chapter.notes}
    title, content = left(chapter.title), left(chapter.content)
    titles = (title == chapter.title, *(left(t.title) == t.title for t in chapter.targets))
    if content == chapter.content and all(titles) and tuple(notes.values()) == chapter.notes:
        return chapter
    share = pruned(chapter, levelled(content), notes)
    return replace(
        share,
        title=title,
        targets=tuple(replace(each, title=left(each.title)) for each in share.targets),
        headings=tuple(replace(each, title=left(each.title)) for each in share.headings),
    )


def _suited(other: str, fragment: str) -> str:
    if other not in fragment:
        return fragment
    body = xhtml.parse_fragment(fragment)
    for element in xhtml.find(body, f".//*[contains(concat(' ', @class, ' '), ' {other} ')]"):
        _take_out(element)
    return xhtml.serialize_fragment(body)


def _may_hear(wanted: tuple[str, ...], audience: tuple[str, ...]) -> bool:
    return not wanted or bool(set(wanted) & set(audience))


def _heard(audience: tuple[str, ...], fragment: str) -> str:
    """Return a fragment without what is meant for others, and without the marks of the rest."""
    if AUDIENCE not in fragment:
        return fragment
    body = xhtml.parse_fragment(fragment)
    for element in xhtml.find(body, _MARKED):
        if not _may_hear(tuple(element.get(AUDIENCE, "").split()), audience):
            _take_out(element)
    for element in xhtml.find(body, f".//*[@{AUDIENCE} and not(contains(@class, 'audience'))]"):
        del element.attrib[AUDIENCE]
    return xhtml.serialize_fragment(body)


def _take_out(element: Element) -> None:
    """Take an element out; a cell stays, empty, unless it was the last that said something."""
    row = element.getparent()
    if row is None:
        return
    if element.tag not in _CELLS:
        xhtml.replace(element, [])
        return
    for child in list(element):
        element.remove(child)
    element.text = None
    if not xhtml.find(row, "./*[normalize-space() or .//h:img]") and row.getparent() is not None:
        xhtml.replace(row, [])
