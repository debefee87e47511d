"""The editions and trim sizes that a book can use by name."""

from collections.abc import Mapping
from typing import Final

from octavo.model import Edition, Imposition, Medium, Trim

INCH: Final = 25.4

TRIMS: Final[Mapping[str, Trim]] = {
    "A5": Trim(148, 210),
    "A4": Trim(210, 297),
    "A3": Trim(297, 420),
    "A6": Trim(105, 148),
    "B5": Trim(176, 250),
    "5x8": Trim(5 * INCH, 8 * INCH),
    "5.5x8.5": Trim(5.5 * INCH, 8.5 * INCH),
    "6x9": Trim(6 * INCH, 9 * INCH),
    "Letter": Trim(8.5 * INCH, 11 * INCH),
    "Tabloid": Trim(11 * INCH, 17 * INCH),
}
"""Trim sizes by the names that printers use: the ISO 216 series, and inches in the Americas."""

EDITIONS: Final[Mapping[str, Edition]] = {
    "ebook": Edition(
        name="ebook",
        format="epub",
        medium=Medium.REFLOWABLE,
        omits=("halftitle", "backcover"),
        pages="print",
    ),
    "print": Edition(
        name="print",
        format="pdf",
        medium=Medium.PAGED,
        trim=TRIMS["A5"],
        standard="pdf/ua-1",
    ),
    "booklet": Edition(
        name="booklet",
        format="pdf",
        medium=Medium.PAGED,
        trim=TRIMS["A5"],
        pages="print",
        imposition=Imposition("saddle-stitch"),
    ),
}
"""The editions of a book that names none; one that names an edition adapts it from here."""
