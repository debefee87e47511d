"""The images of the book: that they are there, and that they are described."""

from collections.abc import Iterator
from difflib import get_close_matches
from io import BytesIO
from typing import Final

import PIL.Image

from octavo.checks import addresses, rawhtml
from octavo.diagnostics import Diagnostic, error, warning
from octavo.imaging import strictly
from octavo.model import BOOK_TOML, Asset, Chapter, Draft, Image

SUFFIXES: Final = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp")
"""The images that EPUB 3.3 has among its core media types."""


def missing_image(draft: Draft) -> Iterator[Diagnostic]:
    """I001: an image that is not there."""
    for chapter, image in _images(draft):
        path = addresses.path_of(chapter.path, image.src)
        if _is_ours(draft, chapter.path, image.src) and path not in draft.manuscript.assets:
            yield error("I001", f"no image {path}", image.location, _instead(path, draft))
    for text, address, place in rawhtml.addresses_in(draft):
        if _is_ours(draft, text, address):
            hint = "only images go along with a book: show one with ![...](...)"
            yield error("I001", f"{address} does not go along with the book", place, hint)
    yield from _missing_cover(draft)


def _missing_cover(draft: Draft) -> Iterator[Diagnostic]:
    cover = draft.manuscript.cover
    if cover and cover not in draft.manuscript.assets and _is_ours(draft, BOOK_TOML.path, cover):
        place = draft.manuscript.places.get("cover", BOOK_TOML)
        hint = "put it there, or let Octavo draw one"
        yield error("I001", f"no cover {cover}", place, hint)


def _is_ours(draft: Draft, text: str, address: str) -> bool:
    """Return whether an address can name a file of the folder; ``safety`` tells of the others."""
    path = addresses.path_of(text, address)
    return (
        addresses.is_local(address)
        and not addresses.is_below(path, draft.manuscript.astray)
        and (not addresses.leads_out(text, address) or path in draft.manuscript.assets)
    )


def _instead(path: str, draft: Draft) -> str:
    if not path.lower().endswith(SUFFIXES):
        return f"an e-book shows {', '.join(SUFFIXES)}: turn the image into one of them"
    near = get_close_matches(path, list(draft.manuscript.assets), n=1)
    return f"did you mean {near[0]}?" if near else "put it there, or take the image away"


def undescribed_image(draft: Draft) -> Iterator[Diagnostic]:
    """I002: an image without an alternative text."""
    for _, image in _images(draft):
        if not image.decorative and not (image.alt or "").strip():
            hint = "say in ![...] what it shows; a mere ornament is marked {role=presentation}"
            yield warning("I002", f"no alternative text: {image.src}", image.location, hint)


def broken_image(draft: Draft) -> Iterator[Diagnostic]:
    """I004: an image file that is damaged, or is not what its name says."""
    shown = {addresses.path_of(c.path, i.src): i.location for c, i in _images(draft)}
    shown.setdefault(draft.manuscript.cover, draft.manuscript.places.get("cover", BOOK_TOML))
    for path, place in shown.items():
        asset = draft.manuscript.assets.get(path)
        if asset and asset.media_type != "image/svg+xml" and _format(asset) != asset.media_type:
            message = f"{path} is no {asset.media_type.partition('/')[2].upper()} that can be read"
            yield error("I004", message, place, "save it again from the program that made it")


def _format(asset: Asset) -> str:
    """Return the media type of an image by what is in it, empty where it cannot be read."""
    try:
        with strictly(), PIL.Image.open(BytesIO(asset.data)) as opened:
            opened.load()
            return PIL.Image.MIME.get(opened.format or "", "")
    except (OSError, SyntaxError, ValueError, PIL.Image.DecompressionBombError):
        # What Pillow's readers raise for a damaged file.
        return ""


def _images(draft: Draft) -> Iterator[tuple[Chapter, Image]]:
    for chapter in draft.chapters.values():
        yield from ((chapter, image) for image in chapter.images)
