"""Builds that are killed, that meet, and that are done elsewhere give the right bytes."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random

import pytest

from tests.benchmark.manuscripts import manuscript

pytestmark = pytest.mark.slow

KILLS = 20
WORDS = 12_000
"""Enough for several gatherings."""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return manuscript(tmp_path_factory.mktemp("books") / "book", WORDS)


@pytest.fixture(scope="module")
def right(book: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """Return the files of the book, made by one process that keeps nothing."""
    output = tmp_path_factory.mktemp("right")
    assert begin(output, book, "--no-cache", "--jobs", "1").wait() == 0
    return files(output)


def begin(output: Path, *arguments: object) -> subprocess.Popen[bytes]:
    """Begin a build whose cache lies beside its output."""
    return subprocess.Popen(
        [sys.executable, "-m", "octavo", "build", *map(str, arguments), "--output", output],
        env={**os.environ, "XDG_CACHE_HOME": f"{output}.cache"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def files(output: Path) -> Mapping[str, bytes]:
    """Return what was written; what was being made when a build was killed is not among it."""
    found = (path for path in output.rglob("*") if path.is_file())
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in found
        if not path.parent.name.startswith(".making-")
    }


def descendants(process: int) -> list[int]:
    found: list[int] = []
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in map(int, children.read_text().split()):
                found += child, *descendants(child)
    return found


def test_killed_builds_leave_nothing_half_done(
    book: Path, right: Mapping[str, bytes], tmp_path: Path
) -> None:
    output, random = tmp_path / "out", Random(6)
    begun = time.monotonic()
    assert begin(tmp_path / "first", book, "--jobs", "2").wait() == 0
    whole = time.monotonic() - begun
    for number in range(KILLS):
        build = begin(output, book, "--jobs", "2")
        time.sleep(random.uniform(0.2, whole))
        workers = descendants(build.pid)
        if number % 2 and workers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(random.choice(workers), signal.SIGKILL)
            assert build.wait(timeout=120) == 0, "the work of a lost worker is done again"
        else:
            build.kill()
            build.wait()
        assert files(output).items() <= right.items()
        if number % 5 == 4:
            # Else everything would be in the cache before long.
            for entry in Path(f"{output}.cache").rglob("*"):
                if entry.is_file() and random.random() < 0.7:
                    entry.unlink()
    assert begin(output, book, "--jobs", "2").wait() == 0
    assert files(output) == right


def test_two_builds_at_once(book: Path, right: Mapping[str, bytes], tmp_path: Path) -> None:
    both = [begin(tmp_path / "out", book, "--jobs", "2") for _ in range(2)]
    assert [build.wait() for build in both] == [0, 0]
    assert files(tmp_path / "out") == right


def test_a_damaged_cache_is_not_believed(
    book: Path, right: Mapping[str, bytes], tmp_path: Path
) -> None:
    output = tmp_path / "out"
    assert begin(output, book, "--jobs", "2").wait() == 0
    entries = [path for path in Path(f"{output}.cache/octavo").rglob("*") if path.is_file()]
    assert entries
    for entry in entries:
        data = bytearray(entry.read_bytes())
        data[-1] ^= 1
        entry.write_bytes(data)
    assert begin(output, book, "--jobs", "2").wait() == 0
    assert files(output) == right


# --- elsewhere ---


def dask(folder: Path, module: str, *options: str) -> subprocess.Popen[bytes]:
    loopback = ("--host", "127.0.0.1", "--no-dashboard")
    return subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.{module}", *loopback, *options],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Return the address of a Dask scheduler on this machine, and its two workers."""
    pytest.importorskip("distributed")
    told = tmp_path / "scheduler.json"
    head = dask(tmp_path, "dask_scheduler", "--port", "0", "--scheduler-file", str(told))
    while not told.exists():
        assert head.poll() is None
        time.sleep(0.1)
    options = ("--scheduler-file", str(told), "--nthreads", "1", "--no-nanny")
    workers = [dask(tmp_path, "dask_worker", *options) for _ in range(2)]
    yield json.loads(told.read_text())["address"], workers
    for process in (*workers, head):
        process.kill()
        process.wait()


def test_dask_makes_the_same(
    scheduler: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    address, workers = scheduler
    books = [manuscript(tmp_path / f"book{n}", WORDS // 2 + n * 500) for n in range(3)]
    begun = time.monotonic()
    assert begin(tmp_path / "local", *books, "--no-cache", "--jobs", "2").wait() == 0
    build = begin(tmp_path / "far", *books, "--no-cache", "--scheduler", address)
    time.sleep((time.monotonic() - begun) / 2)
    workers[0].kill()
    assert build.poll() is None, "it was killed midway"
    assert build.wait(timeout=300) == 0
    assert files(tmp_path / "far") == files(tmp_path / "local")
    assert len(files(tmp_path / "far")) >= 6
