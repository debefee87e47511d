"""Pages of equal depth, bought by paragraphs that are set a line longer or shorter.

A page that ends badly - with a hole, a hyphen at a recto's foot, or as the last few lines of a
chapter - is mended by turning paragraphs on it, or on a page before it, by a line each. Which
paragraphs can, and what it costs them, is known from how they were composed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

FEWEST: Final = 4
"""The fewest lines with which a chapter ends on a page of its own."""

_DEEPEST: Final = 6
"""A hole of so many lines is left: it waits for a table or a picture."""

_HYPHEN: Final = 0.5
"""How bad a hyphen at the foot of a recto is, a line that is missing being 1."""

_PARAGRAPHS: Final = 3
"""So many paragraphs of a page are turned at most."""


@dataclass(frozen=True)
class Foot:
    """How a page ends.

    ``missing`` is how many lines there is room for beneath its last; ``hyphen`` whether that ends
    with one where the reader must turn over; ``lines`` how many stand on it, where it is the last
    of its chapter and not the only one, else 0.
    """

    missing: int = 0
    hyphen: bool = False
    lines: int = 0

    @property
    def few(self) -> bool:
        """Whether it is a chapter's end that looks lost on its page."""
        return 0 < self.lines < FEWEST

    @property
    def fault(self) -> float:
        """How bad the page ends, 0 where it ends well."""
        missing = self.missing if 0 < self.missing < _DEEPEST else 0
        return missing + _HYPHEN * self.hyphen + (FEWEST - self.lines) * self.few


def changes(foot: Foot) -> Iterator[int]:
    """Yield by how many lines a text might change for a page to end well, the likeliest first."""
    if foot.few:
        yield from (-foot.lines, FEWEST - foot.lines)
    elif foot.missing > 1:
        yield from (foot.missing, -1, -2, 1)
    else:
        yield from (-1, 1)


def turned(costs: Sequence[Mapping[int, float]], change: int) -> tuple[float, tuple[int, ...]]:
    """Return which paragraphs are turned by a line so that all have so many more, and the cost.

    ``costs`` say for each what it costs to have a line more (1) or fewer (-1), where it can. None
    is turned where too few can be.
    """
    step = 1 if change > 0 else -1
    able = sorted((each[step], number) for number, each in enumerate(costs) if step in each)
    if len(able) < abs(change) or abs(change) > _PARAGRAPHS:
        return 0.0, ()
    cheapest = able[: abs(change)]
    return sum(cost for cost, _ in cheapest), tuple(number for _, number in cheapest)
