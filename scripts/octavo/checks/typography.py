"""What the typesetter needs of languages and faces."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Final

from octavo import xhtml
from octavo.diagnostics import Diagnostic, Location, error, warning
from octavo.model import BOOK_TOML, Chapter, Draft, Metadata, SpineItem
from octavo.typography.drawing import is_drawn, package
from octavo.typography.hyphenation import UNDIVIDED, can_hyphenate

_FORMULA: Final = re.compile(r"<(\w+:)?math\b.*?</\1?math>", re.DOTALL)


def unhyphenated_language(draft: Draft) -> Iterator[Diagnostic]:
    """T001: a language that cannot be hyphenated."""
    language = draft.manuscript.metadata.language
    met = {language}
    hint = "set the text ragged (text-align: left) in a stylesheet of the book, and waive this"
    if not _divides(language):
        place = draft.manuscript.places.get("language", BOOK_TOML)
        yield warning("T001", f"no hyphenation for the language {language!r}", place, hint)
    for chapter in draft.chapters.values():
        for passage in chapter.passages:
            if passage.language not in met and not _divides(passage.language):
                message = f"no hyphenation for the language {passage.language!r}"
                yield warning("T001", message, passage.location, hint)
            met.add(passage.language)


def _divides(language: str) -> bool:
    """Return whether a language is divided at the ends of lines, if its words are at all."""
    return language.partition("-")[0] in UNDIVIDED or can_hyphenate(language)


def undrawable_character(draft: Draft) -> Iterator[Diagnostic]:
    """T002: a character that none of the embedded faces can draw."""
    for key, text in _metadata(draft.manuscript.metadata):
        yield from _undrawable(text, draft.manuscript.places.get(key, BOOK_TOML), draft)
    for item in _items(draft.manuscript.spine):
        yield from _undrawable(item.title, item.location, draft)
    for chapter in draft.chapters.values():
        source = draft.manuscript.sources[chapter.path].text
        if _unknown("".join(_fragments(chapter)), draft):
            yield from _undrawable(_text(chapter), Location(chapter.path), draft, source)


def _undrawable(text: str, place: Location, draft: Draft, source: str = "") -> Iterator[Diagnostic]:
    unknown = _unknown(text, draft)
    missing = Counter(c for c in text if c in unknown) if unknown else Counter()
    for character, count in missing.items():
        in_source = character in source
        line = source[: source.find(character)].count("\n") + 1 if in_source else place.line
        name = unicodedata.name(character, "a private character")
        times = "once" if count == 1 else f"{count} times"
        yield error(
            "T002",
            f"no face draws {character!r} (U+{ord(character):04X} {name}), which stands {times}",
            Location(place.path, line),
            f"install a face that has it (Debian: {package(character)}), or put one into"
            " styles/fonts/ and name it in a stylesheet",
        )


def _unknown(text: str, draft: Draft) -> set[str]:
    """Return the characters of a text that no face can draw."""
    return {c for c in set(text) - draft.repertoire if is_drawn(c)}


def _text(chapter: Chapter) -> str:
    return "".join(map(xhtml.text_of, _fragments(chapter)))


def _fragments(chapter: Chapter) -> Iterator[str]:
    """Yield what a face draws of a chapter; a formula is drawn by other means."""
    fragments = (chapter.title, chapter.content, *(note.content for note in chapter.notes))
    yield from (_FORMULA.sub("", fragment) for fragment in fragments)


def _metadata(metadata: Metadata) -> Iterator[tuple[str, str]]:
    """Yield the key and the words of all metadata that a page shows."""
    yield from (("title", metadata.title), ("subtitle", metadata.subtitle))
    yield "publisher", metadata.publisher
    yield "creators", "".join(person.name for person in metadata.creators)
    yield "contributors", "".join(person.name for person in metadata.contributors)


def _items(spine: tuple[SpineItem, ...]) -> Iterator[SpineItem]:
    for item in spine:
        yield item
        yield from _items(item.items)
