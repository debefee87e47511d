"""What the typesetter needs of languages and faces."""

import unicodedata
from collections import Counter
from collections.abc import Iterator

from octavo import xhtml
from octavo.diagnostics import Diagnostic, Location, error, warning
from octavo.model import Chapter, Draft, Metadata
from octavo.typography.hyphenation import can_hyphenate


def unhyphenated_language(draft: Draft) -> Iterator[Diagnostic]:
    """T001: a language that cannot be hyphenated."""
    language = draft.manuscript.metadata.language
    met = {language}
    hint = "set the text ragged (text-align: left) in a stylesheet of the book, and waive this"
    if not can_hyphenate(language):
        place = Location("book.toml", 1)
        yield warning("T001", f"no hyphenation for the language {language!r}", place, hint)
    for chapter in draft.chapters.values():
        for passage in chapter.passages:
            if passage.language not in met and not can_hyphenate(passage.language):
                message = f"no hyphenation for the language {passage.language!r}"
                yield warning("T001", message, passage.location, hint)
            met.add(passage.language)


def undrawable_character(draft: Draft) -> Iterator[Diagnostic]:
    """T002: a character that none of the embedded faces can draw."""
    metadata = _metadata(draft.manuscript.metadata)
    yield from _undrawable(metadata, Location("book.toml"), draft, "")
    for chapter in draft.chapters.values():
        source = draft.manuscript.sources[chapter.path].text
        yield from _undrawable(_text(chapter), Location(chapter.path), draft, source)


def _undrawable(text: str, place: Location, draft: Draft, source: str) -> Iterator[Diagnostic]:
    missing = Counter(c for c in text if c not in draft.repertoire and _is_drawn(c))
    for character, count in missing.items():
        line = source[: source.find(character)].count("\n") + 1 if character in source else 0
        name = unicodedata.name(character, "a private character")
        times = "once" if count == 1 else f"{count} times"
        yield error(
            "T002",
            f"no face draws {character!r} (U+{ord(character):04X} {name}), which stands {times}",
            Location(place.path, line),
            "put a font that has it into styles/fonts/ and name it in a stylesheet, or replace it",
        )


def _is_drawn(character: str) -> bool:
    """Return whether a character leaves a mark: neither space nor control nor format."""
    return unicodedata.category(character)[0] not in "ZC" or unicodedata.category(character) == "Co"


def _text(chapter: Chapter) -> str:
    fragments = (chapter.title, chapter.content, *(note.content for note in chapter.notes))
    return "".join(xhtml.text_of(fragment) for fragment in fragments)


def _metadata(metadata: Metadata) -> str:
    people = (person.name for person in (*metadata.creators, *metadata.contributors))
    return "".join((metadata.title, metadata.subtitle, metadata.publisher, *people))
