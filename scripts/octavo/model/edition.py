"""The forms in which a book is published."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from octavo.diagnostics import Location
from octavo.model.composer import Composer

COMPOSER: Final = Composer()
"""How an edition is composed that says nothing of it."""

BOOK_TOML: Final = Location("book.toml")
"""The place of what no line of a text is to blame for."""


class Medium(StrEnum):
    """What a layout is for: text that flows anew on every screen, or pages."""

    REFLOWABLE = "reflowable"
    PAGED = "paged"


@dataclass(frozen=True)
class Trim:
    """The size of a finished page in millimetres."""

    width: float
    height: float


class Duplex(StrEnum):
    """How the printer turns a sheet over, or that it does not."""

    LONG_EDGE = "long-edge"
    SHORT_EDGE = "short-edge"
    ONE_SIDED = "one-sided"


@dataclass(frozen=True)
class Imposition:
    """How finished pages are put on sheets.

    ``scheme`` is a name in ``octavo.imposition.SCHEMES``; ``sheet`` the size of the paper (mm),
    turned as the scheme needs it; ``duplex`` how the printer turns it over, None for the edge about
    which it is turned like a page; ``up`` is how many pages stand on a side, 0 for what the scheme
    has by itself; ``signature`` how many pages a signature of a perfect-bound book has; ``creep``
    by how much each sheet moves the pages of the one inside it outwards (mm), about the thickness
    of the paper; ``notes`` whether lines to write on stand beside each page; ``marks`` whether
    fold, cut and collation marks and the numbers of the sheets are printed.
    """

    scheme: str
    sheet: Trim = Trim(210, 297)
    duplex: Duplex | None = None
    up: int = 0
    signature: int = 16
    creep: float = 0.1
    notes: bool = False
    marks: bool = True


@dataclass(frozen=True)
class Range:
    """The least and the most of something."""

    least: float
    most: float


@dataclass(frozen=True)
class Limits:
    """Within what a text may be set so that it fits its paper.

    ``size`` is that of the text (pt), ``leading`` the distance of its lines in sizes, ``margin``
    that on all sides (mm), ``columns`` how many stand on a page.
    """

    size: Range
    leading: Range
    margin: Range
    columns: Range


@dataclass(frozen=True)
class Budget:
    """The paper that a text may take: so many ``sheets``, printed on one or both ``sides``."""

    sheets: int
    sides: int = 2

    @property
    def pages(self) -> int:
        """How many pages that is."""
        return self.sheets * self.sides


@dataclass(frozen=True)
class Measures:
    """How a text is set: size and leading (pt), margin (mm), columns."""

    size: float
    leading: float
    margin: float
    columns: int


@dataclass(frozen=True)
class Edition:
    """One form in which the book is published.

    ``format`` is a name in ``octavo.formats.FORMATS``; ``identifier`` is this edition's own (an
    ISBN as ``urn:isbn:...``), empty for the book's; ``omits`` names the leaves it goes without,
    ``adds`` those that come after all others;
    ``sections`` are the texts, or sections of texts (``text/a.md#areas``), that it is made of, all
    of the spine where there are none; ``title`` and ``subtitle`` are its own, empty for the book's;
    ``layouts`` are folders of templates to look into before the medium's; ``group`` is the name by
    which it is asked for with others, such as the same on other paper;
    ``audience`` names those for whom it is, beside what is for all; ``stylesheets`` are added after
    the house's; ``standard`` is the PDF variant to follow;
    ``pages`` names the paged edition whose pages an e-book tells, to which a handout refers, or
    which ``imposition`` puts on sheets; ``limits`` and ``budget`` say within what its text may be
    set to fit its paper; ``smallest`` is the size below which no glyph may be (pt, 0 for any);
    ``book_pages`` whether the margin tells where the pages of the book begin; ``facing`` whether
    its pages lie beside each other, as in a book that is open; ``draws_formulas`` whether an e-book
    has its formulas as drawings, for readers without MathML; ``location`` is where book.toml
    speaks of it.
    """

    name: str
    format: str
    medium: Medium
    identifier: str = ""
    trim: Trim = Trim(148, 210)
    omits: tuple[str, ...] = ()
    adds: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    title: str = ""
    subtitle: str = ""
    layouts: tuple[str, ...] = ()
    group: str = ""
    audience: tuple[str, ...] = ()
    stylesheets: tuple[str, ...] = ()
    standard: str = ""
    pages: str = ""
    imposition: Imposition | None = None
    limits: Limits | None = None
    budget: Budget | None = None
    smallest: float = 0
    book_pages: bool = False
    facing: bool = True
    draws_formulas: bool = False
    composer: Composer = COMPOSER
    location: Location = BOOK_TOML
