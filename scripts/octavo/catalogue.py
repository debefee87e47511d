"""Many publications, built side by side by the same workers; or one, looked at."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from octavo.cache import Cache, temporary, user_folder
from octavo.delivery import deliver, examine
from octavo.diagnostics import Diagnostic, PublishingError
from octavo.memory import collecting_rarely, end_soon
from octavo.outcome import Outcome
from octavo.sources import AS_IT_IS, Reading
from octavo.workers import workers
from octavo.workshop import Progress, Workshop
from octavo.writing import write


@dataclass(frozen=True)
class Built:
    """What became of one folder: the paths written, none where it has errors, and what to say.

    ``remarks`` are worth knowing of the files, such as the paper that a handout takes.
    """

    folder: Path
    paths: tuple[Path, ...]
    diagnostics: tuple[Diagnostic, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Means:
    """Who does the work, and whether what was made before is believed.

    ``jobs`` is how many processes there are; ``scheduler`` the address of those that Dask has
    elsewhere.
    """

    jobs: int = 1
    scheduler: str = ""
    kept: bool = True


@dataclass(frozen=True)
class Order:
    """What to build, and how.

    ``editions`` are the names of those to make, all where there are none; ``output`` is where
    ``<name>/<name>.epub`` and the rest are written, ``reading`` how the folders are read.
    """

    folders: Sequence[Path]
    editions: Sequence[str] = ()
    output: Path = Path("build")
    means: Means = Means()
    reading: Reading = AS_IT_IS


def build(order: Order, progress: Progress) -> Iterator[Built]:
    """Yield what became of each folder, in the order given; one's errors do not stop the others.

    Raises:
        PublishingError: M009 when there are no workers to be had.
    """
    with ExitStack() as stack:
        workshop = stack.enter_context(_at_work(order.means, progress))
        if len(order.folders) == 1 or workshop.crew is None:
            for folder in order.folders:
                yield _build(folder, order, workshop)
            return
        # What a publication does itself is little; its work is done by the workers of all.
        most = min(max(order.means.jobs, 2), len(order.folders))
        side_by_side = ThreadPoolExecutor(most)
        # Who is interrupted does not wait for them; they end when their workers are sent home.
        stack.callback(side_by_side.shutdown, wait=False, cancel_futures=True)
        turn = Lock()
        workshop = replace(workshop, progress=_silent, turn=turn)
        begun = [
            side_by_side.submit(_in_turn, turn, folder, order, workshop) for folder in order.folders
        ]
        for count, future in enumerate(begun, start=1):
            built = future.result()
            progress(f"{count} of {len(begun)} publications")
            yield built


def check(folder: Path, order: Order, progress: Progress) -> Outcome:
    """Return what there is to say of a publication that is made whole but not written.

    Raises:
        PublishingError: M009 when there are no workers to be had.
    """
    with _at_work(order.means, progress) as workshop:
        return examine(folder, workshop, order.reading)


@contextmanager
def _at_work(means: Means, progress: Progress) -> Iterator[Workshop]:
    end_soon()
    with (
        collecting_rarely(),
        workers(means.jobs, means.scheduler) as crew,
        Cache(user_folder()) if means.kept else temporary() as cache,
    ):
        yield Workshop(progress, crew, cache)


def _silent(_: str) -> None:
    """Tell nobody: of several publications at once nobody could follow the steps."""


def _in_turn(turn: "Lock", folder: Path, order: Order, workshop: Workshop) -> Built:
    """Build while no other thread does; those that wait for workers let others go on."""
    with turn:
        return _build(folder, order, workshop)


def _build(folder: Path, order: Order, shared: Workshop) -> Built:
    workshop = shared.telling(lambda what: shared(f"{folder.name}: {what}"))
    try:
        outcome = deliver(folder, workshop, order.editions, order.reading)
        remarks = tuple(f"{each.name}: {each.remark}" for each in outcome.artifacts if each.remark)
        paths = write(outcome.name, outcome.artifacts, order.output)
        return Built(folder, paths, outcome.diagnostics, remarks)
    except PublishingError as problem:
        return Built(folder, (), problem.diagnostics)
