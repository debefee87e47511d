"""What may stand in ``book.toml``: its tables and keys, in the words of Dublin Core and EPUB."""

import re
from datetime import date, datetime
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

from octavo.editions import EDITIONS, INCH, TRIMS
from octavo.model import Trim

_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*x\s*(\d+(?:\.\d+)?)\s*(mm|in)")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


def _hyphenated(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


class Table(BaseModel):
    """A table whose keys are known, all of them; keys are written with hyphens."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, alias_generator=_hyphenated)


def _filled(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be empty")
    return text


def _language(tag: str) -> str:
    if not _LANGUAGE.fullmatch(tag):
        raise ValueError("must be a language tag (BCP 47), such as 'en' or 'pt-BR'")
    return tag


def _isbn(text: str) -> str:
    """Return the digits of an ISBN whose check digit is right (ISO 2108)."""
    digits = re.sub(r"[\s-]", "", text).upper()
    if re.fullmatch(r"\d{13}", digits):
        total = sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits))
        good = total % 10 == 0
    elif re.fullmatch(r"\d{9}[\dX]", digits):
        values = [10 if digit == "X" else int(digit) for digit in digits]
        good = sum(value * (10 - place) for place, value in enumerate(values)) % 11 == 0
    else:
        raise ValueError("must be an ISBN of 10 or 13 digits")
    if not good:
        raise ValueError("must be an ISBN with the right check digit")
    return digits


Filled = Annotated[str, AfterValidator(_filled)]


class CreatorTable(Table):
    """Somebody who made the book."""

    name: Filled
    role: str = "aut"
    file_as: str = ""


def _position(value: Any) -> str:
    if not isinstance(value, (str, int)) or isinstance(value, bool):
        raise ValueError("must be a number or a string")  # noqa: TRY004 - pydantic asks for it
    return str(value)


class SeriesTable(Table):
    """The series that the book belongs to."""

    name: Filled
    position: Annotated[Any, AfterValidator(_position)] = ""


def _day(value: Any) -> date | str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    text = str(value) if isinstance(value, (str, int)) else ""
    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text):
        raise ValueError("must be a day, such as 2026-05-29, a month or a year")
    return text


class MetadataTable(Table):
    """``[metadata]``."""

    identifier: Filled
    title: Filled
    language: Annotated[str, AfterValidator(_language)]
    subtitle: str = ""
    creators: list[CreatorTable] = []
    contributors: list[CreatorTable] = []
    publisher: str = ""
    date: Annotated[Any, AfterValidator(_day)] = None
    modified: AwareDatetime | None = None
    rights: str = ""
    description: str = ""
    subjects: list[str] = []
    source: str = ""
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


Entry = Annotated[
    Annotated[Filled, Tag("«name»")]
    | Annotated[TextTable, Tag("«text»")]
    | Annotated[LeafTable, Tag("«leaf»")],
    Discriminator(_entry_kind),
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
    Discriminator(_entry_kind),
]


class SpineTable(Table):
    """``[spine]``: the order of the book."""

    frontmatter: list[Entry] = []
    bodymatter: list[BodyEntry] = Field(min_length=1)
    backmatter: list[Entry] = []


def trim_size(size: Any) -> Trim:
    """Return a trim size by its name, of the form ``148x210mm``, or a table of millimetres.

    Raises:
        ValueError: when it is none of these.
    """
    if isinstance(size, str) and size in TRIMS:
        return TRIMS[size]
    if isinstance(size, str) and (match := _SIZE.fullmatch(size)):
        unit = INCH if match[3] == "in" else 1
        return Trim(float(match[1]) * unit, float(match[2]) * unit)
    if isinstance(size, dict) and set(size) == {"width", "height"}:
        return Trim(float(size["width"]), float(size["height"]))
    raise ValueError(f"must be one of {', '.join(TRIMS)}, or a size such as '148x210mm' or '6x9in'")


class EditionTable(Table):
    """``[editions.NAME]``: what differs from the built-in edition that it adapts."""

    from_: str = ""
    format: Literal["epub", "pdf"] | None = None
    trim: Annotated[Any, AfterValidator(trim_size)] = None
    isbn: Annotated[str, AfterValidator(_isbn)] | None = None
    omits: list[str] | None = None
    stylesheets: list[str] | None = None
    standard: str | None = None

    @field_validator("from_")
    @classmethod
    def _built_in(cls, value: str) -> str:
        if value and value not in EDITIONS:
            raise ValueError(f"must be a built-in edition: {', '.join(EDITIONS)}")
        return value


class AccessibilityTable(Table):
    """``[accessibility]``: what the author says, beside what is computed."""

    summary: str = ""
    reviewed_by: str = ""
    reviewed_on: date | None = None


class AssetsTable(Table):
    """``[assets]``: image folders beside the book that may be read."""

    folders: list[str] = []


class WaiverTable(Table):
    """``[[waivers]]``: a warning that the author accepts, and why."""

    code: Filled
    reason: Filled
    path: str = ""


class BookToml(Table):
    """The whole of ``book.toml``."""

    metadata: MetadataTable
    spine: SpineTable
    editions: dict[str, EditionTable] = {}
    accessibility: AccessibilityTable = AccessibilityTable()
    assets: AssetsTable = AssetsTable()
    waivers: list[WaiverTable] = []
