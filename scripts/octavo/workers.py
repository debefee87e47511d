"""Who does the work of a build: this process, others on this machine, or others elsewhere."""

import os
import pickle
import signal
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import get_context, parent_process, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from tempfile import TemporaryDirectory
from threading import Event, Semaphore, Thread
from traceback import format_exc
from typing import Any, Final

from octavo.diagnostics import Location, PublishingError, error
from octavo.memory import give_back
from octavo.workshop import Crew

_LOADED: Final = ["octavo.preload"]
"""What every process needs; it is loaded once, and shared from then on."""

_MANY: Final = 5
"""So many workers are lost, and none answers meanwhile, before no more are called."""

_LARGE: Final = 1 << 20
"""What a question takes whose memory is worth giving back before it is answered (bytes)."""

_NICE: Final = 5
"""How far a worker gives way to whom it works for, which all others wait for (nice)."""

_INTERRUPTIONS: Final = {signal.SIGINT}

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

    Each has a pipe of its own, so that whoever is lost takes nothing along but what was asked of
    it, and leaves nobody waiting.
    """

    def __init__(self, jobs: int) -> None:
        # With one thread more than there are processes, one can be asked while what another has
        # answered is read.
        super().__init__(jobs + 1)
        # A fork of this process would carry along whatever threads its libraries have started.
        self._context = get_context("forkserver")
        self._context.set_forkserver_preload(_LOADED)
        self._places = Semaphore(jobs)
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()
        self._here = Event()
        self._lost = 0
        self._closed = False
        # Who is killed leaves files behind, and so does who ends as processes of a fork server do.
        self._folder = TemporaryDirectory(prefix="octavo-", ignore_cleanup_errors=True)

    def call(self) -> None:
        """Have a process come; this one goes on meanwhile.

        Raises:
            CancelledError: when all have been sent home.
        """
        if not self.are_here():
            with suppress(BrokenExecutor):
                self.submit(_come)

    def are_here(self) -> bool:
        """Return whether any have come."""
        return self._here.is_set()

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        """Have a process call a function.

        Raises:
            BrokenExecutor: when nobody can be asked.
            CancelledError: when all have been sent home.
        """
        try:
            return super().submit(self._had_done, (function, arguments, named))
        except RuntimeError as problem:
            raise (CancelledError if self._closed else BrokenExecutor)(str(problem)) from problem

    def rest(self) -> None:
        """Have the processes go, which have nothing to do; others come when there is."""
        self._here.clear()
        with suppress(IndexError):
            while True:
                self._idle.pop().close()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002
        """Have them go for good; what they are doing nobody wants any more."""
        self._closed = True
        for worker in list(self._busy):
            worker.kill()
        super().shutdown(wait, cancel_futures=cancel_futures)
        self.rest()
        self._folder.cleanup()

    def _had_done(self, call: tuple[Any, ...]) -> Any:
        """Return what a process gives; raise what it raises, or that it is lost."""
        was_done, value = pickle.loads(self._answer(call))  # noqa: S301 - our own
        if was_done:
            return value
        raise value

    def _answer(self, call: tuple[Any, ...]) -> bytes:
        with self._places:
            worker, answer = self._worker(), b""
            try:
                if not self._closed:  # it may have been while the worker came
                    answer = worker.answer(pickle.dumps(call, _PROTOCOL))
            except (EOFError, OSError) as problem:
                if not self._closed:
                    self._lost += 1
                    raise BrokenExecutor("a worker is lost") from problem
            finally:
                self._busy.discard(worker)
                if answer:
                    self._lost = 0
                    self._idle.append(worker)
                else:  # what it might still say would be taken for another answer
                    worker.kill()
                    worker.close()
            if not answer:
                raise CancelledError("nobody waits for it")
            return answer

    def _worker(self) -> "_Worker":
        """Return a worker who has nothing to do, or a new one."""
        if self._closed:
            raise CancelledError("nobody waits for it")
        with suppress(IndexError):
            self._busy.add(worker := self._idle.pop())
            return worker
        if self._lost >= _MANY:
            raise BrokenExecutor("one worker after the other is lost")
        try:
            self._busy.add(worker := _Worker(self._context, self._folder.name))
        except (EOFError, OSError, RuntimeError) as problem:
            raise BrokenExecutor("no worker comes") from problem
        self._here.set()
        return worker


class _Worker:
    """A process that answers one question after the other; it ends when nobody can ask any more."""

    def __init__(self, context: ForkServerContext, folder: str) -> None:
        self._pipe, theirs = context.Pipe()
        heeds = signal.getsignal(signal.SIGINT) is not signal.SIG_IGN
        self._process = context.Process(target=_work, args=(theirs, folder, heeds), daemon=True)
        with theirs, _deaf():
            self._process.start()

    def answer(self, question: bytes) -> bytes:
        """Return an answer.

        Raises:
            EOFError, OSError: when the process is lost.
        """
        self._pipe.send_bytes(question)
        del question  # it may be large, and the answer may take a while
        return self._pipe.recv_bytes()

    def close(self) -> None:
        """Have it end, when it has nothing to do."""
        self._pipe.close()

    def kill(self) -> None:
        """Have it end at once; who waits for its answer is told."""
        self._process.kill()


@contextmanager
def _deaf() -> Iterator[None]:
    """Have processes that are started ignore interruptions until they say otherwise.

    The fork server would be interrupted while it loads what all need, and tell where.
    """
    resource_tracker.ensure_running()  # as it starts it lets interruptions through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _INTERRUPTIONS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _come() -> None:
    """Do nothing: whoever does it has come."""


def _work(pipe: Connection, folder: str, heeds: bool) -> None:  # noqa: FBT001
    """Answer questions until there are no more.

    ``folder`` is where files for the moment go, ``heeds`` whether an interruption ends the build.
    """
    if heeds:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _INTERRUPTIONS)
    tempfile.tempdir = folder
    if hasattr(os, "nice"):
        os.nice(_NICE)
    Thread(target=_follow, daemon=True).start()
    with suppress(EOFError, OSError):
        while True:
            pipe.send_bytes(_answered(pipe.recv_bytes()))


def _follow() -> None:
    """Have this process end when the one that called it does, even if that is killed."""
    if caller := parent_process():
        caller.join()
        os._exit(1)


def _answered(question: bytes) -> bytes:
    """Return whether a call succeeds, and what it gives or raises."""
    try:
        function, arguments, named = pickle.loads(question)  # noqa: S301 - our own
        is_large = len(question) > _LARGE
        del question
        if is_large:
            give_back()
        return pickle.dumps((True, function(*arguments, **named)), _PROTOCOL)
    except Exception as problem:  # noqa: BLE001 - who asked deals with it
        return _told(problem)


def _told(problem: Exception) -> bytes:
    """Return an exception with where it was, which does not travel by itself."""
    problem.add_note(format_exc())
    try:
        told = pickle.dumps((False, problem), _PROTOCOL)
        pickle.loads(told)  # noqa: S301 - our own
    except Exception:  # noqa: BLE001 - it may be built as it likes
        return pickle.dumps((False, RuntimeError(format_exc())), _PROTOCOL)
    return told


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
