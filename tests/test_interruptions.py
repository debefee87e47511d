"""Interruptions wait for what must not be broken off, and come then."""

import os
import signal
from collections.abc import Iterator
from threading import Thread

import pytest

from octavo.interruptions import undisturbed


@pytest.fixture(autouse=True)
def _heeding() -> Iterator[None]:
    """Have interruptions raise KeyboardInterrupt, whoever runs these tests."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def interrupted(done: list[str]) -> None:
    with undisturbed():
        with undisturbed():
            os.kill(os.getpid(), signal.SIGINT)
            done.append("inside")
        done.append("outside")
    done.append("after")


def test_an_interruption_comes_when_all_is_done() -> None:
    done: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        interrupted(done)
    assert done == ["inside", "outside"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_who_ignores_interruptions_goes_on_ignoring_them() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    done: list[str] = []
    interrupted(done)
    assert done == ["inside", "outside", "after"]


def test_threads_are_not_interrupted_anyway() -> None:
    done: list[bool] = []

    def work() -> None:
        with undisturbed():
            done.append(signal.getsignal(signal.SIGINT) is signal.default_int_handler)

    thread = Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]
