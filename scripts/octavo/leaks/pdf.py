"""Every string in a PDF: what its pages show, and what its objects hold, used or not."""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Final

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Stream, String

Strings = Iterator[tuple[str, str]]

_STREAM: Final = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
_LITERAL: Final = re.compile(r"\(((?:[^()\\]|\\.){3,})\)|<(FEFF[0-9A-Fa-f]{8,})>")
_NUMBER: Final = re.compile(rb"(?<![\w(])[-+]?(?:\d+\.?\d*|\.\d+)(?![\w)])")
"""An operand, such as a place on the page: what is said stands in strings."""

_OF_WORDS: Final = (Name.EmbeddedFile, Name.Metadata)
_OF_OBJECTS: Final = (Name.ObjStm, Name.XRef)
"""Streams that hold the syntax of other objects, of which the strings are what is said."""

_FACES: Final = ("/FontFile", "/FontFile2", "/FontFile3", "/ToUnicode", "/CIDToGIDMap")


def strings_of_pdf(data: bytes, printable: Callable[[bytes], str]) -> Strings:
    """Yield every string with the page or the object in which it stands.

    Args:
        data: the file.
        printable: returns what can be read in bytes of any kind.
    """
    yield from _shown(data)
    with pikepdf.open(BytesIO(data)) as pdf:
        faces = {object_.objgen for object_ in _faces(pdf)}
        for object_ in pdf.objects:
            place = f"object {object_.objgen[0]}"
            yield from ((place, text) for text in _strings(object_))
            if isinstance(object_, Stream) and object_.objgen not in faces:
                yield from ((place, text) for text in _streamed(object_, printable))
        trailer = pdf.trailer.get("/Info", Dictionary())
        yield from (("the document's information", text) for text in _strings(trailer))
    yield "between the objects", printable(_NUMBER.sub(b" ", _STREAM.sub(b"", data)))


def _shown(data: bytes) -> Strings:
    document = pypdfium2.PdfDocument(data)
    try:
        for number in range(len(document)):
            text = document[number].get_textpage().get_text_range()
            yield f"page {number + 1}", text.replace("\r\n", "\n")
    finally:
        document.close()


def _faces(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield the streams of fonts, which hold the letters of the house's faces and no text."""
    for object_ in pdf.objects:
        if isinstance(object_, Dictionary):
            yield from (object_[key] for key in _FACES if key in object_)


def _strings(object_: pikepdf.Object) -> Iterator[str]:
    """Yield the strings in an object, those of other objects left to these."""
    if isinstance(object_, String):
        yield str(object_)
    elif isinstance(object_, Array):
        for item in object_:
            yield from _inside(item)
    elif isinstance(object_, (Dictionary, Stream)):
        for key in object_.keys():  # noqa: SIM118 - a stream is not iterated by its keys
            yield from _inside(object_[key])


def _inside(item: object) -> Iterator[str]:
    if isinstance(item, pikepdf.Object) and not item.is_indirect:
        yield from _strings(item)


def _streamed(stream: pikepdf.Object, printable: Callable[[bytes], str]) -> Iterator[str]:
    """Yield what a stream says, unpacked if it can be, and as it stands in the file."""
    raw = stream.read_raw_bytes()
    if stream.get("/Subtype") == Name.Image:
        yield printable(raw)
        return
    try:
        data = stream.read_bytes()
    except pikepdf.PdfError:
        data = raw
    type_ = stream.get("/Type")
    if type_ not in _OF_OBJECTS:
        yield printable(data if type_ in _OF_WORDS else _NUMBER.sub(b" ", data))
    for literal, wide in _LITERAL.findall(data.decode("latin-1")):
        yield literal or bytes.fromhex(wide[: len(wide) // 2 * 2]).decode("utf-16", "replace")
