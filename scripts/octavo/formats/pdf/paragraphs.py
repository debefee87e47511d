"""Paragraphs composed: measured as WeasyPrint draws them, and set in the composer's lines."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final, NamedTuple

from weasyprint.css.properties import INHERITED
from weasyprint.formatting_structure import boxes
from weasyprint.logger import LOGGER

from octavo.composer import PROPERTIES, Measure, Setting, adapted, best, fit
from octavo.formats.pdf.faces import Faces
from octavo.formats.pdf.measuring import Cut, Paragraph, Reader, Uncomposed, measured, restyled
from octavo.model import Composer

_STRETCH: Final = 1 / 2
_SHRINK: Final = 0.3
"""How far a space gives, in spaces: as in TeX's own faces, where letters give nothing."""

_INDENT: Final = 1.4
"""The indent of a paragraph: no last line should be shorter (em)."""

_NEVER: Final = 1e5
"""What a break costs that is to be avoided; a hyphen costs 50."""

Key = tuple[int, int, float]
"""Where a line begins - the box, the byte in it - and how wide it may be."""


class Ending(NamedTuple):
    """Where a line ends, in bytes, which WeasyPrint counts in: see ``Cut``."""

    box: Any
    stop: int
    resume: int
    hyphen: str


class Line(NamedTuple):
    """A composed line.

    It ends at ``cut``, None for the paragraph's last; it is stretched by ``ratio``, its letters
    stand ``tracking`` wider (px), and it hangs out of the measure by ``left`` and ``right`` (px).
    """

    cut: Ending | None
    ratio: float
    tracking: float
    left: float
    right: float


@dataclass
class Composing:
    """The composer of one document: how it composes, its faces, and the line that is being set.

    ``pages`` is whether its pages are made even.
    """

    composer: Composer
    faces: Faces
    pages: bool = False
    line: Line | None = None
    adapted: dict[tuple[tuple[str, str], ...], Composer] = field(default_factory=dict)

    def composer_of(self, style: Any) -> Composer:
        """Return how a paragraph is composed: as its stylesheet or its own attributes say."""
        said = {}
        for name in PROPERTIES:
            tokens = style[f"__{name.replace('-', '_')}"]
            if tokens:
                said[name] = "".join(token.serialize() for token in tokens).strip()
        if not said:
            return self.composer
        key = tuple(said.items())
        if key not in self.adapted:
            self.adapted[key] = _adapted(self.composer, said)
        return self.adapted[key]


def _adapted(composer: Composer, said: Mapping[str, str]) -> Composer:
    for name, text in said.items():
        try:
            composer = adapted(composer, {name: text})
        except ValueError as problem:
            LOGGER.warning("--%s is %s, and must be %s", name, text, problem)
    return composer


@dataclass(frozen=True)
class Asked:
    """A line that WeasyPrint asks for: of which line box, from where, in which block.

    ``width`` is that of the block as it is asked (px), ``style`` what a first line has of its own.
    """

    context: Any
    linebox: Any
    skip: Any
    block: Any
    width: float
    style: Mapping[str, Any]

    @cached_property
    def key(self) -> Key:
        """Where the line begins, and how wide it may be."""
        box, index, skip = self.linebox, 0, self.skip
        while skip:
            ((index, skip),) = skip.items()
            if skip:
                box = box.children[index]
            elif isinstance(box, boxes.ParentBox):
                box, index = box.children[index], 0
        return id(box), index, self.width


@dataclass
class Composition:
    """A paragraph, or the rest of one: its settings by their number of lines, and the chosen."""

    paragraph: Paragraph
    measure: Measure
    settings: Mapping[int, Setting]
    composer: Composer
    lines: int = 0


@dataclass
class Composed:
    """What is composed of a line box: its lines, and the compositions, by where they begin.

    ``texts`` are its text boxes and what they say. It is ``refused`` where the composer leaves the
    paragraph alone. Where it is ``movable`` its pages may be made again: ``made`` are the boxes of
    lines that have been set, each with where the next line begins, and how far from the edge of its
    block it stands (px).
    """

    texts: tuple[tuple[Any, str], ...]
    movable: bool

    lines: dict[Key, Line] = field(default_factory=dict)
    compositions: dict[Key, Composition] = field(default_factory=dict)
    made: dict[tuple[Key, Line], tuple[Any, Any, float]] = field(default_factory=dict)
    refused: bool = False

    def line(self, composing: Composing, asked: Asked) -> Line | None:
        """Return the line that is asked for, None where it is not for the composer."""
        key = asked.key
        if key not in self.lines and not self.refused:
            found = _compose(composing, asked)
            if found is None:
                self.refused = True
                return None
            self.compositions[key] = found
            self.lay(key, best(found.settings, found.composer.looseness))
            if not self.movable:
                self.forget()
        return self.lines.get(key)

    def compose_rest(self, composing: Composing, asked: Asked) -> None:
        """Compose a paragraph anew from one of its lines on, in as many lines as it has."""
        key = asked.key
        found = _compose(composing, asked) if key in self.lines else None
        if found and self._count(key) in found.settings:
            self.compositions[key] = found
            self.lay(key, self._count(key))

    def forget(self) -> None:
        """Keep the lines, and nothing of how they came about."""
        self.compositions.clear()
        self.made.clear()

    def avoid(self, start: Key, ending: Ending | None) -> Composition | None:
        """Compose a paragraph in as many lines without one of its breaks, if it can be had.

        Returns what was composed before.
        """
        before = self.compositions[start]
        cuts, text = before.paragraph.cuts, before.paragraph.text
        breaks = before.settings[before.lines].breaks
        at = next((at for at in breaks[:-1] if _ending(cuts[at]) == ending), None)
        if at is None:
            return None
        penalties = [*text.penalties]
        penalties[at] = _NEVER
        text = replace(text, penalties=penalties)
        settings = fit(text, before.measure, before.composer)
        if before.lines not in settings or at in settings[before.lines].breaks:
            return None
        paragraph = replace(before.paragraph, text=text)
        self.compositions[start] = replace(before, paragraph=paragraph, settings=settings)
        self.lay(start, before.lines)
        return before

    def lay(self, start: Key, count: int) -> None:
        """Set a composition in so many lines."""
        found = self.compositions[start]
        found.lines = count
        setting, text = found.settings[count], found.paragraph.text
        left, key = found.paragraph.hang, start
        for at, ratio in zip(setting.breaks, setting.ratios, strict=True):
            cut = _ending(found.paragraph.cuts[at]) if at < len(found.paragraph.cuts) else None
            tracking = max(-1.0, min(1.0, ratio)) * found.measure.tracking
            self.lines[key] = Line(cut, ratio, tracking, left, text.right[at])
            if cut:
                left, key = text.left[at], (id(cut.box), cut.resume, start[2])

    def _count(self, key: Key) -> int:
        """Return how many lines there are from one on."""
        count, cut = 1, self.lines[key].cut
        while cut:
            count, cut = count + 1, self.lines[id(cut.box), cut.resume, key[2]].cut
        return count


def _ending(cut: Cut) -> Ending:
    """Return a cut in bytes."""
    box, stop, resume, hyphen = cut
    bytes_ = len(box.text[:stop].encode())
    return Ending(box, bytes_, bytes_ + len(box.text[stop:resume].encode()), hyphen)


def _compose(composing: Composing, asked: Asked) -> Composition | None:
    """Return the rest of a paragraph composed, None where it is not for the composer."""
    style, width = asked.linebox.style, asked.width
    composer = composing.composer_of(style)
    if not composer.on:
        return None
    try:
        paragraph = _paragraph(composing.faces, asked, composer)
    except Uncomposed:
        return None
    face, size = composing.faces.face(style), style["font_size"]
    measure = Measure(
        width=width,
        first=width - (0 if asked.skip else asked.linebox.text_indent),
        hang=paragraph.hang,
        indent=_INDENT * size,
        stretch=face.space * _STRETCH,
        shrink=face.space * _SHRINK,
        tracking=composer.tracking / 100 * size,
    )
    settings = fit(paragraph.text, measure, composer)
    return Composition(paragraph, measure, settings, composer) if settings else None


def _paragraph(faces: Faces, asked: Asked, composer: Composer) -> Paragraph:
    """Return the rest of a paragraph measured, its first line in that line's own style."""
    stretches = tuple(Reader(asked.context, faces, asked.block).runs(asked.linebox, asked.skip))
    language, penalty = asked.linebox.style["lang"], composer.hyphen_penalty
    paragraph = measured(stretches, language, penalty)
    own = {name: value for name, value in asked.style.items() if name in INHERITED}
    if own.get("text_transform", "none") != "none":
        raise Uncomposed
    if own:
        first = tuple(restyled(run, own, faces) for run in stretches)
        ends = measured(first, language, penalty).text.ends
        return replace(paragraph, text=replace(paragraph.text, first=ends))
    return paragraph
