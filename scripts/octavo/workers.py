"""Who does the work of a build: this process, others on this machine, or others elsewhere."""

import pickle
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from queue import Empty, LifoQueue
from threading import Event
from traceback import format_exc
from typing import Any, Final

from octavo.diagnostics import Location, PublishingError, error
from octavo.workshop import Crew

_LOADED: Final = ["octavo.preload"]
"""What every process needs; it is loaded once, and shared from then on."""

_MANY: Final = 5
"""So many workers are lost, and none answers meanwhile, before no more are called."""

_PROTOCOL: Final = pickle.HIGHEST_PROTOCOL


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


class _Pool(ThreadPoolExecutor):
    """Processes on this machine, which come when there is work, and go when they are told to.

    Each has a pipe of its own and a thread that waits for it, so that whoever is lost takes nothing
    along but what was asked of it, and leaves nobody waiting.
    """

    def __init__(self, jobs: int) -> None:
        super().__init__(jobs + 1)  # one waits with the next question for whoever is free first
        # A fork of this process would carry along whatever threads its libraries have started.
        self._context = get_context("forkserver")
        self._context.set_forkserver_preload(_LOADED)
        self._free: LifoQueue[_Worker | None] = LifoQueue()
        for _ in range(jobs):
            self._free.put(None)
        self._here = Event()
        self._lost = 0

    def call(self) -> None:
        """Have a process come; this one goes on meanwhile."""
        if not self.are_here():
            self.submit(_come)

    def are_here(self) -> bool:
        """Return whether any have come."""
        return self._here.is_set()

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        """Have a process call a function.

        Raises:
            RuntimeError: when all have been sent home.
        """
        return super().submit(self._had_done, (function, arguments, named))

    def rest(self) -> None:
        """Have the processes go, which have nothing to do; others come when there is."""
        self._here.clear()
        free = []
        with suppress(Empty):
            while True:
                free.append(self._free.get_nowait())
        for worker in free:
            if worker:
                worker.close()
            self._free.put(None)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002
        """Have them go for good."""
        super().shutdown(wait, cancel_futures=cancel_futures)
        self.rest()

    def _had_done(self, call: tuple[Any, ...]) -> Any:
        """Return what a process gives; raise what it raises, or that it is lost."""
        was_done, value = pickle.loads(self._answer(call))  # noqa: S301 - our own
        if was_done:
            return value
        raise value

    def _answer(self, call: tuple[Any, ...]) -> bytes:
        worker = self._free.get()
        try:
            if self._lost >= _MANY:
                raise BrokenExecutor("one worker after the other is lost")
            worker = worker or _Worker(self._context)
            self._here.set()
            answer = worker.answer(pickle.dumps(call, _PROTOCOL))
        except (EOFError, OSError) as problem:
            worker = None
            self._lost += 1
            raise BrokenExecutor("a worker is lost") from problem
        else:
            self._lost = 0
            return answer
        finally:
            self._free.put(worker)


class _Worker:
    """A process that answers one question after the other; it ends when nobody can ask any more."""

    def __init__(self, context: ForkServerContext) -> None:
        self._pipe, theirs = context.Pipe()
        with theirs:
            context.Process(target=_work, args=(theirs,), daemon=True).start()

    def answer(self, question: bytes) -> bytes:
        """Return an answer.

        Raises:
            EOFError, OSError: when the process is lost.
        """
        self._pipe.send_bytes(question)
        del question  # it may be large, and the answer may take a while
        return self._pipe.recv_bytes()

    def close(self) -> None:
        """Have it end."""
        self._pipe.close()


def _come() -> None:
    """Do nothing: whoever does it has come."""


def _work(pipe: Connection) -> None:
    """Answer questions until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # who interrupts a build wants no more of it
    with suppress(EOFError, OSError):
        while True:
            pipe.send_bytes(_answered(pipe.recv_bytes()))


def _answered(question: bytes) -> bytes:
    """Return whether a call succeeds, and what it gives or raises."""
    try:
        function, arguments, named = pickle.loads(question)  # noqa: S301 - our own
        del question  # as large as all that was said in it
        return pickle.dumps((True, function(*arguments, **named)), _PROTOCOL)
    except Exception as problem:  # noqa: BLE001 - who asked deals with it
        problem.add_note(format_exc())  # where it was, which does not travel by itself
        return pickle.dumps((False, problem), _PROTOCOL)


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
