"""The title of a text and its headings."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from octavo import xhtml
from octavo.diagnostics import Diagnostic, Location, error, warning
from octavo.markup.survey import Survey
from octavo.model import Heading, Kind, Target
from octavo.xhtml import XML_LANG, Element

_HEADINGS: Final = " | ".join(f".//h:h{level}" for level in range(1, 7))
_SPAN: Final = f"{{{xhtml.XHTML}}}span"


@dataclass(frozen=True)
class Headed:
    """A heading in the tree with its level and its place."""

    element: Element
    level: int
    place: Location


def find_headings(body: Element, survey: Survey) -> tuple[Headed, ...]:
    """Return the headings of a text in order."""
    found = ((e, int(str(e.tag)[-1])) for e in xhtml.find(body, _HEADINGS))
    return tuple(Headed(e, level, survey.heading(level, words_of(e))) for e, level in found)


def title_of(found: tuple[Headed, ...]) -> Headed | None:
    """Return the first ``h1``, which names the text."""
    return next((heading for heading in found if heading.level == 1), None)


def title_target(title: Headed | None, fragment: str, survey: Survey, slug: str) -> Target:
    """Return the target that the text itself is; without a title it is named by its slug."""
    if title is None:
        return Target(slug, slug, Kind.CHAPTER, "", Location(survey.path, 1), given=False)
    name = title.element.get("id", "")
    words = name or slugified(xhtml.text_of(fragment))
    return Target(slug, words, Kind.CHAPTER, fragment, title.place, given=bool(name))


def take_title(title: Headed | None) -> str:
    """Take the title out of its text and return what stood in it, in its own language."""
    if title is None:
        return ""
    inside = xhtml.emptied(title.element)
    language = title.element.get("lang")
    if language:
        attributes = {"lang": language, XML_LANG: language}
        passage = inside.makeelement(_SPAN, attributes)
        passage.text, inside.text = inside.text, None
        passage.extend(list(inside))
        inside.append(passage)
    xhtml.replace(title.element, [])
    return xhtml.serialize_fragment(inside).strip()


def headings(found: tuple[Headed, ...], titles: Mapping[str, str]) -> tuple[Heading, ...]:
    """Return the headings that stay in a text, with the titles of their targets by id."""
    title = title_of(found)
    named = ((heading, heading.element.get("id", "")) for heading in found if heading is not title)
    return tuple(Heading(id_, h.level, titles[id_], h.place) for h, id_ in named)


def problems(found: tuple[Headed, ...]) -> list[Diagnostic]:
    """Return S007 for every ``h1`` after the first, and S008 for every level that is skipped."""
    title = title_of(found)
    seconds = (h for h in found if h.level == 1 and h is not title)
    skipping = (
        (before.level + 1, h) for before, h in pairwise(found) if h.level > before.level + 1
    )
    return [*map(_second, seconds), *(_skipped(level, heading) for level, heading in skipping)]


def slugified(words: str) -> str:
    """Return an id made of words: letters and digits of any script, hyphens between."""
    text = unicodedata.normalize("NFC", words).lower()
    slug = "-".join(re.findall(r"\w+", re.sub(r"['’]", "", text)))
    return slug or "section"


def words_of(element: Element) -> str:
    """Return the text of an element."""
    return "".join(map(str, element.itertext())).strip()


def _second(heading: Headed) -> Diagnostic:
    hint = "begin it with ##, or give it a text of its own in the spine"
    message = f"a second title in one text: {words_of(heading.element)}"
    return error("S007", message, heading.place, hint)


def _skipped(level: int, heading: Headed) -> Diagnostic:
    hint = f"write {'#' * level} instead of {'#' * heading.level}"
    message = f"a level of heading is skipped before {words_of(heading.element)!r}"
    return warning("S008", message, heading.place, hint)
