"""A chapter of which something was taken out, and all that goes with it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from octavo import xhtml
from octavo.model import Chapter, Note


def pruned(chapter: Chapter, content: str, notes: Mapping[str, Note] | None = None) -> Chapter:
    """Return a chapter with less content, and without what only the rest had.

    That is the notes that nothing calls any more, targets, headings, images and marks of the index.

    Args:
        chapter: the chapter as it was.
        content: what is left of its content.
        notes: its notes by id, where something of them was taken out as well.
    """
    notes = {note.id: note for note in chapter.notes} if notes is None else notes
    called = list(_called(content, notes))
    kept = tuple(n for n in notes.values() if n.id in called or not n.called)
    texts = (content, *(note.content for note in kept))
    ids = {id_ for text in texts for id_ in _attributes(text, "id")}
    ids |= {chapter.targets[0].id, *(note.id for note in kept)}
    sources = {src for text in texts for src in _attributes(text, "src")}
    return replace(
        chapter,
        content=content,
        targets=tuple(target for target in chapter.targets if target.id in ids),
        headings=tuple(heading for heading in chapter.headings if heading.id in ids),
        notes=tuple(sorted(kept, key=lambda n: called.index(n.id) if n.called else len(called))),
        images=tuple(image for image in chapter.images if image.src in sources),
        index=tuple(mark for mark in chapter.index if mark.id in ids),
    )


def _called(content: str, notes: Mapping[str, Note]) -> Iterator[str]:
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


def _attributes(fragment: str, name: str) -> Iterator[str]:
    yield from map(str, xhtml.parse_fragment(fragment).xpath(f".//@{name}"))
