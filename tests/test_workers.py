"""Workers and caches that are killed, shared or damaged, and the same bytes all the same."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, CancelledError
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import IO

import pytest

from octavo.book import compose
from octavo.editions import EDITIONS
from octavo.formats.pdf.gatherings import cut
from octavo.layouts import lay_out
from octavo.press import prepare
from octavo.sources import read
from octavo.workers import workers as called
from tests.benchmark.manuscripts import manuscript

KILLS = 20
UNFINISHED = ".making-"

Files = Mapping[str, bytes]
Process = subprocess.Popen[bytes]

pytestmark = pytest.mark.slow
needs_proc = pytest.mark.skipif(
    not Path("/proc/self/task").is_dir(), reason="workers are found in /proc"
)


@dataclass(frozen=True)
class Book:
    """A book of several gatherings, its right files, and in how many seconds two make it."""

    folder: Path
    right: Files
    seconds: float


def ends(building: Process) -> int:
    """Return how a build ends; one that does not is killed."""
    try:
        return building.wait(120)
    except subprocess.TimeoutExpired:
        building.kill()
        raise


@dataclass(frozen=True)
class Bench:
    """Where builds of one test put their files, and what they keep."""

    place: Path

    @property
    def output(self) -> Path:
        return self.place / "out"

    @property
    def cache(self) -> Path:
        return self.place / "cache" / "octavo"

    def begin(
        self, folders: Sequence[Path], *options: str, said: IO[str] | None = None, **named: str
    ) -> Process:
        command = [sys.executable, "-m", "octavo", "build", *map(str, folders), "--quiet"]
        return subprocess.Popen(
            [*command, "--output", str(self.output), *options],
            env=os.environ | {"XDG_CACHE_HOME": str(self.place / "cache")} | named,
            stdout=subprocess.DEVNULL,
            stderr=said,
            start_new_session=True,
        )

    def build(self, folders: Sequence[Path], *options: str) -> Files:
        assert ends(self.begin(folders, *options)) == 0
        return self.files()

    def files(self) -> Files:
        """Return what is in the output, but for what a killed build had not finished."""
        return {
            str(path.relative_to(self.output)): path.read_bytes()
            for path in sorted(self.output.rglob("*"))
            if path.is_file() and not path.parent.name.startswith(UNFINISHED)
        }

    def clear(self) -> None:
        shutil.rmtree(self.output)
        shutil.rmtree(self.cache)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    place = tmp_path_factory.mktemp("book")
    folder = manuscript(place / "book", 8_000)
    right = Bench(place / "one").build([folder], "--no-cache", "--jobs", "1")
    begun = time.monotonic()
    assert Bench(place / "two").build([folder], "--no-cache", "--jobs", "2") == right
    return Book(folder, right, time.monotonic() - begun)


@pytest.fixture(scope="module")
def several(book: Book, tmp_path_factory: pytest.TempPathFactory) -> Book:
    """Return a folder of three publications, and their right files."""
    place = tmp_path_factory.mktemp("several")
    shutil.copytree(book.folder, place / "all" / "book")
    for words in (3_000, 9_000):
        manuscript(place / "all" / f"b{words}", words)
    folders = sorted((place / "all").iterdir())
    right = Bench(place / "one").build(folders, "--no-cache", "--jobs", "1")
    assert len(right) == 9
    return Book(place / "all", right, 0)


def test_the_book_is_one_of_several_gatherings(book: Book) -> None:
    assert len(book.right) == 3
    draft = prepare(read(book.folder))
    laid_out = lay_out(compose(draft, EDITIONS["print"]), draft.manuscript.styles)
    assert len(cut(laid_out)) > 2


# --- killed ---


def children(process: int) -> list[int]:
    """Return the children of a process, none where it is gone."""
    found: list[int] = []
    with suppress(OSError):
        for path in Path(f"/proc/{process}/task").glob("*/children"):
            found += map(int, path.read_text().split())
    return found


def workers(build: int) -> list[int]:
    """Return the workers of a build: children of the child that makes them."""
    return [worker for child in children(build) for worker in children(child)]


def is_alive(process: int) -> bool:
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] not in "ZX"


def comes_true(condition: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def kill_all(building: Process) -> bool:
    """Kill a build, and see its workers go; return whether it was at work."""
    others = children(building.pid) + workers(building.pid)
    building.kill()
    was_at_work = building.wait() == -signal.SIGKILL
    assert comes_true(lambda: not any(map(is_alive, others)), 20)
    return was_at_work


def kill_a_worker(building: Process, random: Random) -> bool:
    """Kill one worker and see the build succeed; return whether there was one."""
    comes_true(lambda: building.poll() is not None or bool(workers(building.pid)), 60)
    with suppress(IndexError, ProcessLookupError):
        os.kill(random.choice(workers(building.pid)), signal.SIGKILL)
        assert ends(building) == 0
        return True
    assert ends(building) == 0
    return False


@needs_proc
def test_build_killed_at_any_moment_leaves_whole_files(book: Book, tmp_path: Path) -> None:
    random, bench = Random(KILLS), Bench(tmp_path)
    killed = {False: 0, True: 0}
    whole = [False, True] * (KILLS // 2)
    random.shuffle(whole)
    for everything in whole:
        with bench.begin([book.folder], "--jobs", "2") as building:
            time.sleep(random.uniform(0.2, book.seconds))
            hit = kill_all(building) if everything else kill_a_worker(building, random)
        killed[everything] += hit
        assert bench.files().items() <= book.right.items()
        if building.returncode == 0:  # all is kept now, and nothing left to be done by workers
            assert bench.files() == book.right
            bench.clear()
    assert min(killed.values()) >= KILLS // 5
    assert bench.build([book.folder], "--jobs", "2") == book.right


@pytest.mark.parametrize("moment", [0.0, 0.02, 0.05, 0.1, 0.2])
def test_lost_worker_takes_nothing_along_but_its_task(moment: float) -> None:
    with called(2) as crew:
        assert crew
        pool = crew.executor
        lost = pool.submit(os.getpid).result(30)
        other = pool.submit(time.sleep, 1)
        large = pool.submit(bytes, 1 << 28)  # long under way
        waiting = pool.submit(len, "four")
        time.sleep(moment)
        os.kill(lost, signal.SIGKILL)
        ends = [type(each.exception(30)) for each in (other, large, waiting)]
        assert ends.count(BrokenExecutor) <= 1
        assert set(ends) <= {BrokenExecutor, type(None)}
        assert pool.submit(os.getpid).result(30) not in {lost, os.getpid()}


@needs_proc
@pytest.mark.parametrize("end", ["rest", "leave"])
def test_nobody_waits_for_a_worker_that_is_lost_when_it_is_to_go(end: str) -> None:
    with called(3) as crew:
        assert crew
        for each in [crew.executor.submit(time.sleep, 0.2) for _ in range(3)]:
            each.result(30)
        assert comes_true(lambda: len(workers(os.getpid())) == 3, 20)
        there = workers(os.getpid())
        os.kill(there[0], signal.SIGKILL)
        if end == "rest":
            crew.rest()
            assert comes_true(lambda: not any(map(is_alive, there)), 20)
    assert comes_true(lambda: not any(map(is_alive, there)), 20)


def end_at_once() -> None:
    os._exit(1)


def test_workers_that_are_lost_one_after_the_other_are_called_no_more() -> None:
    with called(2) as crew:
        assert crew
        ends = [crew.executor.submit(end_at_once).exception(30) for _ in range(7)]
        assert {type(each) for each in ends} == {BrokenExecutor}
        assert len({str(each) for each in ends}) == 2
        assert isinstance(crew.executor.submit(len, "").exception(30), BrokenExecutor)


def where_it_fails() -> None:
    raise LookupError("wanted")


def test_what_a_process_raises_says_where() -> None:
    with called(2) as crew:
        assert crew
        problem = crew.executor.submit(where_it_fails).exception(30)
    assert isinstance(problem, LookupError)
    assert "in where_it_fails" in "".join(problem.__notes__)


def make_what_cannot_travel() -> Callable[[], None]:
    return lambda: None


def test_what_cannot_travel_is_told() -> None:
    with called(2) as crew:
        assert crew
        problem = crew.executor.submit(make_what_cannot_travel).exception(30)
        assert "make_what_cannot_travel" in str(problem)
        assert crew.executor.submit(len, "four").result(30) == 4


class UnlikeError(Exception):
    """What is not built as pickle thinks."""

    def __init__(self, what: str, where: str) -> None:
        super().__init__(f"{what} in {where}")


def raise_what_cannot_travel() -> None:
    raise UnlikeError("a fault", "there")


def test_what_is_raised_and_cannot_travel_is_told() -> None:
    with called(2) as crew:
        assert crew
        problem = crew.executor.submit(raise_what_cannot_travel).exception(30)
    assert isinstance(problem, RuntimeError)
    assert "a fault in there" in str(problem)


def test_processes_come_again_after_a_rest() -> None:
    with called(2) as crew:
        assert crew
        assert not crew.are_here()
        crew.call()
        first = crew.executor.submit(os.getpid).result(30)
        assert crew.are_here()
        crew.rest()
        assert not crew.are_here()
        assert first != crew.executor.submit(os.getpid).result(30) != os.getpid()
        while Path(f"/proc/{first}").exists():  # it has gone
            time.sleep(0.01)
    with pytest.raises(CancelledError):
        crew.executor.submit(os.getpid)


@pytest.mark.skipif(not hasattr(os, "nice"), reason="the system knows no niceness")
def test_workers_give_way_to_whom_they_work_for() -> None:
    with called(2) as crew:
        assert crew
        assert crew.executor.submit(os.nice, 0).result(30) > os.nice(0)


@needs_proc
@pytest.mark.parametrize("several_books", [False, True])
@pytest.mark.parametrize("to_all", [False, True])  # as a terminal does
def test_interrupted_build_ends_at_once_and_leaves_nothing(
    several: Book, tmp_path: Path, *, several_books: bool, to_all: bool
) -> None:
    bench, moment = Bench(tmp_path), tmp_path / "moment"
    moment.mkdir()
    folders = sorted(several.folder.iterdir())[: None if several_books else 1]
    # Who runs these tests in the background may have them ignore it, and what they start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with bench.begin(folders, "--jobs", "2", TMPDIR=str(moment)) as building:
        assert comes_true(lambda: len(workers(building.pid)) == 2, 60)
        others = children(building.pid) + workers(building.pid)
        (os.killpg if to_all else os.kill)(building.pid, signal.SIGINT)
        assert building.wait(15) == 130
    assert comes_true(lambda: not any(map(is_alive, others)), 15)
    assert bench.files().items() <= several.right.items()
    assert [path.name for path in moment.iterdir() if not path.name.startswith("pymp-")] == []


@needs_proc
@pytest.mark.parametrize("moment", [0, 0.02, 0.05, 0.1, 0.2, 0.5])
def test_build_interrupted_while_workers_come_says_nothing(
    book: Book, tmp_path: Path, moment: float
) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    words = tmp_path / "words"
    with words.open("w") as said:
        building = Bench(tmp_path).begin([book.folder], "--jobs", "2", said=said)
    with building:
        assert comes_true(lambda: len(children(building.pid)) > 1, 60)
        others = children(building.pid)
        time.sleep(moment)
        os.killpg(building.pid, signal.SIGINT)
        assert building.wait(15) == 130
    assert comes_true(lambda: not any(map(is_alive, others)), 15)
    assert words.read_text() == ""


# --- shared ---


def test_two_builds_at_once_share_output_and_cache(book: Book, tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    both = [bench.begin([book.folder], "--jobs", "2") for _ in range(2)]
    assert [ends(building) for building in both] == [0, 0]
    assert bench.files() == book.right
    assert sorted(path.name for path in bench.output.glob("*/*")) == sorted(
        Path(name).name for name in book.right
    )


# --- damaged ---


def test_damaged_cache_is_made_good(book: Book, tmp_path: Path) -> None:
    random, bench = Random(3), Bench(tmp_path)
    assert bench.build([book.folder], "--jobs", "2") == book.right
    entries = [path for path in bench.cache.rglob("*") if path.is_file()]
    assert len(entries) > 3
    for path in entries:
        data = bytearray(path.read_bytes())
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)
        path.write_bytes(data)
    damaged = {path: path.read_bytes() for path in entries}
    assert bench.build([book.folder], "--jobs", "2") == book.right
    assert not [path for path in entries if path.exists() and path.read_bytes() == damaged[path]]
    assert bench.build([book.folder], "--jobs", "2") == book.right


# --- elsewhere ---


@contextmanager
def running(place: Path, name: str, *arguments: str) -> Iterator[Process]:
    """Run a part of Dask on this machine alone, and end it."""
    command = [sys.executable, "-m", f"distributed.cli.dask_{name}", *arguments]
    alone = ["--host", "127.0.0.1", "--dashboard-address", "127.0.0.1:0", "--no-dashboard"]
    place.mkdir()
    with (
        (place / "log").open("wb") as log,
        subprocess.Popen([*command, *alone], cwd=place, stdout=log, stderr=log) as process,
    ):
        try:
            yield process
        finally:
            process.kill()


@dataclass(frozen=True)
class Dask:
    """A scheduler's address, and what can be lost: the scheduler, a worker."""

    address: str
    parts: Mapping[str, Process]


@pytest.fixture
def dask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Dask]:
    monkeypatch.setenv("DASK_CONFIG", str(tmp_path / "config"))
    pytest.importorskip("distributed")
    told = tmp_path / "told.json"
    there = ("--scheduler-file", str(told))
    work = (*there, "--no-nanny", "--nthreads")
    with running(tmp_path / "scheduler", "scheduler", "--port", "0", *there) as scheduler:
        assert comes_true(lambda: told.is_file() and told.stat().st_size > 0, 30)
        with (
            running(tmp_path / "one", "worker", *work, "1") as worker,
            running(tmp_path / "two", "worker", *work, "2"),
        ):
            logs = [tmp_path / name / "log" for name in ("one", "two")]
            assert comes_true(lambda: all("Registered to" in log.read_text() for log in logs), 30)
            address = json.loads(told.read_text())["address"]
            yield Dask(address, {"scheduler": scheduler, "worker": worker})


def processor_seconds(process: int) -> float:
    """Return for how long a process has been at work, 0 where it is gone."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@needs_proc
@pytest.mark.parametrize("lost", ["worker", "scheduler"])
def test_what_dask_loses_is_made_good(lost: str, several: Book, dask: Dask, tmp_path: Path) -> None:
    bench, worker = Bench(tmp_path / "there"), dask.parts["worker"]
    folders = sorted(several.folder.iterdir())
    enough = processor_seconds(worker.pid) + 0.7
    with bench.begin(folders, "--scheduler", dask.address, "--no-cache") as building:
        assert comes_true(lambda: processor_seconds(worker.pid) > enough, 60)
        dask.parts[lost].kill()
        assert building.poll() is None
        assert ends(building) == 0
    assert bench.files() == several.right


@needs_proc
def test_lost_worker_of_several_publications_is_made_good(several: Book, tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    folders = sorted(several.folder.iterdir())
    with bench.begin(folders, "--jobs", "2", "--no-cache") as building:
        assert comes_true(lambda: bool(at_work(building)), 60)
        os.kill(at_work(building)[0], signal.SIGKILL)
        assert ends(building) == 0
    assert bench.files() == several.right


def at_work(building: Process) -> list[int]:
    return [worker for worker in workers(building.pid) if processor_seconds(worker) > 0.3]
