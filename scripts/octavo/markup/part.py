"""A text that opens a part, in a manuscript whose spine does not group its texts.

::

    # The setting {.part}

The part runs to the next such text, or to the end of the body. The heading carries
``class="part"`` until the chapter is made, and then ``Chapter.opens_part`` says it.
"""

from typing import Final

from octavo import xhtml

PART: Final = ".//h:h1[contains(concat(' ', @class, ' '), ' part ')]"


def finish(body: xhtml.Element) -> None:
    """Mark the body of a text that opens a part."""
    for heading in xhtml.find(body, PART):
        heading.attrib.pop("class")
        body.set("class", "part")


def opens_part(body: xhtml.Element) -> bool:
    """Return whether ``finish`` found the mark of a part."""
    return body.get("class") == "part"
