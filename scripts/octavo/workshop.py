"""Where the work of a build is done: by whom, what is kept of it, and who is told.

A task is a function of values, named at the top of its module, that can be done in any process and
gives the same wherever it is done. So it is kept under all that it was given, and done again where
the process that had it is lost.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, field, replace
from functools import partial
from threading import Lock, RLock
from typing import Any, Final, ParamSpec, TypeVar, cast

from octavo.cache import Cache, key
from octavo.memory import clearing_away, collecting_rarely

Value = TypeVar("Value")
P = ParamSpec("P")

_ONE_AT_A_TIME: Final = RLock()
"""Held by the task that is done in this process, and by those that it has done."""

_MOMENT: Final = 1.0
"""How long somebody is waited for before it is asked whether they are still there (s)."""

_FEW: Final = 12
"""So many light tasks are done sooner here than elsewhere."""

Progress = Callable[[str], None]
"""Told what is being done, in a few words, as often as there is news."""


@dataclass(frozen=True)
class Crew:
    """Those who do tasks elsewhere, and the exceptions that tell that who had one is gone.

    They take a while to come: ``call`` has them do so, and ``are_here`` tells whether they have.
    ``rest`` has those go who have nothing to do, and give back what memory they have. What they
    had when ``are_gone`` is waited for no longer, should nobody say so.
    """

    executor: Executor
    lost: tuple[type[Exception], ...] = (BrokenExecutor,)
    call: Callable[[], None] = lambda: None
    are_here: Callable[[], bool] = lambda: True
    are_gone: Callable[[], bool] = lambda: False
    rest: Callable[[], None] = lambda: None


@dataclass(frozen=True)
class Task:
    """Something to do: a function, what it is given, and a key of all that it depends on."""

    key: str
    function: Callable[..., Any]
    arguments: tuple[Any, ...]


def task(
    function: Callable[..., Any], *arguments: Any, told: tuple[Any, ...] | None = None
) -> Task:
    """Return a task, and the key under which it is kept.

    ``told`` says all that the arguments do, where it is quicker to make a key of.

    Raises:
        TypeError: when there is something in it of which no key can be made.
    """
    name = f"{function.__module__}.{function.__qualname__}"
    return Task(key(name, arguments if told is None else told), function, arguments)


@dataclass(frozen=True)
class Workshop:
    """Does tasks, keeps what they give, and tells what is being done.

    Without a ``crew`` everything is done here, without a ``cache`` nothing is kept. ``turn`` is
    held by whoever works in this process, where several publications are made at once: neither
    PDFium nor Python-Markdown can be asked by two threads. ``begun`` is what is being done before
    it is asked for.
    """

    progress: Progress = field(default=lambda _: None)
    crew: Crew | None = None
    cache: Cache | None = None
    turn: "Lock | None" = None
    begun: dict[str, "Future[Any]"] = field(default_factory=dict)

    def __call__(self, what: str) -> None:
        """Tell what is being done."""
        self.progress(what)

    def telling(self, progress: Progress) -> "Workshop":
        """Return the same workshop, which tells another."""
        return replace(self, progress=progress)

    def remember(self, make: Callable[[], Value], *made_from: Any) -> Value:
        """Return what was made before from the same values, or make it, here."""
        name = key(*made_from) if self.cache else ""
        kept = self.cache.load(name) if self.cache else None
        if kept is not None:
            return cast("Value", kept)
        value = make()
        if self.cache:
            self.cache.keep(name, value)
        return value

    def do(self, one: Task) -> Any:
        """Return what a task gives.

        Raises:
            Exception: what the task raises.
        """
        return next(self.do_all([one]))

    def call(self) -> None:
        """Have the crew come, which takes a while: there will be something to do."""
        if self.crew:
            self.crew.call()

    def ahead(self, one: Task) -> None:
        """Have the crew begin what will be asked for later; what it gives is kept for then."""
        kept = self.cache and self.cache.has(one.key)
        if self.crew and not kept and one.key not in self.begun:
            begun = self._asked(self.crew, _and_clear_away, one)
            if begun:
                self.begun[one.key] = begun

    def rest(self) -> None:
        """Have the crew rest, and give back its memory: there will be little to do for a while."""
        if self.crew and self.turn is None:  # others may have something to do
            self.crew.rest()

    def do_all(self, tasks: Sequence[Task], *, light: bool = False) -> Iterator[Any]:
        """Yield what tasks give, in their order; all are begun at once.

        What is ``light`` is done here as well as elsewhere: while others are waited for or have not
        come yet, or where there is so little of it that nobody need be called.

        Raises:
            Exception: what a task raises, in its turn; or sooner, what is light and done here.
        """
        kept = [self.cache is not None and self.cache.has(each.key) for each in tasks]
        here = light and kept.count(False) <= _FEW
        if light and not here:
            self.call()
        begin = partial(self._begin, light=light, here=here)
        begun = [None if has else begin(one) for one, has in zip(tasks, kept, strict=True)]
        for at, has in enumerate(kept):
            if self.cache and has:  # they are read while others work; what is damaged is made again
                value = self.cache.load(tasks[at].key)
                begun[at] = begin(tasks[at]) if value is None else _Kept(value)
                del value
        last = len(tasks)
        for at, each in enumerate(tasks):
            while light and last > at and _is_waited_for(begun[at]):
                last -= 1
                if _is_taken_back(begun[last]):
                    begun[last] = _Kept(self._made(tasks[last]))
            yield self._end(each, begun[at])
            begun[at] = None

    def _begin(self, one: Task, *, light: bool, here: bool) -> "Future[Any] | _Kept | None":
        if self.crew is None or here:
            return None
        if light and not self.crew.are_here():
            return _Kept(self._made(one))
        if one.key in self.begun:
            return self.begun.pop(one.key)
        return self._asked(self.crew, _alone if light else _and_clear_away, one)

    def _asked(self, crew: Crew, do: Callable[..., Any], one: Task) -> "Future[Any] | None":
        """Return what a crew has been asked to do, None where there is nobody to be asked."""
        gone: tuple[type[Exception], ...] = (*crew.lost, OSError)
        try:
            return crew.executor.submit(do, one.function, *one.arguments)
        except gone:
            return None

    def _end(self, one: Task, begun: "Future[Any] | _Kept | None") -> Any:
        if isinstance(begun, _Kept):
            return begun.value
        if begun is None or self.crew is None:
            return self._made(one)
        try:
            value = self._waited(begun)
        except self.crew.lost:
            return self._made(one)
        return self._keep(one, value)

    def _waited(self, begun: "Future[Any]") -> Any:
        """Return what another does, having let others have their turn meanwhile."""
        if self.turn is None:
            return self._result(begun)
        self.turn.release()
        try:
            return self._result(begun)
        finally:
            self.turn.acquire()

    def _result(self, begun: "Future[Any]") -> Any:
        while self.crew and not begun.done():
            wait([begun], _MOMENT)
            if not begun.done() and self.crew.are_gone():
                raise self.crew.lost[0]
        return begun.result()

    def _made(self, one: Task) -> Any:
        return self._keep(one, _alone(one.function, *one.arguments))

    def _keep(self, one: Task, value: Any) -> Any:
        if self.cache:
            self.cache.keep(one.key, value)
        return value


ALONE: Final = Workshop()
"""One who does everything here, keeps nothing, and tells nobody."""


def _is_waited_for(begun: "Future[Any] | _Kept | None") -> bool:
    return isinstance(begun, Future) and not begun.done()


def _is_taken_back(begun: "Future[Any] | _Kept | None") -> bool:
    return isinstance(begun, Future) and begun.cancel()


def _alone(function: Callable[..., Value], *arguments: Any) -> Value:
    """Return what a function gives; no other task is done meanwhile in this process.

    WeasyPrint and what is changed in it know no threads, and Dask's workers have several.
    """
    with _ONE_AT_A_TIME, collecting_rarely():
        return function(*arguments)


def _and_clear_away(function: Callable[..., Value], *arguments: Any) -> Value:
    """Return what a function gives, and leave the process it was done in as it was before."""
    with clearing_away():
        return _alone(function, *arguments)


@dataclass(frozen=True)
class _Kept:
    value: Any
