"""How wide the typesetter's faces draw words, and where they hyphenate them.

A word is as wide as Pango shapes it in its style, kerning, features and small caps included; what
it was is remembered for a while. A space is measured by itself, since one that stretches is drawn
by itself.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

import pyphen
from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.line_break import Layout, line_size

from octavo.model import Hangs

SPACES: Final = " \u00a0"
TOKEN: Final = re.compile("[ \u00a0]|[^ \u00a0]+")
"""A space that stretches, or what stands between two."""

SOFT_HYPHEN: Final = "\u00ad"
_HYPHENS: Final = ("-", "\u2010")
_SCHEME: Final = "://"
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_UNHYPHENATED: Final = frozenset("-\u2010/@_\\=&\u00ad")
"""What a word holds that is not hyphenated: a compound, an address, one that says where itself."""

_KNOWN: Final = 20_000
"""So many texts are remembered: the words of some gatherings, however many a book has."""

_FONT: Final = (
    "font_family",
    "font_size",
    "font_style",
    "font_stretch",
    "font_weight",
    "font_kerning",
    "font_variant_ligatures",
    "font_variant_position",
    "font_variant_caps",
    "font_variant_numeric",
    "font_variant_alternates",
    "font_variant_east_asian",
    "font_feature_settings",
    "font_variation_settings",
    "font_language_override",
    "lang",
    "letter_spacing",
    "word_spacing",
    "hyphens",
    "hyphenate_character",
    "hyphenate_limit_chars",
)
"""What tells apart the styles in which a word has another width, or other hyphens."""


class Part(NamedTuple):
    """A place where a word may be broken.

    ``letters`` stand before it; ``ends`` is how wide these are with the ``hyphen`` that is printed,
    if any, ``starts`` by how much the word is shorter that goes on after it (px). ``hyphened`` is
    whether a line that is broken there ends with a hyphen, ``right`` and ``left`` how far what
    stands before and after it hangs into the margins (px).
    """

    letters: int
    ends: float
    starts: float
    hyphen: str
    hyphened: bool
    right: float
    left: float


class Seen(NamedTuple):
    """A word: how wide it is, how far it hangs out at either side, and where it is hyphenated."""

    width: float
    left: float
    right: float
    parts: tuple[Part, ...]


class Face:
    """A face in one style; widths and heights are in px."""

    def __init__(self, style: Any, hangs: Mapping[str, Hangs]) -> None:
        self._style = style
        self._layout = Layout(style)
        self._widths: dict[str, float] = {}
        self._glyphs: dict[str, int] = {}
        self._seen: dict[str, Seen] = {}
        self.hyphen: str = style["hyphenate_character"]
        self.space = self._space()
        line, _ = self._layout.get_first_line()
        self.height: float = line_size(line, style)[1]
        self.baseline: float = pango.pango_layout_get_baseline(self._layout.layout) * FROM_UNITS
        total, left, right = style["hyphenate_limit_chars"]
        self._shortest: int = total
        language = style["lang"] and pyphen.language_fallback(style["lang"])
        hyphenates = style["hyphens"] == "auto" and language
        self._dictionary = (
            pyphen.Pyphen(lang=language, left=left, right=right) if hyphenates else None
        )
        family = next((family for family in style["font_family"] if family in hangs), "*")
        self._hangs = hangs.get(family, Hangs())

    def _space(self) -> float:
        if not self._style["word_spacing"]:
            return self.width(" ")
        return self.width("n n") - self.width("n") * 2

    def width(self, word: str) -> float:
        """Return how wide a word is drawn."""
        known = self._widths.get(word)
        if known is None:
            if len(self._widths) >= _KNOWN:
                self._forget()
            self._layout.set_text(word)
            line, _ = self._layout.get_first_line()
            known = self._widths[word] = line_size(line, self._style)[0]
            self._glyphs[word] = _glyphs(line)
        return known

    def _forget(self) -> None:
        self._widths.clear()
        self._glyphs.clear()
        self._seen.clear()
        if self._dictionary:
            self._dictionary.hd.cache.clear()

    def glyphs(self, text: str) -> int:
        """Return how many glyphs a text is drawn with."""
        count = 0
        for word in TOKEN.findall(text):
            if word not in self._glyphs:
                self.width(word)
            count += self._glyphs[word]
        return count

    def wide(self, text: str) -> float:
        """Return how wide a text is drawn, its spaces each by itself."""
        known = self._widths
        return sum(
            self.space if word in SPACES else known.get(word) or self.width(word)
            for word in TOKEN.findall(text)
        )

    def seen(self, word: str) -> Seen:
        """Return what is to know of a word."""
        known = self._seen.get(word)
        if known is None:
            parts = tuple(self._part(word, at, self.hyphen) for at in self._hyphenated(word))
            known = Seen(self.width(word), self.left(word), self.right(word), parts)
            self._seen[word] = known
        return known

    def broken(self, word: str, allowed: bytearray) -> tuple[Part, ...]:
        """Return where a word may be broken, where a line may begin with some of its letters.

        ``allowed`` says so of every letter but the first, and of what comes after the word. An
        address is not broken at its hyphens, which would be taken for the line's.
        """
        places = {part.letters: part for part in self.seen(word).parts}
        for at, may in enumerate(allowed, start=1):
            if may and not (word[at - 1] == "-" and _SCHEME in word):
                soft = word[at - 1] == SOFT_HYPHEN
                places[at] = self._part(word, at, self.hyphen if soft else "")
        return tuple(places[at] for at in sorted(places))

    def _part(self, word: str, at: int, hyphen: str) -> Part:
        before, after = word[:at] + hyphen, word[at:]
        starts = self.width(word) - (self.width(after) if after else 0.0)
        hyphened = before.endswith(_HYPHENS)
        left = self.left(after)
        return Part(at, self.width(before), starts, hyphen, hyphened, self.right(before), left)

    def _hyphenated(self, word: str) -> Iterator[int]:
        if self._dictionary is None or not _UNHYPHENATED.isdisjoint(word):
            return
        for letters in _LETTERS.finditer(word):
            if letters.end() - letters.start() >= self._shortest:
                for position in self._dictionary.positions(letters.group()):
                    yield letters.start() + position

    def left(self, text: str) -> float:
        """Return how far the first glyph of a text hangs into the margin."""
        share = self._hangs.left.get(text[:1], 0.0)
        return share * self.width(text[0]) if share else 0.0

    def right(self, text: str) -> float:
        """Return how far the last glyph of a text hangs into the margin."""
        share = self._hangs.right.get(text[-1:], 0.0)
        return share * self.width(text[-1]) if share else 0.0


def _glyphs(line: Any) -> int:
    """Return how many glyphs a line of Pango draws."""
    count, run = 0, line.runs[0]
    while run != ffi.NULL:
        glyphs = run.data.glyphs
        count += sum(
            glyphs.glyphs[number].glyph != pango.PANGO_GLYPH_EMPTY
            for number in range(glyphs.num_glyphs)
        )
        run = run.next
    return count


class Faces:
    """The faces of a document, each once.

    ``hangs`` are the optical margins by family, ``*`` for those of no other.
    """

    def __init__(self, hangs: Mapping[str, Hangs]) -> None:
        self._hangs = hangs
        self._faces: dict[str, Face] = {}

    def face(self, style: Any) -> Face:
        """Return the face that a style of WeasyPrint sets."""
        found: Face | None = vars(style).get("octavo_face")
        if found is None:
            key = repr([style[name] for name in _FONT])
            found = self._faces.get(key)
            if found is None:
                found = self._faces[key] = Face(style, self._hangs)
            style.octavo_face = found
        return found
