"""A cross-reference: a link without words, to be filled with the number and title of its target.

::

    see [](#table-figures), and [](reform.md#nine-areas)

becomes ``<a class="xref" href="#table-figures"/>``. With ``{.page}`` after it, it says the printed
page instead, "page 42"; a link with words that has this class says the page after them.

With ``{.number}`` it says the number of its target and no more, "5", for a sentence that has the
word already.

The words come later, when the whole book is known: "Table 1", "Chapter 5, Nine areas of reform",
the title of a section, "note 3".
"""

from octavo import xhtml


def finish(body: xhtml.Element) -> None:
    """Mark every link that has nothing in it."""
    for link in xhtml.find(body, ".//h:a[@href][not(node())]"):
        link.set("class", " ".join(filter(None, ("xref", link.get("class")))))
