"""What a publication's author is told: where, what is wrong, and what to do.

Everything imports this module; it imports nothing of Octavo.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Severity(StrEnum):
    """How much a diagnostic weighs: an error stops the build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, order=True)
class Location:
    """A place in a file of the publication.

    ``path`` is relative to the publication's folder, with forward slashes;
    ``line`` counts from 1, and 0 means the file as a whole.
    """

    path: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: a stable code, its weight, words, place, and advice."""

    code: str
    severity: Severity
    message: str
    location: Location
    hint: str = ""

    def __str__(self) -> str:
        line = f"{self.location}: {self.severity}: {self.message} [{self.code}]"
        return f"{line}\n    hint: {self.hint}" if self.hint else line


class PublishingError(Exception):
    """A publication cannot be made; carries every diagnostic found, not the first alone."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(*diagnostics)
        self.diagnostics: tuple[Diagnostic, ...] = diagnostics

    def __str__(self) -> str:
        return "\n".join(str(diagnostic) for diagnostic in self.diagnostics)


def error(code: str, message: str, location: Location, hint: str = "") -> Diagnostic:
    """Return a diagnostic that stops the build."""
    return Diagnostic(code, Severity.ERROR, message, location, hint)


def warning(code: str, message: str, location: Location, hint: str = "") -> Diagnostic:
    """Return a diagnostic that the author should read, and may waive."""
    return Diagnostic(code, Severity.WARNING, message, location, hint)


def raise_errors(diagnostics: Iterable[Diagnostic]) -> None:
    """Return when no diagnostic is an error.

    Raises:
        PublishingError: with all the diagnostics, warnings among them, when one is.
    """
    found = tuple(diagnostics)
    if any(diagnostic.severity is Severity.ERROR for diagnostic in found):
        raise PublishingError(*found)


STAGE_CODES: Final[Mapping[str, str]] = {
    "C001": "a work that is cited and not known",
    "C002": "a file of works that cannot be read, or not all of it",
    "C003": "two works with one key",
    "C004": "a style of citations that is none",
    "L001": "words that e-book and print do not share",
    "L002": "a note that e-book and print do not share",
    "L003": "an alternative text that e-book and print do not share",
    "L004": "a link that leads elsewhere in e-book or print",
    "L005": "a page mark that is astray",
    "L006": "a folio that is not the label of its page",
    "L007": "a line of a source that is not in the e-book",
    "M001": "a folder without book.toml",
    "M002": "book.toml that is no TOML",
    "M003": "a key that book.toml does not have",
    "M004": "a value of the wrong kind, or a key that is missing",
    "M005": "a waiver that waives nothing",
    "M006": "an edition that the book does not have",
    "M007": "a new manuscript where something is already",
    "M008": "a folder that cannot be written",
    "M009": "workers that are not to be had",
    "M010": "a language that nothing tells",
    "M011": "front matter, or a file of settings, that is no YAML",
    "M012": "a way in that is none",
    "R009": "a reference that names what is not for all its readers",
    "R011": "an edition that has nothing for its readers",
    "S001": "a text of the spine that is not there",
    "S003": "a text that is not UTF-8",
    "S005": "raw HTML that is not well-formed",
    "S007": "a second title in one text",
    "S008": "a level of heading that is skipped",
    "S010": "a block that nothing closes",
    "S012": "a block of a name that is none",
    "S013": "lines to write on that are not counted, or hold words",
    "S014": "a mark for an audience that belongs to nothing",
    "S015": "a value that a property of the composer cannot have",
    "S016": "a line of a summary that has no text, or has one again",
    "S017": "a text to include that is not there",
    "S018": "lines that were taken for verse",
    "S019": "a directive of another tool that is not known",
    "S020": "a formula that cannot be read",
    "G008": "a text that does not fit on its paper",
    "P001": "a template that fails",
    "P002": "a template variable that does not exist",
    "P003": "a complaint of the typesetter",
    "P004": "a stylesheet that names a file that is not there",
    "P005": "a package that EbookLib cannot write",
    "P007": "a format that this system cannot make",
    "P008": "an index that moves what it points at",
    "T003": "a font file that cannot be read",
    "X001": "a path that leads out of the publication's folder",
    "X002": "a file that would have to be fetched",
    "X003": "a symbolic link that leads out of the publication's folder",
    "X004": "active content",
    "X005": "a finished file that tells what its readers must not get",
}
"""The codes that a stage raises as it works; those of the checks stand in ``octavo.checks``."""
