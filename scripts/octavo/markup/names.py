"""The ids of a text: one for everything that can be referred to, each with the chapter's slug."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from octavo import xhtml
from octavo.diagnostics import Location
from octavo.markup.formulas import EQUATION
from octavo.markup.headings import Headed, slugified, title_of, words_of
from octavo.markup.indexing import AUTOMATIC, TERM
from octavo.markup.marks import Sign
from octavo.markup.notes import NOTEREF, note_name
from octavo.markup.survey import BODY, Survey
from octavo.model import Kind, Target
from octavo.xhtml import Element

REFERRING: Final = (
    "aria-controls", "aria-describedby", "aria-details", "aria-flowto", "aria-labelledby",
    "aria-owns", "for", "headers",
)  # fmt: skip
"""Attributes that name ids of the same document, after WAI-ARIA 1.2 and HTML."""

_KINDS: Final = {
    **{f"{{{xhtml.XHTML}}}h{level}": Kind.HEADING for level in range(1, 7)},
    f"{{{xhtml.XHTML}}}dt": Kind.TERM,
    f"{{{xhtml.XHTML}}}figure": Kind.FIGURE,
    f"{{{xhtml.XHTML}}}table": Kind.TABLE,
}


@dataclass(frozen=True)
class Naming:
    """What is to be known to name the elements of one text."""

    survey: Survey
    slug: str
    headings: Mapping[Element, Location]
    title: Element | None
    taken: Counter[str]


def name_all(
    regions: Mapping[str, Element], survey: Survey, slug: str, found: tuple[Headed, ...]
) -> tuple[Target, ...]:
    """Give ids to headings and terms that have none, prefix every id, and return the targets.

    The title is left alone: its id names the text itself.
    """
    given = [str(id_) for tree in regions.values() for id_ in tree.xpath(".//@id")]
    given += [note_name(label) for label in regions if label]
    title = title_of(found)
    places = {heading.element: heading.place for heading in found}
    naming = Naming(survey, slug, places, title.element if title else None, Counter(given))
    return tuple(
        target
        for region, tree in regions.items()
        for element in tree.iterdescendants("{*}*")
        for target in _name(element, region, naming)
    )


def _name(element: Element, region: str, naming: Naming) -> Iterator[Target]:
    for attribute in REFERRING:
        if attribute in element.attrib:
            names = (_prefixed(name, naming) for name in element.get(attribute, "").split())
            element.set(attribute, " ".join(names))
    if element.get("class") == NOTEREF:
        element.set("href", f"#{_prefixed(element.get('href', '')[1:], naming)}")
        element.set("id", _prefixed(element.get("id", ""), naming))
    elif _is_automatic(element):
        element.set("id", _prefixed(element.get("id", ""), naming))
    elif element is not naming.title:
        yield from _target(element, region, naming)


def _is_automatic(element: Element) -> bool:
    """Return whether an element is a mark of the index with an id that nobody refers to."""
    marked = TERM in (element.get("class") or "").split()
    return marked and element.get("id", "").startswith(AUTOMATIC)


def _target(element: Element, region: str, naming: Naming) -> Iterator[Target]:
    kind = _kind(element)
    given = element.get("id", "")
    name = given
    if not given and kind in {Kind.HEADING, Kind.TERM}:
        name = _free(slugified(words_of(element)), naming.taken)
    if name:
        id_ = _prefixed(name, naming)
        element.set("id", id_)
        place = _place(element, given, region, naming)
        yield Target(id_, name, kind, _title(element, kind), place, given=bool(given))


def _kind(element: Element) -> Kind:
    equation = EQUATION in (element.get("class") or "").split()
    return Kind.EQUATION if equation else _KINDS.get(str(element.tag), Kind.PLACE)


def _prefixed(name: str, naming: Naming) -> str:
    return f"{naming.slug}--{name}"


def _title(element: Element, kind: Kind) -> str:
    if kind in {Kind.HEADING, Kind.TERM}:
        return xhtml.serialize_fragment(element)
    captions = xhtml.find(element, "./h:figcaption | ./h:caption")
    if captions:
        first = next(iter(xhtml.find(captions[0], "./h:p")), captions[0])
        return xhtml.serialize_fragment(first)
    return ""


def _free(name: str, taken: Counter[str]) -> str:
    """Return the name, or the name with the first number that makes it the only one."""
    while taken[name]:
        taken[name] += 1
        candidate = f"{name}-{taken[name]}"
        if not taken[candidate]:
            name = candidate
    taken[name] += 1
    return name


def _place(element: Element, given: str, region: str, naming: Naming) -> Location:
    if element in naming.headings:
        return naming.headings[element]
    if given:
        return naming.survey.place(Sign.ID, given, region)
    return naming.survey.term(words_of(element)) if region == BODY else naming.survey.note(region)
