"""What may stand in ``book.toml``: its tables and keys, in the words of Dublin Core and EPUB."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    field_validator,
)

from octavo.editions import EDITIONS
from octavo.sources import values


def _hyphenated(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


class Table(BaseModel):
    """A table whose keys are known, all of them; keys are written with hyphens."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, alias_generator=_hyphenated)

    @field_validator("*")
    @classmethod
    def _writable(cls, value: Any) -> Any:
        return values.writable(value)


Filled = Annotated[str, AfterValidator(values.filled)]


class CreatorTable(Table):
    """Somebody who made the book."""

    name: Filled
    role: str = "aut"
    file_as: str = ""


class SeriesTable(Table):
    """The series that the book belongs to."""

    name: Filled
    position: Annotated[Any, AfterValidator(values.position)] = ""


class MetadataTable(Table):
    """``[metadata]``."""

    identifier: Filled
    title: Filled
    language: Annotated[str, AfterValidator(values.language)]
    subtitle: str = ""
    creators: list[CreatorTable] = []
    contributors: list[CreatorTable] = []
    publisher: str = ""
    date: Annotated[Any, AfterValidator(values.day)] = None
    modified: Annotated[AwareDatetime, AfterValidator(values.moment)] | None = None
    rights: str = ""
    description: str = ""
    subjects: list[str] = []
    source: str = ""
    licence: str = ""
    address: Annotated[str, AfterValidator(values.address)] = ""
    series: SeriesTable | None = None
    cover: str = ""


class TextTable(Table):
    """A text of the spine that says more than its path."""

    text: Filled
    leaf: str = ""
    title: str = ""


class LeafTable(Table):
    """A leaf that its template fills."""

    leaf: Filled
    title: str = ""


def _entry_kind(value: Any) -> str:
    """Return which of the tags below an entry of the spine has, as pydantic asks for it."""
    if not isinstance(value, dict):
        return "«name»"
    return next((f"«{key}»" for key in ("part", "text", "leaf") if key in value), "«text»")


_ENTRY_KIND = Discriminator(
    _entry_kind,
    custom_error_type="entry",
    custom_error_message="must be a text or a leaf; a part stands in the body, in no other part",
)

Entry = Annotated[
    Annotated[Filled, Tag("«name»")]
    | Annotated[TextTable, Tag("«text»")]
    | Annotated[LeafTable, Tag("«leaf»")],
    _ENTRY_KIND,
]


class PartTable(Table):
    """A part: the path of a text that opens it, or its title, and the texts in it."""

    part: Filled
    texts: list[Entry] = Field(min_length=1)


BodyEntry = Annotated[
    Annotated[Filled, Tag("«name»")]
    | Annotated[TextTable, Tag("«text»")]
    | Annotated[LeafTable, Tag("«leaf»")]
    | Annotated[PartTable, Tag("«part»")],
    _ENTRY_KIND,
]


class SpineTable(Table):
    """``[spine]``: the order of the book."""

    frontmatter: list[Entry] = []
    bodymatter: list[BodyEntry] = Field(min_length=1)
    backmatter: list[Entry] = []


class ImpositionTable(Table):
    """``[editions.NAME.imposition]``: how finished pages are put on sheets."""

    scheme: (
        Literal["saddle-stitch", "perfect-bound", "n-up", "cut-and-stack", "step-and-repeat"] | None
    ) = None
    sheet: Annotated[Any, AfterValidator(values.trim_size)] = None
    duplex: Literal["long-edge", "short-edge", "one-sided"] | None = None
    up: Annotated[int, Field(ge=1, le=64)] | None = None
    signature: Annotated[int, Field(ge=4, le=128, multiple_of=4)] | None = None
    creep: Annotated[float, Field(ge=0, le=2)] | None = None
    notes: bool | None = None
    marks: bool | None = None


class LimitsTable(Table):
    """``[editions.NAME.limits]``: the least and the most of each, ``[10, 12]``, or one for both."""

    size: Annotated[Any, AfterValidator(values.between(6, 72))] = None
    leading: Annotated[Any, AfterValidator(values.between(1, 3))] = None
    margin: Annotated[Any, AfterValidator(values.between(5, 60))] = None
    columns: Annotated[Any, AfterValidator(values.count_between(1, 4))] = None


class ComposerTable(Table):
    """``[editions.NAME.composer]``: how its lines are composed."""

    tolerance: Annotated[float, Field(ge=0.1, le=20)] | None = None
    hyphen_penalty: Annotated[float, Field(ge=0, le=10_000)] | None = None
    ladder: Annotated[int, Field(ge=1, le=20)] | None = None
    tracking: Annotated[float, Field(ge=0, le=3)] | None = None
    looseness: Annotated[int, Field(ge=-5, le=5)] | None = None
    margins: bool | None = None


def _composer_kind(value: Any) -> str:
    return "«table»" if isinstance(value, (dict, ComposerTable)) else "«switch»"


ComposerEntry = Annotated[
    Annotated[Literal["on", "off"], Tag("«switch»")] | Annotated[ComposerTable, Tag("«table»")],
    Discriminator(_composer_kind),
]


class EditionTable(Table):
    """``[editions.NAME]``: what differs from the built-in edition that it adapts."""

    from_: str = ""
    format: Literal["epub", "pdf"] | None = None
    trim: Annotated[Any, AfterValidator(values.trim_sizes)] = None
    sections: list[Filled] | None = None
    title: str = ""
    subtitle: str = ""
    isbn: Annotated[str, AfterValidator(values.isbn)] | None = None
    omits: list[str] | None = None
    adds: Annotated[list[Literal["concordance"]], Field(max_length=1)] | None = None
    audience: list[Filled] | None = None
    layouts: list[str] | None = None
    stylesheets: list[str] | None = None
    standard: Annotated[str, AfterValidator(values.standard)] | None = None
    pages: str | None = None
    imposition: ImpositionTable | None = None
    sheets: Annotated[int, Field(ge=1, le=500)] | None = None
    sides: Annotated[int, Field(ge=1, le=2)] | None = None
    limits: LimitsTable | None = None
    smallest: Annotated[float, Field(ge=0, le=72)] | None = None
    book_pages: bool | None = None
    composer: ComposerEntry | None = None
    formulas: Literal["mathml", "images"] = "mathml"

    @field_validator("from_")
    @classmethod
    def _built_in(cls, value: str) -> str:
        if value and value not in EDITIONS:
            raise ValueError(f"must be a built-in edition: {' or '.join(map(repr, EDITIONS))}")
        return value


class AccessibilityTable(Table):
    """``[accessibility]``: what the author says, beside what is computed."""

    summary: str = ""
    reviewed_by: str = ""
    reviewed_on: date | None = None


class AssetsTable(Table):
    """``[assets]``: image folders beside the book that may be read."""

    folders: list[str] = []


class CitationsTable(Table):
    """``[citations]``: the works that texts may cite, and how."""

    references: list[Filled] = Field(min_length=1)
    style: str = ""
    listed: Literal["book", "chapter", "none"] = "book"
    nocite: list[Filled] = []
    title: str = ""


class WaiverTable(Table):
    """``[[waivers]]``: a warning that the author accepts, and why."""

    code: Filled
    reason: Filled
    path: str = ""


EditionName = Annotated[str, Field(pattern=r"^\w[\w-]*$")]
"""It becomes part of a file's name."""


class BookToml(Table):
    """The whole of ``book.toml``."""

    metadata: MetadataTable
    spine: SpineTable
    editions: dict[EditionName, EditionTable] = {}
    accessibility: AccessibilityTable = AccessibilityTable()
    assets: AssetsTable = AssetsTable()
    citations: CitationsTable | None = None
    waivers: list[WaiverTable] = []
