"""What is wrong with the text of another tool: less than with Octavo's own."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from octavo.diagnostics import Diagnostic, Severity
from octavo.model import OCTAVO

HARMLESS: Final = frozenset(
    {"L001", "L002", "L003", "L004", "L005", "L006", "L007", "R001", "R002", "R003", "R004"}
    | {"S004", "S005", "S007", "S010", "S012", "S013", "X001", "X002"}
)
"""Codes of errors that are none in a text of another tool.

HTML is what a browser makes of it by then, and of links that lead nowhere the words are left; an
empty text is a page with a title. Where e-book and print differ, both are there, and it is told.
"""

OF_OCTAVO: Final = frozenset({"S006", "S009"})
"""Codes of what is wrong in Octavo's own texts alone: others have ids of their own, and names."""


def softened(found: Iterable[Diagnostic], dialect: str) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a text, as warnings where the book of another tool is sound."""
    if dialect == OCTAVO:
        return tuple(found)
    return tuple(_softened(each) for each in found if each.code not in OF_OCTAVO)


def _softened(problem: Diagnostic) -> Diagnostic:
    harmless = problem.code in HARMLESS
    return replace(problem, severity=Severity.WARNING) if harmless else problem
