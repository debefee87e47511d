"""Memory that is no longer used is given back."""

import gc
import subprocess
import sys
from pathlib import Path
from weakref import ref

import pytest

from octavo.memory import clearing_away, collecting_rarely, give_back


class Knot:
    def __init__(self) -> None:
        self.own = self


@pytest.mark.parametrize("age", [0, 1, 3])
def test_what_refers_to_itself_is_forgotten(age: int) -> None:
    with collecting_rarely():
        with clearing_away():
            knot = Knot()
            for _ in range(age):
                gc.collect(1)
            left = ref(knot)
            del knot
            assert left()
        assert left() is None


def test_it_is_looked_for_as_often_as_before() -> None:
    before = gc.get_threshold()
    with collecting_rarely():
        assert gc.get_threshold() > before
    assert gc.get_threshold() == before


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the system does not tell")
def test_memory_goes_back_to_the_system() -> None:
    kept = [bytes(1_000) for _ in range(200_000)][::400]  # each holds its part of the heap
    before = held()
    give_back()
    assert held() < before - 20_000
    assert len(kept) == 500


def held() -> int:
    """Return how many pages of memory this process has, of 4 KB mostly."""
    return int(Path("/proc/self/statm").read_text().split()[1])


def test_a_process_that_ends_does_not_look_for_what_refers_to_itself() -> None:
    program = (
        "import atexit, gc; from octavo.memory import end_soon; "
        "atexit.register(lambda: print(gc.get_freeze_count() > 1000)); end_soon(); end_soon()"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert told.stdout == "True\n"
