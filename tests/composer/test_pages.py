"""How a page ends, and which paragraphs are turned so that it ends well."""

import pytest

from octavo.composer import Foot, changes, rivers, turned


@pytest.mark.parametrize(
    ("foot", "bad"),
    [
        (Foot(), False),
        (Foot(missing=1), True),
        (Foot(missing=9), False),  # it waits for a table
        (Foot(hyphen=True), True),
        (Foot(lines=4), False),
        (Foot(lines=3), True),
    ],
)
def test_what_is_a_bad_end(foot: Foot, bad: bool) -> None:  # noqa: FBT001 - a case
    assert bool(foot.fault) is bad


@pytest.mark.parametrize(
    ("foot", "first"), [(Foot(lines=1), -1), (Foot(lines=3), -3), (Foot(missing=3), 3)]
)
def test_the_likeliest_change_comes_first(foot: Foot, first: int) -> None:
    assert next(changes(foot)) == first


def test_a_lost_end_is_taken_in_or_filled_up() -> None:
    assert list(changes(Foot(lines=3))) == [-3, 1]


def test_the_cheapest_paragraphs_are_turned() -> None:
    costs = [{1: 30.0}, {1: 10.0, -1: 5.0}, {}, {1: 20.0}]
    assert turned(costs, 2) == (30.0, (1, 3))
    assert turned(costs, -1) == (5.0, (1,))
    assert turned(costs, -2) == (0.0, ())


def test_white_that_runs_down_three_lines_is_a_river() -> None:
    gaps = [((5.0, 5.5), (9.0, 9.4)), ((5.2, 5.7),), ((5.3, 5.8), (12.0, 12.5)), ((1.0, 1.5),)]
    assert list(rivers(gaps)) == [(0, 3)]


def test_narrow_spaces_are_no_river() -> None:
    assert not list(rivers([((5.0, 5.25),)] * 6))


def test_two_lines_are_no_river() -> None:
    assert not list(rivers([((5.0, 5.5),), ((5.0, 5.5),), ((9.0, 9.5),)]))
