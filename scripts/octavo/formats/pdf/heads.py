"""What stands in the margins of pages: running heads, and folios.

They are set when all pages of a book are known, each as if its page were empty otherwise.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pydyf
from weasyprint.draw import StackingContext, draw_stacking_context
from weasyprint.layout import initialize_page_maker
from weasyprint.layout.background import layout_backgrounds
from weasyprint.layout.page import (
    PageType,
    make_margin_boxes,
    make_page,
)
from weasyprint.pdf.stream import Stream

from octavo import xhtml
from octavo.formats.pdf.documents import document
from octavo.formats.pdf.embedding import are_shareable, drawn
from octavo.formats.pdf.kits import kit_of
from octavo.formats.pdf.pagetypes import compute_styles
from octavo.formats.pdf.pagination import PX
from octavo.formats.pdf.typesetting import boxes_of, prepare, prepared_context
from octavo.formats.pdf.values import Head, Heads
from octavo.model import Rendition

_DRAWN_IN: Final = ("XObject", "Pattern", "Shading")


def set_heads(
    rendition: Rendition,
    heads: Sequence[Head],
    strings: Mapping[str, Mapping[int, tuple[str, ...]]],
    total: int,
) -> Heads:
    """Return the margins of pages.

    Args:
        rendition: what the pages were set from; its text is not looked at.
        heads: the pages.
        strings: what pages give to the margins, by name and number of the page (from 0, and -1 for
            what has been given before).
        total: how many pages the book has.
    """
    prepare()
    kit = kit_of(rendition)
    kit.fonts.octavo = kit.fonts.octavo_opened = None
    html = document(rendition, _emptied(rendition.documents[0].xhtml))
    context = prepared_context(rendition, kit, html)
    root = boxes_of(context, kit, html)
    context.target_collector.collecting = False
    context.rendered_notes = []
    for name, pages in strings.items():
        context.string_set[name].update({at + 2: list(texts) for at, texts in pages.items()})
    resources = _Resources()
    made = [
        _drawn(context, root, html, head, number, total, resources)
        for number, head in enumerate(heads)
    ]
    fonts, faces = drawn(resources.fonts, rendition)
    states: dict[str, dict[str, float]] = {}
    graphics: Mapping[str, float]
    for name, graphics in resources.dictionary["ExtGState"].items():
        states[name] = {key: float(value) for key, value in graphics.items()}
    drawn_in = any(resources.dictionary[name] for name in _DRAWN_IN) or resources.images
    alone = not drawn_in and are_shareable(resources.fonts)
    return Heads(tuple(made), fonts, faces, states, alone)


class _Resources:
    """What the margins are drawn with."""

    def __init__(self) -> None:
        self.fonts: dict[Any, Any] = {}
        self.images: dict[str, Any] = {}
        names = ("ExtGState", "ColorSpace", *_DRAWN_IN)
        self.dictionary = pydyf.Dictionary({name: pydyf.Dictionary() for name in names})


def _emptied(text: str) -> str:
    """Return a document without its leaves."""
    root = xhtml.parse(text)
    body = xhtml.find(root, "./h:body")[0]
    for leaf in list(body):
        body.remove(leaf)
    body.text = None
    return xhtml.serialize(root)


def _drawn(  # noqa: PLR0913, PLR0917 - what a page has
    context: Any,
    root: Any,
    html: Any,
    head: Head,
    number: int,
    total: int,
    resources: _Resources,
) -> bytes:
    """Return the margins of a page as it is drawn."""
    type_ = PageType(head.side, head.blank, head.name, head.index, head.groups)
    compute_styles(type_, html, context.style_for)
    initialize_page_maker(context, root)
    state: Any = ([0], {"pages": [total]}, [{"pages"}], [])
    page, _, _ = make_page(context, root, type_, None, 1, state)
    context.current_page = number + 2
    values = {"pages": [total], "page": [head.folio]}
    margins = make_margin_boxes(context, page, ([0], values, [{"pages", "page"}], []))
    page.children = (page.children[0], *margins)
    layout_backgrounds(page, context.get_image_from_uri)
    rectangle = (0, 0, page.margin_width(), page.margin_height())
    stream = Stream(
        resources.fonts, rectangle, resources.dictionary, resources.images, None, {}, None
    )
    stream.transform(d=-1, f=page.margin_height() * PX)
    with stream.stacked():
        stream.transform(a=PX, d=PX)
        draw_stacking_context(stream, StackingContext.from_page(page))
    drawn_ = b"\n".join(
        item if isinstance(item, bytes) else str(item).encode() for item in stream.stream
    )
    return b"Q\n/Artifact BMC\n" + drawn_ + b"\nEMC" if page.children[1:] else b"Q"
