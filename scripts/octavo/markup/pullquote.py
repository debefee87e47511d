"""A pull quote: a few words of the text, set large beside it.

::

    /// pullquote
    At a crossroads
    ///

becomes ``<aside class="pullquote" epub:type="pullquote" role="doc-pullquote"><p>...</p></aside>``.
"""

from xml.etree.ElementTree import Element, SubElement

from octavo.markup.blocks import EPUB_TYPE, Attributed, OneBlock


class PullQuote(Attributed):
    """The block ``/// pullquote``."""

    NAME = "pullquote"

    def on_create(self, parent: Element) -> Element:
        """Return the element that holds the quotation."""
        semantics = {"class": "pullquote", EPUB_TYPE: "pullquote", "role": "doc-pullquote"}
        return SubElement(parent, "aside", semantics)


class PullQuoteExtension(OneBlock):
    """Teaches Python-Markdown the pull quote."""

    block = PullQuote
