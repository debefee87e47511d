"""Books of texts that are not Octavo's, held in memory."""

from collections.abc import Mapping
from dataclasses import replace

from octavo.diagnostics import Location
from octavo.editions import EDITIONS
from octavo.model import Asset, Manuscript, Matter, Source, SpineItem
from octavo.sources import read
from octavo.sources.scripts import with_faces
from tests.conftest import BRIEFING


def base() -> Manuscript:
    """Return a manuscript without texts, images and waivers."""
    return replace(
        read(BRIEFING), sources={}, spine=(), assets={}, waivers=(), handouts=(), unlisted=(),
        editions=(replace(EDITIONS["ebook"], pages=""),), cover="", found=(),
    )  # fmt: skip


def book(
    on: Manuscript,
    texts: Mapping[str, str],
    dialect: str = "folder",
    assets: Mapping[str, Asset] | None = None,
) -> Manuscript:
    """Return a book of some texts in a dialect, a chapter each; its e-book tells no pages."""
    spine = tuple(
        SpineItem("chapter", Matter.BODY, Location(path), path, called="Called") for path in texts
    )
    sources = {path: Source(path, text) for path, text in texts.items()}
    return with_faces(
        replace(on, sources=sources, spine=spine, dialect=dialect, assets=assets or {})
    )
