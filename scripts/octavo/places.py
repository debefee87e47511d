"""Where a word stands, in terms that pages and screens share.

The text of a leaf is the same on paper and in an e-book, whatever its markup has become on the
way. A place in it is therefore the count of the characters before it. Neither white space counts
nor what cannot be seen; an image or a formula is one character. A note is a text of its own. What
one medium writes of itself counts in neither: numbers of notes and pages, and what one edition
alone is given.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from octavo import xhtml
from octavo.xhtml import MATHML, SVG, XHTML, Element

OBJECT: Final = "\ufffc"
"""What stands for an image in a text: Unicode's own character for it."""

OBJECTS: Final = frozenset({f"{{{XHTML}}}img", f"{{{SVG}}}svg", f"{{{MATHML}}}math"})
_NOTES: Final = frozenset({f"{{{XHTML}}}note", f"{{{XHTML}}}aside"})
_UNCOUNTED: Final = frozenset(
    {"noteref", "note-number", "folio", "leader", "continued", "edition-own"}
    | {"print-only", "screen-only"}
)
INLINE: Final = frozenset(
    f"{{{XHTML}}}{name}"
    for name in (
        "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "i",
        "img", "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup",
        "time", "u", "var", "wbr",
    )
) | {f"{{{MATHML}}}math"}  # fmt: skip
"""Elements that stand within a line."""

CLOSING: Final = "range-end"
"""The class of what belongs to the words before it: the end of a range of the index."""

WORD: Final = re.compile(r"\w+")

_UNCOUNTED_SIGNS: Final = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_INVISIBLE: Final = re.compile(f"[{_UNCOUNTED_SIGNS}]+")
_VISIBLE: Final = re.compile(f"[^\\s{_UNCOUNTED_SIGNS}]+")


@dataclass(frozen=True)
class Stretch:
    """A stretch of text between two tags: an element's own text, or what follows the element.

    ``note`` is the note in which it stands, ``start`` its offset there.
    """

    element: Element
    tail: bool
    text: str
    note: str
    start: int


def bare(text: str) -> str:
    """Return the characters of a text that count."""
    said = "".join(text.split())
    return said if said.isascii() else _INVISIBLE.sub("", said)


def position(text: str, counted: int) -> int | None:
    """Return where the character stands before which so many count, None where none does."""
    for run in _VISIBLE.finditer(text):
        length = run.end() - run.start()
        if counted < length:
            return run.start() + counted
        counted -= length
    return None


def leaves(body: Element) -> Iterator[Element]:
    """Yield the leaves in a body: its children that have an id."""
    yield from xhtml.find(body, "./*[@id]")


class Text:
    """The text of one leaf, read once.

    ``stretches`` stand in the order of the document, those of notes among them; ``empty`` maps
    the id of every element that holds nothing to its note, and to the character there that it
    belongs to.
    """

    def __init__(self, leaf: Element) -> None:
        self.stretches: list[Stretch] = []
        self.empty: dict[str, tuple[str, int]] = {}
        self._counted: Counter[str] = Counter()
        self._read(leaf, "")

    def _read(self, element: Element, note: str) -> None:
        if not counts(element):
            return
        note = element.get("id", "") if is_note(element) else note
        start = self._counted[note]
        if element.tag in OBJECTS:
            self._add(element, OBJECT, note)
        else:
            self._add(element, element.text, note)
            for child in element:
                self._read(child, note)
                self._add(child, child.tail, note, tail=True)
        if "id" in element.attrib and start == self._counted[note]:
            at = start - 1 if start and closes(element) else start
            self.empty[element.get("id", "")] = note, at

    def _add(self, element: Element, text: str | None, note: str, *, tail: bool = False) -> None:
        if text:
            self.stretches.append(Stretch(element, tail, text, note, self._counted[note]))
            self._counted[note] += len(bare(text))


def counts(element: Element) -> bool:
    """Return whether an element's text belongs to the text that all media share."""
    names = (element.get("class") or "").split()
    return (
        isinstance(element.tag, str) and "hidden" not in element.attrib
    ) and not _UNCOUNTED.intersection(names)


def closes(element: Element) -> bool:
    """Return whether an empty element belongs to the words before it.

    That is the end of a range, and whatever stands at the end of its paragraph.
    """
    if CLOSING in (element.get("class") or "").split():
        return True
    node: Element | None = element
    while node is not None and node.tag in INLINE:
        if (node.tail or "").strip() or any(is_filled(other) for other in node.itersiblings()):
            return False
        node = node.getparent()
    return node is not None and is_filled(node)


def is_filled(element: Element) -> bool:
    """Return whether an element shows anything: a word, an image."""
    said = any(str(text).strip() for text in element.itertext())
    return said or any(part.tag in OBJECTS for part in element.iter("*"))


def is_note(element: Element) -> bool:
    """Return whether an element is a note, which is a text of its own."""
    return element.tag in _NOTES and "footnote" in (element.get("class") or "").split()


def words(text: Text, note: str = "") -> Iterator[tuple[str, int]]:
    """Yield the words of a text or of one of its notes with their offsets."""
    for stretch in text.stretches:
        if stretch.note == note:
            yield from _words(stretch)


def _words(stretch: Stretch) -> Iterator[tuple[str, int]]:
    offset, end = stretch.start, 0
    for word in WORD.finditer(stretch.text):
        between = stretch.text[end : word.start()]
        offset += len(bare(between)) if between != " " else 0
        yield word[0], offset
        offset, end = offset + len(word[0]), word.end()


class Words:
    """The words of a text or of one of its notes: ``said``, in order.

    Where each begins is counted where it is asked for: there are many, and few are.
    """

    def __init__(self, text: Text, note: str = "") -> None:
        self.said: list[str] = []
        self._stretches = [stretch for stretch in text.stretches if stretch.note == note]
        self._starts = [stretch.start for stretch in self._stretches]
        self._before: list[int] = []
        for stretch in self._stretches:
            self._before.append(len(self.said))
            self.said += WORD.findall(stretch.text)

    def before(self, offset: int) -> int:
        """Return how many words begin before the character with an offset."""
        at = bisect_left(self._starts, offset) - 1
        if at < 0:
            return 0
        begun = takewhile(lambda word: word[1] < offset, _words(self._stretches[at]))
        return self._before[at] + sum(1 for _ in begun)
