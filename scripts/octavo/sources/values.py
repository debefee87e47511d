"""Values of ``book.toml`` that have a grammar of their own: each function returns what is meant.

Raises:
    ValueError: in words that complete "... must be ...", when a value is none of its kind.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from math import isfinite
from typing import Any, Final

from octavo.editions import INCH, TRIMS
from octavo.model import Range, Trim

_SIZE: Final = re.compile(r"(\d+(?:\.\d+)?)\s*x\s*(\d+(?:\.\d+)?)\s*(mm|in)", re.ASCII)
_LEAST, _MOST = 25, 2000
_SCANNED: Final = 300
_PARTIAL_DAY: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_LANGUAGE: Final = re.compile(
    r"""
    (?: [a-z]{2,3} (?:-[a-z]{3}){0,3} | [a-z]{4,8} )    # a language, and its extensions
    (?: -[a-z]{4} )?                                    # a script
    (?: -(?: [a-z]{2} | [0-9]{3} ) )?                   # a region
    (?: -(?: [a-z0-9]{5,8} | [0-9][a-z0-9]{3} ) )*      # variants
    (?: -[0-9a-wy-z] (?:-[a-z0-9]{2,8})+ )*             # extensions
    (?: -x (?:-[a-z0-9]{1,8})+ )?                       # private use, after a language
    | x (?:-[a-z0-9]{1,8})+                             # or alone
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
"""A well-formed language tag of RFC 5646, section 2.1, the grandfathered ones left out."""


def filled(text: str) -> str:
    """Return a text that is not empty."""
    if not text.strip():
        raise ValueError("must not be empty")
    return text


def writable(value: Any) -> Any:
    """Return a value whose texts, if it has any, hold only characters that XML can hold."""
    texts = value if isinstance(value, list) else [value]
    if any(isinstance(text, str) and _CONTROL.search(text) for text in texts):
        raise ValueError("must be without control characters")
    return value


def language(tag: str) -> str:
    """Return a language tag that is well-formed (RFC 5646)."""
    if not _LANGUAGE.fullmatch(tag) or len(tag.partition("-")[0]) > 3:
        raise ValueError("must be a language tag (BCP 47), such as 'en' or 'pt-BR'")
    return tag


STANDARDS: Final = (
    *("pdf/a-1a", "pdf/a-1b", "pdf/a-2a", "pdf/a-2b", "pdf/a-2u", "pdf/a-3a", "pdf/a-3b"),
    *("pdf/a-3u", "pdf/a-4e", "pdf/a-4f", "pdf/a-4u", "pdf/ua-1", "pdf/ua-2"),
    *("pdf/x-1a", "pdf/x-3", "pdf/x-4", "pdf/x-5g"),
)
"""The PDF variants that the typesetter can write."""


def standard(name: str) -> str:
    """Return the name of a PDF variant, none for PDF and no more."""
    if name and name not in STANDARDS:
        raise ValueError(f"must be one of {', '.join(STANDARDS)}")
    return name


def isbn(text: str) -> str:
    """Return the digits of an ISBN whose check digit is right (ISO 2108)."""
    digits = re.sub(r"[ -]", "", text).upper()
    if re.fullmatch(r"97[89][0-9]{10}", digits):
        total = sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits))
        good = total % 10 == 0
    elif re.fullmatch(r"[0-9]{9}[0-9X]", digits):
        values = [10 if digit == "X" else int(digit) for digit in digits]
        good = sum(value * (10 - place) for place, value in enumerate(values)) % 11 == 0
    else:
        raise ValueError("must be an ISBN: 10 digits, or 13 that begin with 978 or 979")
    if not good:
        raise ValueError("must be an ISBN with the right check digit")
    return digits


def position(value: Any) -> str:
    """Return a place in a series: a number or a word."""
    if not isinstance(value, (str, int)) or isinstance(value, bool):
        raise ValueError("must be a number or a string")  # noqa: TRY004 - pydantic asks for it
    return str(value)


def day(value: Any) -> str:
    """Return a day, a month or a year as ISO 8601 writes it."""
    text = value.isoformat() if isinstance(value, date) else str(value)
    if isinstance(value, (bool, datetime)) or not _PARTIAL_DAY.fullmatch(text):
        raise ValueError("must be a day, such as 2026-05-29, a month or a year")
    try:
        first_day(text)
    except ValueError as problem:
        raise ValueError("must be a day that the calendar has") from problem
    return text


def first_day(text: str) -> date:
    """Return the first day of what ``day`` returned."""
    return date.fromisoformat(f"{text}-01-01"[:10])


def moment(value: datetime) -> datetime:
    """Return a moment in UTC, to the second."""
    try:
        return value.astimezone(UTC).replace(microsecond=0)
    except OverflowError as problem:
        raise ValueError("must be a moment that UTC can name") from problem


def trim_size(size: Any) -> Trim:
    """Return a trim size by its name, of the form ``148x210mm``, or a table of millimetres."""
    if isinstance(size, str) and size in TRIMS:
        return TRIMS[size]
    if isinstance(size, str) and (match := _SIZE.fullmatch(size)):
        unit = INCH if match[3] == "in" else 1
        return _sensible(float(match[1]) * unit, float(match[2]) * unit)
    if isinstance(size, dict) and set(size) == {"width", "height"}:
        return _sensible(size["width"], size["height"])
    raise ValueError(f"must be one of {', '.join(TRIMS)}, or a size such as '148x210mm' or '6x9in'")


def trim_sizes(sizes: Any) -> dict[str, Trim]:
    """Return trim sizes by the names under which they were given, one or a list of them."""
    given = sizes if isinstance(sizes, list) and sizes else [sizes]
    read = {_called(size): trim_size(size) for size in given}
    if len(read) != len(given):
        raise ValueError("must be without a size that is said twice")
    return read


def _called(size: Any) -> str:
    """Return how a trim size is called in the name of an edition."""
    if isinstance(size, dict):
        return "x".join(str(side) for side in size.values()) + "mm"
    return str(size).replace(" ", "")


def between(low: float, high: float) -> Callable[[Any], Range]:
    """Return what reads the least and the most of something, each from ``low`` to ``high``."""

    def read(given: Any) -> Range:
        pair = given if isinstance(given, list) else [given, given]
        numbers = [each for each in pair if type(each) in {int, float}]
        if len(numbers) != len(pair) or len(pair) != 2 or not low <= pair[0] <= pair[1] <= high:
            raise ValueError(f"must be a number from {low} to {high}, or two: the least, the most")
        return Range(*pair)

    return read


def count_between(low: int, high: int) -> Callable[[Any], Range]:
    """Return what reads the least and the most of what is counted."""

    def read(given: Any) -> Range:
        found = between(low, high)(given)
        if found.least % 1 or found.most % 1:
            raise ValueError(f"must be two whole numbers from {low} to {high}")
        return found

    return read


def address(text: str) -> str:
    """Return an address on the web."""
    if not re.fullmatch(r"https?://[^\s/]+\S*", text):
        raise ValueError("must be an address that begins with https://")
    if len(text.encode()) > _SCANNED:
        raise ValueError(f"must have {_SCANNED} bytes at most, for a code that can be scanned")
    return text


def _sensible(*sides: Any) -> Trim:
    if not all(
        isinstance(side, (int, float)) and isfinite(side) and _LEAST <= side <= _MOST
        for side in sides
    ):
        raise ValueError(f"must be a width and a height of {_LEAST} to {_MOST} millimetres")
    return Trim(*map(float, sides))
