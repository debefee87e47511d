"""A notice beside the text: a note, a warning, an example.

::

    !!! note "Before you go on"
        Words in Markdown.

becomes ``<aside class="admonition note" role="note">`` with ``<p class="admonition-title">`` before
the words.
"""

from octavo import xhtml

_NOTICES = ".//h:div[contains(concat(' ', @class, ' '), ' admonition ')]"


def finish(body: xhtml.Element) -> None:
    """Make an ``aside`` of every notice: it stands beside the text and not in it.

    As a note it is no landmark, of which a page has few.
    """
    for notice in xhtml.find(body, _NOTICES):
        notice.tag = f"{{{xhtml.XHTML}}}aside"
        notice.set("role", "note")
