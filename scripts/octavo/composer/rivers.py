"""Rivers: white that runs down through the lines of a paragraph."""

from collections.abc import Iterator, Sequence
from typing import Final

Gap = tuple[float, float]
"""Where a word space begins and ends."""

_RUN: Final = 3
"""So many lines make a river."""

_WIDE: Final = 0.3
"""What is narrower is no white that an eye follows (em)."""


def rivers(lines: Sequence[Sequence[Gap]]) -> Iterator[tuple[int, int]]:
    """Yield the rivers of a text: with which line each begins, and through how many it runs.

    ``lines`` are the word spaces of lines one below the other, in sizes of the type. White runs
    from one to the next where two wide spaces stand over each other by half of the narrower.
    """
    open_: dict[Gap, tuple[int, int]] = {}
    for number, gaps in enumerate((*lines, ())):
        wide = [gap for gap in gaps if gap[1] - gap[0] > _WIDE]
        below: dict[Gap, tuple[int, int]] = {}
        for above, (first, count) in open_.items():
            under = [gap for gap in wide if _runs(above, gap)]
            if not under and count >= _RUN:
                yield first, count
            for gap in under:
                below[gap] = max(
                    below.get(gap, (0, 0)), (first, count + 1), key=lambda each: each[1]
                )
        open_ = {gap: below.get(gap, (number, 1)) for gap in wide}


def _runs(above: Gap, below: Gap) -> bool:
    shared = min(above[1], below[1]) - max(above[0], below[0])
    return shared > min(above[1] - above[0], below[1] - below[0]) / 2
