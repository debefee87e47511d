"""What an edition's readers may see: a draft without what is meant for others."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from octavo import xhtml
from octavo.model import Chapter, Draft, Note
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
    called = list(_called(content, notes))
    kept = tuple(n for n in notes.values() if n.id in called or not n.called)
    ids = {id_ for text in (content, *(n.content for n in kept)) for id_ in _ids(text)}
    ids |= {chapter.targets[0].id, *(note.id for note in kept)}
    sources = {src for text in (content, *(n.content for n in kept)) for src in _sources(text)}
    return replace(
        chapter,
        content=content,
        targets=tuple(target for target in chapter.targets if target.id in ids),
        headings=tuple(heading for heading in chapter.headings if heading.id in ids),
        notes=tuple(sorted(kept, key=lambda n: called.index(n.id) if n.called else len(called))),
        images=tuple(image for image in chapter.images if image.src in sources),
        index=tuple(mark for mark in chapter.index if mark.id in ids),
    )


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


def _called(content: str, notes: dict[str, Note]) -> Iterator[str]:
    """Yield the ids of the notes that a reader comes to, each once, in order."""
    met: list[str] = []
    waiting = _calls(content)
    while waiting:
        id_ = waiting.pop(0)
        if id_ in notes and id_ not in met:
            met.append(id_)
            waiting += _calls(notes[id_].content)
    yield from met


def _calls(fragment: str) -> list[str]:
    body = xhtml.parse_fragment(fragment)
    found = xhtml.find(body, ".//h:a[@class='noteref']")
    return [call.get("href", "").removeprefix("#") for call in found]


def _ids(fragment: str) -> Iterator[str]:
    yield from (str(id_) for id_ in xhtml.parse_fragment(fragment).xpath(".//@id"))


def _sources(fragment: str) -> Iterator[str]:
    yield from (str(src) for src in xhtml.parse_fragment(fragment).xpath(".//@src"))
