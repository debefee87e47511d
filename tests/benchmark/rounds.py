"""The runs: one of each contestant, then the next round, so that a busy moment hits them all."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from compileall import compile_dir
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Final

from tests.benchmark.contestants import CONTESTANTS, Contestant, Round, Step
from tests.benchmark.manuscripts import Manuscript
from tests.benchmark.measuring import KEPT, Cost, measure

ROOT: Final = Path(__file__).parents[2]

_WAKE: Final = (
    "import sys, octavo.press, octavo.formats.pdf, weasyprint; "
    "weasyprint.HTML(string='<p>octavo').write_pdf(sys.argv[1])"
)
"""Has the fonts of the system listed, which no run should pay for."""

_OWN: Final = (ROOT / "scripts" / "octavo", ROOT / "tests" / "benchmark")
"""What nobody has compiled who works in a clone; an installation has its modules compiled."""

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Run:
    """One process that was measured: of whom, with what, in which round, and what it made.

    ``pages`` is 0 for what has none.
    """

    manuscript: str
    contestant: str
    state: str
    round: int
    cost: Cost
    pages: int = 0


@dataclass(frozen=True)
class Figures:
    """The medians of all runs of one kind; seconds, and memory in MB."""

    seconds: float
    cpu: float
    pss: float
    rss: float
    pages: int

    @property
    def per_page(self) -> float:
        """The seconds of a page, 0 where there are none."""
        return self.seconds / self.pages if self.pages else 0.0


@dataclass
class Results:
    """Everything that was measured, and what could not be."""

    manuscripts: tuple[Manuscript, ...]
    runs: list[Run] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def of(self, manuscript: str, contestant: str, state: str = "cold") -> Figures | None:
        """Return the medians of the runs of one kind, None where there are none."""
        key = (manuscript, contestant, state)
        runs = [r for r in self.runs if (r.manuscript, r.contestant, r.state) == key]
        if not runs:
            return None
        costs = [run.cost for run in runs]
        return Figures(
            seconds=median(cost.seconds for cost in costs),
            cpu=median(cost.cpu for cost in costs),
            pss=median(cost.pss for cost in costs),
            rss=median(cost.rss for cost in costs),
            pages=round(median(run.pages for run in runs)),
        )

    def kinds(self) -> Iterator[tuple[str, str, str]]:
        """Yield manuscript, contestant and state of every kind of run, in their order."""
        met = {(run.contestant, run.state): None for run in self.runs}
        order = sorted(met, key=lambda kind: list(CONTESTANTS).index(kind[0]))
        for manuscript in self.manuscripts:
            for contestant, state in order:
                if self.of(manuscript.name, contestant, state):
                    yield manuscript.name, contestant, state


def compete(
    results: Results,
    manuscript: Manuscript,
    contestants: Mapping[str, Contestant],
    runs: int,
    jobs: int,
    tell: Tell,
) -> None:
    """Run all contestants so many times with a manuscript, and add what came of it to the results.

    Whoever fails is out from there on.
    """
    out: set[str] = set()
    with tempfile.TemporaryDirectory(prefix="bench-") as made:
        shared, seed = Path(made) / "shared", Path(made) / "seed"
        wake(seed)
        for number in range(1, runs + 1):
            for name, contestant in contestants.items():
                if name in out:
                    continue
                work = Path(made) / f"{name}-{number}"
                work.mkdir()
                asked = Round(manuscript, work, shared, jobs)
                failure = _run(results, asked, name, contestant, number, seed, tell)
                if failure:
                    out.add(name)
                    results.failures.append(failure)
                    tell(failure)
                shutil.rmtree(work)


def _run(
    results: Results,
    asked: Round,
    name: str,
    contestant: Contestant,
    number: int,
    seed: Path,
    tell: Tell,
) -> str:
    """Run a contestant once, and return what went wrong."""
    cache = asked.work / "cache"
    shutil.copytree(seed, cache)
    try:
        for step in contestant.runs(asked):
            cost = measure(step.command, environment(cache), ROOT)
            said = f"{asked.manuscript.name}, round {number}: {contestant.label}, {step.state}"
            if cost.failed or (step.product and not step.product.is_file()):
                return f"{said}: failed: {cost.said or 'made no file'}"
            tell(f"{said}: {cost.seconds:.2f} s, {cost.pss:,.0f} MB")
            pages = count_pages(step)
            results.runs.append(Run(asked.manuscript.name, name, step.state, number, cost, pages))
    except Exception as problem:  # noqa: BLE001 - one manuscript that cannot be built stops no other
        return f"{asked.manuscript.name}, round {number}: {contestant.label}: {problem}"
    return ""


def environment(cache: Path) -> dict[str, str]:
    """Return the environment of a process whose cache is a folder of its own."""
    return {**os.environ, "XDG_CACHE_HOME": str(cache)}


def wake(seed: Path) -> None:
    """Make a cache that holds what the system's libraries keep of fonts, and nothing of Octavo's.

    Fontconfig keeps its list of faces in the same place as Octavo its cache; listing them anew is
    no part of what is measured, for anybody. Nor is compiling modules, which an installation has
    done, and which is not kept where Python is told to write none.
    """
    for folder in _OWN:
        compile_dir(folder, quiet=2)
    seed.mkdir()
    with tempfile.TemporaryDirectory() as made:
        woken = Path(made) / "cache"
        command: Sequence[str] = (sys.executable, "-c", _WAKE, str(Path(made) / "woken.pdf"))
        ran = subprocess.run(
            command, cwd=ROOT, env=environment(woken), check=False, capture_output=True, text=True
        )
        if ran.returncode:
            sys.exit(f"Octavo does not start:\n{ran.stderr.strip()[-KEPT:]}")
        with suppress(FileNotFoundError):
            shutil.copytree(woken / "fontconfig", seed / "fontconfig")


def count_pages(step: Step) -> int:
    """Return how many pages the product of a step has, 0 for what has none."""
    if step.product is None or step.product.suffix != ".pdf":
        return 0
    import pikepdf

    with pikepdf.open(step.product) as pdf:
        return len(pdf.pages)
