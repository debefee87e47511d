"""The drawings of the book: the SVG files that it shows."""

from collections.abc import Iterator

from octavo.checks import addresses, fetching
from octavo.diagnostics import Diagnostic, Location, error
from octavo.model import Asset, Draft


def broken_drawing(draft: Draft) -> Iterator[Diagnostic]:
    """I003: a drawing that is not well-formed."""
    for path, asset in _shown(draft):
        try:
            fetching.drawing(asset)
        except fetching.BrokenDrawingError as problem:
            hint = "export it again from the program that drew it"
            message = f"a drawing that is not well-formed: {problem.reason}"
            yield error("I003", message, Location(path, problem.line), hint)


def sound(draft: Draft) -> Iterator[tuple[str, fetching.Drawing]]:
    """Yield the path of every drawing that the book shows, and what it would fetch and run."""
    for path, asset in _shown(draft):
        try:
            yield path, fetching.drawing(asset)
        except fetching.BrokenDrawingError:
            continue  # I003 tells of it


def _shown(draft: Draft) -> Iterator[tuple[str, Asset]]:
    paths = {draft.manuscript.cover} | {
        addresses.path_of(chapter.path, image.src)
        for chapter in draft.chapters.values()
        for image in chapter.images
    }
    for path, asset in draft.manuscript.assets.items():
        if path in paths and asset.media_type == "image/svg+xml":
            yield path, asset
