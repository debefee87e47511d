"""What Python and the C library do with memory that is no longer used."""

import ctypes
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

_RARELY: Final = (100_000, 20, 20)

_YOUNG: Final = 1
"""The older of the generations that what one task makes belongs to."""

_ALL: Final = 0
"""How much ``malloc_trim`` leaves at the top of the heap."""


@contextmanager
def collecting_rarely() -> Iterator[None]:
    """Have Python look less often for what refers to itself: boxes do, and are many."""
    before = gc.get_threshold()
    gc.set_threshold(*_RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _trimmer() -> Callable[[int], int]:
    with suppress(OSError, AttributeError, TypeError):
        trim: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
        return trim
    return int  # another C library, which knows by itself


_trim: Final = _trimmer()


def give_back() -> None:
    """Give the system back what was freed; glibc keeps it while anything behind it is in use."""
    _trim(_ALL)


def clear_away() -> None:
    """Forget what refers to itself, such as the boxes of pages that are done, and give it back.

    What is kept for the next task is not looked through each time: it is old by then.
    """
    gc.collect(_YOUNG)
    give_back()
