"""How the first page of a gathering begins, as it would in the whole book.

WeasyPrint begins every document on its first page. Here it goes on from where the book has come to:
from a break before the first leaf, on a page of the right side, with a folio, and with the pages of
other gatherings known. A leaf that opens on one side begins with the blank page that may have to
stand before it; who puts the gatherings together takes out what is not needed.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from weasyprint import layout
from weasyprint.css.targets import TargetLookupItem

from octavo.formats.pdf.amending import surround
from octavo.formats.pdf.values import Head, Opening

_FORCED: Final = ("page", "left", "right", "recto", "verso")
_SIDED: Final = _FORCED[1:]


@dataclass
class Opened:
    """What is found of a gathering while it is set.

    ``side`` is that on which its first leaf opens, empty where it may be either; ``cuts`` whether
    the book can be cut before it. ``heads`` are its pages, ``told`` the ids whose pages it tells.
    """

    opening: Opening
    first: bool
    side: str = ""
    cuts: bool = True
    heads: list[Head] = field(default_factory=list)
    told: set[str] = field(default_factory=set)


def open_gatherings() -> None:
    """Have WeasyPrint begin a gathering within its book, once for the process.

    Raises:
        RuntimeError: when something else stands around what makes pages.
    """
    surround(layout, "initialize_page_maker", _begin)
    surround(layout, "make_margin_boxes", _leave_margins)


def opened(context: Any) -> Opened | None:
    """Return the gathering that is being set; None where that is a whole book."""
    found: Opened | None = vars(context.font_config).get("octavo_opened")
    return found


def know_targets(collector: Any, gathering: Opened) -> None:
    """Tell WeasyPrint the numbers of pages that are set elsewhere."""
    for id_, number in gathering.opening.targets.items():
        item = TargetLookupItem("up-to-date")
        item.target_box = _Elsewhere(id_, number, gathering.told)
        collector.target_lookup_items[id_] = item


@dataclass(frozen=True)
class _Elsewhere:
    """What WeasyPrint takes for the box of an id; it remembers that its page was asked for."""

    id: str
    number: int
    told: set[str]

    @property
    def cached_counter_values(self) -> dict[str, list[int]]:
        self.told.add(self.id)
        return {"page": [self.number]}


def _begin(own: Callable[..., Any], context: Any, root_box: Any) -> None:
    """Surround ``initialize_page_maker``: begin before the first leaf that is not hidden."""
    own(context, root_box)
    gathering = opened(context)
    if gathering is None or gathering.first:
        return
    at, body = next(
        (at, box) for at, box in enumerate(root_box.children) if box.element_tag == "body"
    )
    if not body.children:  # a stylesheet hides what stands here
        gathering.cuts = False
        return
    leaf = body.children[0]
    broken = leaf.style["break_before"]
    gathering.cuts = broken in _FORCED and not _is_broken_after(context, body, leaf, broken)
    ltr = root_box.style["direction"] == "ltr"
    gathering.side = _side(broken, ltr=ltr)
    right = gathering.side != "right" if broken in _SIDED else gathering.opening.right
    _, _, _, state, remake = context.page_maker[0]
    _, values, scopes, _ = state
    values["page"] = [gathering.opening.folio]
    scopes[0].add("page")
    then = {"break": broken, "page": leaf.page_values()[0]}
    context.page_maker[0] = ({at: {0: None}}, then, right, state, remake)


def _side(broken: str, *, ltr: bool) -> str:
    """Return the side on which a leaf opens, empty where it may open on either."""
    sides = {"recto": "right" if ltr else "left", "verso": "left" if ltr else "right"}
    return sides.get(broken, broken if broken in _SIDED else "")


def _is_broken_after(context: Any, body: Any, leaf: Any, broken: str) -> bool:
    """Return whether the leaf before this one has a word in where this opens."""
    leaves = list(body.element)
    after = context.style_for(leaves[leaves.index(leaf.element) - 1])["break_after"]
    return after in _FORCED and after != broken


def _leave_margins(own: Callable[..., Any], context: Any, page: Any, state: Any) -> Any:
    """Surround ``make_margin_boxes``: what a gathering has there is set when all are."""
    gathering = opened(context)
    if gathering is None:
        return own(context, page, state)
    type_, style = page.page_type, page.style
    counts = not any(
        name == "page" for key in ("counter_set", "counter_reset") for name, _ in style[key]
    )
    gathering.cuts &= ("page", 1) in style["counter_increment"] or not counts
    folio = state[1].get("page", [0])[-1]
    gathering.heads.append(
        Head(type_.side, type_.blank, type_.name, type_.index, type_.groups, folio, counts)
    )
    return ()
