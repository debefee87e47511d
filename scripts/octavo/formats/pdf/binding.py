"""A rendition bound as a PDF: cut into gatherings, each set wherever there is room, and merged.

What a gathering takes for granted of the others - how far the folios have come, on which pages the
places are to which it points - is guessed at first, and set again where the guess was wrong.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from io import BytesIO
from typing import Final

import pikepdf

from octavo.cache import key
from octavo.diagnostics import Diagnostic, PublishingError, error, raise_errors
from octavo.formats.pdf.finishing import finish
from octavo.formats.pdf.gatherings import Gathering, cut, whole
from octavo.formats.pdf.merging import Bound, merge
from octavo.formats.pdf.tasks import embed_fonts, set_gathering, set_heads
from octavo.formats.pdf.values import (
    Bookmark,
    Drawn,
    Head,
    Heads,
    Opening,
    Typeset,
    joined,
)
from octavo.memory import give_back
from octavo.model import BOOK_TOML, Page, Pagination, Rendition
from octavo.typography.numerals import folios
from octavo.workshop import Task, Workshop, task

PASSES: Final = 8
"""How often gatherings are set before references that move each other are given up."""

_SEVERAL: Final = 16
"""After so many gatherings, and in a book of more, memory is given back, which takes a moment."""

_GUESSED: Final = 100
"""The number of a page that is not known yet: as wide as most."""

_SIDED: Final = re.compile(r"@page[^{]*:(?:left|right)\b")


@dataclass(frozen=True)
class Pages:
    """Typeset pages: as data, with the complaints, and the file, empty where it was not drawn."""

    pagination: Pagination
    problems: tuple[Diagnostic, ...]
    data: bytes


def bound(rendition: Rendition, workshop: Workshop, *, draw: bool = True) -> Pages:
    """Return the rendition's only document as pages.

    Raises:
        PublishingError: P003 when an image, a stylesheet or an anchor is missing, P008 when
            references to pages do not come to rest.
    """
    gatherings = cut(rendition)
    if len(gatherings) > 1:
        give_back()
        made = _gathered(gatherings, rendition, workshop, draw=draw)
        if made:
            return made
        workshop("set the book as one")
    return _one(rendition, workshop, draw=draw)


def _one(rendition: Rendition, workshop: Workshop, *, draw: bool) -> Pages:
    """Return pages that are set together."""
    workshop("set the pages")
    made: Typeset = workshop.do(task(set_gathering, whole(rendition), Opening(), draw))
    if draw:
        raise_errors(made.problems)
    found = made.paginated
    front = made.anchors.get(rendition.body, 0) if rendition.body else 0
    pagination = _pagination(rendition, found.pages, found.homes, front, found.columns)
    data = b""
    if draw:
        workshop("finish")
        with pikepdf.open(BytesIO(made.data)) as file:
            data = finish(file, rendition, front=front)
    return Pages(pagination, made.problems, data)


def _pagination(
    rendition: Rendition,
    pages: Sequence[Page],
    homes: Mapping[str, int],
    front: int,
    columns: frozenset[str],
) -> Pagination:
    labels = folios(front, len(pages))
    return Pagination(
        edition=rendition.edition.name,
        identifier=rendition.edition.identifier or rendition.metadata.identifier,
        pages=tuple(replace(page, label=label) for page, label in zip(pages, labels, strict=True)),
        homes=homes,
        columns=columns,
    )


# --- several gatherings ---


@dataclass(frozen=True)
class _Placed:
    """A gathering in its place: how it opens, and how many of its pages are not needed.

    ``page`` is the number of its first page in the book (from 0); ``heads`` are its pages.
    """

    opening: Opening
    skip: int
    page: int
    heads: tuple[Head, ...]


def _gathered(
    gatherings: Sequence[Gathering], rendition: Rendition, workshop: Workshop, *, draw: bool
) -> Pages | None:
    """Return the pages of gatherings, None where the book cannot be cut after all."""
    settled = _settled(gatherings, rendition, workshop)
    if settled is None:
        return None
    sets, places = settled
    total = places[-1].page + len(places[-1].heads)
    homes: dict[str, int] = {}
    for made, place in zip(sets, places, strict=True):
        for id_, page in made.paginated.homes.items():
            homes.setdefault(id_, max(page - place.skip, 0) + place.page)
    front = next(
        (
            made.anchors[rendition.body] - place.skip + place.page
            for made, place in zip(sets, places, strict=True)
            if rendition.body in made.anchors
        ),
        0,
    )
    pages = [
        page if page.recto == right else replace(page, recto=right)
        for made, place in zip(sets, places, strict=True)
        for page, right in zip(
            made.paginated.pages[place.skip :], _rights(place.heads), strict=True
        )
    ]
    columns: frozenset[str] = frozenset().union(*(made.paginated.columns for made in sets))
    pagination = _pagination(rendition, pages, homes, front, columns)
    problems = tuple(dict.fromkeys(problem for made in sets for problem in made.problems))
    if not draw:
        return Pages(pagination, problems, b"")
    raise_errors(problems)
    workshop("set the heads")
    heads = list(workshop.do_all(list(_heads(sets, places, rendition, total))))
    if not all(each.alone for each in heads):
        return None
    workshop("put the gatherings together")
    data = _merged(sets, places, heads, rendition, workshop, front=front)
    give_back()
    return Pages(pagination, problems, data)


def _rights(heads: Sequence[Head]) -> Iterator[bool]:
    return (head.side == "right" for head in heads)


def _settled(
    gatherings: Sequence[Gathering], rendition: Rendition, workshop: Workshop
) -> tuple[list[Typeset], list[_Placed]] | None:
    """Return gatherings as they are set with what is so, and their places."""
    openings = [
        Opening(targets=dict.fromkeys(sorted(each.abroad), _GUESSED)) for each in gatherings
    ]
    sets: list[Typeset | None] = [None] * len(gatherings)
    sided, shared = _is_sided(rendition), _shared(rendition)
    # The contents stand first and tell the pages of all others: they wait until these are known.
    wrong = list(range(int(bool(gatherings[0].abroad)), len(gatherings)))
    for _ in range(PASSES):
        tasks = [_setting(gatherings[at], openings[at], shared) for at in wrong]
        for count, (at, made) in enumerate(zip(wrong, workshop.do_all(tasks), strict=True), 1):
            workshop(f"set the pages: {count} of {len(wrong)} gatherings")
            sets[at] = made
            if not count % _SEVERAL:
                give_back()
        done = [made for made in sets if made]
        if not all(made.cuts for made in done):
            return None
        if sets[0] is None:
            wrong = [0]
            numbers = _numbers(done, list(_walked(done)))
            openings[0] = _opening(gatherings[0], openings[0], numbers)
        else:
            places = list(_placed(gatherings, done))
            wrong = list(_wrong(done, openings, places, sided=sided))
            if not wrong:
                return done, places
            openings = [
                place.opening if at in wrong else openings[at] for at, place in enumerate(places)
            ]
        if len(gatherings) > _SEVERAL:
            workshop.rest()
    message = "the numbers of pages in the text do not come to rest: they move what they tell of"
    raise PublishingError(error("P008", message, BOOK_TOML, "reword what tells the numbers"))


def _wrong(
    sets: Sequence[Typeset],
    openings: Sequence[Opening],
    places: Sequence[_Placed],
    *,
    sided: bool,
) -> Iterator[int]:
    """Yield the numbers of the gatherings that took for granted what is not so."""
    for at, (made, opening, place) in enumerate(zip(sets, openings, places, strict=True)):
        begins = at and _is_wrong(made, opening, place.opening, sided=sided)
        if begins or _misled(made, opening, place.opening):
            yield at


def _setting(gathering: Gathering, opening: Opening, shared: str) -> Task:
    """Return what sets a gathering; it is drawn too, since who asks for its pages will want it."""
    names = tuple(each.name for each in gathering.rendition.assets)
    own = (gathering.packed, gathering.name, gathering.before, gathering.first, gathering.abroad)
    return task(set_gathering, gathering, opening, True, told=(*own, opening, shared, names))


def _shared(rendition: Rendition) -> str:
    """Return a digest of all that the gatherings of a book share, and of the files they read."""
    made = sha256(key(replace(_bare(rendition), assets=(), stylesheets=())).encode())
    for asset in (*rendition.stylesheets, *rendition.assets):
        made.update(repr((asset.name, asset.media_type)).encode())
        made.update(sha256(asset.data).digest())
    return made.hexdigest()


def _is_wrong(made: Typeset, before: Opening, so: Opening, *, sided: bool) -> bool:
    """Return whether a gathering was set from a page where it does not begin."""
    if made.tells and before.folio != so.folio:
        return True
    return sided and not made.side and before.right != so.right


def _misled(made: Typeset, before: Opening, so: Opening) -> bool:
    """Return whether a gathering tells a page on which something does not stand."""
    return any(before.targets[id_] != so.targets[id_] for id_ in made.told)


def _is_sided(rendition: Rendition) -> bool:
    """Return whether left pages are others than right ones."""
    sheets = [sheet.data.decode("utf-8", "replace") for sheet in rendition.stylesheets]
    return any(_SIDED.search(text) for text in (*sheets, rendition.documents[0].xhtml))


def _placed(gatherings: Sequence[Gathering], sets: Sequence[Typeset]) -> Iterator[_Placed]:
    """Yield the place of every gathering."""
    walked = list(_walked(sets))
    numbers = _numbers(sets, walked)
    for gathering, place in zip(gatherings, walked, strict=True):
        yield replace(place, opening=_opening(gathering, place.opening, numbers))


def _numbers(sets: Sequence[Typeset], places: Sequence[_Placed]) -> dict[str, int]:
    """Return the numbers of the pages on which ids stand."""
    numbers: dict[str, int] = {}
    for made, place in zip(sets, places, strict=True):
        for id_, page in made.anchors.items():
            numbers.setdefault(id_, place.heads[max(page - place.skip, 0)].folio)
    return numbers


def _opening(gathering: Gathering, opening: Opening, numbers: Mapping[str, int]) -> Opening:
    """Return how a gathering opens, with the numbers of the pages to which it points."""
    targets = {id_: numbers.get(id_, _GUESSED) for id_ in sorted(gathering.abroad)}
    return replace(opening, targets=targets)


def _walked(sets: Sequence[Typeset]) -> Iterator[_Placed]:
    """Yield the places, the pages of the book one after the other."""
    page, folio, right = 0, 0, sets[0].heads[0].side == "right"
    for made in sets:
        # The blank page before a leaf that opens on one side, where that is the next one.
        skip = int(bool(made.side) and (made.side == "right") == right)
        opening = Opening(folio - skip, right)
        heads = []
        for head in made.heads[skip:]:
            folio = folio + 1 if head.counts else head.folio
            heads.append(replace(head, folio=folio, side="right" if right else "left"))
            right = not right
        yield _Placed(opening, skip, page, tuple(heads))
        page += len(heads)


# --- the file ---


def _heads(
    sets: Sequence[Typeset],
    places: Sequence[_Placed],
    rendition: Rendition,
    total: int,
) -> Iterator[Task]:
    """Yield what sets the margins of every gathering."""
    given: dict[str, tuple[str, ...]] = {}
    total = total if any(b"pages" in sheet.data for sheet in rendition.stylesheets) else 0
    bare = _bare(rendition)
    made_from = key(bare)
    for made, place in zip(sets, places, strict=True):
        strings: dict[str, dict[int, tuple[str, ...]]] = {
            name: {-1: texts[-1:]} for name, texts in given.items()
        }
        for name, pages in made.strings.items():
            own = {at - place.skip: texts for at, texts in pages.items() if at >= place.skip}
            strings.setdefault(name, {}).update(own)
            if own:
                given[name] = own[max(own)]
        arguments = (bare, place.heads, strings, total)
        yield task(set_heads, *arguments, told=(made_from, *arguments[1:]))


def _bare(rendition: Rendition) -> Rendition:
    """Return a rendition whose text is as good as any."""
    document = rendition.documents[0]
    head, _, body = document.xhtml.partition("<body")
    attributes = body.partition(">")[0]
    return replace(
        rendition, documents=(replace(document, xhtml=f"{head}<body{attributes}></body></html>"),)
    )


def _merged(  # noqa: PLR0913 - what a book is made of
    sets: Sequence[Typeset],
    places: Sequence[_Placed],
    heads: Sequence[Heads],
    rendition: Rendition,
    workshop: Workshop,
    *,
    front: int,
) -> bytes:
    drawn: list[Typeset | Heads] = [*sets, *heads]
    fonts = joined(font for each in drawn for font in each.fonts)
    embedded = workshop.do(task(embed_fonts, fonts, _faces(fonts, drawn, rendition)))
    if len(sets) > _SEVERAL:
        workshop.rest()
    parts = [
        Bound(made.data, place.skip, each)
        for made, place, each in zip(sets, places, heads, strict=True)
    ]
    with merge(parts, embedded, list(_bookmarks(sets, places))) as file:
        return finish(file, rendition, front=front)


def _faces(
    fonts: Sequence[Drawn], drawn: Sequence[Typeset | Heads], rendition: Rendition
) -> dict[str, bytes]:
    """Return the files of the faces, by digest."""
    files = {sha256(asset.data).hexdigest(): asset.data for asset in rendition.assets}
    for each in drawn:
        files |= each.faces
    return {font.face: files[font.face] for font in fonts}


def _bookmarks(sets: Sequence[Typeset], places: Sequence[_Placed]) -> Iterator[Bookmark]:
    for made, place in zip(sets, places, strict=True):
        for each in made.bookmarks:
            yield replace(each, page=max(each.page - place.skip, 0) + place.page)
