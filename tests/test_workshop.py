"""Tasks are done once, wherever there is room, and again where they were lost."""

import os
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from octavo.cache import Cache
from octavo.workshop import Crew, Workshop, task


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as executor:
        yield executor


def double(number: int) -> int:
    return 2 * number


def note(folder: Path, number: int) -> int:
    """Return the number, having left a trace of each time that it was asked for."""
    (folder / f"{number}-{len(list(folder.glob(f'{number}-*')))}").touch()
    return number


def where() -> int:
    return threading.get_ident()


def fail() -> None:
    raise LookupError("wanted")


@pytest.mark.parametrize("light", [False, True])
@pytest.mark.parametrize("has_crew", [False, True])
def test_everything_is_given_in_order(
    pool: ThreadPoolExecutor, *, has_crew: bool, light: bool
) -> None:
    workshop = Workshop(crew=Crew(pool) if has_crew else None)
    tasks = [task(double, number) for number in range(50)]
    assert list(workshop.do_all(tasks, light=light)) == list(range(0, 100, 2))


def test_what_was_made_is_not_made_again(tmp_path: Path) -> None:
    traces = tmp_path / "traces"
    traces.mkdir()
    workshop = Workshop(cache=Cache(tmp_path / "cache"))
    tasks = [task(note, traces, number) for number in range(3)]
    assert list(workshop.do_all(tasks)) == [0, 1, 2]
    changed = [*tasks[:2], task(note, traces, 7)]
    assert list(workshop.do_all(changed)) == [0, 1, 7]
    assert sorted(path.name for path in traces.iterdir()) == ["0-0", "1-0", "2-0", "7-0"]


def test_without_a_cache_it_is(tmp_path: Path) -> None:
    tasks = [task(note, tmp_path, 1)]
    assert [*Workshop().do_all(tasks), *Workshop().do_all(tasks)] == [1, 1]
    assert len(list(tmp_path.iterdir())) == 2


def test_a_crew_that_has_gone_home_leaves_the_work_here() -> None:
    pool = ThreadPoolExecutor(1)
    pool.shutdown()
    workshop = Workshop(crew=Crew(pool, (RuntimeError,)))
    workshop.call()
    assert workshop.do(task(where)) == threading.get_ident()


def test_light_tasks_are_done_here_where_they_are_few(pool: ThreadPoolExecutor) -> None:
    workshop = Workshop(crew=Crew(pool))
    assert set(workshop.do_all([task(where)] * 3, light=True)) == {threading.get_ident()}
    assert threading.get_ident() not in set(workshop.do_all([task(where)] * 3))


def test_light_tasks_are_taken_back_from_those_who_are_busy(pool: ThreadPoolExecutor) -> None:
    free = threading.Event()
    pool.submit(free.wait)
    threading.Timer(0.3, free.set).start()
    done = set(Workshop(crew=Crew(pool)).do_all([task(where)] * 40, light=True))
    assert threading.get_ident() in done


def test_light_tasks_are_done_here_until_the_crew_has_come(pool: ThreadPoolExecutor) -> None:
    looks: list[str] = []

    def are_here() -> bool:
        looks.append("looked")
        return len(looks) > 30

    crew = Crew(pool, call=lambda: looks.append("called"), are_here=are_here)
    tasks = [task(double, number) for number in range(60)]
    assert list(Workshop(crew=crew).do_all(tasks, light=True)) == list(range(0, 120, 2))
    assert (looks[0], looks.count("called")) == ("called", 1)
    looks.clear()
    done = list(Workshop(crew=crew).do_all([task(where)] * 60, light=True))
    assert set(done[:29]) == {threading.get_ident()}


def test_what_is_begun_ahead_is_done_once(pool: ThreadPoolExecutor, tmp_path: Path) -> None:
    workshop, wanted = Workshop(crew=Crew(pool)), task(note, tmp_path, 5)
    workshop.ahead(wanted)
    assert workshop.telling(print).do(wanted) == 5
    assert [path.name for path in tmp_path.iterdir()] == ["5-0"]
    assert workshop.do(wanted) == 5  # and again when it is asked for again
    assert len(list(tmp_path.iterdir())) == 2


def test_what_is_kept_is_not_begun_ahead(pool: ThreadPoolExecutor, tmp_path: Path) -> None:
    traces = tmp_path / "traces"
    traces.mkdir()
    workshop = Workshop(crew=Crew(pool), cache=Cache(tmp_path / "cache"))
    wanted = task(note, traces, 5)
    assert workshop.do(wanted) == 5
    workshop.ahead(wanted)
    assert workshop.begun == {}
    assert workshop.do(wanted) == 5
    assert len(list(traces.iterdir())) == 1


def test_what_was_begun_by_those_who_are_gone_is_done_here() -> None:
    pool = ThreadPoolExecutor(1)
    pool.shutdown()
    workshop = Workshop(crew=Crew(pool, (RuntimeError,)))
    workshop.ahead(task(double, 4))
    assert workshop.do(task(double, 4)) == 8


class Silent(ThreadPoolExecutor):
    def submit(self, *_: object, **__: object) -> Future[object]:  # type: ignore[override]
        return Future()


@pytest.mark.parametrize("ahead", [False, True])
def test_who_has_gone_without_a_word_is_not_waited_for(*, ahead: bool) -> None:
    workshop = Workshop(crew=Crew(Silent(), are_gone=lambda: True))
    if ahead:
        workshop.ahead(task(double, 4))
    assert list(workshop.do_all([task(double, 4), task(where)])) == [8, threading.get_ident()]


class Broken(ThreadPoolExecutor):
    def submit(self, *_: object, **__: object) -> Future[object]:  # type: ignore[override]
        raise ConnectionError("those who know workers are gone")


def test_who_cannot_be_had_is_not_waited_for() -> None:
    workshop = Workshop(crew=Crew(Broken()))
    workshop.ahead(task(double, 4))
    assert workshop.do(task(double, 4)) == 8


def test_what_was_begun_ahead_raises_when_it_is_asked_for(pool: ThreadPoolExecutor) -> None:
    workshop = Workshop(crew=Crew(pool))
    workshop.ahead(task(fail))
    with pytest.raises(LookupError, match="wanted"):
        workshop.do(task(fail))


def test_a_crew_rests_where_nobody_else_needs_it(pool: ThreadPoolExecutor) -> None:
    rested: list[str] = []
    crew = Crew(pool, rest=lambda: rested.append("rested"))
    Workshop(crew=crew, turn=threading.Lock()).rest()
    assert rested == []
    Workshop(crew=crew).rest()
    assert rested == ["rested"]


def test_what_a_task_raises_comes_in_its_turn(pool: ThreadPoolExecutor) -> None:
    for crew in (None, Crew(pool)):
        given = Workshop(crew=crew).do_all([task(double, 4), task(fail), task(double, 5)])
        assert next(given) == 8
        with pytest.raises(LookupError, match="wanted"):
            next(given)


def test_a_key_names_the_function_and_what_it_is_given() -> None:
    tasks = [task(double, 1), task(double, 2), task(note, Path(os.sep), 1), task(double, 1)]
    assert len({each.key for each in tasks}) == 3
    assert tasks[0].key == tasks[3].key
