"""Headings of a text of which something was taken out: no level is skipped (PDF/UA-1, 7.4.2)."""

from typing import Final

from octavo import xhtml
from octavo.xhtml import HEADINGS, Element

_TITLE: Final = 1
"""The level of what stands above them all."""


def rank(heading: Element) -> int:
    """Return the level of a heading, 1 for the highest."""
    return HEADINGS.index(str(heading.tag)) + 1


def levelled(fragment: str) -> str:
    """Return a fragment whose headings each stand one level below the one that they belong to.

    Those that stood beside each other still do.
    """
    body = xhtml.parse_fragment(fragment)
    above: list[tuple[int, int]] = [(_TITLE, _TITLE)]
    for heading in body.iter(*HEADINGS):
        was = max(rank(heading), _TITLE + 1)
        while above[-1][0] >= was:
            above.pop()
        level = above[-1][1] + 1
        above.append((was, level))
        heading.tag = HEADINGS[level - 1]
    return xhtml.serialize_fragment(body)
