"""What a finished file says, in terms in which a page and a screen can be compared."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

PICTURE: Final = "\ufffc"
"""What stands in a text for an image that means something."""

BREAK: Final = "\u2010"
"""What stands in a text for a hyphen at the end of a line, which may be the word's own or not."""

_UNCOUNTED: Final = frozenset(
    "-\u00ad\u2010\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2065\u2066\u2067\u2068\u2069\ufeff"
)
_FROM_THE_RIGHT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_LEADER: Final = re.compile(r"(?:\s\.){3,}")


@dataclass(frozen=True)
class Said:
    """What a printed page says, or the stretch of an e-book that stands for it.

    ``text`` is all of the flow, white space folded; ``pictures`` are alternative texts, ``links``
    where its links lead: an address, or ``page`` and a label, and ``calls`` where those of its
    notes do; ``before`` are the words before a link; ``generated`` is what a stylesheet wrote;
    ``rows`` counts rows of tables; ``apart`` tells that it says more, on purpose.
    """

    label: str
    text: str
    pictures: tuple[str, ...] = ()
    links: frozenset[str] = frozenset()
    calls: frozenset[str] = frozenset()
    before: Mapping[str, str] = field(default_factory=dict)
    generated: tuple[str, ...] = ()
    rows: int = 0
    apart: bool = False
    folio: str = ""


@dataclass(frozen=True)
class Note:
    """A note: its number and text, and the label of its page."""

    text: str
    label: str


@dataclass(frozen=True)
class Line:
    """A line of the contents: its number, its words, the label of the page that it leads to."""

    number: str
    text: str
    label: str


@dataclass(frozen=True)
class Reading:
    """A finished file, read: its pages in order, its notes, and the lines of its contents.

    ``leaves`` are the ids of its leaves, ``nav`` of that in which the contents stand.
    """

    pages: tuple[Said, ...]
    notes: tuple[Note, ...]
    contents: tuple[Line, ...] = ()
    leaves: frozenset[str] = frozenset()
    nav: str = ""


def address(href: str) -> str:
    """Return an address in its one spelling, signs beyond ASCII as they are read."""
    return unquote(href)


def bare(text: str) -> str:
    """Return what counts when texts are compared.

    That is neither white space nor leaders, nor the hyphens at which a line may end; letters in one
    case, each composed with its accents.
    """
    led = _LEADER.sub("", text) if ". ." in text or ".\u00a0." in text else text
    seen = "".join(led.split())
    for sign in _UNCOUNTED.intersection(seen):
        seen = seen.replace(sign, "")
    return unicodedata.normalize("NFC", seen).casefold()


def has_other_direction(text: str) -> bool:
    """Return whether something in a text is written from the right."""
    return _FROM_THE_RIGHT.search(text) is not None


def unordered(text: str) -> str:
    """Return the letters and digits of a text, sorted.

    A page shows what is written from the right in the order in which it is seen: brackets are
    turned, and words, figures and lines change places. All the same it has the same letters.
    """
    plain = unicodedata.normalize("NFKC", bare(text))
    return "".join(sorted(character for character in plain if character.isalnum()))


def key(text: str) -> str:
    """Return that by which two texts are the same."""
    return unordered(text) if has_other_direction(text) else bare(text)
