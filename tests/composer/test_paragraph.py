"""Total fit, against a search through every way in which a paragraph can be broken."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from math import inf
from random import Random

import pytest

from octavo.composer import Measure, Row, Text, best, fit
from octavo.model import Composer

MEASURE = Measure(width=60, first=60, hang=0, indent=5, stretch=1.5, shrink=1, tracking=0.1)
SPACE = 3.0


def text(words: list[float], hyphens: tuple[int, ...] = ()) -> Text:
    """Return a text of words so wide; those that are named may be broken in their middle."""
    rows: list[Row] = []
    width, letters = 0.0, 0
    for number, word in enumerate(words):
        if number in hyphens:
            half = width + word / 2
            rows.append((half + 2, half, number, number, letters + 2, True, 50, 0, 0))
        width, letters = width + word, letters + 5
        last = number == len(words) - 1
        after = width if last else width + SPACE
        rows.append((width, after, number, number + 1, letters, False, 0, 0, 0))
        width = after
    return Text.of(rows)


def costs(text: Text, breaks: tuple[int, ...]) -> float:
    """Return what a way to break a text costs: the rules once more, one line after the other."""
    total, before, spaces, letters, was, hyphened = 0.0, 0.0, 0, 0, 1, False
    last = len(text.ends) - 1
    for at in breaks:
        slack = MEASURE.width - (text.ends[at] - before)
        gaps, glyphs = text.spaces[at] - spaces, text.letters[at] - letters
        give = gaps * (MEASURE.shrink if slack < 0 else MEASURE.stretch)
        give += glyphs * MEASURE.tracking
        ratio = 0.0 if at == last and slack >= 0 else slack / give
        if ratio < -1:
            return inf
        tight = 0 if ratio < -0.5 else 1 if ratio <= 0.5 else 2 if ratio <= 1 else 3
        total += (10 + 100 * abs(ratio) ** 3) ** 2 + text.penalties[at] ** 2
        total += 10_000 * (abs(tight - was) > 1)
        total += 10_000 * (hyphened and text.hyphens[at])
        total += 20_000 * (hyphened and at == last)
        total += 10_000 * (at == last and text.ends[at] - before < MEASURE.indent)
        before, spaces, letters = text.starts[at], text.next_spaces[at], text.letters[at]
        was, hyphened = tight, text.hyphens[at]
    return total


def ways(text: Text) -> Iterator[tuple[int, ...]]:
    last = len(text.ends) - 1
    for count in range(last + 1):
        for inner in combinations(range(last), count):
            yield (*inner, last)


@pytest.mark.parametrize("seed", range(40))
def test_the_cheapest_of_all_ways_is_found(seed: int) -> None:
    random = Random(seed)
    words = [random.uniform(6, 18) for _ in range(random.randint(6, 12))]
    paragraph = text(words, tuple(random.sample(range(len(words)), 2)))
    settings = fit(paragraph, MEASURE, Composer(tolerance=50))
    cheapest = min(ways(paragraph), key=lambda way: costs(paragraph, way))
    found = settings[best(settings)]
    assert found.cost == pytest.approx(costs(paragraph, found.breaks))
    assert found.cost == pytest.approx(costs(paragraph, cheapest))


def test_no_line_is_fuller_than_its_spaces_and_letters_give() -> None:
    random = Random(1)
    words = [random.uniform(2, 9) for _ in range(200)]
    setting = fit(text(words), MEASURE, Composer())
    lines = setting[best(setting)]
    assert all(-1 <= ratio <= 2 for ratio in lines.ratios)
    assert lines.breaks[-1] == len(words) - 1


def test_a_word_that_is_wider_than_the_measure_cannot_be_set() -> None:
    assert fit(text([10, 80, 10]), MEASURE, Composer()) == {}


def test_looseness_gives_a_line_more_or_fewer() -> None:
    random = Random(3)
    paragraph = text([random.uniform(2, 9) for _ in range(200)])
    settings = fit(paragraph, MEASURE, Composer())
    lines = best(settings)
    for looseness in (-1, 1):
        loose = fit(paragraph, MEASURE, Composer(looseness=looseness))
        assert best(loose, looseness) == lines + looseness


def test_what_cannot_be_looser_is_as_near_as_it_can_be() -> None:
    short = fit(text([10, 10]), MEASURE, Composer(looseness=-1))
    assert best(short, -1) == 1


def test_no_more_hyphens_in_a_row_than_are_allowed() -> None:
    # Every line would end best in the middle of a word.
    words = [14.0, 14.0, 14.0, 19.0] * 12
    paragraph = text(words, tuple(range(len(words))))
    for ladder in (1, 2):
        settings = fit(paragraph, MEASURE, Composer(ladder=ladder, hyphen_penalty=0))
        breaks = settings[best(settings)].breaks
        ended = "".join("-" if paragraph.hyphens[at] else "." for at in breaks)
        assert "-" * (ladder + 1) not in ended


def test_what_hangs_out_makes_room() -> None:
    words = [13.0, 13.0, 13.0, 13.0, 30.0]
    paragraph = text(words)
    hanging = replace(paragraph, right=[0.8] * len(words))
    flush, hung = (fit(each, MEASURE, Composer())[2].ratios[0] for each in (paragraph, hanging))
    assert flush < hung
