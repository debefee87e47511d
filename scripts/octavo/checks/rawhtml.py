"""Raw HTML in a text: what it names beside the images and links that Markdown knows of."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from octavo import xhtml
from octavo.checks import fetching
from octavo.diagnostics import Location
from octavo.model import Chapter, Draft

_FRAGMENTS: Final = 1_024
"""So many are read once for the several checks that ask what they name."""


def addresses_in(draft: Draft) -> Iterator[tuple[str, str, Location]]:
    """Yield the text, the address and the place of what no image or link of a chapter names."""
    for chapter in draft.chapters.values():
        source = draft.manuscript.sources[chapter.path].text
        for address in _addresses(chapter):
            line = source[: source.find(address)].count("\n") + 1 if address in source else 0
            yield chapter.path, address, Location(chapter.path, line)


def _addresses(chapter: Chapter) -> Iterator[str]:
    known = {image.src for image in chapter.images}
    for fragment in (chapter.content, *(note.content for note in chapter.notes)):
        yield from (address for address in _named(fragment) if address not in known)


@lru_cache(_FRAGMENTS)
def _named(fragment: str) -> tuple[str, ...]:
    if '="' not in fragment and "<style" not in fragment:
        return ()  # it has no attribute, and no stylesheet
    return tuple(each.text for each in fetching.by_elements(xhtml.parse_fragment(fragment)))
