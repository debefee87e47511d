"""Total fit: the lines of a paragraph chosen together, so that all of them are set evenly.

After Donald E. Knuth and Michael F. Plass, "Breaking Paragraphs into Lines", Software: Practice and
Experience 11 (1981). Spaces stretch and shrink, and letters by a little; what a break costs is
added up over the paragraph, and the cheapest way through it is found for every number of lines that
comes near the best. Widths are in any unit, the same for all.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Final, NamedTuple

from octavo.model import Composer

_LINE: Final = 10.0
"""What a line costs by itself (The TeXbook, \\linepenalty): of two equal settings the shorter."""

_TWO_HYPHENS: Final = 10_000.0
"""What it costs that two lines one below the other end with a hyphen (\\doublehyphendemerits)."""

_LADDER: Final = 1e7
"""What it costs that more do than the composer allows."""

_LAST_HYPHEN: Final = 20_000.0
"""What it costs that the line before the last is hyphenated (\\finalhyphendemerits)."""

_UNLIKE: Final = 10_000.0
"""What it costs that a loose line meets a tight one (\\adjdemerits)."""

_SHORT_END: Final = 10_000.0
"""What it costs that the last line is shorter than the indent of the next paragraph."""

_RIGID: Final = 100.0
"""How far a line is stretched that has nothing to stretch."""

_NEAR: Final = 1
"""Settings of so many lines more or fewer than the best are kept."""


Row = tuple[float, float, int, int, int, bool, float, float, float]
"""What ``Text`` has at one break, in its order."""


@dataclass(frozen=True)
class Text:
    """What a paragraph is made of, as running sums at its possible breaks.

    Every sequence has an entry a break, the last for the paragraph's end. ``ends`` is how wide all
    that stands before a break is, with the hyphen that a break there would print; ``starts`` the
    same for what a next line would begin after. ``spaces`` and ``letters`` are counts of what can
    stretch before a break, ``next_spaces`` that of spaces before a next line. ``hyphens`` is
    whether a line that is broken there ends with one, ``penalties`` what a break costs beside that;
    ``right`` and ``left`` are how far the last glyph before a break and the first one after it hang
    into the margin. ``first`` are the ends for the first line, where that has another style.
    """

    ends: Sequence[float]
    starts: Sequence[float]
    spaces: Sequence[int]
    next_spaces: Sequence[int]
    letters: Sequence[int]
    hyphens: Sequence[bool]
    penalties: Sequence[float]
    right: Sequence[float]
    left: Sequence[float]
    first: Sequence[float] = ()

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "Text":
        """Return a text of its breaks."""
        return cls(*zip(*rows, strict=True))


@dataclass(frozen=True)
class Measure:
    """How wide lines are and how far what stands in them gives.

    ``width`` is that of a line, ``first`` of the first one, ``hang`` how far its first glyph hangs
    out; ``indent`` that of a next paragraph. ``stretch`` and ``shrink`` are those of one space,
    ``tracking`` that of one letter.
    """

    width: float
    first: float
    hang: float
    indent: float
    stretch: float
    shrink: float
    tracking: float


class Setting(NamedTuple):
    """A paragraph in so many lines: what it costs, and the breaks that end them.

    ``ratios`` say of every line how far it is stretched (above 0) or shrunk (below 0).
    """

    cost: float
    breaks: tuple[int, ...]
    ratios: tuple[float, ...]


class _Node(NamedTuple):
    """The best way to a break with so many lines, the last of them so tight."""

    cost: float
    line: int
    tightness: int
    run: int
    at: int
    before: "_Node | None"
    ratio: float


def fit(text: Text, measure: Measure, composer: Composer) -> Mapping[int, Setting]:
    """Return the settings of a paragraph by their number of lines; none where a word is too wide.

    The one that costs least is among them, and those that have a line more or fewer where it can
    be had within the composer's tolerance; beyond that, where a text or the looseness needs it.
    """
    settings: Mapping[int, Setting] = {}
    for limit in (composer.tolerance, 2 * composer.tolerance, inf):
        ends = _Fit(text, measure, composer, limit).ends()
        settings = {node.line: _setting(node) for node in ends} or settings
        if settings and _is_loose(settings, composer.looseness):
            break
    return settings


def _is_loose(settings: Mapping[int, Setting], looseness: int) -> bool:
    """Return whether a paragraph can have as many lines more or fewer as are wanted."""
    return best(settings) + looseness in settings


def best(settings: Mapping[int, Setting], looseness: int = 0) -> int:
    """Return the number of lines that a paragraph has best, or so many more or fewer."""
    least = min(settings, key=lambda lines: settings[lines].cost)
    wanted = least + looseness
    return min(settings, key=lambda lines: (abs(lines - wanted), settings[lines].cost))


class _Fit:
    """One search through the breaks of a paragraph, in their order."""

    def __init__(self, text: Text, measure: Measure, composer: Composer, limit: float) -> None:
        self._text = text
        self._measure = measure
        self._composer = composer
        self._limit = limit
        self._nodes: list[dict[int, _Node]] = [{} for _ in text.ends]
        self._last = len(text.ends) - 1

    def ends(self) -> Sequence[_Node]:
        """Return the best way to the end for every number of lines."""
        start = _Node(0.0, 0, 1, 0, -1, None, 0.0)
        self._from(-1, (start,))
        for at in range(self._last):
            if self._nodes[at]:
                self._from(at, self._kept(at))
        ends: dict[int, _Node] = {}
        for node in self._nodes[self._last].values():
            if node.line not in ends or node.cost < ends[node.line].cost:
                ends[node.line] = node
        return tuple(ends.values())

    def _kept(self, at: int) -> tuple[_Node, ...]:
        """Return the ways to a break that can be part of the best to the end."""
        nodes = tuple(self._nodes[at].values())
        if len(nodes) == 1:
            return nodes
        least = min(nodes)
        near = _NEAR + abs(self._composer.looseness)
        cheapest: dict[int, float] = {}
        for node in nodes:
            if node.cost < cheapest.get(node.line, inf):
                cheapest[node.line] = node.cost
        return tuple(
            node
            for node in nodes
            if abs(node.line - least.line) <= near
            and node.cost <= cheapest[node.line] + _UNLIKE + _TWO_HYPHENS
        )

    def _from(self, at: int, nodes: Sequence[_Node]) -> None:
        """Draw all lines that begin after a break."""
        text, measure = self._text, self._measure
        ends, spaces, letters, right = text.ends, text.spaces, text.letters, text.right
        if at < 0:
            ends = text.first or ends
            before, had_spaces, had_letters = 0.0, 0, 0
            room = measure.first + measure.hang
        else:
            before = text.starts[at]
            had_spaces, had_letters = text.next_spaces[at], text.letters[at]
            room = measure.width + text.left[at]
        stretch, shrink, tracking = measure.stretch, measure.shrink, measure.tracking
        # A line gives by no more than a third, stretched to the limit.
        loosest = room * (1 - min(self._limit * 0.13, 1)) if self._limit < inf else 0
        first = bisect_left(ends, before + loosest, at + 1, self._last)
        for to in range(first, self._last + 1):
            wide = ends[to] - before
            slack = room + right[to] - wide
            gaps, glyphs = spaces[to] - had_spaces, letters[to] - had_letters
            if slack < 0:
                give = gaps * shrink + glyphs * tracking
                ratio = slack / give if give else -inf
                if ratio < -1:
                    if slack < -(measure.width / 4):
                        break
                    if to < self._last:
                        continue
                    break
            elif to == self._last:
                ratio = 0.0
            else:
                give = gaps * stretch + glyphs * tracking
                ratio = slack / give if give else _RIGID
                if ratio > self._limit:
                    continue
            self._reach(to, nodes, ratio, wide)

    def _reach(self, to: int, nodes: Sequence[_Node], ratio: float, wide: float) -> None:
        """Note a line that ends at a break, with the cheapest of the ways to its beginning."""
        bad = 100 * abs(ratio) ** 3
        tightness = 0 if ratio < -0.5 else 1 if ratio <= 0.5 else 2 if ratio <= 1 else 3
        hyphen = self._text.hyphens[to]
        penalty = self._text.penalties[to]
        own = (_LINE + bad) ** 2 + penalty * abs(penalty)
        last = to == self._last
        if last and wide < self._measure.indent:
            own += _SHORT_END
        here, allowed = self._nodes[to], self._composer.ladder
        for node in nodes:
            cost = node.cost + own
            run = node.run + 1 if hyphen else 0
            if node.run:
                if hyphen:
                    cost += _TWO_HYPHENS if run <= allowed else _LADDER
                elif last:
                    cost += _LAST_HYPHEN
            if abs(tightness - node.tightness) > 1:
                cost += _UNLIKE
            key = (node.line + 1) * 4 + tightness
            known = here.get(key)
            if known is None or cost < known.cost:
                here[key] = _Node(cost, node.line + 1, tightness, run, to, node, ratio)


def _setting(end: _Node) -> Setting:
    breaks: list[int] = []
    ratios: list[float] = []
    node: _Node | None = end
    while node is not None and node.before is not None:
        breaks.append(node.at)
        ratios.append(node.ratio)
        node = node.before
    return Setting(end.cost, tuple(reversed(breaks)), tuple(reversed(ratios)))
