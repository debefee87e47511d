"""How a paragraph is composed on paper, said where it is written.

::

    A paragraph that should have a line less.
    {: looseness=-1 }

The names are those of ``octavo.composer.PROPERTIES``; on a block they hold for all that is in it.
They become ``data-looseness="-1"``, which e-readers leave alone and the typesetter reads.
"""

import re
from collections.abc import Iterator
from typing import Final

from octavo.composer import PROPERTIES, read
from octavo.diagnostics import Diagnostic, error
from octavo.markup.survey import Survey
from octavo.xhtml import Element

_SAID: Final = re.compile(
    rf"""(?P<name>{"|".join(PROPERTIES)}) = (?P<quote>["']?) (?P<value>[^\s"'}}]*) (?P=quote)""",
    re.VERBOSE,
)
_LIST: Final = re.compile(r"\{:?[ ]*[^{}\n]*\}")


def finish(body: Element) -> None:
    """Turn the attributes into those of data, which any element may have."""
    for element in body.iter("*"):
        for name in PROPERTIES:
            if name in element.attrib:
                element.set(f"data-{name}", element.attrib.pop(name))


def unreadable(survey: Survey) -> Iterator[Diagnostic]:
    """Yield an S015 for every value that a property of the composer cannot have."""
    for attributes in _LIST.finditer(survey.text):
        for said in _SAID.finditer(survey.source, *attributes.span()):
            try:
                read(said["name"], said["value"])
            except ValueError as problem:
                message = f"{said['name']} must be {problem}"
                place = survey.at(said.start())
                yield error("S015", message, place, f"it is {said['value']!r}")
