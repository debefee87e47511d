"""Paragraphs as the composer sees them: the boxes of WeasyPrint as running sums of widths."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from weasyprint.formatting_structure import boxes
from weasyprint.layout.inline import atomic_box
from weasyprint.layout.percent import resolve_percentages
from weasyprint.text.ffi import ffi
from weasyprint.text.line_break import get_log_attrs

from octavo.composer import Row, Text
from octavo.formats.pdf.faces import SPACES, TOKEN, Face, Faces

_CALL: Final = "::footnote-call"
_OBJECT: Final = "\ufffc"
_DASHES: Final = frozenset("\u2013\u2014\u2015")

_FOREIGN: Final = re.compile(
    "[\n\t\u0590-\u08ff\u2028-\u202e\u2066-\u2069\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff"
    "\uf900-\ufdff\ufe30-\ufeff\uff00-\uffef\U00020000-\U0003ffff]"
)
"""Lines that must end, what runs from right to left, and what is written without spaces."""


class Uncomposed(Exception):  # noqa: N818 - no error: WeasyPrint breaks such a paragraph itself
    """A paragraph that is not for the composer."""


Cut = tuple[Any, int, int, str]
"""Where a line ends: its text box, the character there, where the next goes on, the hyphen."""


class Run(NamedTuple):
    """A stretch of a paragraph: a text in a face, from one of its characters on, or a width."""

    box: Any
    text: str
    start: int = 0
    face: Face | None = None
    width: float = 0.0


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as running sums, and where in its boxes the breaks are.

    ``hang`` is how far its first glyph hangs into the margin (px).
    """

    text: Text
    cuts: Sequence[Cut]
    hang: float = 0.0


@dataclass(frozen=True)
class Reader:
    """Reads line boxes of WeasyPrint that stand in a block."""

    context: Any
    faces: Faces
    block: Any

    def runs(self, box: Any, skip: Any) -> Iterator[Run]:
        """Yield what stands in a box, from where a line begins.

        Raises:
            Uncomposed: where something in it is not for the composer.
        """
        if box.is_leader:
            raise Uncomposed
        if isinstance(box, boxes.TextBox):
            yield self._text(box, skip)
        elif isinstance(box, boxes.ReplacedBox):
            resolve_percentages(box, self.block)
            placed = atomic_box(self.context, box, 0, None, self.block, [], [])
            yield Run(box, _OBJECT, width=placed.margin_width())
        elif isinstance(box, boxes.InlineBox):
            resolve_percentages(box, self.block)
            if not skip:
                yield Run(box, "", width=_edge(box, "left"))
            yield from self._within(box, skip)
            yield Run(box, "", width=_edge(box, "right"))
        elif isinstance(box, boxes.LineBox):
            yield from self._within(box, skip)
        else:
            raise Uncomposed

    def _text(self, box: Any, skip: Any) -> Run:
        if box.style["white_space"] != "normal":
            raise Uncomposed
        box.octavo_mark = id(box)  # its copies, in another style or cut, remember it
        start = len(box.text.encode()[: next(iter(skip))].decode()) if skip else 0
        return Run(box, box.text[start:], start, self.faces.face(box.style))

    def _within(self, box: Any, skip: Any) -> Iterator[Run]:
        ((first, inner),) = skip.items() if skip else ((0, None),)
        for index, child in enumerate(box.children[first:]):
            if child.is_in_normal_flow():
                yield from self.runs(child, None if index else inner)
            elif child.is_floated():
                raise Uncomposed


def _edge(box: Any, side: str) -> float:
    margin = getattr(box, f"margin_{side}")
    border, padding = getattr(box, f"border_{side}_width"), getattr(box, f"padding_{side}")
    return float((0 if margin == "auto" else margin) + border + padding)


def restyled(run: Run, style: Mapping[str, Any], faces: Faces) -> Run:
    """Return a stretch as it is where some properties of its style are others."""
    if run.face is None:
        return run
    other = run.box.style.copy()
    for name, value in style.items():
        other[name] = value
    return run._replace(face=faces.face(other))


def measured(stretches: Sequence[Run], language: str, hyphen_penalty: float) -> Paragraph:
    """Return a paragraph as running sums at its possible breaks.

    Raises:
        Uncomposed: where it has a script that is not for the composer.
    """
    whole = "".join(run.text for run in stretches)
    if _FOREIGN.search(whole):
        raise Uncomposed
    adder = _Adder(_allowed(whole, stretches, language), hyphen_penalty)
    for run in stretches:
        if run.face is None:
            adder.rigid(run)
        else:
            for token in TOKEN.finditer(run.text):
                place = run.start + token.start()
                if token.group() in SPACES:
                    adder.space(run, run.face, place)
                else:
                    adder.word(run, run.face, place, token.group())
    return adder.finished()


def _allowed(whole: str, stretches: Sequence[Run], language: str) -> bytearray:
    """Return of every character whether a line may begin with it (UAX #14, and the trade)."""
    attributes = get_log_attrs(whole, language)
    allowed = bytearray(bytes(ffi.buffer(attributes))[:: ffi.sizeof("PangoLogAttr")])
    for at, character in enumerate(whole):
        allowed[at] &= 1
        if character in _DASHES and at and whole[at - 1] != " ":
            allowed[at] = 0
    allowed[len(whole)] = 0  # the end is no choice
    at = 0
    for run in stretches:
        if run.box.element_tag.endswith(_CALL) and run.text:
            allowed[at] = 0
        at += len(run.text)
    return allowed


class _Adder:
    """Adds up the stretches of a paragraph, and notes where it may be broken."""

    def __init__(self, allowed: bytearray, hyphen_penalty: float) -> None:
        self._allowed = allowed
        self._penalty = hyphen_penalty
        self._rows: list[Row] = []
        self._cuts: list[Cut] = []
        self._hang = 0.0
        self._pending: tuple[Any, ...] | None = None
        self._width = 0.0
        self._spaces = self._letters = self._at = 0
        self._hanging = 0.0
        self._first = True

    def rigid(self, run: Run) -> None:
        """Add what has a width and no letters: an image, the edge of an element."""
        self._width += run.width
        if run.text:
            self._begin(0.0)
            self._at += len(run.text)
            self._hanging = 0.0

    def space(self, run: Run, face: Face, place: int) -> None:
        """Add a space; a line may end before it, and the next begin after it."""
        before = self._width
        self._at += 1
        self._width += face.space
        if self._allowed[self._at]:
            self._cuts.append((run.box, place, place + 1, ""))
            spaces = self._spaces
            self._pending = (before, self._width, spaces, spaces + 1, self._letters)
            self._pending += (False, 0.0, self._hanging)
        self._spaces += 1

    def word(self, run: Run, face: Face, place: int, word: str) -> None:
        """Add a word; a line may end within it or behind it."""
        seen = face.seen(word)
        self._begin(seen.left)
        after = self._at + len(word)
        parts = seen.parts
        if self._allowed.find(1, self._at + 1, after + 1) >= 0:
            parts = face.broken(word, self._allowed[self._at + 1 : after + 1])
        before, letters, spaces = self._width, self._letters, self._spaces
        for part in parts:
            stop = place + part.letters
            self._cuts.append((run.box, stop, stop, part.hyphen))
            penalty = self._penalty if part.hyphened else 0.0
            row = (
                before + part.ends,
                before + part.starts,
                spaces,
                spaces,
                letters + part.letters,
                part.hyphened,
                penalty,
                part.right,
            )
            if part.letters < len(word):
                self._rows.append((*row, part.left))
            else:
                self._pending = row
        self._at = after
        self._letters = letters + len(word)
        self._width = before + seen.width
        self._hanging = seen.right

    def finished(self) -> Paragraph:
        """Return the paragraph with the break at its end."""
        self._begin(0.0)
        end = (self._width, self._width, self._spaces, self._spaces, self._letters)
        self._rows.append((*end, False, 0.0, self._hanging, 0.0))
        return Paragraph(Text.of(self._rows), self._cuts, self._hang)

    def _begin(self, hang: float) -> None:
        """Note how far what a line would begin with hangs out."""
        if self._pending:
            self._rows.append((*self._pending, hang))
            self._pending = None
        elif self._first:
            self._hang = hang
        self._first = False
