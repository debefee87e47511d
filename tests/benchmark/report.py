"""What was measured, as a table, as what must hold, and as data."""

import os
import platform
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

import psutil

from tests.benchmark.contestants import CHANGED, COLD, CONTESTANTS, WARM
from tests.benchmark.manuscripts import Manuscript
from tests.benchmark.rounds import Figures, Results

LIBRARIES: Final = (
    *("octavo", "weasyprint", "markdown", "ebooklib", "lxml", "pikepdf", "pypdfium2"),
    *("pypandoc_binary", "typst", "psutil"),
)

STATES: Final = {COLD: "cold", WARM: "nothing changed", CHANGED: "one word changed"}

OURS: Final = ("octavo-epub", "octavo-lines", "octavo-pdf", "octavo-both")

_MIDDLE: Final = 50_000
_SMALL: Final = (10_000, 12_000, 12_600)
"""What a book of 12,000 words may have, and how many it should: what costs a small book at its
start weighs the more the smaller it is, so that a shorter one asks for more."""


# --- the table ---


def table(results: Results) -> Iterator[str]:
    """Yield the lines of a table of all medians, manuscript by manuscript."""
    head = f"{'':44}{'seconds':>10}{'CPU s':>10}{'PSS MB':>9}{'RSS MB':>9}{'pages':>8}{'s/page':>9}"
    last = ""
    for manuscript, contestant, state in results.kinds():
        found = results.of(manuscript, contestant, state)
        assert found
        if manuscript != last:
            yield f"\n{manuscript}"
            yield head
            last = manuscript
        yield _row(results, found, (manuscript, contestant, state))


def _row(results: Results, found: Figures, kind: tuple[str, str, str]) -> str:
    label = CONTESTANTS[kind[1]].label
    if kind[1].startswith("octavo-"):
        label += f", {STATES[kind[2]]}"
    pages = f"{found.pages:8,}{found.per_page:9.4f}" if found.pages else f"{'':17}"
    figures = f"{found.seconds:10.2f}{found.cpu:10.2f}{found.pss:9,.0f}{found.rss:9,.0f}"
    return f"  {label:42}{figures}{pages}  {compared(results, found, kind)}".rstrip()


def compared(results: Results, found: Figures, kind: tuple[str, str, str]) -> str:
    """Return how many times as long something takes as what it is best compared with.

    A later build is compared with the first, an e-book with pandoc's, the rest with WeasyPrint.
    """
    manuscript, contestant, state = kind
    makes = CONTESTANTS[contestant].makes
    if not makes:
        return ""
    if state != COLD:
        other, name = results.of(manuscript, contestant), "cold"
    elif makes == "epub":
        other, name = results.of(manuscript, "pandoc"), "pandoc"
    else:
        other, name = results.of(manuscript, "plain"), "plain"
    if other is None or name == contestant:
        return ""
    return f"{found.seconds / other.seconds:.2f} x {name}"


# --- what must hold ---


@dataclass(frozen=True)
class Verdict:
    """Whether something holds: a figure that must not be greater than its limit."""

    what: str
    figure: float
    limit: float
    unit: str = ""

    @property
    def holds(self) -> bool:
        """Whether it does."""
        return self.figure <= self.limit

    def __str__(self) -> str:
        said = "ok    " if self.holds else "MISSED"
        unit = f" {self.unit}" if self.unit else ""
        return f"  {said} {self.what}: {self.figure:.3g}{unit} (at most {self.limit:.3g}{unit})"


def _against_plain(results: Results) -> Iterator[Verdict]:
    ways = (("octavo-lines", 0.48, "without the composer"), ("octavo-pdf", 0.55, "composed"))
    each = _largest(results)
    for contestant, limit, how in ways:
        ours, plain = results.of(each.name, contestant), results.of(each.name, "plain")
        if ours and plain:
            what = f"{each.name}: PDF {how}, cold, by plain WeasyPrint"
            yield Verdict(what, ours.seconds / plain.seconds, limit)


def _one_word(results: Results) -> Iterator[Verdict]:
    each = _largest(results)
    for contestant in ("octavo-lines", "octavo-pdf"):
        cold = results.of(each.name, contestant)
        changed = results.of(each.name, contestant, CHANGED)
        if cold and changed:
            what = f"{each.name}: {CONTESTANTS[contestant].label}, one word changed, by cold"
            yield Verdict(what, changed.seconds / cold.seconds, 0.08)


def _nothing_changed(results: Results) -> Iterator[Verdict]:
    for each in results.manuscripts:
        start = results.of(each.name, "import", WARM)
        for contestant in OURS:
            warm = results.of(each.name, contestant, WARM)
            if start and warm:
                what = f"{each.name}: {CONTESTANTS[contestant].label}, nothing changed"
                against = f"start-up {start.seconds:.2f} s + 0.5 s"
                yield Verdict(f"{what}, {against}", warm.seconds, start.seconds + 0.5, "s")


def _ebook(results: Results) -> Iterator[Verdict]:
    each = _largest(results)
    ours, pandoc = results.of(each.name, "octavo-epub"), results.of(each.name, "pandoc")
    if ours and pandoc:
        what = f"{each.name}: EPUB without the PDF, cold, by pandoc's"
        yield Verdict(what, ours.seconds / pandoc.seconds, 0.5)
    both, alone = results.of(each.name, "octavo-both"), results.of(each.name, "octavo-pdf")
    if both and alone:
        what = f"{each.name}: EPUB with the PDF, cold, by the PDF alone"
        yield Verdict(what, both.seconds / alone.seconds, 1.10)


def _memory(results: Results) -> Iterator[Verdict]:
    largest, middle = _largest(results), _middle(results)
    most = _peak(results, largest)
    if most:
        yield Verdict(f"{largest.name}: the most memory of all builds", most, 400, "MB")
    before = _peak(results, middle) if middle else 0
    if middle and most and before:
        what = f"the most memory at {largest.name}, by that at {middle.name}"
        yield Verdict(what, most / before, 1.5)


def _growth(results: Results) -> Iterator[Verdict]:
    largest, middle = _largest(results), _middle(results)
    for contestant in ("octavo-lines", "octavo-pdf", "octavo-both") if middle else ():
        after = results.of(largest.name, contestant)
        before = results.of(middle.name, contestant) if middle else None
        if middle and after and before and before.per_page:
            what = f"{CONTESTANTS[contestant].label}: seconds of a page at {largest.name}"
            ratio = after.per_page / before.per_page
            yield Verdict(f"{what}, by those at {middle.name}", ratio, 1.1)


def _small(results: Results) -> Iterator[Verdict]:
    low, wanted, high = _SMALL
    fitting = [each for each in results.manuscripts if low <= each.words <= high]
    for each in sorted(fitting, key=lambda each: abs(each.words - wanted))[:1]:
        both, plain = results.of(each.name, "octavo-both"), results.of(each.name, "plain")
        if both and plain:
            what = f"{each.name}, a small book: EPUB and PDF, cold, by plain WeasyPrint's PDF"
            yield Verdict(what, both.seconds / plain.seconds, 1.0)


RULES: Final[tuple[Callable[[Results], Iterator[Verdict]], ...]] = (
    _against_plain,
    _one_word,
    _nothing_changed,
    _ebook,
    _memory,
    _growth,
    _small,
)
"""What must hold; each yields a verdict for whatever was measured, and none for what was not."""


def verdicts(results: Results) -> tuple[Verdict, ...]:
    """Return what holds and what does not."""
    return tuple(verdict for rule in RULES for verdict in rule(results))


def _largest(results: Results) -> Manuscript:
    return max(results.manuscripts, key=lambda each: each.words)


def _middle(results: Results) -> Manuscript | None:
    """Return the manuscript of about 50,000 words, where there is a larger one."""
    near = [m for m in results.manuscripts if abs(m.words / _MIDDLE - 1) <= 0.1]
    found = min(near, key=lambda each: abs(each.words - _MIDDLE), default=None)
    return None if found == _largest(results) else found


def _peak(results: Results, manuscript: Manuscript) -> float:
    """Return the most memory that any build of ours takes, 0 where none was measured."""
    kinds = ((contestant, state) for contestant in OURS for state in STATES)
    found = (results.of(manuscript.name, *kind) for kind in kinds)
    return max((each.pss for each in found if each), default=0)


# --- as data ---


def data(results: Results) -> dict[str, Any]:
    """Return everything as JSON can hold it: the machine, all runs, their medians, what holds."""
    medians = [
        {"manuscript": m, "contestant": c, "state": s, **asdict(found)}
        for m, c, s in results.kinds()
        if (found := results.of(m, c, s))
    ]
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        "units": {"seconds": "s", "cpu": "s", "pss": "MB of 1,000,000 bytes", "rss": "likewise"},
        "manuscripts": [{"name": each.name, "words": each.words} for each in results.manuscripts],
        "contestants": {name: each.label for name, each in CONTESTANTS.items()},
        "runs": [
            {**{k: v for k, v in asdict(run).items() if k != "cost"}, **asdict(run.cost)}
            for run in results.runs
        ],
        "medians": medians,
        "rules": [{**asdict(each), "holds": each.holds} for each in verdicts(results)],
        "failures": results.failures,
    }


def machine() -> dict[str, Any]:
    """Return what was measured on."""
    return {
        "cpu": _processor(),
        "cores": os.cpu_count(),
        "memory": psutil.virtual_memory().total,
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "libraries": {name: found for name in LIBRARIES if (found := _version(name))},
    }


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.is_file() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, "") or platform.processor() or platform.machine()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
