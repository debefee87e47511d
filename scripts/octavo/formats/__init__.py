"""The formats in which an edition can be published.

Each is a module with ``bind(rendition) -> Artifact``, imported when it is used: what writes PDF is
slow to load, and nobody who asks for help should wait for it.
"""

import ctypes.util
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout, suppress
from dataclasses import dataclass
from importlib import import_module
from io import StringIO
from types import ModuleType
from typing import Final

from octavo.diagnostics import PublishingError, error
from octavo.interruptions import undisturbed
from octavo.model import BOOK_TOML, Artifact, Rendition
from octavo.workshop import Workshop

PANGO: Final = (
    "install Pango and HarfBuzz; Debian: libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; "
    "Fedora, Arch: pango harfbuzz; macOS: brew install pango harfbuzz"
)
"""What the typesetter needs of a system; pip cannot bring it."""


@dataclass(frozen=True)
class Format:
    """One format: the suffix of its files, what it is, and the module that binds it."""

    name: str
    suffix: str
    description: str
    module: str

    def bind(self, rendition: Rendition, workshop: Workshop) -> Artifact:
        """Return the finished file.

        Raises:
            PublishingError: when what makes the file refuses; P007 when the system lacks a library.
        """
        made: Artifact = loaded(self.module).bind(rendition, workshop)
        return made


def loaded(module: str) -> ModuleType:
    """Return a module that needs what pip cannot bring.

    Raises:
        PublishingError: P007 when the system lacks a library.
    """
    if sys.platform == "linux":
        with suppress(OSError), redirect_stdout(StringIO()), _by_soname(), undisturbed():
            return import_module(module)
    try:
        with undisturbed():
            return import_module(module)
    except OSError as problem:
        reason = str(problem).partition(":")[0]
        message = f"pages cannot be set on this system: {reason}"
        raise PublishingError(error("P007", message, BOOK_TOML, PANGO)) from problem


@contextmanager
def _by_soname() -> Iterator[None]:
    """Have libraries loaded by the names that Linux has for them, and not searched for.

    WeasyPrint guesses three other names before that of each. For these, ctypes asks ldconfig and a
    compiler, which takes a quarter of the time in which a worker comes.
    """

    def nowhere(name: str) -> str | None:  # noqa: ARG001 - the signature of what it stands for
        return None

    search = ctypes.util.find_library
    ctypes.util.find_library = nowhere
    try:
        yield
    finally:
        ctypes.util.find_library = search


FORMATS: Final[Mapping[str, Format]] = {
    "epub": Format("epub", ".epub", "EPUB 3.3, for e-readers", "octavo.formats.epub"),
    "pdf": Format("pdf", ".pdf", "PDF/UA-1, for paper", "octavo.formats.pdf"),
}
