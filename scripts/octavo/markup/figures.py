"""Figures and tables, with their captions.

::

    ![What the picture shows](images/roads.svg)

    /// caption
        attrs: {id: figure-roads}
    Two roads meet.
    ///

becomes ``<figure id="figure-roads" class="figure">`` with the image and
``<figcaption><p>Two roads meet.</p></figcaption>`` in it, an image alone in its paragraph a figure
without a caption, and a caption after a table the table's own ``<caption>``. Heads of columns get
their ``scope``; with ``class: row-headers`` among the ``attrs`` the first cell of each row heads
it. A cell is aligned by the class ``align-right`` or ``align-center``.
"""

from octavo import xhtml
from octavo.xhtml import XHTML, Element


def finish(body: Element) -> None:
    """Give figures and tables the elements that HTML has for them."""
    for paragraph in xhtml.find(body, ".//h:p[count(*)=1][h:img]"):
        if not (paragraph.text or "").strip() and not (paragraph[0].tail or "").strip():
            _make_figure(paragraph)
    for figure in xhtml.find(body, ".//h:figure"):
        if xhtml.find(figure, "./h:table"):
            _caption_table(figure)
        else:
            _add_class(figure, "figure")
    for table in xhtml.find(body, ".//h:table"):
        _head(table)
        _align(table)


def _make_figure(paragraph: Element) -> None:
    """Make a figure of a paragraph that holds an image alone, or lift the image into its figure."""
    image = paragraph[0]
    image.tail = paragraph.text = None
    parent = paragraph.getparent()
    if parent is not None and parent.tag == f"{{{XHTML}}}figure":
        xhtml.replace(paragraph, [image])
        figure = parent
    else:
        paragraph.tag = f"{{{XHTML}}}figure"
        figure = paragraph
    if "id" in image.attrib and "id" not in figure.attrib:
        figure.set("id", str(image.attrib.pop("id")))


def _caption_table(figure: Element) -> None:
    """Turn a figure around a table into the table with a caption."""
    table = xhtml.find(figure, "./h:table")[0]
    for caption in xhtml.find(figure, "./h:figcaption"):
        caption.tag = f"{{{XHTML}}}caption"
        caption.tail = None
        table.insert(0, caption)
    for name, value in figure.attrib.items():
        table.set(name, value)
    table.tail = None
    xhtml.replace(figure, [table])


def _head(table: Element) -> None:
    """Say what each head is the head of; an empty cell is the head of nothing."""
    for cell in xhtml.find(table, "./h:thead/h:tr/h:th"):
        if "scope" not in cell.attrib:
            cell.set("scope", "col")
        if not len(cell) and not (cell.text or "").strip():
            cell.tag = f"{{{XHTML}}}td"
            cell.attrib.pop("scope")
    if "row-headers" in (table.get("class") or "").split():
        for cell in xhtml.find(table, "./h:tbody/h:tr/*[1]"):
            cell.tag = f"{{{XHTML}}}th"
            cell.set("scope", "row")


def _align(table: Element) -> None:
    for cell in xhtml.find(table, "./*/h:tr/*[starts-with(@style, 'text-align:')]"):
        side = str(cell.attrib.pop("style")).partition(":")[2].strip(" ;")
        if side != "left":
            _add_class(cell, f"align-{side}")


def _add_class(element: Element, name: str) -> None:
    names = (element.get("class") or "").split()
    if name not in names:
        element.set("class", " ".join([*names, name]))
