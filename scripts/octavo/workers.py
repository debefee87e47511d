"""Who does the work of a build: this process, others on this machine, or others elsewhere."""

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import (
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
)
from contextlib import contextmanager, suppress
from multiprocessing import connection, get_context, parent_process
from threading import Event, Lock, Thread
from typing import Any, Final

from octavo.diagnostics import Location, PublishingError, error
from octavo.workshop import Crew

_LOADED: Final = ["octavo.preload"]
"""What every process needs; it is loaded once, and shared from then on."""

_MOMENT: Final = 1.0
"""How long a pool may take to see that it has lost a worker, in seconds."""


@contextmanager
def workers(jobs: int, scheduler: str = "") -> Iterator[Crew | None]:
    """Return who does the work, None where that is this process; send them home at the end.

    Args:
        jobs: how many processes there are on this machine; one is this.
        scheduler: the address of a Dask scheduler whose workers do it instead.

    Raises:
        PublishingError: M009 when there is no such scheduler, or no Dask.
    """
    if scheduler:
        with _elsewhere(scheduler) as crew:
            yield crew
    elif jobs == 1:
        yield None
    else:
        pool = _Pool(jobs)
        try:
            yield Crew(pool, call=pool.call, are_here=pool.are_here, rest=pool.rest)
        finally:
            pool.shutdown(cancel_futures=True)


class _Pool(Executor):
    """Processes on this machine, which come when there is work, and go when they are told to."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        # A fork of this process would carry along whatever threads its libraries have started.
        self._context = get_context("forkserver")
        self._context.set_forkserver_preload(_LOADED)
        self._pool: ProcessPoolExecutor | None = None
        self._closed = False
        self._ended, self._here = Event(), Event()
        self._changing = Lock()

    def call(self) -> None:
        """Have the processes come; this one goes on meanwhile."""
        if self._pool is None:
            Thread(target=self._called, daemon=True).start()

    def _called(self) -> None:
        with suppress(RuntimeError, BrokenExecutor):  # they may have been sent home by now
            self.submit(_come)

    def are_here(self) -> bool:
        """Return whether they have come."""
        return self._here.is_set()

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        """Have a process call a function.

        Raises:
            RuntimeError: when all have been sent home.
        """
        with self._changing:
            if self._closed:
                raise RuntimeError("the workers have been sent home")
            if self._pool is None:
                self._pool = ProcessPoolExecutor(self._jobs, self._context, initializer=_follow)
                self._ended = Event()
                Thread(target=_watch, args=(self._pool, self._ended), daemon=True).start()
            begun = self._pool.submit(function, *arguments, **named)
            self._here.set()
            return begun

    def rest(self) -> None:
        """Have the processes go, which have nothing to do; others come when there is."""
        self._go(wait=False, cancel=False)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002
        """Have them go for good."""
        self._closed = True
        self._go(wait=wait, cancel=cancel_futures)

    def _go(self, *, wait: bool, cancel: bool) -> None:
        with self._changing:
            pool, ended, self._pool = self._pool, self._ended, None
            self._here.clear()
        if pool:
            pool.shutdown(wait, cancel_futures=cancel)
            ended.set()


def _come() -> None:
    """Do nothing: whoever does it has come."""


def _watch(pool: Any, ended: Event) -> None:
    """Have a pool see that it has lost a worker, even one that was handing over what it made.

    By itself it would wait for the rest for ever: all hold the end of the pipe that it comes by.
    """
    while not (ended.wait(_MOMENT) or pool._broken):  # noqa: SLF001 - there is no other way
        those = {each.sentinel: each.pid for each in list((pool._processes or {}).values())}  # noqa: SLF001
        lost = connection.wait(those, 0)
        if lost and not (ended.wait(_MOMENT) or pool._broken):  # noqa: SLF001
            for each in those.keys() - set(lost):
                with suppress(ProcessLookupError):
                    os.kill(those[each], signal.SIGKILL)
            pool._result_queue._writer.close()  # noqa: SLF001
            return


def _follow() -> None:
    """Have this process end when the one that called it does, even if that is killed.

    By itself it would wait for work for ever: every worker holds both ends of the pipe it comes by.
    """
    Thread(target=_leave, daemon=True).start()


def _leave() -> None:
    if caller := parent_process():
        caller.join()
        os._exit(1)


@contextmanager
def _elsewhere(scheduler: str) -> Iterator[Crew]:
    place = Location(scheduler)
    try:
        from distributed import Client, KilledWorker  # noqa: PLC0415 - an extra, and slow to load
        from distributed.client import ClosedClientError  # noqa: PLC0415
    except ImportError as problem:
        hint = "pip install 'octavo[dask]'"
        raise PublishingError(error("M009", "Dask is not installed", place, hint)) from problem
    try:
        client: Any = Client(  # type: ignore[no-untyped-call]
            scheduler, timeout="10s", set_as_default=False
        )
    except (OSError, ValueError) as problem:
        hint = "start one with: dask scheduler, and workers with: dask worker"
        message = f"no Dask scheduler answers: {problem}"
        raise PublishingError(error("M009", message, place, hint)) from problem
    with client:
        # Dask cancels what it has when its scheduler is lost, and gives up a task that has lost
        # several workers.
        lost = (BrokenExecutor, CancelledError, ClosedClientError, KilledWorker)
        yield Crew(
            client.get_executor(pure=False),
            lost,
            # What is begun in the moment in which it closes comes to no end.
            are_gone=lambda: client.status in {"closing", "closed"},
        )
