"""What Python and the C library do with memory that is no longer used."""

import atexit
import ctypes
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import Final

_RARELY: Final = (100_000, 20, 20)

_YOUNG: Final = 1
_OLD: Final = 2
"""Generations: what is there when the young are collected is old from then on."""

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


@cache
def end_soon() -> None:
    """Have this process end without looking through all that it has first, which takes a while."""
    atexit.register(gc.freeze)


def _trimmer() -> Callable[[int], int]:
    with suppress(OSError, AttributeError, TypeError):
        trim: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
        return trim
    return int  # another C library, which knows by itself


_trim: Final = _trimmer()


def give_back() -> None:
    """Give the system back what was freed; glibc keeps it while anything behind it is in use."""
    _trim(_ALL)


@contextmanager
def clearing_away() -> Iterator[None]:
    """Forget afterwards what refers to itself, such as boxes of pages, and give it back.

    What is kept for the next task is old, and looked through only where some of this may be, too.
    """
    before = gc.get_stats()[_YOUNG]["collections"]
    try:
        yield
    finally:
        has_aged = gc.get_stats()[_YOUNG]["collections"] > before
        gc.collect(_OLD if has_aged else _YOUNG)
        give_back()
