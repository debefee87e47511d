"""The fence around the folder: nothing outside it is read, and nothing is fetched."""

import re
from collections.abc import Iterator
from typing import Final

import tinycss2

from octavo.checks import addresses
from octavo.diagnostics import Diagnostic, Location, error
from octavo.model import Draft

_SVG_REFERENCE: Final = re.compile(
    rb"""(?:xlink:href|\bhref|\bsrc)\s*=\s*["']\s*([^"'#][^"']*)["']|url\(\s*["']?([^"')#][^"')]*)"""
)
_HARMLESS: Final = frozenset({"data", "http", "https", "mailto", "tel", "urn", "doi"})
"""Schemes that a reader may follow from a link; none of them is opened to make a book."""


def outside_path(draft: Draft) -> Iterator[Diagnostic]:
    """X001: a path that leads out of the publication's folder."""
    for text, address, place in _addresses(draft):
        path = addresses.path_of(text, address)
        if addresses.leads_out(text, address) and path not in draft.manuscript.assets:
            hint = "copy the file into the folder, or allow an image folder: [assets] folders"
            yield error("X001", f"{address} leads out of the folder", place, hint)


def remote_resource(draft: Draft) -> Iterator[Diagnostic]:
    """X002: something that would have to be fetched."""
    hint = "put the file into the folder of the book"
    for chapter in draft.chapters.values():
        for image in chapter.images:
            if addresses.scheme(image.src) not in {"", "data"}:
                yield error("X002", f"an image from elsewhere: {image.src}", image.location, hint)
        for link in chapter.links:
            if addresses.scheme(link.href) not in {"", *_HARMLESS}:
                advice = "link to a page on the web, or to a text of the book"
                yield error(
                    "X002", f"a link that no reader can follow: {link.href}", link.location, advice
                )
    yield from _drawings(draft, hint)
    yield from _stylesheets(draft, hint)


def stray_link(draft: Draft) -> Iterator[Diagnostic]:
    """X003: a symbolic link that leads out of the publication's folder."""
    for text, address, place in _addresses(draft):
        if addresses.is_local(address):
            path = addresses.path_of(text, address)
            if path in draft.manuscript.astray:
                hint = "put the file itself there"
                yield error("X003", f"{address} is a symbolic link that leads out", place, hint)


def _addresses(draft: Draft) -> Iterator[tuple[str, str, Location]]:
    for chapter in draft.chapters.values():
        yield from ((chapter.path, image.src, image.location) for image in chapter.images)
        yield from ((chapter.path, link.href, link.location) for link in chapter.links)
    if draft.manuscript.cover:
        yield "book.toml", draft.manuscript.cover, Location("book.toml")


def _drawings(draft: Draft, hint: str) -> Iterator[Diagnostic]:
    """Yield what an SVG of the book refers to outside itself."""
    for path, asset in draft.manuscript.assets.items():
        if asset.media_type != "image/svg+xml":
            continue
        for match in _SVG_REFERENCE.finditer(asset.data):
            address = (match[1] or match[2]).decode(errors="replace").strip()
            if addresses.scheme(address) != "data":
                place = Location(path, asset.data.count(b"\n", 0, match.start()) + 1)
                yield error("X002", f"a drawing that refers to {address}", place, hint)


def _stylesheets(draft: Draft, hint: str) -> Iterator[Diagnostic]:
    for name, css in draft.manuscript.styles.stylesheets.items():
        tokens = tinycss2.parse_component_value_list(css)
        for token in _flat(tokens):
            if token.type == "url" and addresses.scheme(token.value) not in {"", "data"}:
                place = Location(draft.manuscript.styles.paths[name], token.source_line)
                yield error("X002", f"a stylesheet that fetches {token.value}", place, hint)
            if token.type == "at-keyword" and token.lower_value == "import":
                place = Location(draft.manuscript.styles.paths[name], token.source_line)
                advice = "name the stylesheet in book.toml: [editions.print] stylesheets = [...]"
                yield error("X002", "a stylesheet that imports another", place, advice)


def _flat(tokens: list[tinycss2.ast.Node]) -> Iterator[tinycss2.ast.Node]:
    for token in tokens:
        yield token
        for inner in (getattr(token, "content", None), getattr(token, "arguments", None)):
            if isinstance(inner, list):
                yield from _flat(inner)
