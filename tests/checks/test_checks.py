"""Every code has the smallest book that earns it, and that book earns no other."""

import re
from pathlib import Path

import pytest

from octavo.checks import CHECKS
from octavo.delivery import examine
from octavo.diagnostics import STAGE_CODES, Diagnostic, Severity

BOOKS = sorted(
    path for path in Path(__file__).parent.iterdir() if re.match(r"[A-Z]\d{3}", path.name)
)
NOT_OF_A_FOLDER = {
    "M006": "the command line asks for it; see tests/test_cli.py",
    "M008": "a folder that is no publication's; see tests/test_cli.py",
    "M009": "a scheduler that does not answer; see tests/test_cli.py",
    "M007": "`octavo new` says it; see tests/test_cli.py",
    "P007": "a system that lacks a library; see tests/formats/test_formats.py",
    "L001": "files that were changed after they were made; see tests/parity",
    "L002": "the same",
    "L003": "the same",
    "L004": "the same",
    "L005": "the same",
    "L006": "the same",
    "L007": "the same",
    "X005": "files that were changed after they were made; see tests/leaks",
    "M012": "a word of the command line; see tests/test_cli.py",
    "P008": "eight settings in which it never came to rest; none is known",
    "P005": "EbookLib refuses what no manuscript can hold; see tests/formats/test_epub.py",
}
WITHOUT_LINE = {"T003", "M001", "M010", "I001-cover", "P001-malformed", "S002"}
"""Where the whole file is the place."""

WARNINGS = {
    "C002",
    "C003",
    "G001",
    "G002",
    "G003",
    "G004",
    "G005",
    "G006",
    "G007",
    "G009",
    "I002",
    "M005",
    "M010",
    "M011",
    "P003",
    "R008",
    "S002",
    "S008",
    "S011",
    "S016",
    "S017",
    "S018",
    "S019",
    "S020",
    "T001",
}
PAGED = (
    "G00",
    "M005",
    "M01",
    "P0",
    "R005",
    "R008",
    "S002",
    "S008",
    "S011",
    "S016",
    "S017",
    "R009",
    "T001",
    "I002",
)
"""Books that are made whole, since a warning does not stop them, or their fault comes late."""


def of(book: Path) -> str:
    return book.name.partition("-")[0]


@pytest.mark.parametrize(
    "book",
    [
        pytest.param(book, marks=pytest.mark.slow if book.name.startswith(PAGED) else ())
        for book in BOOKS
    ],
    ids=lambda book: book.name,
)
def test_book_earns_its_code_and_no_other(book: Path) -> None:
    found = examine(book).diagnostics
    assert {diagnostic.code for diagnostic in found} == {of(book)}
    for diagnostic in found:
        _is_helpful(diagnostic, book)


def _is_helpful(diagnostic: Diagnostic, book: Path) -> None:
    assert diagnostic.hint
    assert diagnostic.message
    severity = Severity.WARNING if diagnostic.code in WARNINGS else Severity.ERROR
    assert diagnostic.severity is severity
    if book.name not in WITHOUT_LINE and not diagnostic.code.startswith(("P003", "P006", "R005")):
        assert diagnostic.location.line > 0, diagnostic
    if (
        not diagnostic.code.startswith(("P003", "P006", "R005", "M001"))
        and "cover" not in book.name
    ):
        path = Path(diagnostic.location.path)
        assert path.exists(), f"{path} is not there"


def test_every_code_has_its_book() -> None:
    codes = {
        (check.__doc__ or "").partition(":")[0] for checks in CHECKS.values() for check in checks
    }
    assert codes | set(STAGE_CODES) == {of(book) for book in BOOKS} | set(NOT_OF_A_FOLDER)


@pytest.mark.parametrize(
    ("book", "line", "words", "hint"),
    [
        ("M003", 3, "metadata.titel", "'title'"),
        ("M003-edition", 11, "editions.print.trimm", "'trim'"),
        ("M003-spine", 8, "laef", "'leaf'"),
        ("M004", 1, "metadata.language", "language"),
        ("M004-kind", 3, "a string in quotes", "7"),
        ("M004-isbn", 11, "check digit", "978-0-306-40615-8"),
        ("S003", 3, "byte 10 is 0xe9", "UTF-8"),
        ("S001", 8, "text/tow.md", "text/one.md"),
        ("I001", 3, "images/sqare.svg", "images/square.svg"),
        ("R002", 3, "#their", "'there'"),
        ("R002-other-text", 3, "two.md#their", "'there'"),
        ("S005", 6, "<p>", "</p>"),
        ("S005-void", 3, "<br>", "<br/>"),
        ("S006", 7, "'here'", "text/one.md:3"),
        ("S012", 3, "'vers'", "/// verse"),
        ("S013", 5, "/// lines | some", "from 1 to 99"),
        ("T002", 3, "U+10FFFD a private character", "face"),
        ("P001", 2, "fails", "template"),
        ("P001-runs", 2, "division by zero", "template"),
        ("P002", 2, "titel", "words"),
        ("X004", 5, "<script>", "no scripts"),
    ],
)
def test_diagnostic_says_where_and_what(book: str, line: int, words: str, hint: str) -> None:
    diagnostic = examine(Path(__file__).parent / book).diagnostics[0]
    assert diagnostic.location.line == line
    assert words in diagnostic.message
    assert hint in diagnostic.hint
