"""The values that pass from stage to stage, in the order in which they arise.

All are frozen; sequences are tuples, texts ``str``, files ``bytes``. A mapping is handed on as
it is and never changed. XHTML travels as text: a *fragment* is well-formed XML without a single
root, in no namespace prefix but ``epub:``, and without named entities other than XML's own.

Inside a book every id is unique, because each carries its chapter's slug (``reform--nine-areas``),
and every link between texts is ``#id``. Which file an id lives in is the layout's business.
"""

from octavo.model.book import (
    Book,
    Entry,
    Leaf,
)
from octavo.model.chapter import (
    Chapter,
    Draft,
    Heading,
    Image,
    Kind,
    Link,
    Note,
    Passage,
    Target,
)
from octavo.model.citations import Citations, Listed
from octavo.model.composer import Composer, Hangs
from octavo.model.edition import (
    BOOK_TOML,
    Budget,
    Duplex,
    Edition,
    Imposition,
    Limits,
    Measures,
    Medium,
    Range,
    Trim,
)
from octavo.model.index import (
    CrossReference,
    IndexEntry,
    IndexGroup,
    IndexMark,
    IndexRole,
    Locator,
)
from octavo.model.manuscript import (
    OCTAVO,
    Asset,
    Creator,
    Manuscript,
    Matter,
    Metadata,
    Series,
    SpineItem,
    Statement,
    Styles,
    Waiver,
    flat,
)
from octavo.model.pagination import Line, Page, Pagination, Place, SmallPrint
from octavo.model.rendition import (
    Accessibility,
    Artifact,
    Document,
    PrintEdition,
    Rendition,
)
from octavo.model.sheet import Area, Placement, Sheet, Side
from octavo.model.source import Source

__all__ = [
    "BOOK_TOML",
    "OCTAVO",
    "Accessibility",
    "Area",
    "Artifact",
    "Asset",
    "Book",
    "Budget",
    "Chapter",
    "Citations",
    "Composer",
    "Creator",
    "CrossReference",
    "Document",
    "Draft",
    "Duplex",
    "Edition",
    "Entry",
    "Hangs",
    "Heading",
    "Image",
    "Imposition",
    "IndexEntry",
    "IndexGroup",
    "IndexMark",
    "IndexRole",
    "Kind",
    "Leaf",
    "Limits",
    "Line",
    "Link",
    "Listed",
    "Locator",
    "Manuscript",
    "Matter",
    "Measures",
    "Medium",
    "Metadata",
    "Note",
    "Page",
    "Pagination",
    "Passage",
    "Place",
    "Placement",
    "PrintEdition",
    "Range",
    "Rendition",
    "Series",
    "Sheet",
    "Side",
    "SmallPrint",
    "Source",
    "SpineItem",
    "Statement",
    "Styles",
    "Target",
    "Trim",
    "Waiver",
    "flat",
]
