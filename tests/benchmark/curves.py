"""Curves: what each costs by the number of words, as SVG written by hand.

Two panels, seconds and memory, both axes logarithmic; every line is named where it ends.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10
from typing import Final

from tests.benchmark.contestants import CHANGED, COLD, WARM
from tests.benchmark.report import machine
from tests.benchmark.rounds import Figures, Results

WIDTH: Final = 1240
TOP, BOTTOM = 112, 500
HEIGHT: Final = 584
PANELS: Final = ((64, 374), (688, 998))
"""From where to where each panel reaches; the names of its lines stand to the right of it."""

LINE: Final = 17
"""How far names stand apart."""

INK, PALE, RULE = "#1d2733", "#66717d", "#e3e7eb"
OURS, LIGHT = "#1f5f8b", "#3d7ca8"

TIMES: Final[Mapping[float, str]] = {
    **{seconds: f"{seconds:g} s" for seconds in (0.1, 0.3, 1, 3, 10, 30)},
    **{60 * minutes: f"{minutes} min" for minutes in (1, 3, 10, 30)},
    **{3600 * hours: f"{hours} h" for hours in (1, 3, 10)},
}
SIZES: Final[Mapping[float, str]] = {
    mb: f"{mb} MB" if mb < 1000 else f"{mb // 1000} GB"
    for mb in (20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)
}


@dataclass(frozen=True)
class Style:
    """How the line of one contestant is drawn, and called where it ends."""

    label: str
    colour: str
    width: float = 1.75
    dash: str = ""


STYLES: Final = {
    ("octavo-both", COLD): Style("Octavo, EPUB + PDF", OURS, 3),
    ("octavo-pdf", COLD): Style("Octavo, PDF", OURS),
    ("octavo-lines", COLD): Style("Octavo, PDF uncomposed", OURS, dash="6 4"),
    ("octavo-epub", COLD): Style("Octavo, EPUB", LIGHT, 2),
    ("octavo-both", CHANGED): Style("Octavo, one word changed", LIGHT, dash="6 4"),
    ("octavo-both", WARM): Style("Octavo, nothing changed", LIGHT, dash="1.5 4"),
    ("plain", COLD): Style("plain WeasyPrint, PDF", "#b3541e", 2.25),
    ("pandoc", COLD): Style("pandoc, EPUB", "#6d7a86", 2),
    ("typst", COLD): Style("pandoc and Typst, PDF", "#7a5195"),
    ("xelatex", COLD): Style("pandoc and XeLaTeX, PDF", "#3f7d54"),
}
"""Every line; what is not named here is not drawn."""


@dataclass(frozen=True)
class Curve:
    """A line: its places are numbers of words, and what they cost."""

    name: str
    style: Style
    places: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Scale:
    """Where a value stands between two points of the picture, on a logarithmic axis."""

    least: float
    most: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = (log10(value) - log10(self.least)) / (log10(self.most) - log10(self.least))
        return self.start + share * (self.end - self.start)


def draw(results: Results) -> str:
    """Return a picture of the results."""
    about = machine()
    rounds = max((run.round for run in results.runs), default=0)
    of = f"median of {rounds} runs" if rounds > 1 else "a single run"
    where = ", ".join(str(each) for each in (about["cpu"], f"{about['cores']} cores") if each)
    panels = (
        _panel("Time", curves(results, lambda each: each.seconds), TIMES, PANELS[0]),
        _panel("Memory at its peak", curves(results, lambda each: each.pss), SIZES, PANELS[1]),
    )
    body = "\n".join(line for panel in panels for line in panel)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" font-family="Source Sans 3, Source Sans Pro, Helvetica, Arial, '
        f'sans-serif" font-size="14" fill="{INK}" role="img" aria-labelledby="title">\n'
        '<title id="title">What a build costs, by the number of words</title>\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>\n'
        '<text x="24" y="38" font-size="22" font-weight="600">What a build costs, by the number of '
        "words</text>\n"
        f'<text x="24" y="61" fill="{PALE}">Whole processes with all that they start, {of}; '
        f"both axes are logarithmic. {escape(where)}.</text>\n{body}\n</svg>\n"
    )


def curves(results: Results, cost: Callable[[Figures], float]) -> tuple[Curve, ...]:
    """Return the lines of one cost, of all that was measured and has a style."""
    found = []
    for (contestant, state), style in STYLES.items():
        places = [
            (float(each.words), cost(figures))
            for each in sorted(results.manuscripts, key=lambda each: each.words)
            if (figures := results.of(each.name, contestant, state))
        ]
        if places:
            found.append(Curve(f"{contestant} {state}", style, tuple(places)))
    return tuple(found)


def _panel(
    title: str, drawn: Sequence[Curve], ticks: Mapping[float, str], across: tuple[int, int]
) -> Iterator[str]:
    left, right = across
    yield f'<text x="{left - 40}" y="92" font-weight="600">{title}</text>'
    if not drawn:
        return
    words = [place[0] for curve in drawn for place in curve.places]
    costs = [place[1] for curve in drawn for place in curve.places]
    x = Scale(min(words) / 1.12, max(words) * 1.04, left, right)
    y = Scale(*_range(costs, list(ticks)), BOTTOM, TOP)
    yield from _axes(x, y, sorted(set(words)), ticks)
    ends = {curve: y(curve.places[-1][1]) for curve in drawn}
    stands = apart(list(ends.values()))
    for curve, (end, stand) in zip(ends, zip(ends.values(), stands, strict=True), strict=True):
        yield from _curve(curve, x, y, end, stand, right)


def _range(costs: Sequence[float], ticks: Sequence[float]) -> tuple[float, float]:
    """Return the ticks around all costs, or powers of ten where ticks do not reach so far."""
    low, high = min(costs), max(costs)
    below = [tick for tick in ticks if tick <= low] or [10 ** floor(log10(low))]
    above = [tick for tick in ticks if tick >= high] or [10 ** ceil(log10(high))]
    least, most = max(below), min(above)
    return (least, most) if least < most else (least, least * 10)


def _axes(x: Scale, y: Scale, words: Sequence[float], ticks: Mapping[float, str]) -> Iterator[str]:
    """Yield the rules and figures of both axes; of words, those that were measured."""
    for value, said in ticks.items():
        if y.least <= value <= y.most:
            at = y(value)
            yield f'<path d="M{x.start} {at:.1f}H{x.end}" stroke="{RULE}"/>'
            yield (
                f'<text x="{x.start - 8}" y="{at + 4.5:.1f}" text-anchor="end" font-size="13" '
                f'fill="{PALE}">{said}</text>'
            )
    yield f'<path d="M{x.start} {BOTTOM}H{x.end}" stroke="{PALE}"/>'
    last = -100.0
    for value in words:
        at = x(value)
        yield f'<path d="M{at:.1f} {BOTTOM}v5" stroke="{PALE}"/>'
        if at - last >= 52:
            last = at
            yield (
                f'<text x="{at:.1f}" y="{BOTTOM + 22}" text-anchor="middle" font-size="13" '
                f'fill="{PALE}">{value:,.0f}</text>'
            )
    yield (
        f'<text x="{(x.start + x.end) / 2}" y="{BOTTOM + 46}" text-anchor="middle" font-size="13" '
        f'fill="{PALE}">words</text>'
    )


def _curve(curve: Curve, x: Scale, y: Scale, end: float, stand: float, right: int) -> Iterator[str]:
    """Yield a line with its points and its name, led from its end to where the name stands."""
    style = curve.style
    points = [(x(words), y(cost)) for words, cost in curve.places]
    path = "L".join(f"{across:.1f} {down:.1f}" for across, down in points)
    dash = f' stroke-dasharray="{style.dash}"' if style.dash else ""
    last = points[-1][0]
    yield f'<g class="curve" data-contestant="{curve.name}">'
    yield (
        f'<path d="M{last + 5:.1f} {end:.1f}H{right + 8}L{right + 26} {stand:.1f}h5" fill="none" '
        f'stroke="{style.colour}" stroke-width="0.75" opacity="0.55"/>'
    )
    yield (
        f'<path d="M{path}" fill="none" stroke="{style.colour}" stroke-width="{style.width}" '
        f'stroke-linejoin="round" stroke-linecap="round"{dash}/>'
    )
    for across, down in points:
        yield (
            f'<circle cx="{across:.1f}" cy="{down:.1f}" r="{style.width / 2 + 1.75:.2f}" '
            f'fill="{style.colour}" stroke="#fff"/>'
        )
    bold = ' font-weight="600"' if style.width >= 3 else ""
    yield (
        f'<text x="{right + 36}" y="{stand + 4.5:.1f}" fill="{style.colour}"{bold}>'
        f"{escape(style.label)}</text>"
    )
    yield "</g>"


def apart(wanted: Sequence[float]) -> list[float]:
    """Return places near those wanted, in the same order and nowhere closer than a line.

    Names that would run into each other are moved as one, about the middle of where they belong.
    """
    groups: list[list[int]] = []
    for index in sorted(range(len(wanted)), key=lambda each: wanted[each]):
        groups.append([index])
        while len(groups) > 1 and _first(groups[-1], wanted) < _last(groups[-2], wanted) + LINE:
            groups[-2:] = [groups[-2] + groups[-1]]
    found = [0.0] * len(wanted)
    for group in groups:
        for number, index in enumerate(group):
            found[index] = _first(group, wanted) + number * LINE
    return found


def _first(group: Sequence[int], wanted: Sequence[float]) -> float:
    """Return where the first name of a group stands, so that all are about where they belong."""
    middle = sum(wanted[index] for index in group) / len(group)
    return middle - (len(group) - 1) * LINE / 2


def _last(group: Sequence[int], wanted: Sequence[float]) -> float:
    return _first(group, wanted) + (len(group) - 1) * LINE
