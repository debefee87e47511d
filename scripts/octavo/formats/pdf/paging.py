"""The hook of the composer into WeasyPrint's pages.

WeasyPrint makes one page after the other and can make any of them again. Here a page that ends
badly is made again with paragraphs turned by a line, its own or those of a page or two before it.
The pages of a chapter are handed on when its last is made.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Final

from weasyprint import layout
from weasyprint.formatting_structure import boxes
from weasyprint.layout import page as page_layout
from weasyprint.layout.page import remake_page
from weasyprint.logger import PROGRESS_LOGGER
from weasyprint.text.line_break import strut

from octavo.composer import FEWEST, Foot, changes, turned
from octavo.formats.pdf.amending import amend, surround
from octavo.formats.pdf.composing import composing_of
from octavo.formats.pdf.grid import room, whole_lines
from octavo.formats.pdf.paragraphs import Composing
from octavo.formats.pdf.turning import Rebreak, Turn

_BACK: Final = 2
"""So many pages before one that ends badly are tried as well."""

_TRIES: Final = 6
"""So many ways to mend a page are tried, the cheapest first."""

_AGAIN: Final = 20_000.0
"""What it costs to make a page again, in what an uneven line costs."""

_PICTURES: Final = (boxes.ReplacedBox, boxes.TableBox)
"""What fills a page without many lines."""

_WAITING: Final = ("content_changed", "pages_wanted")
"""Why WeasyPrint makes a page again by itself."""

_BOTTOM: Final = "context.page_bottom = page.content_box_y() + page.height"
_WHOLE: Final = "context.page_bottom = octavo_bottom(context, page, page_number)"


def even_pages() -> None:
    """Have WeasyPrint's pages made even, once for the process.

    Raises:
        RuntimeError: when something else stands around its pages.
    """
    vars(page_layout).setdefault("octavo_bottom", _bottom)
    amend(page_layout, "make_page", {_BOTTOM: _WHOLE})
    surround(layout, "make_all_pages", _pages)


def _bottom(context: Any, page: Any, number: int) -> float:
    """Return where the text of a page ends at the latest: after a whole number of lines."""
    composing = composing_of(context)
    if composing is None or not composing.pages:
        return float(page.content_box_y() + page.height)
    short: int = context.octavo_short.get(number - 1, 0)
    return whole_lines(page) - short * float(strut(page.style)[0])


def _pages(
    own: Callable[..., Any], context: Any, root_box: Any, html: Any, pages: Sequence[Any]
) -> Iterator[Any]:
    """Surround ``make_all_pages``: yield the pages of a document, those of a chapter together."""
    composing = composing_of(context)
    if composing is None or not composing.pages:
        yield from own(context, root_box, html, pages)
        return
    yield from _Maker(composing, context, root_box, html, pages).pages()


@dataclass
class _State:
    """What WeasyPrint remembers before it makes a page."""

    footnotes: list[Any]
    reported: list[Any]
    rendered: list[Any]
    broken: dict[Any, Any]

    @classmethod
    def of(cls, context: Any) -> "_State":
        return cls(
            list(context.footnotes),
            list(context.reported_footnotes),
            list(context.rendered_notes),
            context.broken_out_of_flow,
        )

    def restore(self, context: Any) -> None:
        context.footnotes = list(self.footnotes)
        context.reported_footnotes = list(self.reported)
        context.rendered_notes = list(self.rendered)
        context.broken_out_of_flow = self.broken


@dataclass
class _Page:
    """A page as it was made, how it ends, and what was remembered before."""

    number: int
    before: _State
    box: Any
    foot: Foot
    ends: bool
    lines: tuple[Any, ...]


class _Maker:
    """Makes the pages of a document in their order."""

    def __init__(
        self, composing: Composing, context: Any, root_box: Any, html: Any, pages: Sequence[Any]
    ) -> None:
        self._composing = composing
        self._context = context
        self._root_box = root_box
        self._html = html
        self._earlier = pages
        self._chapter: list[_Page] = []
        self._waits: dict[int, set[str]] = {}
        self._turned: list[tuple[Turn | Rebreak, int]] = []
        self._short: dict[int, int] = vars(context).setdefault("octavo_short", {})

    def pages(self) -> Iterator[Any]:
        """Yield all pages; those that nothing has changed are as they were."""
        context, number = self._context, 0
        context.rendered_notes = []
        while True:
            reported = None
            if self._is_due(number):
                self._chapter.append(self._made(number))
                self._mend()
                number = self._chapter[-1].number
                if self._chapter[-1].ends:
                    yield from self._handed_on()
                reported = context.reported_footnotes
            else:
                message = "Step 5 - Creating layout - Page %d (up-to-date)"
                PROGRESS_LOGGER.info(message, number + 1)
                yield from self._handed_on()
                yield self._earlier[number]
            number += 1
            if context.page_maker[number][0] is None and not reported:
                yield from self._handed_on()
                context.page_maker = context.page_maker[: number + 1]
                context.broken_out_of_flow.clear()
                context.reported_footnotes.clear()
                return

    def _handed_on(self) -> Iterator[Any]:
        for page in self._chapter:
            for line in page.lines:
                if composed := vars(line).get("octavo_composed"):
                    composed.forget()
            yield page.box
        self._chapter = []
        self._turned = []

    def _is_due(self, number: int) -> bool:
        state = self._context.page_maker[number][-1]
        return not self._earlier or any(state[name] for name in _WAITING)

    def _made(self, number: int) -> _Page:
        """Make a page as its paragraphs are set now."""
        PROGRESS_LOGGER.info("Step 5 - Creating layout - Page %d", number + 1)
        context = self._context
        before = _State.of(context)
        state = context.page_maker[number][-1]
        state |= dict.fromkeys(_WAITING, False)
        state |= {"anchors": [], "content_lookups": []}
        box, resume = remake_page(number, context, self._root_box, self._html)
        # What a page waits for it has said when it was first made.
        waits = self._waits.setdefault(number, set())
        waits |= {name for name in _WAITING if state[name]}
        state |= dict.fromkeys(waits, True)
        after = context.page_maker[number + 1][1]
        other = bool(after["page"] and after["page"] != box.page_type.name)
        ends = resume is None or after["break"] != "any" or other
        lines = tuple(_lines(box.children[0]))
        first = not self._chapter or number == self._chapter[0].number
        foot = _foot(box, lines, _bottom(context, box, number + 1), ends=ends, first=first)
        return _Page(number, before, box, foot, ends, lines)

    # --- mending ---

    def _mend(self) -> None:
        """Have the last page end well, if it can be done."""
        foot = self._chapter[-1].foot
        if foot.fault and not self._turn_out(foot) and (foot.missing or foot.few):
            self._run_short(foot)

    def _turn_out(self, foot: Foot) -> bool:
        """Turn paragraphs of the last page, or of some before it, until that page ends well."""
        last, begun = self._chapter[-1].number, len(self._chapter)
        faults = [page.foot.fault for page in self._chapter]
        for start, turns, step in self._ways(foot):
            mark = len(self._turned)
            for turn in turns:
                turn.by(step)
                self._turned.append((turn, step))
            begun = min(begun, start)
            self._again(begun, last)
            if self._fault(begun) <= sum(faults[begun:-1]) and not self._chapter[-1].foot.fault:
                return True
            self._turn_back(mark)
        if begun < len(faults):
            self._again(begun, last)
        return False

    def _rebreaks(self) -> Iterator[tuple[int, list[Turn | Rebreak], int]]:
        """Yield how the hyphen at the foot of the last page might be done without."""
        last = len(self._chapter) - 1
        foot = self._chapter[-1].lines[-1]
        composed, asked = vars(foot).get("octavo_composed"), vars(foot).get("octavo_asked")
        if not composed or not asked:
            return
        line = composed.line(self._composing, asked)
        for turn in self._turns(self._chapter[-1]):
            if turn.composed is composed and turn.costs() is not None and line:
                yield last, [Rebreak(composed, turn.asked, line.cut)], 1

    def _ways(self, foot: Foot) -> Iterator[tuple[int, list[Turn | Rebreak], int]]:
        """Yield from which page on which paragraphs might be turned by a line, the best first.

        What has fewer pages made again is better than what costs as much.
        """
        last = len(self._chapter) - 1
        first = max(last - _BACK, 0)
        turns = [self._turns(page) for page in self._chapter[first:]]
        pools = [(start, turns[start - first]) for start in range(last, first - 1, -1)]
        pools.append((first, tuple(turn for page in turns for turn in page)))
        if foot.hyphen:
            yield from self._rebreaks()
        ways: list[tuple[float, int, int, list[Turn | Rebreak], int]] = []
        for start, able in pools:
            costs = [turn.costs() for turn in able]
            for change in changes(foot):
                cost, chosen = turned(costs, change)
                if chosen:
                    weight = (cost + _AGAIN) * (last - start + 1)
                    step = 1 if change > 0 else -1
                    ways.append((weight, len(ways), start, [able[at] for at in chosen], step))
        ways.sort(key=itemgetter(0, 1))
        yield from ((start, turned_, step) for _, _, start, turned_, step in ways[:_TRIES])

    def _turns(self, page: _Page) -> tuple[Turn, ...]:
        """Return the paragraphs of a page that are, or can be, composed from a place on it."""
        found: dict[int, Turn] = {}
        for line in page.lines:
            composed, asked = vars(line).get("octavo_composed"), vars(line).get("octavo_asked")
            if composed and asked and id(composed) not in found:
                found[id(composed)] = Turn(self._composing, composed, asked)
        return tuple(found.values())

    def _turn_back(self, mark: int) -> None:
        """Set paragraphs as they were before they were turned."""
        while len(self._turned) > mark:
            turn, step = self._turned.pop()
            turn.by(-step)

    def _run_short(self, foot: Foot) -> None:
        """Have both pages of a spread run as short as one of them must.

        Before a chapter's end that looks lost they run as short as it takes to fill it up.
        """
        if foot.few:
            self._shorten(len(self._chapter) - 2, FEWEST - foot.lines)
        elif self._chapter[-1].box.page_type.side == "left":
            number = self._chapter[-1].number
            self._short |= {
                each: self._short.get(each, 0) + foot.missing for each in (number, number + 1)
            }
            self._chapter[-1].foot = Foot()
        else:
            self._shorten(len(self._chapter) - 1, foot.missing)

    def _shorten(self, at: int, lines: int) -> None:
        """Shorten a page of the chapter, and that which faces it, if all then end well."""
        last, short, mark = self._chapter[-1].number, dict(self._short), len(self._turned)
        page, ends = self._chapter[at], self._chapter[-1].ends
        start = at - (at > 0 and page.box.page_type.side == "right")
        if any(each.foot.fault for each in self._chapter[start:at]):
            return
        for each in self._chapter[start : at + 1]:
            self._short[each.number] = self._short.get(each.number, 0) + lines
        self._again(start, self._chapter[start].number)
        while self._chapter[-1].number < last and not self._chapter[-1].ends:
            if ends and self._chapter[-1].number >= page.number:
                self._chapter[-1].foot = Foot()  # it faces the end of the chapter, or nothing
            if not self._is_good():
                break
            self._chapter.append(self._made(self._chapter[-1].number + 1))
        if self._is_good():
            return
        self._short.clear()
        self._short |= short
        self._turn_back(mark)
        self._again(start, last)

    def _is_good(self) -> bool:
        """Return whether the last page ends well, or can be made to."""
        foot = self._chapter[-1].foot
        return not foot.fault or self._turn_out(foot)

    def _fault(self, start: int) -> float:
        return sum(page.foot.fault for page in self._chapter[start:])

    def _again(self, start: int, last: int) -> None:
        """Make the pages from one of the chapter on again, up to one by its number."""
        number = self._chapter[start].number
        self._chapter[start].before.restore(self._context)
        del self._chapter[start:]
        while True:
            page = self._made(number)
            self._chapter.append(page)
            if page.ends or number >= last:
                return
            number += 1


def _lines(box: Any) -> Iterator[Any]:
    """Yield the lines in a box that flow, in their order."""
    if isinstance(box, boxes.LineBox):
        yield box
    elif isinstance(box, boxes.ParentBox):
        for child in box.children:
            if child.is_in_normal_flow():
                yield from _lines(child)


def _foot(page: Any, lines: Sequence[Any], bottom: float, *, ends: bool, first: bool) -> Foot:
    """Return how a page ends."""
    if not lines:
        return Foot()
    if ends:
        pictured = any(isinstance(box, _PICTURES) for box in page.children[0].descendants())
        return Foot(lines=0 if first or pictured else len(lines))
    recto = page.page_type.side == "right"
    return Foot(room(page, bottom, lines), hyphen=recto and _is_hyphened(lines[-1]))


def _is_hyphened(line: Any) -> bool:
    box = line
    while isinstance(box, boxes.ParentBox) and box.children:
        box = box.children[-1]
    return getattr(box, "text", "").endswith(("-", "\u2010"))
