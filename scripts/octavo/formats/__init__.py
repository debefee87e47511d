"""The formats in which an edition can be published.

Each is a module with ``bind(rendition) -> Artifact``, imported when it is used: what writes PDF is
slow to load, and nobody who asks for help should wait for it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Final

from octavo.diagnostics import PublishingError, error
from octavo.model import BOOK_TOML, Artifact, Rendition

Progress = Callable[[str], None]
"""Told what is being done, in a few words, as often as there is news."""


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

    def bind(self, rendition: Rendition, progress: Progress) -> Artifact:
        """Return the finished file.

        Raises:
            PublishingError: when what makes the file refuses; P007 when the system lacks a library.
        """
        try:
            bind: Callable[[Rendition, Progress], Artifact] = import_module(self.module).bind
        except OSError as problem:
            reason = str(problem).partition(":")[0]
            message = f"{self.name} cannot be made on this system: {reason}"
            raise PublishingError(error("P007", message, BOOK_TOML, PANGO)) from problem
        return bind(rendition, progress)


FORMATS: Final[Mapping[str, Format]] = {
    "epub": Format("epub", ".epub", "EPUB 3.3, for e-readers", "octavo.formats.epub"),
    "pdf": Format("pdf", ".pdf", "PDF/UA-1, for paper", "octavo.formats.pdf"),
}
