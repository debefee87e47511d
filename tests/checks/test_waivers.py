"""Warnings that the author knows of and accepts."""

from octavo.checks import waive
from octavo.diagnostics import Location, error, warning
from octavo.model import Waiver

PLACE = Location("book.toml", 9)
HERE = warning("I002", "no text", Location("text/one.md", 3))
THERE = warning("I002", "no text", Location("text/two.md", 3))


def test_a_waiver_is_for_one_file_or_for_all() -> None:
    assert waive([HERE, THERE], [Waiver("I002", "So.", PLACE, "text/one.md")]) == (THERE,)
    assert waive([HERE, THERE], [Waiver("I002", "So.", PLACE)]) == ()


def test_two_waivers_of_one_warning_are_both_used() -> None:
    waivers = [Waiver("I002", "So.", PLACE), Waiver("I002", "So.", PLACE, "text/one.md")]
    assert waive([HERE], waivers) == ()


def test_an_error_is_not_waived_and_its_waiver_is_told_of() -> None:
    problem = error("I001", "no image", Location("text/one.md", 3))
    kept, unused = waive([problem], [Waiver("I001", "So.", PLACE)])
    assert kept == problem
    assert (unused.code, unused.location) == ("M005", PLACE)
