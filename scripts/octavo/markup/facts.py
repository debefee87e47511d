"""Facts: a few figures set large, each with what it counts beneath it.

::

    /// facts
    - **16** operations
    - **4** continents
    ///

becomes ``<div class="facts"><ul><li><strong>16</strong> operations</li>...</ul></div>``.
"""

from xml.etree.ElementTree import Element, SubElement

from pymdownx.blocks.block import Block

from octavo.markup.blocks import OneBlock


class Facts(Block):  # type: ignore[misc] # pymdownx has no types
    """The block ``/// facts``."""

    NAME = "facts"

    def on_create(self, parent: Element) -> Element:
        """Return the element that holds the list."""
        return SubElement(parent, "div", {"class": "facts"})


class FactsExtension(OneBlock):
    """Teaches Python-Markdown the block."""

    block = Facts
