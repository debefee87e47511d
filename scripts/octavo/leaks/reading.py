"""Every string in a finished file, seen by a reader or not."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final
from zipfile import ZipFile, ZipInfo

import PIL.Image
from lxml import etree

from octavo.leaks.pdf import strings_of_pdf
from octavo.model import Artifact

Strings = Iterator[tuple[str, str]]
"""Where in the file something stands, in words, and what it says."""

_RUN: Final = re.compile(rb"[\x20-\x7e\xa0-\xff\t]{4,}")
_WIDE: Final = re.compile(rb"(?:[\x20-\x7e]\x00){4,}|(?:\x00[\x20-\x7e]){4,}")
_MARKUP: Final = (".xhtml", ".opf", ".ncx", ".xml", ".svg")
_TEXT: Final = (".css", ".js", ".txt", ".json")
_FACES: Final = (".otf", ".ttf", ".woff", ".woff2")


def strings(artifact: Artifact) -> Strings:
    """Yield every string in a finished file with its place."""
    yield "its name", artifact.name
    if artifact.name.endswith(".pdf"):
        yield from strings_of_pdf(artifact.data, printable)
    elif artifact.data.startswith(b"PK"):
        yield from _strings_of_zip(artifact.data)
    else:
        yield "its text", artifact.data.decode(errors="replace")


def printable(data: bytes) -> str:
    """Return what can be read in bytes of any kind, and in the metadata of an image."""
    found = [run.decode("utf-8", "replace") for run in _RUN.findall(data)]
    found += [run.replace(b"\x00", b"").decode("latin-1") for run in _WIDE.findall(data)]
    return "\n".join((*found, *_image_strings(data)))


def _image_strings(data: bytes) -> Iterator[str]:
    """Yield the texts that an image carries, packed or not."""
    try:
        with PIL.Image.open(BytesIO(data)) as image:
            image.load()
            exif = image.getexif()
            values: list[Any] = [*image.info.values(), *exif.values()]
            values += [v for tag in (0x8769, 0x8825) for v in exif.get_ifd(tag).values()]
    except (OSError, SyntaxError, ValueError, PIL.Image.DecompressionBombError):
        return
    for value in values:
        yield value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _strings_of_zip(data: bytes) -> Strings:
    with ZipFile(BytesIO(data)) as archive:
        yield "the comment of the archive", archive.comment.decode(errors="replace")
        for entry in archive.infolist():
            yield "the name of a file", entry.filename
            yield f"{entry.filename} (what the archive says of it)", _said_of(entry)
            yield from _strings_of_entry(entry.filename, archive.read(entry))


def _said_of(entry: ZipInfo) -> str:
    return f"{entry.comment.decode(errors='replace')} {printable(entry.extra)}"


def _strings_of_entry(name: str, data: bytes) -> Strings:
    if name.endswith(_MARKUP):
        yield from ((name, text) for text in _strings_of_markup(data))
    elif name.endswith(_TEXT):
        yield name, data.decode(errors="replace")
    elif not name.endswith(_FACES):
        yield name, printable(data)


def _strings_of_markup(data: bytes) -> Iterator[str]:
    """Yield the text of a document by itself, its attributes, its comments and instructions."""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=True))
    yield " ".join(map(str, root.itertext(with_tail=True)))
    for node in root.getroottree().iter():
        if isinstance(node.tag, str):
            yield from map(str, node.attrib.values())
        else:
            yield str(node.text or "")
    before = root.itersiblings(preceding=True)
    yield from (str(node.text or "") for node in (*before, *root.itersiblings()))
