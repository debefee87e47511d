"""Edits to a text: what it says after them, and where each line was written."""

from octavo.diagnostics import Location
from octavo.editing import Edit, edited
from octavo.model import Source

TEXT = Source("a.md", "one\ntwo\nthree\nfour\n")


def lines(source: Source) -> list[int]:
    return [source.written(number).line for number in range(1, source.text.count("\n") + 1)]


def test_a_text_without_edits_is_the_same() -> None:
    assert edited(TEXT, []) is TEXT


def test_lines_that_are_added_count_as_the_one_before_which_they_stand() -> None:
    made = edited(TEXT, [Edit(8, 8, "\n\n")])
    assert made.text == "one\ntwo\n\n\nthree\nfour\n"
    assert lines(made) == [1, 2, 3, 3, 3, 4]


def test_lines_that_are_taken_away() -> None:
    made = edited(TEXT, [Edit(4, 14, "")])
    assert made.text == "one\nfour\n"
    assert lines(made) == [1, 4]


def test_lines_are_known_after_edits_of_edits() -> None:
    once = edited(TEXT, [Edit(0, 4, ""), Edit(8, 8, "# ")])
    twice = edited(once, [Edit(0, 0, "\n"), Edit(4, 4, "\n")])
    assert twice.text == "\ntwo\n\n# three\nfour\n"
    assert lines(twice) == [2, 2, 3, 3, 4]


def test_lines_that_take_the_place_of_others_count_as_these() -> None:
    assert lines(edited(TEXT, [Edit(4, 13, "a\nb\nc\nd")])) == [1, 2, 3, 3, 3, 4]


def test_of_two_edits_that_overlap_the_first_is_made() -> None:
    assert edited(TEXT, [Edit(0, 5, "X"), Edit(4, 7, "Y")]).text == "Xwo\nthree\nfour\n"


def test_a_place_is_told_by_the_file_in_which_it_was_written() -> None:
    cut = Source("a-001.md", "three\n", "a.md", (3,))
    assert cut.written(1) == Location("a.md", 3)
    assert cut.written(0) == Location("a.md", 0)
