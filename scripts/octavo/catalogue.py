"""Many publications, built side by side in processes of their own."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from octavo.diagnostics import Diagnostic, PublishingError
from octavo.press import make, write
from octavo.workshop import Progress, Workshop


@dataclass(frozen=True)
class Built:
    """What became of one folder: the paths written, none where it has errors, and what to say.

    ``remarks`` are worth knowing of the files, such as the paper that a handout takes.
    """

    folder: Path
    paths: tuple[Path, ...]
    diagnostics: tuple[Diagnostic, ...]
    remarks: tuple[str, ...] = ()


def build(  # noqa: PLR0913 - what the command line can say
    folders: Sequence[Path],
    editions: Sequence[str],
    output: Path,
    progress: Progress,
    *,
    jobs: int,
    epoch: int | None = None,
) -> Iterator[Built]:
    """Yield what became of each folder, in the order given; one's errors do not stop the others.

    Args:
        folders: the publications.
        editions: names of editions to make, all where there are none.
        output: where ``<name>/<name>.epub`` and the rest are written.
        progress: told what is being done, from this process only.
        jobs: how many publications to build at once.
        epoch: SOURCE_DATE_EPOCH, in seconds.
    """
    if jobs == 1 or len(folders) == 1:
        for folder in folders:
            yield _build(folder, editions, output, epoch, progress)
        return
    # A fork would carry along whatever threads the fonts' libraries have started.
    with ProcessPoolExecutor(min(jobs, len(folders)), get_context("spawn")) as pool:
        work = partial(_build, editions=editions, output=output, epoch=epoch)
        for count, built in enumerate(pool.map(work, folders), start=1):
            progress(f"{count} of {len(folders)} publications")
            yield built


def _silent(_: str) -> None:
    """Take progress from a process that has no terminal of its own."""


def _build(
    folder: Path,
    editions: Sequence[str],
    output: Path,
    epoch: int | None,
    progress: Progress = _silent,
) -> Built:
    try:
        workshop = Workshop(lambda what: progress(f"{folder.name}: {what}"))
        outcome = make(folder, editions, workshop, epoch)
        remarks = tuple(f"{each.name}: {each.remark}" for each in outcome.artifacts if each.remark)
        return Built(folder, write(outcome, output), outcome.diagnostics, remarks)
    except PublishingError as problem:
        return Built(folder, (), problem.diagnostics)
