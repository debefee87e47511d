"""What an edition's readers may see: a draft without what is meant for others."""

from dataclasses import replace
from typing import Final

from octavo import xhtml
from octavo.book.pruning import pruned
from octavo.model import Chapter, Draft
from octavo.xhtml import AUDIENCE as MARK
from octavo.xhtml import XHTML, Element

_MARKED: Final = f".//*[@{MARK}]"
_CELLS: Final = frozenset({f"{{{XHTML}}}td", f"{{{XHTML}}}th"})


def heard(draft: Draft, audience: tuple[str, ...]) -> Draft:
    """Return a draft with what is meant for all, and for the audience.

    Nothing is left of the rest: no note that only it calls, no entry of the index, no heading, no
    image.
    """
    chapters = {
        path: _chapter(chapter, audience)
        for path, chapter in draft.chapters.items()
        if _may_hear(chapter.audience, audience)
    }
    return replace(draft, chapters=chapters)


def _may_hear(wanted: tuple[str, ...], audience: tuple[str, ...]) -> bool:
    return not wanted or bool(set(wanted) & set(audience))


def _chapter(chapter: Chapter, audience: tuple[str, ...]) -> Chapter:
    notes = {
        note.id: replace(note, content=_kept(note.content, audience)) for note in chapter.notes
    }
    content = _kept(chapter.content, audience)
    if content == chapter.content and all(note in chapter.notes for note in notes.values()):
        return chapter
    return pruned(chapter, content, notes)


def _kept(fragment: str, audience: tuple[str, ...]) -> str:
    """Return a fragment without what is meant for others, and without the marks of the rest."""
    if MARK not in fragment:
        return fragment
    body = xhtml.parse_fragment(fragment)
    for element in xhtml.find(body, _MARKED):
        if not _may_hear(tuple(element.get(MARK, "").split()), audience):
            _take_out(element)
    for row in xhtml.find(body, ".//h:tr[not(normalize-space()) and not(.//h:img)]"):
        xhtml.replace(row, [])
    for element in xhtml.find(body, f".//*[@{MARK} and not(contains(@class, 'audience'))]"):
        del element.attrib[MARK]
    return xhtml.serialize_fragment(body)


def _take_out(element: Element) -> None:
    """Take an element out; a cell stays, empty, since its row has to have it."""
    if element.tag in _CELLS:
        for child in list(element):
            element.remove(child)
        element.text = None
    elif element.getparent() is not None:
        xhtml.replace(element, [])
