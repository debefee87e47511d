"""Progress on the terminal: one line that changes, or a line a step, or nothing."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

from octavo.workshop import Progress


@contextmanager
def reporter(*, quiet: bool, verbose: bool) -> Iterator[Progress]:
    """Give a function that is told each step.

    With ``verbose`` every step becomes a line on stderr; on a terminal a single line shows the
    present step and vanishes at the end; otherwise, and with ``quiet``, nothing is said.
    """
    console = Console(stderr=True, highlight=False)
    if verbose:
        yield lambda what: print(what, file=sys.stderr)
    elif quiet or not console.is_terminal:
        yield lambda _: None
    else:
        with console.status("octavo", spinner="line") as status:
            yield lambda what: status.update(what.replace("[", r"\["))
