"""Imposition is a permutation: folding or cutting the sheets gives the pages in order."""

from collections.abc import Iterator, Sequence
from itertools import combinations

import pytest

from octavo.editions import TRIMS
from octavo.imposition import SCHEMES, impose, like_a_page
from octavo.model import Area, Duplex, Imposition, Placement, Sheet, Trim

COUNTS = range(1, 65)
SHEETS = [TRIMS["A4"], TRIMS["A3"], TRIMS["Letter"], TRIMS["Tabloid"], Trim(500, 350)]
Pages = list[int | None]


def turned_like_a_page(sheet: Sheet, duplex: Duplex) -> Iterator[tuple[Placement, Area]]:
    """Yield what is printed on the back, and where it lies as seen through the front.

    The printer turns the paper about one of its edges. Whatever it is, who turns the sheet like a
    page must see the back upright.
    """
    assert sheet.back is not None
    upright = (duplex is Duplex.SHORT_EDGE) is (sheet.width > sheet.height)
    for placement in sheet.back.placements:
        area = placement.area
        assert placement.turned is not upright
        if upright:
            x, y = sheet.width - area.x - area.width, area.y
        else:
            x, y = area.x, sheet.height - area.y - area.height
        yield placement, Area(x, y, area.width, area.height)


def leaf(sheet: Sheet, duplex: Duplex, *, right: bool) -> tuple[int | None, int | None]:
    """Return the pages on the front and on the back of one half of a sheet."""

    def half(area: Area) -> bool:
        return (area.x + area.width / 2 > sheet.width / 2) is right

    front = [each.page for each in sheet.front.placements if half(each.area)]
    back = [each.page for each, area in turned_like_a_page(sheet, duplex) if half(area)]
    return next(iter(front), None), next(iter(back), None)


def folded(sheets: Sequence[Sheet], duplex: Duplex) -> Pages:
    """Return the pages of a signature in the order in which its leaves are turned."""
    pages: Pages = []
    for sheet in sheets:
        pages += leaf(sheet, duplex, right=True)
    for sheet in reversed(sheets):
        front, back = leaf(sheet, duplex, right=False)
        pages += back, front
    return pages


def piles(sheets: Sequence[Sheet], duplex: Duplex) -> list[Pages]:
    """Return the piles that come of cutting all sheets at once, row by row."""
    cells: dict[tuple[float, float], Pages] = {}
    for sheet in sheets:
        here: dict[tuple[float, float], Pages] = {}
        for each in sheet.front.placements:
            here[round(each.area.y, 3), round(each.area.x, 3)] = [each.page]
        if sheet.back:
            for each, area in turned_like_a_page(sheet, duplex):
                here[round(area.y, 3), round(area.x, 3)].append(each.page)
        for key, pages in here.items():
            cells.setdefault(key, []).extend(pages)
    return [cells[key] for key in sorted(cells)]


def without_blanks(pages: Pages) -> list[int]:
    return [page for page in pages if page is not None]


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("duplex", [Duplex.SHORT_EDGE, Duplex.LONG_EDGE])
def test_a_booklet_is_folded(duplex: Duplex, sheet: Trim) -> None:
    for count in COUNTS:
        sheets = impose(Imposition("saddle-stitch", sheet, duplex), TRIMS["A5"], count)
        pages = folded(sheets, duplex)
        assert len(pages) == -(-count // 4) * 4
        assert pages == [*range(count), *[None] * (len(pages) - count)]


@pytest.mark.parametrize("signature", [4, 8, 12, 16, 32])
def test_signatures_are_folded_and_gathered(signature: int) -> None:
    for count in COUNTS:
        imposition = Imposition("perfect-bound", signature=signature)
        sheets = impose(imposition, TRIMS["A5"], count)
        size = signature // 4
        gathered = [
            page
            for first in range(0, len(sheets), size)
            for page in folded(sheets[first : first + size], Duplex.SHORT_EDGE)
        ]
        assert without_blanks(gathered) == list(range(count))
        assert gathered[:count] == list(range(count))


@pytest.mark.parametrize("duplex", [Duplex.SHORT_EDGE, Duplex.LONG_EDGE, Duplex.ONE_SIDED])
@pytest.mark.parametrize("up", [0, 2, 3, 4, 6, 9])
def test_stacks_are_cut_and_laid_on_each_other(up: int, duplex: Duplex) -> None:
    for count in COUNTS:
        imposition = Imposition("cut-and-stack", TRIMS["A3"], duplex, up=up)
        cut = piles(impose(imposition, TRIMS["A6"], count), duplex)
        assert without_blanks([page for pile in cut for page in pile]) == list(range(count))


@pytest.mark.parametrize("duplex", [Duplex.SHORT_EDGE, Duplex.LONG_EDGE, Duplex.ONE_SIDED])
def test_every_pile_is_a_copy(duplex: Duplex) -> None:
    for count in COUNTS:
        sheets = impose(Imposition("step-and-repeat", duplex=duplex), TRIMS["A6"], count)
        cut = piles(sheets, duplex)
        assert len(cut) == 4
        assert all(without_blanks(pile) == list(range(count)) for pile in cut)


@pytest.mark.parametrize("notes", [False, True])
@pytest.mark.parametrize("duplex", [Duplex.SHORT_EDGE, Duplex.LONG_EDGE, Duplex.ONE_SIDED])
@pytest.mark.parametrize("up", [2, 4, 6])
def test_pages_on_a_side_stand_in_reading_order(up: int, duplex: Duplex, *, notes: bool) -> None:
    for count in COUNTS:
        sheets = impose(Imposition("n-up", duplex=duplex, up=up, notes=notes), TRIMS["A5"], count)
        seen: Pages = []
        for sheet in sheets:
            rows = [(round(p.area.y, 3), p.area.x, p.page) for p in sheet.front.placements]
            seen += [page for *_, page in sorted(rows)]
            if sheet.back:
                # Turned about a vertical axis the columns of the back run from its own left again.
                behind = [
                    (round(area.y, 3), -area.x, each.page)
                    for each, area in turned_like_a_page(sheet, duplex)
                ]
                seen += [page for *_, page in sorted(behind)]
        assert seen == list(range(count))
        assert len(sheets[0].front.notes) == (min(up, count) if notes else 0)


def test_right_to_left_books_are_folded_the_other_way() -> None:
    for count in COUNTS:
        imposition = Imposition("saddle-stitch")
        sheets = impose(imposition, TRIMS["A5"], count, rtl=True)
        pages: Pages = []
        for sheet in sheets:
            pages += leaf(sheet, Duplex.SHORT_EDGE, right=False)
        for sheet in reversed(sheets):
            front, back = leaf(sheet, Duplex.SHORT_EDGE, right=True)
            pages += back, front
        assert without_blanks(pages) == list(range(count))


@pytest.mark.parametrize("scheme", ["saddle-stitch", "perfect-bound"])
def test_blanks_stand_before_the_back_cover(scheme: str) -> None:
    for count in COUNTS:
        imposition = Imposition(scheme, duplex=Duplex.SHORT_EDGE, signature=64)
        sheets = impose(imposition, TRIMS["A5"], count, tail=1)
        pages = folded(sheets, Duplex.SHORT_EDGE)
        assert pages[-1] == count - 1
        assert pages[: count - 1] == list(range(count - 1))


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("trim", [TRIMS["A6"], TRIMS["A5"], TRIMS["A4"], Trim(210, 100)])
def test_everything_stands_on_the_paper_and_apart(scheme: str, sheet: Trim, trim: Trim) -> None:
    for up in (0, 2, 6):
        imposition = Imposition(scheme, sheet, up=up, notes=scheme == "n-up")
        for made in impose(imposition, trim, 7):
            for side in filter(None, (made.front, made.back)):
                areas = [*(each.area for each in side.placements), *side.notes]
                for area in (*areas, *side.folds, *side.cuts, *side.collation):
                    assert area.x > -0.2
                    assert area.y > -0.2
                    assert area.x + area.width < made.width + 0.2
                    assert area.y + area.height < made.height + 0.2
                assert not any(overlap(*pair) for pair in combinations(areas, 2))


def overlap(one: Area, other: Area) -> bool:
    apart = 0.01
    return (
        one.x + one.width > other.x + apart
        and other.x + other.width > one.x + apart
        and one.y + one.height > other.y + apart
        and other.y + other.height > one.y + apart
    )


def test_pages_keep_their_size_where_it_fits() -> None:
    def size(scheme: str, trim: str, **more: int) -> float:
        (sheet, *_) = impose(Imposition(scheme, **more), TRIMS[trim], 8)  # type: ignore[arg-type]
        return sheet.front.placements[0].area.width / TRIMS[trim].width

    assert size("saddle-stitch", "A5") == 1
    assert size("saddle-stitch", "A4") == pytest.approx(0.7071, abs=0.003)
    assert size("step-and-repeat", "A6") == 1
    assert size("n-up", "A4", up=2) == pytest.approx(0.66, abs=0.03)


def test_creep_grows_towards_the_middle_of_a_signature() -> None:
    sheets = impose(Imposition("perfect-bound", signature=16, creep=0.2), TRIMS["A5"], 32)
    shifts = [[placement.shift for placement in sheet.front.placements] for sheet in sheets]
    wanted = [[0, 0], [0.2, -0.2], [0.4, -0.4], [0.6, -0.6]] * 2
    assert all(pair == pytest.approx(value) for pair, value in zip(shifts, wanted, strict=True))


def test_collation_marks_step_down_the_backs_of_the_signatures() -> None:
    sheets = impose(Imposition("perfect-bound", signature=8), TRIMS["A5"], 40)
    bars = [bar.y for sheet in sheets for bar in sheet.front.collation]
    assert bars == [30, 35, 40, 45, 50]


def test_paper_is_turned_like_a_page_unless_the_printer_cannot() -> None:
    for scheme, edge in (("saddle-stitch", Duplex.SHORT_EDGE), ("n-up", Duplex.LONG_EDGE)):
        (sheet, *_) = impose(Imposition(scheme, up=4), TRIMS["A5"], 16)
        assert like_a_page(sheet.width, sheet.height) is edge
        assert sheet.back is not None
        assert not sheet.back.turned
