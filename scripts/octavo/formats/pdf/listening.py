"""What WeasyPrint says while it works, as diagnostics."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from octavo.diagnostics import Diagnostic, Location, error, warning
from octavo.formats.pdf.documents import BASE

_OTHERWISE_SAID: Final = "has no required alt description"
"""What the check I002 says with the line of the source; an ornament needs no text at all."""


class _Listener(logging.Handler):
    """Turns what WeasyPrint logs into diagnostics."""

    def __init__(self, document: str) -> None:
        super().__init__(logging.WARNING)
        self.problems: list[Diagnostic] = []
        self._document = document

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage().replace(BASE, "")
        if _OTHERWISE_SAID in message:
            return
        say = error if record.levelno >= logging.ERROR else warning
        hint = "the place is in the stylesheets or in a template; `octavo check` tells it again"
        self.problems.append(say("P003", f"WeasyPrint: {message}", Location(self._document), hint))


@contextmanager
def listening(document: str) -> Iterator[list[Diagnostic]]:
    """Return, while it listens, the diagnostics so far; each is of the document."""
    listener = _Listener(document)
    logger = logging.getLogger("weasyprint")
    logger.addHandler(listener)
    try:
        yield listener.problems
    finally:
        logger.removeHandler(listener)
