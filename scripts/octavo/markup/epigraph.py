"""An epigraph: words of somebody else at the head of a text.

::

    /// epigraph
        attribution: Ada Lovelace, *Notes*
    Words in Markdown.
    ///

becomes ``<div class="epigraph" epub:type="epigraph" role="doc-epigraph">`` with the paragraphs and
``<p class="attribution">`` in it.
"""

from xml.etree.ElementTree import Element, SubElement

from octavo.markup.blocks import EPUB_TYPE, Attributed, OneBlock


class Epigraph(Attributed):
    """The block ``/// epigraph``."""

    NAME = "epigraph"

    def on_create(self, parent: Element) -> Element:
        """Return the element that holds the epigraph."""
        semantics = {"class": "epigraph", EPUB_TYPE: "epigraph", "role": "doc-epigraph"}
        return SubElement(parent, "div", semantics)


class EpigraphExtension(OneBlock):
    """Teaches Python-Markdown the epigraph."""

    block = Epigraph
