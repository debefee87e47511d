"""Where the time of a build goes, step by step, as shares of one run in this process.

What knowing the printed page costs is summed up: the pages as data, the page marks, the rules for
pages, and the proof that sources, e-book and print say the same. What composing costs is the print
edition with the composer by that without.
"""

import shutil
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

from octavo.outcome import Outcome
from octavo.press import make
from octavo.workshop import Workshop
from tests.benchmark.manuscripts import switched

PAGES: Final = (*("read the pages", "mark the pages", "look at the pages", "describe", "compare"),)
"""Steps that are there because the e-book knows the printed page; how their names begin."""


class Clock:
    """Takes the progress of a build and adds up the seconds of every step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._step, self._since = "start", perf_counter()

    def __call__(self, message: str) -> None:
        now = perf_counter()
        self.seconds[self._step] += now - self._since
        self._step, self._since = _step(message), now


def _step(message: str) -> str:
    edition, _, what = message.partition(": ")
    if not what:
        return message.partition(" ")[0]
    if what.startswith("creating layout"):
        what = "creating layout"
    return f"{edition}: {what.partition(' - ')[0]}"


def show(folder: Path) -> None:
    """Print the steps of a build of a folder, and what composing costs it."""
    report(folder, *timed(folder))
    print(f"  {composing(folder):8.2f} times as long composed as broken line by line")


def timed(folder: Path) -> tuple[Outcome, dict[str, float]]:
    """Build a folder without writing it; return what came of it, and the seconds of every step."""
    clock = Clock()
    outcome = make(folder, (), Workshop(clock))
    clock("done")
    return outcome, dict(clock.seconds)


def report(folder: Path, outcome: Outcome, seconds: dict[str, float]) -> None:
    """Print a table of the steps of one build, the longest first."""
    total = sum(seconds.values())
    figures = ", ".join(f"{name} {count:,}" for name, count in outcome.figures[:2])
    print(f"\n{folder.name}: {figures}: {total:.1f} s")
    for step, spent in sorted(seconds.items(), key=lambda item: -item[1]):
        if spent / total >= 0.005:
            print(f"  {spent:8.2f} s {spent / total:6.1%}  {step}")
    pages = sum(s for step, s in seconds.items() if _is_for_pages(step))
    print(f"  {pages:8.2f} s {pages / total:6.1%}  for knowing the printed page, all in all")


def _is_for_pages(step: str) -> bool:
    return step.rpartition(": ")[2].startswith(PAGES)


def composing(folder: Path) -> float:
    """Return how many times as long a print edition takes composed as broken line by line.

    It is the median of three builds of each, one after the other.
    """
    with tempfile.TemporaryDirectory() as made:
        off = Path(made) / folder.name
        shutil.copytree(folder, off)
        switched(off, 'composer = "off"\n')
        ratios = [_seconds(folder) / _seconds(off) for _ in range(3)]
    return median(ratios)


def _seconds(folder: Path) -> float:
    clock = Clock()
    make(folder, ("print",), Workshop(clock))
    clock("done")
    return sum(clock.seconds.values())
