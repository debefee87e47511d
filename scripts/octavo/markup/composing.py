"""How a paragraph is composed on paper, said where it is written.

::

    A paragraph that should have a line less.
    {: looseness=-1 }

The names are those of ``octavo.composer.PROPERTIES``; on a block they hold for all that is in it.
They become ``data-looseness="-1"``, which e-readers leave alone and the typesetter reads.
"""

import re
from collections.abc import Iterator

from octavo.composer import PROPERTIES, read
from octavo.diagnostics import Diagnostic, Location, error
from octavo.markup.survey import Survey
from octavo.xhtml import Element


def finish(body: Element) -> None:
    """Turn the attributes into those of data, which any element may have."""
    for element in body.iter("*"):
        for name in PROPERTIES:
            if name in element.attrib:
                element.set(f"data-{name}", element.attrib.pop(name))


def unreadable(body: Element, survey: Survey) -> Iterator[Diagnostic]:
    """Yield an S015 for every value that a property of the composer cannot have."""
    for element in body.iter("*"):
        for name in PROPERTIES:
            value = element.get(f"data-{name}")
            if value is None:
                continue
            try:
                read(name, value)
            except ValueError as problem:
                hint = f"it is {value!r}"
                yield error("S015", f"{name} must be {problem}", _place(survey, name, value), hint)


def _place(survey: Survey, name: str, value: str) -> Location:
    """Return where a property is first given a value."""
    said = re.search(rf"{name}\s*=\s*[\"']?{re.escape(value)}", survey.text)
    return survey.at(said.start()) if said else Location(survey.path)
