"""Finished documents, and finished files."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from octavo.diagnostics import Diagnostic
from octavo.model.composer import Hangs
from octavo.model.edition import Edition
from octavo.model.manuscript import Asset, Metadata, Statement
from octavo.model.pagination import Pagination


@dataclass(frozen=True)
class Document:
    """A finished XHTML document: ``name`` is its path in the package.

    ``properties`` are those of its manifest item in EPUB 3.3 (``nav``, ``svg``, ``mathml``).
    """

    name: str
    title: str
    xhtml: str
    properties: tuple[str, ...] = ()
    in_spine: bool = True


@dataclass(frozen=True)
class Accessibility:
    """What the finished documents offer a reader, in the words of schema.org and EPUB 1.1."""

    modes: tuple[str, ...]
    sufficient: tuple[str, ...]
    features: tuple[str, ...]
    hazards: tuple[str, ...]
    summary: str

    @property
    def words(self) -> tuple[str, ...]:
        """All that it says."""
        return (*self.modes, *self.sufficient, *self.features, *self.hazards, self.summary)


@dataclass(frozen=True)
class Rendition:
    """All that one edition is made of, laid out for its medium and ready to be bound.

    ``documents`` stand in reading order; ``ncx`` is the navigation for readers of EPUB 2 (empty
    for pages); ``body`` is the id with which the body matter begins; ``cover`` names an asset;
    ``page_source`` identifies the printed edition whose pages are marked, if any; ``hangs`` are the
    optical margins of pages by the family of the face.
    """

    name: str
    metadata: Metadata
    statement: Statement
    edition: Edition
    documents: tuple[Document, ...]
    stylesheets: tuple[Asset, ...]
    assets: tuple[Asset, ...]
    body: str = ""
    cover: str = ""
    ncx: str = ""
    page_source: str = ""
    accessibility: Accessibility | None = None
    hangs: Mapping[str, Hangs] = field(default_factory=dict)


@dataclass(frozen=True)
class Artifact:
    """A finished file, ready for ``build/``; ``problems`` are what making it brought to light.

    ``pagination`` are its pages, where it has pages; ``remark`` what is worth saying of it where
    it is named, such as the paper that it takes.
    """

    name: str
    media_type: str
    data: bytes
    problems: tuple[Diagnostic, ...] = ()
    pagination: Pagination | None = None
    remark: str = ""


@dataclass(frozen=True)
class PrintEdition:
    """The edition whose pages another one names: as it was laid out, and its pages."""

    rendition: Rendition
    pagination: Pagination
