"""The ids of a text: one for everything that can be referred to, each with the chapter's slug."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from octavo import xhtml
from octavo.diagnostics import Location
from octavo.markup.headings import slugified
from octavo.markup.survey import Survey
from octavo.model import Kind, Target
from octavo.xhtml import Element

REFERRING: Final = ("aria-labelledby", "aria-describedby", "aria-details", "headers", "for")
"""Attributes that name ids of the same document."""

_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")


def name_all(trees: tuple[Element, ...], survey: Survey, slug: str) -> tuple[Target, ...]:
    """Give ids to headings and terms that have none, prefix every id, and return the targets."""
    taken = Counter(e.get("id", "") for tree in trees for e in xhtml.find(tree, ".//*[@id]"))
    targets = [
        target
        for tree in trees
        for element in tree.iterdescendants()
        if isinstance(element.tag, str)
        for target in _name(element, survey, slug, taken)
    ]
    return tuple(targets)


def _name(element: Element, survey: Survey, slug: str, taken: Counter[str]) -> Iterator[Target]:
    for attribute in REFERRING:
        if attribute in element.attrib:
            element.set(attribute, _prefixed(element.get(attribute, ""), slug))
    href = element.get("href", "")
    if element.get("class") == "noteref":
        element.set("href", f"#{slug}--{href.removeprefix('#')}")
        element.set("id", f"{slug}--{element.get('id')}")
        return
    kind = _kind(element)
    name = element.get("id", "")
    given = bool(name)
    if not given and kind in {Kind.HEADING, Kind.TERM}:
        name = _free(slugified(element), taken)
    if name:
        element.set("id", f"{slug}--{name}")
        place = _place(element, name, survey, given=given)
        yield Target(f"{slug}--{name}", name, kind, _title(element, kind), place, given)


def _prefixed(names: str, slug: str) -> str:
    return " ".join(f"{slug}--{name}" for name in names.split())


def _kind(element: Element) -> Kind:
    tag = str(element.tag).rpartition("}")[2]
    if tag in _HEADINGS:
        return Kind.HEADING
    return {"dt": Kind.TERM, "figure": Kind.FIGURE, "table": Kind.TABLE}.get(tag, Kind.PLACE)


def _title(element: Element, kind: Kind) -> str:
    if kind in {Kind.HEADING, Kind.TERM}:
        return xhtml.serialize_fragment(element)
    captions = xhtml.find(element, "./h:figcaption | ./h:caption")
    if captions:
        first = next(iter(xhtml.find(captions[0], "./h:p")), captions[0])
        return xhtml.serialize_fragment(first)
    return ""


def _free(name: str, taken: Counter[str]) -> str:
    candidate, count = name, 1
    while taken[candidate]:
        count += 1
        candidate = f"{name}-{count}"
    taken[candidate] += 1
    return candidate


def _place(element: Element, name: str, survey: Survey, *, given: bool) -> Location:
    if "data-line" in element.attrib:
        return Location(survey.path, int(element.get("data-line", "0")))
    if given:
        spellings = (f"{{#{name}", f"{{: #{name}", f"id: {name}", f'id="{name}"', f"id='{name}'")
        return survey.next(*spellings, f"#{name}", name)
    return survey.next((element.text or "").strip())
