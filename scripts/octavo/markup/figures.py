"""Figures, tables and their captions; and notices.

::

    ![What the picture shows](images/roads.svg)

    /// caption
        attrs: {id: figure-roads}
    Two roads meet.
    ///

becomes ``<figure id="figure-roads">`` with the image and ``<figcaption><p>Two roads meet.</p>`` in
it,
an image alone in its paragraph a figure without a caption, and a caption after a table the table's
own ``<caption>``. Heads of columns get their ``scope``; with ``class: row-headers`` among the
``attrs`` the first cell of each row heads it. ``!!! note`` becomes an ``aside``.
"""

from octavo import xhtml
from octavo.xhtml import XHTML, Element


def finish(body: Element) -> None:
    """Give figures and tables the elements that HTML has for them."""
    for paragraph in xhtml.find(body, ".//h:p[h:img]"):
        if _alone(paragraph):
            _figure(paragraph)
    for figure in xhtml.find(body, ".//h:figure[h:table]"):
        _caption_table(figure)
    for table in xhtml.find(body, ".//h:table"):
        _head(table)


def _alone(paragraph: Element) -> bool:
    return (
        len(paragraph) == 1
        and not (paragraph.text or "").strip()
        and not (paragraph[0].tail or "").strip()
    )


def _figure(paragraph: Element) -> None:
    """Make a figure of a paragraph that holds an image alone, or lift the image into its figure."""
    image = paragraph[0]
    image.tail = None
    parent = paragraph.getparent()
    if parent is not None and parent.tag == f"{{{XHTML}}}figure":
        xhtml.replace(paragraph, [image])
    else:
        paragraph.tag = f"{{{XHTML}}}figure"
        paragraph.text = None


def _caption_table(figure: Element) -> None:
    """Turn a figure around a table into the table with a caption."""
    (table,) = xhtml.find(figure, "./h:table")[:1]
    for caption in xhtml.find(figure, "./h:figcaption"):
        caption.tag = f"{{{XHTML}}}caption"
        caption.tail = None
        table.insert(0, caption)
    for name, value in figure.attrib.items():
        table.set(name, value)
    table.tail = None
    xhtml.replace(figure, [table])


def _head(table: Element) -> None:
    for cell in xhtml.find(table, "./h:thead//h:th"):
        cell.set("scope", "col")
    if "row-headers" in (table.get("class") or "").split():
        for cell in xhtml.find(table, "./h:tbody/h:tr/*[1]"):
            cell.tag = f"{{{XHTML}}}th"
            cell.set("scope", "row")
    for cell in xhtml.find(table, ".//h:*[starts-with(@style, 'text-align:')]"):
        side = cell.attrib.pop("style").partition(":")[2].strip(" ;")
        cell.set("class", f"align-{side}")


def finish_admonitions(body: Element) -> None:
    """Make notices of admonitions, which stand beside the text and not in it."""
    for notice in xhtml.find(body, ".//h:div[starts-with(@class, 'admonition')]"):
        notice.tag = f"{{{XHTML}}}aside"
