"""What the finished documents offer a reader who cannot see, hear or hold a page.

Nothing here is asserted: every term follows from an element that is there, or from the absence of
one that would deny it. The terms are schema.org's accessibility vocabulary as EPUB Accessibility
1.1 uses it.
"""

from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from itertools import pairwise
from typing import Final

from PIL import Image

from octavo import xhtml
from octavo.model import Accessibility, Asset, Rendition

Trees = tuple[xhtml.Element, ...]

_SHOWN_IMAGES: Final = ".//h:img[not(@role='presentation')]"
_ALL_IMAGES: Final = ".//h:img | .//svg:svg"
_MEDIA: Final = ".//h:audio | .//h:video"
_SCRIPTS: Final = ".//h:script"


def survey(rendition: Rendition) -> Accessibility:
    """Return what the documents of an e-book really have."""
    trees = tuple(xhtml.parse(document.xhtml) for document in rendition.documents)
    visual = _any(trees, _SHOWN_IMAGES) or _any(trees, ".//svg:svg")
    textual = _described(trees) and not _any(trees, _MEDIA)
    features = tuple(name for name, holds in FEATURES.items() if holds(trees))
    hazards = _hazards(trees, rendition.assets)
    modes = ("textual", "visual") if visual else ("textual",)
    sufficient = ("textual",) if textual else (",".join(modes),)
    summary = _summary(rendition, features, visual=visual, textual=textual)
    return Accessibility(modes, sufficient, features, hazards, summary)


def _any(trees: Trees, path: str) -> bool:
    return any(xhtml.find(tree, path) for tree in trees)


def _described(trees: Trees) -> bool:
    """Return whether every image that means something has a text in its place."""
    images = [image for tree in trees for image in xhtml.find(tree, _SHOWN_IMAGES)]
    drawings = [svg for tree in trees for svg in xhtml.find(tree, ".//svg:svg")]
    return all((image.get("alt") or "").strip() for image in images) and all(
        svg.get("aria-hidden") == "true" or xhtml.find(svg, "./svg:title") for svg in drawings
    )


def _sound_headings(trees: Trees) -> bool:
    """Return whether no document skips a level of heading, and each has one at the top at most."""
    for tree in trees:
        levels = [
            int(str(heading.tag)[-1])
            for heading in xhtml.find(
                tree, ".//h:h1 | .//h:h2 | .//h:h3 | .//h:h4 | .//h:h5 | .//h:h6"
            )
        ]
        if levels.count(1) > 1 or any(after > before + 1 for before, after in pairwise(levels)):
            return False
    return _any(trees, ".//h:h1")


FEATURES: Final[Mapping[str, Callable[[Trees], bool]]] = {
    "tableOfContents": lambda trees: _any(trees, ".//h:nav[@role='doc-toc']//h:a"),
    "readingOrder": bool,
    "structuralNavigation": _sound_headings,
    "alternativeText": lambda trees: _any(trees, _SHOWN_IMAGES) and _described(trees),
    "MathML": lambda trees: _any(trees, ".//m:math[@alttext]"),
    "ARIA": lambda trees: _any(trees, ".//*[starts-with(@role, 'doc-')]"),
    "displayTransformability": lambda trees: not _any(trees, ".//*[@style]"),
    "index": lambda trees: _any(trees, ".//*[@role='doc-index']"),
    "pageBreakMarkers": lambda trees: _any(trees, ".//*[@role='doc-pagebreak'][@aria-label]"),
    "pageNavigation": lambda trees: _any(trees, ".//h:nav[@role='doc-pagelist']//h:a"),
}
"""Each feature, and what must be found in the documents before an e-book claims it."""


def _hazards(trees: Trees, assets: Iterable[Asset]) -> tuple[str, ...]:
    """Return ``none`` where nothing moves, flashes or sounds, and ``unknown`` where it might."""
    moving = any(_animated(asset) for asset in assets)
    return ("unknown",) if moving or _any(trees, f"{_MEDIA} | {_SCRIPTS}") else ("none",)


def _animated(asset: Asset) -> bool:
    if asset.media_type == "image/svg+xml":
        return any(word in asset.data for word in (b"<animate", b"<set", b"<script"))
    if not asset.media_type.startswith("image/"):
        return False
    return bool(getattr(Image.open(BytesIO(asset.data)), "is_animated", False))


def _summary(
    rendition: Rendition, features: tuple[str, ...], *, visual: bool, textual: bool
) -> str:
    """Return a few sentences of what was found, the author's own words after them."""
    found = [_SENTENCES[feature] for feature in features if feature in _SENTENCES]
    if visual and not textual:
        found.append("Not all of its images have a description.")
    if not visual:
        found.append("It has no images that carry meaning.")
    return " ".join(("The text reflows at any size.", *found, rendition.statement.summary)).strip()


_SENTENCES: Final[Mapping[str, str]] = {
    "tableOfContents": "A table of contents leads to every chapter.",
    "structuralNavigation": "Headings are nested without gaps.",
    "alternativeText": "Every image that carries meaning has a description.",
    "MathML": "Formulas are given as MathML with a text.",
    "index": "An index leads to the places that it names.",
    "pageBreakMarkers": "The pages of the printed edition are marked where they begin.",
    "pageNavigation": "A list of them leads to each.",
}
