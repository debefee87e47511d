"""The fence around the folder: nothing outside it is read, nothing is fetched, nothing runs."""

from collections.abc import Iterator
from posixpath import dirname, join, normpath
from typing import Final

from octavo.checks import addresses, drawings, fetching, rawhtml
from octavo.diagnostics import Diagnostic, Location, error
from octavo.model import BOOK_TOML, Draft

_FOLLOWED: Final = frozenset({"http", "https", "mailto", "tel", "urn", "doi"})
"""Schemes that a reader may follow from a link; none of them is opened to make a book."""

_HINT: Final = "put the file into the folder of the book"


def outside_path(draft: Draft) -> Iterator[Diagnostic]:
    """X001: a path that leads out of the publication's folder."""
    for text, address, place in _addresses(draft):
        path = addresses.path_of(text, address)
        if addresses.leads_out(text, address) and path not in draft.manuscript.assets:
            hint = "copy the file into the folder, or allow an image folder: [assets] folders"
            yield error("X001", f"{address} leads out of the folder", place, hint)
    for name, mention, place in _stylesheets(draft):
        path = normpath(join("css", dirname(name), mention.text))
        if addresses.is_local(mention.text) and path.startswith(("..", "/")):
            hint = "put the file into styles/fonts/ or images/, and name it from there"
            yield error("X001", f"a stylesheet that leads out: {mention.text}", place, hint)


def remote_resource(draft: Draft) -> Iterator[Diagnostic]:
    """X002: something that would have to be fetched."""
    for chapter in draft.chapters.values():
        for image in chapter.images:
            if addresses.scheme(image.src) not in {"", "data"}:
                yield error("X002", f"an image from elsewhere: {image.src}", image.location, _HINT)
        for link in chapter.links:
            if addresses.scheme(link.href) not in {"", *_FOLLOWED}:
                advice = "link to a page on the web, or to a text of the book"
                yield error(
                    "X002", f"a link that no reader can follow: {link.href}", link.location, advice
                )
    for _, address, place in rawhtml.addresses_in(draft):
        if addresses.scheme(address) not in {"", "data"}:
            yield error("X002", f"something from elsewhere: {address}", place, _HINT)
    yield from _by_drawings(draft)
    yield from _by_stylesheets(draft)


def _by_drawings(draft: Draft) -> Iterator[Diagnostic]:
    for path, drawing in drawings.sound(draft):
        for mention in drawing.fetched:
            if addresses.scheme(mention.text) != "data":
                message = f"a drawing that refers to {mention.text}"
                yield error("X002", message, Location(path, mention.line), _HINT)


def _by_stylesheets(draft: Draft) -> Iterator[Diagnostic]:
    for _, mention, place in _stylesheets(draft):
        if mention.imported:
            advice = "name the stylesheet in book.toml: [editions.print] stylesheets = [...]"
            yield error("X002", f"a stylesheet that imports {mention.text}", place, advice)
        elif addresses.scheme(mention.text) not in {"", "data"}:
            yield error("X002", f"a stylesheet that fetches {mention.text}", place, _HINT)


def active_drawing(draft: Draft) -> Iterator[Diagnostic]:
    """X004: active content."""
    hint = "export the drawing without scripts, or take them out"
    for path, drawing in drawings.sound(draft):
        for mention in drawing.active:
            message = f"a drawing with active content: {mention.text}"
            yield error("X004", message, Location(path, mention.line), hint)


def stray_link(draft: Draft) -> Iterator[Diagnostic]:
    """X003: a symbolic link that leads out of the publication's folder."""
    for text, address, place in _addresses(draft):
        path = addresses.path_of(text, address)
        if addresses.is_local(address) and addresses.is_below(path, draft.manuscript.astray):
            hint = "put the file itself there"
            yield error("X003", f"{address} is behind a symbolic link that leads out", place, hint)


def _addresses(draft: Draft) -> Iterator[tuple[str, str, Location]]:
    """Yield every address in the texts and in book.toml: its file, itself, its place."""
    for chapter in draft.chapters.values():
        yield from ((chapter.path, image.src, image.location) for image in chapter.images)
        yield from ((chapter.path, link.href, link.location) for link in chapter.links)
    yield from rawhtml.addresses_in(draft)
    if draft.manuscript.cover:
        place = draft.manuscript.places.get("cover", BOOK_TOML)
        yield BOOK_TOML.path, draft.manuscript.cover, place


def _stylesheets(draft: Draft) -> Iterator[tuple[str, fetching.Mention, Location]]:
    styles = draft.manuscript.styles
    for name, css in styles.stylesheets.items():
        for mention in fetching.by_stylesheet(css):
            yield name, mention, Location(styles.paths[name], mention.line)
