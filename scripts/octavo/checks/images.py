"""The images of the book: that they are there, and that they are described."""

from collections.abc import Iterator
from difflib import get_close_matches

from octavo.checks import addresses
from octavo.diagnostics import Diagnostic, Location, error, warning
from octavo.model import Chapter, Draft, Image


def missing_image(draft: Draft) -> Iterator[Diagnostic]:
    """I001: an image that is not there."""
    assets = draft.manuscript.assets
    for chapter, image in _images(draft):
        path = addresses.path_of(chapter.path, image.src)
        barred = not addresses.is_local(image.src) or addresses.leads_out(chapter.path, image.src)
        if path in assets or path in draft.manuscript.astray or (barred and path not in assets):
            continue
        near = get_close_matches(path, list(assets), n=1)
        hint = f"did you mean {near[0]}?" if near else "put it there, or take the image away"
        yield error("I001", f"no image {path}", image.location, hint)
    cover = draft.manuscript.cover
    if cover and cover not in assets:
        place = Location("book.toml")
        yield error("I001", f"no cover {cover}", place, "put it there, or let Octavo draw one")


def undescribed_image(draft: Draft) -> Iterator[Diagnostic]:
    """I002: an image without an alternative text."""
    for _, image in _images(draft):
        if not image.decorative and not (image.alt or "").strip():
            hint = "say in ![...] what it shows; a mere ornament is marked {role=presentation}"
            yield warning("I002", f"no alternative text: {image.src}", image.location, hint)


def _images(draft: Draft) -> Iterator[tuple[Chapter, Image]]:
    for chapter in draft.chapters.values():
        yield from ((chapter, image) for image in chapter.images)
