"""One process and all that it starts: its seconds, its work, its memory.

Memory is the sum of the proportional set sizes (PSS) of all processes at one moment, in which a
page that several share is counted once; and beside it the sum of what each holds (RSS). It is
looked at twenty times a second, more seldom where looking costs much. (What the system says of the
most that a process held is of no use: it counts what its parent held as it was started.)
"""

import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from time import perf_counter
from typing import Final

import psutil

INTERVAL: Final = 0.05
"""Seconds from one look at the memory to the next."""

SOON, EARLY = 0.5, 0.01
"""Before so many seconds it is looked at so much more often, since some processes end soon."""

SHARE: Final = 0.05
"""The share of the time that looking may take."""

MB: Final = 1_000_000
"""Bytes."""

KEPT: Final = 2_000
"""How much of what a process says in the end is told where it fails."""


@dataclass(frozen=True)
class Cost:
    """What a process took.

    ``seconds`` are those of the clock, ``cpu`` those of all processors; ``pss`` and ``rss`` the
    most memory at a moment (MB); ``said`` is what it said in the end, where it failed.
    """

    seconds: float
    cpu: float
    pss: float
    rss: float
    failed: bool = False
    said: str = ""


@dataclass
class _Watch:
    """Looks at a process and its descendants until it is told to stop.

    ``work`` has the seconds of every one of them that was ever seen: those for which nobody waits
    are missing in what the system says in the end.
    """

    pid: int
    pss: int = 0
    rss: int = 0
    work: dict[int, float] = field(default_factory=dict)
    stop: Event = field(default_factory=Event)

    def run(self) -> None:
        began, pause = perf_counter(), 0.0
        while not self.stop.wait(pause):
            before = perf_counter()
            self._look()
            least = EARLY if before - began < SOON else INTERVAL
            pause = max(least, (perf_counter() - before) / SHARE)

    def _look(self) -> None:
        pss = rss = 0
        for process in self._tree():
            with suppress(psutil.Error, OSError):
                times = process.cpu_times()
                self.work[process.pid] = times.user + times.system
                held = process.memory_info().rss
                rss += held
                pss += _proportional(process.pid, held)
        self.pss, self.rss = max(self.pss, pss), max(self.rss, rss)

    def _tree(self) -> list[psutil.Process]:
        with suppress(psutil.Error):
            top = psutil.Process(self.pid)
            return [top, *top.children(recursive=True)]
        return []


def measure(command: Sequence[str], environment: Mapping[str, str], folder: Path) -> Cost:
    """Run a command in a folder to its end and return what it took."""
    with tempfile.TemporaryFile() as said:
        before = perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=dict(environment),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said,
        )  # fmt: skip
        watch = _Watch(process.pid)
        looking = Thread(target=watch.run, daemon=True)
        looking.start()
        _, status, used = os.wait4(process.pid, 0)
        seconds = perf_counter() - before
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.stop.set()
        looking.join()
        said.seek(0)
        words = said.read().decode(errors="replace").strip()[-KEPT:]
    return Cost(
        seconds=seconds,
        cpu=max(used.ru_utime + used.ru_stime, sum(watch.work.values())),
        pss=watch.pss / MB,
        rss=watch.rss / MB,
        failed=process.returncode != 0,
        said=words if process.returncode else "",
    )


def _proportional(pid: int, held: int) -> int:
    """Return the proportional set size of a process, or what it holds where that is not known."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return held
