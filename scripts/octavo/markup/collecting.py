"""What a text refers to: its links, its images, its passages in other languages."""

from collections.abc import Iterator, Mapping
from typing import Final

from octavo import xhtml
from octavo.markup.marks import Sign
from octavo.markup.notes import NOTEREF
from octavo.markup.survey import Survey
from octavo.model import Image, Link, Passage
from octavo.xhtml import XML_LANG, Element

_REFERRING: Final = frozenset({"xref", "page"})
"""Classes of links that say a number or a page."""


def links(regions: Mapping[str, Element], survey: Survey, slug: str) -> Iterator[Link]:
    """Yield every link but the calls of notes, as written; cross-references are given an id."""
    count = 0
    for region, tree in regions.items():
        for link in xhtml.find(tree, f".//h:a[@href][not(@class='{NOTEREF}')]"):
            href, id_ = link.get("href", ""), ""
            if _REFERRING.intersection((link.get("class") or "").split()):
                count += 1
                id_ = link.get("id") or f"{slug}--xref-{count}"
                link.set("id", id_)
            yield Link(href, survey.place(Sign.LINK, href, region), id_)


def images(regions: Mapping[str, Element], survey: Survey) -> Iterator[Image]:
    """Yield every image; one whose role is presentation means nothing."""
    for region, tree in regions.items():
        for image in xhtml.find(tree, ".//h:img"):
            src = image.get("src", "")
            decorative = image.get("role") in {"presentation", "none"}
            yield Image(src, image.get("alt"), survey.place(Sign.IMAGE, src, region), decorative)


def passages(regions: Mapping[str, Element], survey: Survey) -> Iterator[Passage]:
    """Yield every element with a language of its own; ``lang`` and ``xml:lang`` both say it."""
    for region, tree in regions.items():
        for element in xhtml.find(tree, ".//*[@lang or @xml:lang]"):
            language = str(element.get("lang") or element.get(XML_LANG))
            element.set("lang", language)
            element.set(XML_LANG, language)
            yield Passage(language, survey.place(Sign.LANGUAGE, language, region))
