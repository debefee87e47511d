"""The title of a text and its headings."""

import re
import unicodedata
from dataclasses import dataclass

from octavo import xhtml
from octavo.diagnostics import Diagnostic, Location, error, warning
from octavo.markup.survey import Survey
from octavo.model import Heading, Kind, Target
from octavo.xhtml import Element

_HEADINGS = ".//h:h1 | .//h:h2 | .//h:h3 | .//h:h4 | .//h:h5 | .//h:h6"


@dataclass(frozen=True)
class Title:
    """The heading that names a text: its words as a fragment, empty where there is none."""

    fragment: str
    target: Target
    problems: tuple[Diagnostic, ...]


def take_title(body: Element, survey: Survey, slug: str) -> Title:
    """Take the first ``h1`` out of a text, having written each heading's line beside it.

    S007 for every other ``h1``, S008 for every level that is skipped.
    """
    found = xhtml.find(body, _HEADINGS)
    places = _places(found, survey)
    problems = tuple(_problems(found, places))
    for heading, place in zip(found, places, strict=True):
        heading.set("data-line", str(place.line))
    first = next((heading for heading in found if _level(heading) == 1), None)
    if first is None:
        return Title("", _target(slug, slug, "", Location(survey.path, 1), given=False), problems)
    fragment = xhtml.serialize_fragment(first)
    name = first.get("id", "")
    place = places[found.index(first)]
    target = _target(slug, name or slugified(first), fragment, place, given=bool(name))
    xhtml.replace(first, [])
    return Title(fragment, target, problems)


def headings(body: Element, survey: Survey, named: tuple[Target, ...]) -> tuple[Heading, ...]:
    """Return the headings of a text, which have their ids by now, and unmark their lines."""
    titles = {target.id: target.title for target in named}
    return tuple(
        Heading(
            id=heading.get("id", ""),
            level=_level(heading),
            title=titles[heading.get("id", "")],
            location=Location(survey.path, int(heading.attrib.pop("data-line"))),
        )
        for heading in xhtml.find(body, _HEADINGS)
    )


def slugified(element: Element) -> str:
    """Return an id made of an element's words: letters and digits, hyphens between."""
    text = unicodedata.normalize("NFC", "".join(map(str, element.itertext()))).lower()
    slug = "-".join(re.findall(r"\w+", re.sub(r"['’]", "", text)))
    return slug or "section"


def _target(slug: str, name: str, title: str, place: Location, *, given: bool) -> Target:
    return Target(slug, name, Kind.CHAPTER, title, place, given)


def _level(heading: Element) -> int:
    return int(str(heading.tag)[-1])


def _places(found: list[Element], survey: Survey) -> list[Location]:
    """Return the line of each heading; raw HTML has headings that the survey does not count."""
    places = survey.headings()
    if len(places) == len(found):
        return places
    return [survey.next(_first_words(heading)) for heading in found]


def _first_words(heading: Element) -> str:
    return (heading.text or "").strip() or "".join(map(str, heading.itertext())).strip()


def _problems(found: list[Element], places: list[Location]) -> list[Diagnostic]:
    problems: list[Diagnostic] = []
    before = 0
    for number, (heading, place) in enumerate(zip(found, places, strict=True)):
        level = _level(heading)
        words = "".join(map(str, heading.itertext()))
        if level == 1 and number and before:
            hint = "begin it with ##, or give it a text of its own in the spine"
            problems.append(error("S007", f"a second title in one text: {words}", place, hint))
        elif before and level > before + 1:
            hint = f"write {'#' * (before + 1)} instead of {'#' * level}"
            problems.append(
                warning("S008", f"a level of heading is skipped before {words!r}", place, hint)
            )
        before = level
    return problems
