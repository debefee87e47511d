"""The editions and trim sizes that a book can use by name."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from octavo.model import Edition, Imposition, Limits, Medium, Range, Trim

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

LIMITS: Final = Limits(
    size=Range(11, 12), leading=Range(1.25, 1.4), margin=Range(14, 20), columns=Range(1, 1)
)
"""Those of a handout: paper that is copied, and read in the hand or on a table."""

_PAGES: Final = Edition(
    name="print",
    format="pdf",
    medium=Medium.PAGED,
    trim=TRIMS["A5"],
    standard="pdf/ua-1",
    stylesheets=("book.css", "spread.css"),
)

EDITIONS: Final[Mapping[str, Edition]] = {
    "ebook": Edition(
        name="ebook",
        format="epub",
        medium=Medium.REFLOWABLE,
        omits=("halftitle", "backcover"),
        pages="print",
    ),
    "print": _PAGES,
    "large-print": replace(
        _PAGES,
        name="large-print",
        trim=TRIMS["A4"],
        layouts=("large-print",),
        stylesheets=("book.css", "large-print.css"),
        omits=("halftitle", "backcover"),
        adds=("concordance",),
        pages="print",
        smallest=18,
        facing=False,
    ),
    "screen": replace(
        _PAGES,
        name="screen",
        layouts=("screen",),
        stylesheets=("book.css", "screen.css"),
        omits=("halftitle", "backcover"),
        facing=False,
    ),
    "handout": replace(
        _PAGES,
        name="handout",
        trim=TRIMS["A4"],
        layouts=("handout",),
        stylesheets=("handout.css",),
        pages="print",
        limits=LIMITS,
        facing=False,
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

PLAIN: Final = frozenset({"ebook", "print"})
"""Editions whose files are called by the publication's name alone."""

DESCRIPTIONS: Final[Mapping[str, str]] = {
    "ebook": "for e-readers; it knows the pages of print",
    "print": "the book on paper, page facing page",
    "large-print": "18 pt and more, with a concordance of pages",
    "screen": "pages one below the other, links seen, none blank",
    "handout": "sections on paper that is copied, within a budget of sheets",
    "booklet": "the pages of print on office paper, to be folded and stapled",
}
"""What each is for, in a few words."""
