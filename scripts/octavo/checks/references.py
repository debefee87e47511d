"""Links inside the book, and calls of notes."""

from collections.abc import Iterator
from difflib import get_close_matches

from octavo.checks import addresses
from octavo.diagnostics import Diagnostic, error
from octavo.model import Chapter, Draft, Link


def dead_link(draft: Draft) -> Iterator[Diagnostic]:
    """R001: a link to a text or file that the book does not have."""
    for chapter, link in _links(draft):
        if not addresses.is_local(link.href) or addresses.leads_out(chapter.path, link.href):
            continue
        path = addresses.path_of(chapter.path, link.href)
        known = {*draft.chapters, *draft.manuscript.assets}
        if path not in known and not addresses.is_below(path, draft.manuscript.astray):
            hint = _near(path, draft.chapters) or "name a text that is in the spine"
            yield error("R001", f"a link to what is not there: {link.href}", link.location, hint)


def dead_anchor(draft: Draft) -> Iterator[Diagnostic]:
    """R002: a link to an id that is not there."""
    for chapter, link in _links(draft):
        if addresses.scheme(link.href) or "#" not in link.href:
            continue
        path = addresses.path_of(chapter.path, link.href) if link.href[0] != "#" else chapter.path
        other = draft.chapters.get(path)
        if other is None or draft.resolve(chapter, link.href):
            continue
        name = link.href.partition("#")[2]
        names = [
            t.name for c in draft.chapters.values() for t in c.targets if t.given or c is other
        ]
        hint = _near(name, names) or f"give a heading of {path} the id: {{#{name}}}"
        yield error("R002", f"a link to an id that is not there: {link.href}", link.location, hint)


def call_without_note(draft: Draft) -> Iterator[Diagnostic]:
    """R003: a note that is called and not written."""
    for chapter in draft.chapters.values():
        labels = [note.label for note in chapter.notes]
        for call in (call for call in chapter.calls if call.href not in labels):
            hint = _near(call.href, labels) or f"write [^{call.href}]: ... at the end of the text"
            yield error("R003", f"the note {call.href!r} is not written", call.location, hint)


def note_without_call(draft: Draft) -> Iterator[Diagnostic]:
    """R004: a note that is written and never called."""
    for chapter in draft.chapters.values():
        for note in (note for note in chapter.notes if not note.called):
            hint = f"call it with [^{note.label}], or take it away"
            yield error("R004", f"the note {note.label!r} is never called", note.location, hint)


def _links(draft: Draft) -> Iterator[tuple[Chapter, Link]]:
    for chapter in draft.chapters.values():
        yield from ((chapter, link) for link in chapter.links)


def _near(word: str, words: object) -> str:
    near = get_close_matches(word, list(words), n=1) if isinstance(words, (list, dict)) else []
    return f"did you mean {near[0]!r}?" if near else ""
