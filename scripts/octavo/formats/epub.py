"""The EPUB package, through EbookLib.

Documents go in as they were laid out, byte for byte. EbookLib writes the package document and the
container; the archive is then sealed again, so that the same book is always the same bytes.
Follows EPUB 3.3, EPUB Accessibility 1.1, and the EPUB 2 leftovers that Kindle still reads.
"""

import re
import string
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from ebooklib import epub

from octavo import xhtml
from octavo.diagnostics import Location, PublishingError, error
from octavo.model import Accessibility, Artifact, Creator, Rendition
from octavo.typography.faces import subset
from octavo.typography.scripts import direction
from octavo.workshop import Workshop

MEDIA_TYPE: Final = "application/epub+zip"
CONFORMANCE: Final = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP archive can name."""

PREFIXES: Final = {
    "ibooks": "http://vocabulary.itunes.apple.com/rdf/ibooks/vocabulary-extensions-1.0/",
}
"""Vocabularies beside those that EPUB 3.3 reserves."""

_BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7f]+")
_FACES: Final = frozenset({"font/otf", "font/ttf"})
_DUBLIN_CORE: Final = frozenset(
    {
        "identifier", "title", "language", "creator", "contributor", "publisher", "date",
        "rights", "description", "source", "subject",
    }
)  # fmt: skip


def bind(rendition: Rendition, workshop: Workshop) -> Artifact:
    """Return the e-book as one file, its faces cut to the characters that it uses.

    Raises:
        PublishingError: P005 when EbookLib refuses to write it.
    """
    workshop("package")
    book = epub.EpubBook()
    book.metadata = {}  # EbookLib begins with an identifier of its own, made at random
    for name, value, attributes in _metadata(rendition):
        namespace = "DC" if name in _DUBLIN_CORE else None
        book.add_metadata(namespace, name, value, attributes)
    for item in _items(rendition):
        book.add_item(item)
    book.spine = [_id(document.name) for document in rendition.documents if document.in_spine]
    book.prefixes = [f"{prefix}: {vocabulary}" for prefix, vocabulary in PREFIXES.items()]
    book.direction = direction(rendition.metadata.language)
    return Artifact(f"{rendition.name}.epub", MEDIA_TYPE, _seal(_write(book, rendition)))


class _Writer(epub.EpubWriter):  # type: ignore[misc] # EbookLib has no types
    """EbookLib's writer, saying the book's language on the package as Ace asks."""

    def _write_opf_file(self, root: xhtml.Element) -> None:
        root.set(xhtml.XML_LANG, self.book.language)
        # EbookLib logs what it cannot write, and leaves the element empty.
        if any(not entry.text and "content" not in entry.attrib for entry in root[0]):
            raise ValueError("a value of the metadata holds what XML cannot")
        super()._write_opf_file(root)


def _write(book: Any, rendition: Rendition) -> bytes:
    book.language = rendition.metadata.language
    packed = BytesIO()
    # It is compressed when it is sealed.
    options = {
        "mtime": rendition.metadata.modified, "package_direction": True, "compresslevel": 0
    }  # fmt: skip
    writer = _Writer(packed, book, options)
    try:
        writer.process()
        writer.write()
    except (epub.EpubException, ValueError, TypeError) as problem:
        raise PublishingError(
            error(
                "P005",
                f"EbookLib cannot write the package: {problem}",
                Location("book.toml"),
                "look for control characters in [metadata]",
            )
        ) from problem
    finally:
        writer.out.close()
    return packed.getvalue()


def _seal(packed: bytes) -> bytes:
    """Return the archive again with one date everywhere: the mimetype first and stored."""
    sealed = BytesIO()
    with ZipFile(BytesIO(packed)) as source, ZipFile(sealed, "w") as target:
        for name in source.namelist():
            entry = ZipInfo(name, _EARLIEST)
            entry.external_attr = 0o644 << 16
            entry.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return sealed.getvalue()


# --- what is in the package ---


def _items(rendition: Rendition) -> Iterator[Any]:
    for document in rendition.documents:
        yield _item(document.name, "application/xhtml+xml", document.xhtml, document.properties)
    yield epub.EpubItem("ncx", "toc.ncx", "application/x-dtbncx+xml", rendition.ncx)
    used = _characters(rendition)
    for asset in (*rendition.stylesheets, *rendition.assets):
        properties = ("cover-image",) if asset.name == rendition.cover else ()
        cut = subset(asset, used) if asset.media_type in _FACES else asset
        yield _item(cut.name, cut.media_type, cut.data, properties)


def _item(name: str, media_type: str, content: str | bytes, properties: tuple[str, ...]) -> Any:
    item = epub.EpubItem(_id(name), name, media_type, content)
    item.properties = list(properties)
    return item


def _id(name: str) -> str:
    """Return a manifest id that follows from the path: an XML name."""
    return "item-" + re.sub(r"[^\w.-]", "-", name)


def _characters(rendition: Rendition) -> frozenset[str]:
    """Return every character that a face may have to draw, stylesheets' content among them.

    Those of markup are ASCII; of what attributes say, some readers show one or the other.
    """
    written = (document.xhtml for document in rendition.documents)
    sheets = (sheet.data.decode() for sheet in rendition.stylesheets)
    beyond = (run for text in chain(written, sheets) for run in _BEYOND_ASCII.findall(text))
    return frozenset(chain(string.printable, *beyond))


# --- what the package says of itself ---

Meta = tuple[str, str, dict[str, str]]


def _metadata(rendition: Rendition) -> Iterator[Meta]:
    yield from _identifiers(rendition)
    yield from _titles(rendition)
    yield "language", rendition.metadata.language, {}
    yield from _people("creator", rendition.metadata.creators)
    yield from _people("contributor", rendition.metadata.contributors)
    yield from _publication(rendition)
    yield "meta", "", {"name": "cover", "content": _id(rendition.cover)}
    yield _property("ibooks:specified-fonts", "true")
    if rendition.page_source:
        yield _property("pageBreakSource", rendition.page_source)
    if rendition.accessibility:
        yield from _accessibility(rendition, rendition.accessibility)


def _property(name: str, value: str, refines: str = "", **attributes: str) -> Meta:
    refining = {"refines": f"#{refines}"} if refines else {}
    return "meta", value, {"property": name, **refining, **attributes}


def _identifiers(rendition: Rendition) -> Iterator[Meta]:
    own = rendition.edition.identifier
    yield "identifier", own or rendition.metadata.identifier, {"id": "id"}
    if own and own != rendition.metadata.identifier:
        yield "identifier", rendition.metadata.identifier, {"id": "id-book"}


def _titles(rendition: Rendition) -> Iterator[Meta]:
    yield "title", rendition.metadata.title, {"id": "title"}
    yield _property("title-type", "main", "title")
    if rendition.metadata.subtitle:
        yield "title", rendition.metadata.subtitle, {"id": "subtitle"}
        yield _property("title-type", "subtitle", "subtitle")


def _people(kind: str, people: tuple[Creator, ...]) -> Iterator[Meta]:
    for count, person in enumerate(people, start=1):
        id_ = f"{kind}-{count}"
        yield kind, person.name, {"id": id_}
        yield _property("role", person.role, id_, scheme="marc:relators")
        if person.file_as:
            yield _property("file-as", person.file_as, id_)
        yield _property("display-seq", str(count), id_)


def _publication(rendition: Rendition) -> Iterator[Meta]:
    metadata = rendition.metadata
    for name in ("publisher", "date", "rights", "description", "source"):
        if value := getattr(metadata, name):
            yield name, value, {}
    for subject in metadata.subjects:
        yield "subject", subject, {}
    if metadata.series:
        yield _property("belongs-to-collection", metadata.series.name, id="series")
        yield _property("collection-type", "series", "series")
        if metadata.series.position:
            yield _property("group-position", metadata.series.position, "series")


def _accessibility(rendition: Rendition, found: Accessibility) -> Iterator[Meta]:
    """Yield what was computed, and a claim of conformance only where a person stands behind it."""
    terms = (
        ("accessMode", found.modes),
        ("accessModeSufficient", found.sufficient),
        ("accessibilityFeature", found.features),
        ("accessibilityHazard", found.hazards),
        ("accessibilitySummary", (found.summary,)),
    )
    for term, values in terms:
        yield from (_property(f"schema:{term}", value) for value in values)
    statement = rendition.statement
    if statement.reviewed_by:
        yield _property("dcterms:conformsTo", CONFORMANCE, id="conformance")
        yield _property("a11y:certifiedBy", statement.reviewed_by, "conformance")
        if statement.reviewed_on:
            yield _property("dcterms:date", statement.reviewed_on, "conformance")
