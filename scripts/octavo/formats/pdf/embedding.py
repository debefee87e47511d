"""Fonts that are drawn with in several files and embedded once.

WeasyPrint cuts every font down to the glyphs of one file. Here a gathering embeds none and says
what it drew; the fonts are cut down when all gatherings are known, by WeasyPrint itself.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from io import BytesIO
from typing import Any, Final

import pydyf
from weasyprint import DEFAULT_OPTIONS, pdf
from weasyprint.pdf import fonts as pdf_fonts
from weasyprint.text.ffi import ffi, harfbuzz

from octavo.formats.pdf.amending import surround
from octavo.formats.pdf.values import Drawn
from octavo.model import Rendition

_BOUND: Final = ("hb_font", "hb_face", "file_content")
"""What of a font is of its process, or large."""

_FACES: Final = """
    hb_blob_t * hb_blob_create(const char *, unsigned int, int, void *, void *);
    hb_face_t * hb_face_create(hb_blob_t *, unsigned int);
"""
_DUPLICATE: Final = 0
"""HB_MEMORY_MODE_DUPLICATE"""


class Fonts(dict[Any, Any]):
    """The fonts of a document that embeds none."""


def collect_fonts() -> None:
    """Have WeasyPrint embed no fonts for a gathering, once for the process.

    Raises:
        RuntimeError: when something else stands around what embeds them.
    """
    surround(pdf, "build_fonts_dictionary", _collect)
    _keep_dates()


def _keep_dates() -> None:
    """Have faces that vary keep their date when they are made static: same input, same bytes."""
    surround(pdf_fonts, "TTFont", _dated)


def _dated(own: Callable[..., Any], *given: Any, **named: Any) -> Any:
    """Surround fontTools' ``TTFont``, which else dates what it saves by the clock."""
    return own(*given, recalcTimestamp=False, **named)


def _collect(own: Callable[..., Any], file: Any, fonts: Mapping[Any, Any], *others: Any) -> Any:
    """Surround ``build_fonts_dictionary``: leave the fonts to whoever takes them."""
    return pydyf.Dictionary() if isinstance(fonts, Fonts) else own(file, fonts, *others)


def drawn(
    fonts: Mapping[Any, Any], rendition: Rendition
) -> tuple[tuple[Drawn, ...], dict[str, bytes]]:
    """Return what was drawn with fonts, and those faces by digest that the rendition lacks."""
    carried = {sha256(asset.data).hexdigest() for asset in rendition.assets}
    found, faces = [], {}
    for font in fonts.values():
        digest = sha256(font.file_content).hexdigest()
        if digest not in carried:
            faces[digest] = font.file_content
        record = {name: value for name, value in vars(font).items() if name not in _BOUND}
        found.append(Drawn(font.hash, digest, record))
    return tuple(found), faces


def are_shareable(fonts: Mapping[Any, Any]) -> bool:
    """Return whether the same glyphs of fonts have the same numbers in all files.

    What no face has is numbered as it comes, and a field to fill in needs a face that is whole.
    """
    return not any(font.missing or font.used_in_forms for font in fonts.values())


def embed(fonts: tuple[Drawn, ...], faces: Mapping[str, bytes]) -> bytes:
    """Return a PDF of no pages that has the fonts, in a dictionary that its catalogue names."""
    _keep_dates()
    file = pydyf.PDF()
    restored = dict(enumerate(_restored(fonts, faces)))
    dictionary = pdf_fonts.build_fonts_dictionary(
        file, restored, True, True, {**DEFAULT_OPTIONS, "pdf_version": "1.7"}
    )
    file.add_object(dictionary)
    file.catalog["OctavoFonts"] = dictionary.reference
    written = BytesIO()
    file.write(written, version="1.7", compress=True)
    return written.getvalue()


def _restored(fonts: Iterable[Drawn], faces: Mapping[str, bytes]) -> Iterator[Any]:
    ffi.cdef(_FACES, override=True)
    for each in fonts:
        font = pdf_fonts.Font.__new__(pdf_fonts.Font)
        vars(font).update(each.record)
        font.widths = dict(sorted(font.widths.items()))
        font.to_unicode = dict(sorted(font.to_unicode.items()))
        font.file_content = faces[each.face]
        blob = harfbuzz.hb_blob_create(
            font.file_content, len(font.file_content), _DUPLICATE, ffi.NULL, ffi.NULL
        )
        face = harfbuzz.hb_face_create(blob, font.index)
        harfbuzz.hb_blob_destroy(blob)
        font.hb_face = ffi.gc(face, harfbuzz.hb_face_destroy)
        yield font
