"""The wall around WeasyPrint: a gathering in, typeset pages out.

This is done in any process, and nothing of it is kept there but what the next is quicker with.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

import pikepdf
import weasyprint
from weasyprint import pdf
from weasyprint.document import DocumentMetadata, Page
from weasyprint.formatting_structure.build import build_formatting_structure
from weasyprint.html import get_html_metadata
from weasyprint.layout import layout_document

from octavo.formats.pdf.amending import surround
from octavo.formats.pdf.breaks import break_between_words
from octavo.formats.pdf.composing import compose_paragraphs, use_composer
from octavo.formats.pdf.documents import document
from octavo.formats.pdf.embedding import Fonts, are_shareable, collect_fonts, drawn
from octavo.formats.pdf.features import forget_features
from octavo.formats.pdf.gatherings import Gathering
from octavo.formats.pdf.kerning import draw_exactly
from octavo.formats.pdf.kits import Kit, kit_of
from octavo.formats.pdf.leaders import join_leaders
from octavo.formats.pdf.listening import listening
from octavo.formats.pdf.notes import keep_notes_with_their_calls
from octavo.formats.pdf.openings import Opened, know_targets, open_gatherings
from octavo.formats.pdf.outlines import remember_outlines
from octavo.formats.pdf.pagetypes import share_page_styles
from octavo.formats.pdf.pagination import PX, paginate
from octavo.formats.pdf.paging import even_pages
from octavo.formats.pdf.spelling import spell_out
from octavo.formats.pdf.structure import repair, teach_tags
from octavo.formats.pdf.stubs import share_stub_styles
from octavo.formats.pdf.values import Bookmark, Opening, Typeset
from octavo.model import Rendition


def typeset(gathering: Gathering, opening: Opening, *, draw: bool) -> Typeset:
    """Return a gathering set from where it opens; ``draw`` is whether its file is wanted."""
    prepare()
    rendition = gathering.unpacked()
    with listening(rendition.documents[0].name) as problems:
        kit = kit_of(rendition)
        opened = None if gathering.whole else Opened(opening, gathering.first)
        pages, context = _set(rendition, kit, opened)
        strings = _strings(context) if opened else {}
        tells = bool(context.target_collector.counter_lookup_items)
        del context  # it is larger than the pages
        text = rendition.documents[0].xhtml
        paginated = paginate(pages.pages, text, gathering.before, kit.faces)
        data = _drawn(gathering, pages, opening) if draw else b""
    fonts, faces = drawn(pages.fonts, rendition) if opened else ((), {})
    return Typeset(
        paginated=paginated,
        heads=tuple(opened.heads) if opened else (),
        strings=strings,
        anchors=_anchors(pages.pages),
        bookmarks=tuple(_bookmarks(pages.pages)),
        problems=tuple(dict.fromkeys(problems)),
        side=opened.side if opened else "",
        cuts=opened.cuts and are_shareable(pages.fonts) if opened else True,
        told=frozenset(opened.told) if opened else frozenset(),
        tells=tells,
        fonts=fonts,
        faces=faces,
        data=data,
    )


def open_kit(rendition: Rendition) -> None:
    """Have at hand here what the gatherings of a rendition share, its stylesheets and its fonts."""
    prepare()
    with listening(rendition.documents[0].name):
        html = document(rendition, rendition.documents[0].xhtml)
        prepared_context(rendition, kit_of(rendition), html)


def options(rendition: Rendition) -> dict[str, Any]:
    """Return what WeasyPrint is told of the file."""
    return {"pdf_variant": rendition.edition.standard or None, "pdf_tags": True}


def prepared_context(rendition: Rendition, kit: Kit, html: Any) -> Any:
    """Return what WeasyPrint knows of a document before it is laid out."""
    settings = {**weasyprint.DEFAULT_OPTIONS, **options(rendition)}
    return weasyprint.Document._build_layout_context(  # noqa: SLF001 - pinned
        html, kit.fonts, kit.counters, kit.profiles, settings
    )


def boxes_of(context: Any, kit: Kit, html: Any) -> Any:
    """Return the root of the boxes of a document, before they are laid out."""
    return build_formatting_structure(
        html.etree_element,
        context.style_for,
        context.get_image_from_uri,
        html.base_url,
        context.target_collector,
        kit.counters,
        context.footnotes,
    )


def prepare() -> None:
    """Teach WeasyPrint what it does not know, once for the process."""
    keep_notes_with_their_calls()
    break_between_words()
    draw_exactly()
    compose_paragraphs()
    even_pages()
    join_leaders()
    forget_features()
    spell_out()
    teach_tags()
    remember_outlines()
    open_gatherings()
    share_page_styles()
    share_stub_styles()
    collect_fonts()
    surround(pdf, "resolve_links", _resolve_links)


def _set(rendition: Rendition, kit: Kit, opened: Opened | None) -> tuple[weasyprint.Document, Any]:
    """Return the pages of a document, and what WeasyPrint knows of it."""
    edition = rendition.edition
    html = document(rendition, rendition.documents[0].xhtml)
    use_composer(kit.fonts, edition.composer, kit.faces, pages=edition.facing)
    kit.fonts.octavo_opened = opened
    context = prepared_context(rendition, kit, html)
    if opened:
        know_targets(context.target_collector, opened)
    root = boxes_of(context, kit, html)
    pages = [Page(box) for box in layout_document(html, root, context)]
    metadata = DocumentMetadata(**get_html_metadata(html))
    made = weasyprint.Document(pages, metadata, html.url_fetcher, kit.fonts, kit.profiles, None)
    if opened:
        made.fonts = Fonts()
    return made, context


def _strings(context: Any) -> dict[str, dict[int, tuple[str, ...]]]:
    return {
        name: {number - 1: tuple(texts) for number, texts in pages.items() if texts}
        for name, pages in context.string_set.items()
    }


def _anchors(pages: Sequence[Any]) -> dict[str, int]:
    anchors: dict[str, int] = {}
    for number, page in enumerate(pages):
        for name in page.anchors:
            anchors.setdefault(name, number)
    return anchors


def _bookmarks(pages: Sequence[Any]) -> Iterator[Bookmark]:
    for number, page in enumerate(pages):
        for level, label, (x, y), state in page.bookmarks:
            yield Bookmark(number, level, label, x * PX, (page.height - y) * PX, state == "open")


# --- drawing ---


class _Pages(list[Any]):
    """The pages of a gathering, some of whose links lead to other gatherings."""

    def __init__(self, pages: Sequence[Any], abroad: frozenset[str]) -> None:
        super().__init__(pages)
        self.abroad = abroad


def _drawn(gathering: Gathering, pages: weasyprint.Document, opening: Opening) -> bytes:
    """Return the file of a gathering, its structure repaired."""
    pages.pages = _Pages(pages.pages, frozenset(opening.targets))
    written = BytesIO(pages.write_pdf(**options(gathering.rendition)))
    finished = BytesIO()
    with pikepdf.open(written) as file:
        repair(file, f"{gathering.name}-" if gathering.name else "")
        file.save(finished, deterministic_id=True, compress_streams=True)
    return finished.getvalue()


def _resolve_links(own: Any, pages: Any) -> Iterator[Any]:
    """Surround ``resolve_links``: links to other gatherings are as good as any."""
    abroad: frozenset[str] = getattr(pages, "abroad", frozenset())
    away = [[link for link in page.links if _is_to(link, abroad)] for page in pages]
    for page in pages:
        page.links = [link for link in page.links if not _is_to(link, abroad)]
    for links, (found, anchors) in zip(away, own(pages), strict=True):
        yield [*found, *links], anchors


def _is_to(link: Any, ids: frozenset[str]) -> bool:
    return link[0] == "internal" and link[1] in ids
