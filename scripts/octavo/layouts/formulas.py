"""Formulas for paper: drawings, each with its TeX in words, for WeasyPrint reads no MathML."""

import re
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from typing import Final

from lxml import etree

from octavo import xhtml
from octavo.model import Asset
from octavo.xhtml import XHTML, Element

_SIZE: Final = 20.0
"""The height of the letters in a drawing (px), by which all else is told in em."""

_BOX: Final = re.compile(r'^<svg [^>]*viewBox="([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+)"')
_TYPE: Final = "image/svg+xml"
_KNOWN: Final = 4_096
"""So many drawings are remembered; the same letters come again and again."""

_IMG: Final = f"{{{XHTML}}}img"


def draw(root: Element) -> Iterator[Asset]:
    """Put a drawing in the place of every formula, and yield each drawing once.

    Its width, height and depth are in em, so that it goes with the text around it.
    """
    made: dict[str, Asset] = {}
    for formula in xhtml.find(root, ".//m:math"):
        block = formula.get("display") == "block"
        plain = etree.tostring(formula, encoding="unicode", with_tail=False)
        asset, width, height, depth = _drawn(plain)
        style = f"width: {width:.3f}em; height: {height:.3f}em; vertical-align: -{depth:.3f}em"
        image = formula.makeelement(
            _IMG,
            {
                "src": asset.name,
                "alt": formula.get("alttext", ""),
                "class": "formula block" if block else "formula",
                "style": style,
            },
        )
        xhtml.replace(formula, [image])
        made.setdefault(asset.name, asset)
    yield from made.values()


@lru_cache(_KNOWN)
def _drawn(mathml: str) -> tuple[Asset, float, float, float]:
    """Return the drawing of a formula, and its width, height and depth in em."""
    from ziamath.zmath import Math  # noqa: PLC0415 - slow to load, and few books have formulas

    svg = Math(mathml, size=_SIZE).svg()
    _, top, width, height = map(float, _BOX.findall(svg)[0])
    if height <= 0:  # nothing is drawn, as of TeX that only defines something
        top, height = 0.0, 0.0
    asset = Asset(f"math/{sha256(svg.encode()).hexdigest()[:16]}.svg", _TYPE, svg.encode())
    return asset, width / _SIZE, height / _SIZE, (top + height) / _SIZE
