"""Formulas for paper: drawings, each with its TeX in words, for WeasyPrint reads no MathML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any, Final

from lxml import etree

from octavo import xhtml
from octavo.model import Asset, Book
from octavo.workshop import Workshop, task
from octavo.xhtml import XHTML, Element

_SIZE: Final = 20.0
"""The height of the letters in a drawing (px), by which all else is told in em."""

_BOX: Final = re.compile(r'^<svg [^>]*viewBox="([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+)"')
_TYPE: Final = "image/svg+xml"
_IMG: Final = f"{{{XHTML}}}img"
_SHARE: Final = 64
"""So many are drawn by one."""


@dataclass(frozen=True)
class Drawing:
    """The drawing of a formula, and its width, height and depth (em)."""

    asset: Asset
    width: float
    height: float
    depth: float


_known: Final[dict[str, Drawing]] = {}
"""What was drawn for the book that is being laid out, which is laid out more than once."""


def foresee(book: Book, workshop: Workshop) -> None:
    """Have the formulas of a book drawn by many, before it is laid out."""
    _known.clear()
    wanted = tuple(dict.fromkeys(_formulas(book)))
    shares = [wanted[at : at + _SHARE] for at in range(0, len(wanted), _SHARE)]
    made = workshop.do_all([task(drawn, share) for share in shares], light=True)
    for share, drawings in zip(shares, made, strict=True):
        _known.update(zip(share, drawings, strict=True))


def drawn(formulas: tuple[str, ...]) -> tuple[Drawing, ...]:
    """Return the drawings of formulas in MathML."""
    return tuple(map(_drawn, formulas))


def draw(root: Element) -> Iterator[Asset]:
    """Put a drawing in the place of every formula, and yield each drawing once.

    Its width, height and depth are in em, so that it goes with the text around it.
    """
    made: dict[str, Asset] = {}
    for formula in xhtml.find(root, ".//m:math"):
        block = formula.get("display") == "block"
        plain = _plain(formula)
        drawing = _known.get(plain) or _known.setdefault(plain, _drawn(plain))
        size = f"width: {drawing.width:.3f}em; height: {drawing.height:.3f}em"
        image = formula.makeelement(
            _IMG,
            {
                "src": drawing.asset.name,
                "alt": formula.get("alttext", ""),
                "class": "formula block" if block else "formula",
                "style": f"{size}; vertical-align: {-drawing.depth:.3f}em",
            },
        )
        xhtml.replace(formula, [image])
        made.setdefault(drawing.asset.name, drawing.asset)
    yield from made.values()


def _formulas(book: Book) -> Iterator[str]:
    for leaf in book.leaves:
        for fragment in (leaf.title, leaf.content, *(note.content for note in leaf.notes)):
            if "<math" in fragment:
                body = xhtml.parse_fragment(fragment)
                yield from map(_plain, xhtml.find(body, ".//m:math"))


def _plain(formula: Element) -> str:
    """Return a formula as text, the same wherever it stands."""
    text = etree.tostring(formula, encoding="unicode", with_tail=False)
    return _ELSEWHERE.sub("", text)


_ELSEWHERE: Final = re.compile(r' xmlns:epub="[^"]*"')
"""A name for what may stand around a formula."""


def _drawn(mathml: str) -> Drawing:
    svg: str = _renderer()(mathml, size=_SIZE).svg()
    _, top, width, height = map(float, _BOX.findall(svg)[0])
    if height <= 0:  # nothing is drawn, as of TeX that only defines something
        top, height = 0.0, 0.0
    asset = Asset(f"math/{sha256(svg.encode()).hexdigest()[:16]}.svg", _TYPE, svg.encode())
    return Drawing(asset, width / _SIZE, height / _SIZE, (top + height) / _SIZE)


@cache
def _renderer() -> Any:
    """Return what draws a formula; it is slow to load, and few books have one."""
    from ziamath import styles  # noqa: PLC0415
    from ziamath.zmath import Math  # noqa: PLC0415

    # It copies the style of a sign, all the way down, to read three values of it.
    vars(styles)["asdict"] = vars
    return Math
