"""A book cut into gatherings: leaves that are set together, apart from all others.

A gathering begins with a leaf that opens on a page of its own. Its document is that of the whole
book in which the other leaves are empty and hidden, so that every selector finds what it would find
in the whole. Where a book is cut depends on nothing but its text: no change in one chapter moves
the cuts far from it, and as many processes as there may be make the same book.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Final

import tinycss2

from octavo import places, xhtml
from octavo.model import Rendition

SIZE: Final = 24_000
"""About so many characters of text make a gathering."""

SMALL: Final = 8 * SIZE
"""A document of fewer characters is cut into smaller gatherings, lest some who set it wait."""

SMALL_SIZE: Final = 9_000
"""How many characters make one of these."""

STUB: Final = "stub"
"""What the attribute ``hidden`` of a leaf says that is set in another gathering."""

_QUICKLY: Final = 1

_WHOLE: Final = re.compile(
    r"counter-(?:increment|reset|set)\s*:\s*(?!\s*(?:page\b|none|auto|inherit|initial))"
    r"|target-(?:text|counters)\s*\(|running\s*\(|position\s*:\s*fixed|string\s*\([^)]*\bstart\b"
)
"""What a stylesheet may ask for that only a whole book can be set with."""

_FIRST: Final = re.compile(r":first\b|:nth\((?![^)]*\bof\b)")
_TOTAL: Final = re.compile(r"\(\s*pages\b|,\s*pages\b")


@dataclass(frozen=True)
class Gathering:
    """Leaves that are set together.

    ``rendition`` has all but the document, which is ``packed``; ``name`` is the id of its first
    leaf, ``before`` by how much its elements stand later in the whole book than in it. ``first`` is
    whether it begins the book, and ``whole`` whether it is all of it. ``abroad`` are the ids to
    which it points that stand in others.
    """

    rendition: Rendition
    packed: bytes
    name: str
    before: int = 0
    first: bool = True
    whole: bool = True
    abroad: frozenset[str] = frozenset()

    def unpacked(self) -> Rendition:
        """Return the rendition with the document."""
        return _with_document(self.rendition, zlib.decompress(self.packed).decode())


def whole(rendition: Rendition) -> Gathering:
    """Return a book as one gathering."""
    return Gathering(_with_document(rendition, ""), _packed(rendition.documents[0].xhtml), "")


def _packed(document: str) -> bytes:
    """Return a document as it waits to be set, and goes to where that is done."""
    return zlib.compress(document.encode(), _QUICKLY)


def _with_document(rendition: Rendition, xhtml_: str) -> Rendition:
    return replace(rendition, documents=(replace(rendition.documents[0], xhtml=xhtml_),))


def cut(rendition: Rendition, size: int = 0) -> tuple[Gathering, ...]:
    """Return the gatherings of a book, one where it cannot be cut or need not.

    ``size`` is how many characters make one, 0 for what suits the book.
    """
    document = rendition.documents[0].xhtml
    if len(document) < 2 * (size or SIZE) or not _can_be_cut(rendition, document):
        return (whole(rendition),)
    root = xhtml.parse(document)
    body = xhtml.find(root, "./h:body")[0]
    leaves = list(places.leaves(body))
    between = (body.text, *(leaf.tail for leaf in leaves))
    if len(leaves) != len(body) or any(str(text or "").strip() for text in between):
        return (whole(rendition),)
    suiting = SIZE if len(document) >= SMALL else SMALL_SIZE
    groups = list(_grouped(leaves, size or suiting))
    if len(groups) < 2:
        return (whole(rendition),)
    return tuple(_Cutter(rendition, root, leaves).gatherings(groups))


def _can_be_cut(rendition: Rendition, document: str) -> bool:
    """Return whether the stylesheets ask for nothing that counts through the whole book."""
    sheets = [sheet.data.decode("utf-8", "replace") for sheet in rendition.stylesheets]
    sheets += re.findall(r"<style[^>]*>(.*?)</style>", document, re.DOTALL)
    styles = set(re.findall(r'style="([^"]*)"', document))
    if any(_WHOLE.search(style) or _TOTAL.search(style) for style in styles):
        return False
    return not any(_WHOLE.search(sheet) or _counts_pages(sheet) for sheet in sheets)


def _counts_pages(sheet: str) -> bool:
    """Return whether a page rule is for one page by its number, or a text tells their total."""
    for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
        if rule.type == "error":
            continue
        written = rule.serialize()
        if rule.type == "at-rule" and rule.lower_at_keyword == "page":
            if _FIRST.search(tinycss2.serialize(rule.prelude)):
                return True
        elif _TOTAL.search(written):
            return True
    return False


def _grouped(leaves: Sequence[xhtml.Element], size: int) -> Iterator[tuple[int, int]]:
    """Yield where gatherings begin and end; the front matter is one by itself."""
    begin, length = 0, 0
    for at, leaf in enumerate(leaves):
        matter = _is_front(leaf)
        turns = at > 0 and _is_front(leaves[at - 1]) and not matter
        if at > begin and (turns or (length >= size and not matter)):
            yield begin, at
            begin, length = at, 0
        length += sum(len(text) for text in leaf.itertext())
    yield begin, len(leaves)


def _is_front(leaf: xhtml.Element) -> bool:
    return "frontmatter" in (leaf.get("class") or "").split()


class _Cutter:
    """Cuts one document."""

    def __init__(
        self, rendition: Rendition, root: xhtml.Element, leaves: Sequence[xhtml.Element]
    ) -> None:
        self._rendition = rendition
        self._leaves = leaves
        self._sizes = [sum(1 for _ in leaf.iter("*")) for leaf in leaves]
        self._homes = {id_: at for at, leaf in enumerate(leaves) for id_ in _ids(leaf)}
        self._named = [frozenset(_values(leaf)) for leaf in leaves]
        self._named_anywhere: frozenset[str] = frozenset().union(*self._named)
        styles = "".join(sheet.data.decode("utf-8", "replace") for sheet in rendition.stylesheets)
        self._styled = {each.name for each in rendition.assets if each.name in styles}
        self._written = [_written(leaf) for leaf in leaves]
        self._stubs = [_written(_stub(leaf)) for leaf in leaves]
        empty = deepcopy(root)
        body = xhtml.find(empty, "./h:body")[0]
        for leaf in list(body):
            body.remove(leaf)
        body.text = "\n"
        self._head, *foot = xhtml.serialize(empty).rpartition("</body>")
        self._foot = "".join(foot)

    def gatherings(self, groups: Sequence[tuple[int, int]]) -> Iterator[Gathering]:
        """Yield the gathering of every group of leaves."""
        for begin, end in groups:
            named: frozenset[str] = frozenset().union(*self._named[begin:end])
            linked = {name.removeprefix("#") for name in named if name[:1] == "#"} | named
            abroad = (id_ for id_ in linked if not begin <= self._homes.get(id_, begin) < end)
            before = sum(self._sizes[:begin]) - begin
            packed = _packed(self._document(begin, end))
            name = self._leaves[begin].get("id", "")
            rest = name, before, begin == 0, False, frozenset(abroad)
            yield Gathering(self._with(named), packed, *rest)

    def _document(self, begin: int, end: int) -> str:
        stubs = list(self._stubs)
        if begin:  # what its style says of the break after it is asked for
            stubs[begin - 1] = _written(_stub(self._leaves[begin - 1], "hidden"))
        leaves = *stubs[:begin], *self._written[begin:end], *stubs[end:]
        return "\n".join((self._head, *leaves, self._foot))

    def _with(self, named: frozenset[str]) -> Rendition:
        """Return the rendition without its document, and without the pictures of the others."""
        whole_ = self._rendition
        assets = tuple(
            asset
            for asset in whole_.assets
            if asset.name in named
            or asset.name in self._styled
            or asset.name not in self._named_anywhere
        )
        return _with_document(replace(whole_, assets=assets), "")


def _written(leaf: xhtml.Element) -> str:
    """Return a leaf as it stands in a document."""
    body = xhtml.parse_fragment("")
    alone = deepcopy(leaf)
    alone.tail = None
    body.append(alone)
    return xhtml.serialize_fragment(body)


def _stub(leaf: xhtml.Element, hidden: str = STUB) -> xhtml.Element:
    """Return what stands for a leaf that is set in another gathering."""
    stub = leaf.makeelement(leaf.tag, dict(leaf.attrib), leaf.nsmap)
    stub.set("hidden", hidden)
    return stub


def _ids(leaf: xhtml.Element) -> Iterator[str]:
    yield from (element.attrib["id"] for element in leaf.iter("*") if "id" in element.attrib)


def _values(leaf: xhtml.Element) -> Iterator[str]:
    """Yield what the attributes of a leaf say that may be a name: of a file, or of a place."""
    for element in leaf.iter("*"):
        for name, value in element.attrib.items():
            if name not in {"class", "id", "style"}:
                yield value
