"""Pillow, asked in the same way whoever was there before."""

from collections.abc import Iterator
from contextlib import contextmanager

import PIL.ImageFile


@contextmanager
def strictly() -> Iterator[None]:
    """Have images refused that are cut short; WeasyPrint, once it is loaded, has them taken."""
    before = PIL.ImageFile.LOAD_TRUNCATED_IMAGES
    PIL.ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        PIL.ImageFile.LOAD_TRUNCATED_IMAGES = before
