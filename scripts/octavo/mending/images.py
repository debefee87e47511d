"""Images that the book has under another address, or does not have."""

import re
from collections.abc import Iterator
from posixpath import dirname, join, normpath, relpath
from typing import Final
from urllib.parse import quote, unquote

from octavo.diagnostics import Diagnostic
from octavo.editing import Edit
from octavo.markup.marks import TITLE, Mark, Sign, marks
from octavo.mending.text import Text
from octavo.sources.files import fetched_path

_SIZED: Final = re.compile(r"\s+=\d*x\d*$")
_TAG: Final = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_ALT: Final = re.compile(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_REMOTE: Final = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//")
_INSIDE_LINK: Final = re.compile(r"\[\s*$")


def mend(text: Text) -> Iterator[Edit | Diagnostic]:
    """Yield what lets each image be found; one that is not there leaves its words."""
    if "![" not in text.source.text and "<img" not in text.source.text.lower():
        return
    for mark in marks(text.masked):
        if mark.sign is Sign.IMAGE:
            yield from _mended(text, mark)


def _mended(text: Text, mark: Mark) -> Iterator[Edit | Diagnostic]:
    line = text.line(mark.offset)
    address = _SIZED.sub("", mark.value)
    if _REMOTE.match(address):
        yield from _remote(text, mark, address)
        return
    if address.startswith("data:"):
        return
    path = _found(text, address)
    if path is None:
        if normpath(join(dirname(text.source.path), unquote(address))) not in text.damaged:
            message = f"no image {unquote(address)}: its words stand in its place"
            yield text.say("I001", message, line, "put it there, or take the image away")
        yield _replaced(text, mark, _words(text, mark) or unquote(address).rpartition("/")[2])
    elif path != normpath(join(dirname(text.source.path), unquote(mark.value))):
        relative = quote(relpath(path, dirname(text.source.path) or "."), safe="/~()")
        yield from _readdressed(text, mark, relative)


def _found(text: Text, address: str) -> str | None:
    """Return the path of the image that an address means, however it is spelt."""
    bare = unquote(re.split(r"[?#]", address)[0])
    home = dirname(text.source.path)
    root = text.source.path.partition("/")[0] if "/" in text.source.path else ""
    places = [join(home, bare.lstrip("/")), bare.lstrip("/"), join(root, bare.lstrip("/"))]
    paths = list(map(normpath, places))
    for path in paths:
        if path in text.images:
            return path
    folded = {path.casefold(): path for path in text.images}
    return next((folded[p.casefold()] for p in paths if p.casefold() in folded), None)


def _remote(text: Text, mark: Mark, address: str) -> Iterator[Edit | Diagnostic]:
    """Yield a link to an image on the web in its place; within a link there is one already.

    One that was fetched is shown.
    """
    if fetched_path(address) in text.images:
        relative = relpath(fetched_path(address), dirname(text.source.path) or ".")
        yield from _readdressed(text, mark, relative)
        return
    message = f"an image on the web, which is not fetched: {address}"
    hint = "save it beside the text, and name the file; or have it fetched with --fetch"
    yield text.say("X002", message, text.line(mark.offset), hint)
    words = _words(text, mark) or address.rpartition("/")[2].partition("?")[0]
    linked = bool(_INSIDE_LINK.search(text.source.text[: mark.offset]))
    shown = words if linked else f"[{words}](<{address}>)"
    yield _replaced(text, mark, shown)


def _words(text: Text, mark: Mark) -> str:
    """Return the words that stand for an image."""
    if mark.close:
        return " ".join(text.source.text[mark.offset + 2 : mark.close].split())
    tag = _TAG.match(text.source.text, mark.offset)
    alt = _ALT.search(tag[0]) if tag else None
    return " ".join((alt[1] or alt[2] or "").split()) if alt else ""


def _replaced(text: Text, mark: Mark, words: str) -> Edit:
    if mark.end:
        return Edit(mark.offset, mark.end, words)
    tag = _TAG.match(text.source.text, mark.offset)
    return Edit(mark.offset, tag.end() if tag else mark.offset, words)


def _readdressed(text: Text, mark: Mark, address: str) -> Iterator[Edit]:
    whole = text.source.text
    if mark.end and whole.startswith("(", mark.close + 1):
        inside = whole[mark.close + 2 : mark.end - 1]
        title = TITLE.search(inside)
        yield Edit(mark.close + 2, mark.end - 1, address + (title[0] if title else ""))
    elif not mark.end:
        tag = _TAG.match(whole, mark.offset)
        at = whole.find(mark.value, mark.offset, tag.end()) if tag else -1
        if at >= 0:
            yield Edit(at, at + len(mark.value), address)
    else:
        words = whole[mark.offset + 2 : mark.close]
        yield Edit(mark.offset, mark.end, f"![{words}]({address})")
