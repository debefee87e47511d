"""Audiences: what is meant for some readers alone.

::

    /// audience | facilitator
    Give them ten minutes.
    ///

    ## Answers {: audience=facilitator }

    [Ask for an example.]{audience="facilitator trainer"}

becomes ``<div class="audience" data-audience="facilitator">``, the heading with all that belongs to
it in such a ``div``, and a ``<span data-audience="facilitator trainer">``. A paragraph, an item, a
cell, a term of the glossary with its definition, a figure or a whole text, by its title, can be
marked in the same way. Which of them an edition holds is for the edition to say.
"""

import re
from collections.abc import Iterator
from typing import Any, Final
from xml.etree.ElementTree import Element as Made
from xml.etree.ElementTree import SubElement

from pymdownx.blocks.block import Block, type_string

from octavo import xhtml
from octavo.diagnostics import Diagnostic, error
from octavo.markup.blocks import OneBlock
from octavo.markup.survey import Survey
from octavo.xhtml import AUDIENCE as MARK
from octavo.xhtml import HEADINGS, XHTML, Element

CLASS: Final = "audience"

_NOTES: Final = "footnote"
_CODE: Final = frozenset({"code", "pre", "kbd", "samp"})
_ASTRAY: Final = re.compile(r"\{:?[^{}\n]*\baudience[ \t]*=[^{}\n]*\}")
"""A list of attributes, where it is still there when all has been read."""

_FENCE: Final = re.compile(r"[ \t>]*(?:`{3}|~{3})")


class Audience(Block):  # type: ignore[misc] # pymdownx has no types
    """The block ``/// audience | names``."""

    NAME = "audience"
    ARGUMENT = True

    def on_create(self, parent: Made) -> Made:
        """Return the element that holds what is meant for the audience."""
        return SubElement(parent, "div", {"class": CLASS, MARK: _names(self.argument)})


class AudienceExtension(OneBlock):
    """Teaches Python-Markdown the block."""

    block = Audience


def finish(body: Element) -> None:
    """Mark all that belongs to what an author has marked."""
    for element in xhtml.find(body, f".//*[@{CLASS}]"):
        element.set(MARK, _names(element.attrib.pop(CLASS, "")))
    for image in xhtml.find(body, f".//h:p[count(*)=1]/h:img[@{MARK}]"):
        _hand_on(image)
    for term in xhtml.find(body, f".//h:dt[@{MARK}]"):
        for definition in _definitions(term):
            definition.set(MARK, term.get(MARK, ""))
    for heading in xhtml.find(body, f".//*[@{MARK}]"):
        if heading.tag in HEADINGS[1:]:
            _enclose(heading)


def astray(body: Element, survey: Survey) -> Iterator[Diagnostic]:
    """Yield an S014 for every mark that belongs to nothing, so that all readers would get all."""
    if CLASS not in survey.source:
        return
    places = [survey.at(offset) for offset in _alone(survey)]
    for element in body.iter("{*}*"):
        said = [] if xhtml.name(element) in _CODE else [element.text or ""]
        said += [child.tail or "" for child in element if xhtml.name(element) not in _CODE]
        for text in said:
            places += [
                survey.at(_written(mark[0], text[: mark.start()], survey))
                for mark in _ASTRAY.finditer(text)
                if xhtml.name(element) != "p" or text[: mark.start()].strip()
            ]
    for place in sorted(set(places)):
        hint = "put it on the line below its paragraph, or use /// audience | names"
        yield error("S014", "a mark for an audience that belongs to nothing", place, hint)


def _alone(survey: Survey) -> Iterator[int]:
    """Yield where marks stand that have nothing above them, or code, which takes none."""
    offset, above = 0, ""
    for line in survey.source.split("\n"):
        masked = survey.text[offset : offset + len(line)]
        if _ASTRAY.fullmatch(masked.strip()) and (not above.strip() or _FENCE.match(above)):
            yield offset
        offset, above = offset + len(line) + 1, line


def _written(mark: str, before: str, survey: Survey) -> int:
    """Return where a mark was written that follows some words."""
    words = re.findall(r"\w+", before)
    after = rf"{re.escape(words[-1])}[^\n{{]*\n?[^\n{{]*" if words else ""
    found = re.search(f"{after}({re.escape(mark)})", survey.text) or _ASTRAY.search(survey.text)
    return found.start(found.lastindex or 0) if found else 0


def audience_of(title: Element) -> tuple[str, ...]:
    """Return for whom a text is whose title is marked; for all where it is not."""
    return tuple(title.get(MARK, "").split())


def _names(written: Any) -> str:
    return " ".join(dict.fromkeys(type_string(written).replace(",", " ").split()))


def _hand_on(image: Element) -> None:
    """Mark the figure that an image makes, or its paragraph, which will be one."""
    paragraph = image.getparent()
    if paragraph is None or (paragraph.text or image.tail or "").strip():
        return
    parent = paragraph.getparent()
    is_figure = parent is not None and parent.tag == f"{{{XHTML}}}figure"
    holder = parent if is_figure and parent is not None else paragraph
    holder.set(MARK, image.attrib.pop(MARK))


def _definitions(term: Element) -> list[Element]:
    """Return the definitions of a term, none where they are also those of one for all readers."""
    terms: list[Element] = [term]
    found: list[Element] = []
    for sibling in term.itersiblings(preceding=True):
        if sibling.tag != term.tag:
            break
        terms.append(sibling)
    for sibling in term.itersiblings():
        if sibling.tag == term.tag and found:
            break
        (terms if sibling.tag == term.tag else found).append(sibling)
    return found if all(MARK in each.attrib for each in terms) else []


def _enclose(heading: Element) -> None:
    """Put a heading, and what follows up to the next of its rank, into a division."""
    parent = heading.getparent()
    if parent is None:
        return
    rank = HEADINGS.index(str(heading.tag))
    inside = [heading]
    for sibling in heading.itersiblings():
        if sibling.tag in HEADINGS[: rank + 1] or sibling.get("class") == _NOTES:
            break
        inside.append(sibling)
    division = heading.makeelement(
        f"{{{XHTML}}}div", {"class": CLASS, MARK: heading.attrib.pop(MARK)}
    )
    parent.insert(parent.index(heading), division)
    division.extend(inside)
