"""A publication made, or handed over as it was made before; or only what there is to say of it.

Nothing is loaded that makes books before it is known that this one is to be made; and those who
help are called before that, since they take as long to come.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from octavo.diagnostics import PublishingError
from octavo.interruptions import undisturbed
from octavo.model import Manuscript
from octavo.outcome import Outcome, seen_from
from octavo.sources import AS_IT_IS, Reading, read_as
from octavo.workshop import ALONE, Workshop


def deliver(
    folder: Path,
    workshop: Workshop,
    editions: Sequence[str] = (),
    reading: Reading = AS_IT_IS,
) -> Outcome:
    """Return the files alone, and what there is to say; those of an unchanged manuscript are kept.

    Raises:
        PublishingError: with every diagnostic, when one is an error.
    """
    workshop("read")
    with seen_from(folder):
        manuscript = read_as(folder, reading)
        outcome = workshop.remember(
            lambda: _made(manuscript, editions, workshop), manuscript, tuple(editions)
        )
        return outcome.seen_from(folder)


def _made(manuscript: Manuscript, editions: Sequence[str], workshop: Workshop) -> Outcome:
    """Return what comes of a manuscript: only what is written and said."""
    workshop.call()
    with undisturbed():
        from octavo.press import publish  # noqa: PLC0415 - slow to load

    outcome = publish(manuscript, editions, workshop)
    artifacts = (replace(each, pagination=None) for each in outcome.artifacts)
    return replace(outcome, artifacts=tuple(artifacts))


def examine(folder: Path, workshop: Workshop = ALONE, reading: Reading = AS_IT_IS) -> Outcome:
    """Return what there is to say of a publication that is made whole; it does not raise.

    No files come of it; and no figures where the proof is not reached.
    """
    workshop("read")
    try:
        with seen_from(folder):
            manuscript = read_as(folder, reading)
            outcome = workshop.remember(
                lambda: _appraised(manuscript, workshop), manuscript, "appraised"
            )
            return outcome.seen_from(folder)
    except PublishingError as problem:
        return Outcome(folder.name, (), problem.diagnostics)


def _appraised(manuscript: Manuscript, workshop: Workshop) -> Outcome:
    workshop.call()
    with undisturbed():
        from octavo.press import appraise  # noqa: PLC0415 - slow to load

    return replace(appraise(manuscript, (), workshop), artifacts=())
