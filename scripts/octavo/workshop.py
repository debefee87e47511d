"""Where the work of a build is done: by whom, what is kept of it, and who is told.

A task is a function of values, named at the top of its module, that can be done in any process and
gives the same wherever it is done. So it is kept under all that it was given, and done again where
the process that had it is lost.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass, field, replace
from typing import Any, ParamSpec, TypeVar

from octavo.cache import Cache, key

Value = TypeVar("Value")
P = ParamSpec("P")

Progress = Callable[[str], None]
"""Told what is being done, in a few words, as often as there is news."""


class Here(Executor):
    """Does everything at once, in this process."""

    def submit(
        self, fn: Callable[P, Value], /, *args: P.args, **kwargs: P.kwargs
    ) -> "Future[Value]":
        """Return what has been done already."""
        future: Future[Value] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as problem:  # noqa: BLE001 - whoever asks for the result is told
            future.set_exception(problem)
        return future


@dataclass(frozen=True)
class Task:
    """Something to do: a function, what it is given, and a key of all that it depends on."""

    key: str
    function: Callable[..., Any]
    arguments: tuple[Any, ...]


def task(function: Callable[..., Any], *arguments: Any) -> Task:
    """Return a task, and the key under which it is kept.

    Raises:
        TypeError: when there is something in it of which no key can be made.
    """
    name = f"{function.__module__}.{function.__qualname__}"
    return Task(key(name, arguments), function, arguments)


@dataclass(frozen=True)
class Workshop:
    """Does tasks, keeps what they give, and tells what is being done."""

    progress: Progress = field(default=lambda _: None)
    executor: Executor = field(default_factory=Here)
    cache: Cache | None = None

    def __call__(self, what: str) -> None:
        """Tell what is being done."""
        self.progress(what)

    def telling(self, progress: Progress) -> "Workshop":
        """Return the same workshop, which tells another."""
        return replace(self, progress=progress)

    def do(self, one: Task) -> Any:
        """Return what a task gives.

        Raises:
            Exception: what the task raises.
        """
        return next(self.do_all([one]))

    def do_all(self, tasks: Sequence[Task]) -> Iterator[Any]:
        """Yield what tasks give, in their order; all are begun at once.

        Raises:
            Exception: what a task raises, in its turn.
        """
        begun = [self._begin(each) for each in tasks]
        begun.reverse()  # each is let go of when its turn has come
        for each in tasks:
            yield self._end(each, begun.pop())

    def _begin(self, one: Task) -> "Future[Any] | _Kept | None":
        kept = self.cache.load(one.key) if self.cache else None
        if kept is not None:
            return _Kept(kept)
        try:
            return self.executor.submit(one.function, *one.arguments)
        except (BrokenExecutor, RuntimeError):
            return None  # who should do it is gone

    def _end(self, one: Task, begun: "Future[Any] | _Kept | None") -> Any:
        if isinstance(begun, _Kept):
            return begun.value
        try:
            if begun is None:
                raise BrokenExecutor  # noqa: TRY301 - as if it had broken a moment later
            value = begun.result()
        except BrokenExecutor:
            value = one.function(*one.arguments)
        if self.cache:
            self.cache.keep(one.key, value)
        return value


@dataclass(frozen=True)
class _Kept:
    value: Any
