"""Gatherings put together to one file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem

from octavo.formats.pdf.values import Bookmark, Heads

_SAVE: Final = b"q"
"""What a page does first: the margins are drawn as if its text had not been."""


@dataclass(frozen=True)
class Bound:
    """A gathering as it goes into the book: its file, without the first page where that is blank
    and not needed, and the margins of those that remain.
    """

    data: bytes
    skip: int
    heads: Heads


def merge(gatherings: Iterable[Bound], fonts: bytes, bookmarks: Sequence[Bookmark]) -> pikepdf.Pdf:
    """Return the book: pages, names, structure and outline as of one document (ISO 32000-1).

    Args:
        gatherings: in the order of the book.
        fonts: the file that has the fonts of all.
        bookmarks: the outline, with pages of the book.
    """
    whole = pikepdf.new()
    merger = _Merger(whole, fonts)
    for gathering in gatherings:
        merger.add(gathering)
    merger.close()
    _outline(whole, bookmarks)
    return whole


class _Merger:
    def __init__(self, whole: pikepdf.Pdf, fonts: bytes) -> None:
        self._whole = whole
        with pikepdf.open(BytesIO(fonts)) as file:
            self._fonts = dict(whole.copy_foreign(file.Root.OctavoFonts).items())
        self._save = whole.make_stream(_SAVE)
        self._pages: list[pikepdf.Object] = []
        self._images: dict[bytes, pikepdf.Object] = {}
        self._names: dict[str, pikepdf.Object] = {}
        self._document: pikepdf.Object | None = None
        self._kids: list[pikepdf.Object] = []
        self._parents: list[pikepdf.Object | int] = []
        self._next = 0

    def add(self, gathering: Bound) -> None:
        """Add the pages of a gathering, and what belongs to them."""
        with pikepdf.open(BytesIO(gathering.data)) as file:
            if self._document is None:
                self._begin(file)
            kept = list(file.pages)[gathering.skip :]
            pages = [self._whole.copy_foreign(page.obj) for page in kept]
            copied = self._whole.copy_foreign(file.Root.StructTreeRoot)
            self._pages += pages
            self._draw_heads(pages, gathering.heads)
            self._take_structure(copied, pages, gathering.skip)
            self._take_names(file)

    def _begin(self, file: pikepdf.Pdf) -> None:
        """Take from the first gathering what is said once in a book."""
        root = self._whole.Root
        for key in ("/Lang", "/MarkInfo", "/Metadata", "/OutputIntents", "/ViewerPreferences"):
            if key in file.Root:
                root[key] = self._whole.copy_foreign(file.make_indirect(file.Root[key]))
        self._whole.trailer.Info = self._whole.copy_foreign(file.make_indirect(file.trailer.Info))
        self._document = self._whole.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Document)
        )

    def _draw_heads(self, pages: Sequence[pikepdf.Object], heads: Heads) -> None:
        resources = pages[0].Resources
        # What is drawn in groups, such as what is not opaque, has resources of its own, and these
        # fonts too: they are put in where all find them.
        for name, font in self._fonts.items():
            resources.Font[name] = font
        if "/XObject" in resources:
            self._share_images(resources.XObject)
        states = resources.get("/ExtGState")
        for name, state in heads.states.items():
            if states is not None and f"/{name}" not in states:
                states[f"/{name}"] = Dictionary({f"/{key}": value for key, value in state.items()})
        for page, drawn in zip(pages, heads.drawn, strict=True):
            page.Contents = Array([self._save, page.Contents, self._whole.make_stream(drawn)])

    def _share_images(self, images: pikepdf.Object) -> None:
        """Keep one of pictures that are the same."""
        for name, image in images.items():
            if image.get("/Subtype") != Name.Image:
                continue
            images[name] = self._images.setdefault(_digest(image), image)

    def _take_structure(
        self, structure: pikepdf.Object, pages: Sequence[pikepdf.Object], dropped: int
    ) -> None:
        """Hang the elements of a gathering into the tree, and number what refers to them."""
        for kid in structure.K[0].K:
            kid.P = self._document
            self._kids.append(kid)
        numbers = list(structure.ParentTree.Nums)
        held = dict(zip((int(key) for key in numbers[::2]), numbers[1::2], strict=True))
        for at, page in enumerate(pages, start=dropped):
            page.StructParents = self._parent(held[at])
            for annotation in page.get("/Annots", ()):
                number = annotation.get("/StructParent")
                if number is not None:
                    annotation.StructParent = self._parent(held[int(number)])

    def _parent(self, held: pikepdf.Object) -> int:
        number = self._next
        self._parents += number, held
        self._next += 1
        return number

    def _take_names(self, file: pikepdf.Pdf) -> None:
        names = file.Root.get("/Names", Dictionary()).get("/Dests", Dictionary()).get("/Names", ())
        pairs = list(names)
        if pairs:
            copied = self._whole.copy_foreign(file.make_indirect(Array(pairs[1::2])))
            for name, place in zip(pairs[::2], copied, strict=True):
                self._names.setdefault(str(name), place)

    def close(self) -> None:
        """Write the pages, the names and the tree of what they say."""
        root, document = self._whole.Root, self._document
        if document is None:
            raise ValueError("a book without gatherings")
        self._hang_pages()
        if self._names:
            listed: list[pikepdf.Object] = []
            for name in sorted(self._names):
                listed += pikepdf.String(name), self._names[name]
            root.Names = Dictionary(Dests=Dictionary(Names=Array(listed)))
        document.K = Array(self._kids)
        tree = self._whole.make_indirect(Dictionary(Nums=Array(self._parents)))
        structure = Dictionary(Type=Name.StructTreeRoot, K=Array([document]), ParentTree=tree)
        root.StructTreeRoot = self._whole.make_indirect(structure)
        document.P = root.StructTreeRoot

    def _hang_pages(self) -> None:
        """Hang the pages into the file; to append one after the other takes much longer."""
        tree = self._whole.Root.Pages
        for page in self._pages:
            page.Parent = tree
        tree.Kids, tree.Count = Array(self._pages), len(self._pages)


def _digest(image: pikepdf.Object) -> bytes:
    """Return a name for all that a picture shows, its mask included."""
    made = sha256(image.read_raw_bytes())
    for name, value in sorted(image.items()):
        made.update(_digest(value) if name == "/SMask" else f"{name} {value}".encode())
    return made.digest()


# --- the outline ---


def _outline(whole: pikepdf.Pdf, bookmarks: Sequence[Bookmark]) -> None:
    """Write the outline as WeasyPrint would: levels that are skipped are closed up."""
    with whole.open_outline() as outline:
        above: list[tuple[int, list[OutlineItem]]] = [(0, outline.root)]
        for each in bookmarks:
            while above[-1][0] >= each.level:
                above.pop()
            item = OutlineItem(each.label, each.page, "XYZ", left=each.x, top=each.y, zoom=0)
            item.is_closed = not each.is_open
            above[-1][1].append(item)
            above.append((each.level, item.children))
