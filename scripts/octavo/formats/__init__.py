"""The formats in which an edition can be published.

Each is a module with ``bind(rendition) -> Artifact``, imported when it is used: what writes PDF is
slow to load, and nobody who asks for help should wait for it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Final

from octavo.model import Artifact, Rendition

Progress = Callable[[str], None]
"""Told what is being done, in a few words, as often as there is news."""


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
            PublishingError: when what makes the file refuses.
        """
        bind: Callable[[Rendition, Progress], Artifact] = import_module(self.module).bind
        return bind(rendition, progress)


FORMATS: Final[Mapping[str, Format]] = {
    "epub": Format("epub", ".epub", "EPUB 3.3, for e-readers", "octavo.formats.epub"),
    "pdf": Format("pdf", ".pdf", "PDF/UA-1, for paper", "octavo.formats.pdf"),
}
