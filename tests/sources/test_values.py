"""Values of book.toml that have a grammar of their own."""

from datetime import UTC, date, datetime, timedelta, timezone
from math import inf, nan
from typing import Any

import pytest

from octavo.sources import values


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("978-0-306-40615-7", "9780306406157"),
        ("979 12 200 0852 5", "9791220008525"),
        ("0-306-40615-2", "0306406152"),
        ("0-8044-2957-x", "080442957X"),
    ],
)
def test_isbn(written: str, digits: str) -> None:
    assert values.isbn(written) == digits


@pytest.mark.parametrize(
    "written",
    ["978-0-306-40615-8", "0-306-40615-3", "1234567890128", "97803064061", "", "٩٧٨٠٣٠٦٤٠٦١٥٧"],
    ids=["check digit", "check digit of 10", "no book", "short", "empty", "other digits"],
)
def test_no_isbn(written: str) -> None:
    with pytest.raises(ValueError, match="must be an ISBN"):
        values.isbn(written)


@pytest.mark.parametrize(
    "tag",
    ["en", "en-GB", "zh-Hant-TW", "de-CH-1996", "es-419", "sl-rozaj-biske", "x-klingon", "zh-cmn"],
)
def test_language(tag: str) -> None:
    assert values.language(tag) == tag


@pytest.mark.parametrize("tag", ["english", "en_GB", "en--GB", "en-", "en-a", "", "1a", "en-GB\n"])
def test_no_language(tag: str) -> None:
    with pytest.raises(ValueError, match="BCP 47"):
        values.language(tag)


@pytest.mark.parametrize(
    ("written", "text", "first"),
    [
        (date(2026, 5, 29), "2026-05-29", date(2026, 5, 29)),
        ("2026-05-29", "2026-05-29", date(2026, 5, 29)),
        ("2026-05", "2026-05", date(2026, 5, 1)),
        (2026, "2026", date(2026, 1, 1)),
    ],
)
def test_day(written: Any, text: str, first: date) -> None:
    assert values.day(written) == text
    assert values.first_day(text) == first


@pytest.mark.parametrize(
    "written",
    ["2026-13-01", "29 May", 26, True, 20.26, datetime(2026, 5, 29, tzinfo=UTC), "0000", [2026]],
    ids=str,
)
def test_no_day(written: Any) -> None:
    with pytest.raises(ValueError, match="must be a day"):
        values.day(written)


def test_moment_is_in_utc_and_to_the_second() -> None:
    east = timezone(timedelta(hours=2))
    written = datetime(2026, 5, 29, 12, 0, 0, 5, tzinfo=east)
    assert values.moment(written) == datetime(2026, 5, 29, 10, tzinfo=UTC)


def test_no_moment_that_utc_cannot_name() -> None:
    with pytest.raises(ValueError, match="UTC"):
        values.moment(datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))))


@pytest.mark.parametrize(
    ("written", "width", "height"),
    [
        ("A5", 148, 210),
        ("6x9in", 152.4, 228.6),
        ("120.5 x 190 mm", 120.5, 190),
        ({"width": 148, "height": 210.0}, 148, 210),
    ],
    ids=str,
)
def test_trim(written: Any, width: float, height: float) -> None:
    trim = values.trim_size(written)
    assert (trim.width, trim.height) == pytest.approx((width, height))


@pytest.mark.parametrize(
    "written",
    [
        "A55", "0x0mm", "-5x10mm", "99999x1in", 148, ["A5"],
        {"width": 148}, {"width": [148], "height": 210}, {"width": "148", "height": 210},
        {"width": nan, "height": inf}, {"width": -5, "height": 0},
    ],
    ids=str,
)  # fmt: skip
def test_no_trim(written: Any) -> None:
    with pytest.raises(ValueError, match="must be"):
        values.trim_size(written)
