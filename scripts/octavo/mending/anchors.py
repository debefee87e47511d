"""The places of a text that links may name, in the words of the tool for which it was written."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from octavo.mending.text import Text

Slug = Callable[[str], str]

_SIGNS: Final = re.compile(
    r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])?|[*`]+|<[^<>]*>|(?<!\w)_+|_+(?!\w)"
)
_GIVEN: Final = re.compile(r"\s*\{:?[^{}]*?#(?P<id>[^\s{}]+)[^{}]*\}\s*$")
_LIST: Final = re.compile(r"\s*\{[^{}]*\}\s*$")
_ID: Final = re.compile(
    r"""(?:\{:?[^{}\n]*?#([^\s{}]+)[^{}\n]*\}|<[^<>]*?\b(?:id|name)\s*=\s*["']?([^"'\s<>]+)"""
    r"""|^[ \t]+attrs:[ \t]*\{id:[ \t]*([^\s,{}]+)[^{}\n]*\})""",
    re.MULTILINE,
)
_LABEL: Final = re.compile(r"\\label\{([\w.-]+)\}")
"""What names a formula, in a fence of TeX."""


def github(words: str) -> str:
    """Return the id that GitHub, mdBook and most others make of a heading."""
    kept = "".join(c for c in words.lower().strip() if c.isalnum() or c in " -_" or _is_mark(c))
    return kept.replace(" ", "-")


def pandoc(words: str) -> str:
    """Return the id that pandoc makes of a heading."""
    kept = "".join(c for c in words.lower() if c.isalnum() or c in " -_." or _is_mark(c))
    begun = re.sub(r"^[^\w]*[\d_]*", "", "-".join(kept.split()))
    while begun and not begun[0].isalpha():
        begun = begun[1:]
    return begun or "section"


def mkdocs(words: str) -> str:
    """Return the id that Python-Markdown makes of a heading, and so MkDocs."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign).startswith("M")


SLUGS: Final[Mapping[str, tuple[Slug, ...]]] = {
    "bookdown": (pandoc, github, mkdocs),
    "quarto": (pandoc, github, mkdocs),
    "mkdocs": (mkdocs, github, pandoc),
    "": (github, pandoc, mkdocs),
}
"""How the tools of a dialect name headings, its own way first."""


@dataclass(frozen=True)
class Anchor:
    """A heading: its line, counted from 0, and the id that its author gave it, if any."""

    line: int
    given: str


@dataclass(frozen=True)
class Anchors:
    """What links may name in a text: its headings by the ids that tools make, and other ids."""

    headings: Mapping[str, Anchor]
    others: frozenset[str]

    def heading(self, name: str) -> Anchor | None:
        """Return the heading that a link means."""
        return self.headings.get(name) or self.headings.get(name.lower())

    def has(self, name: str) -> bool:
        """Return whether a link may name something here."""
        return name in self.others or self.heading(name) is not None


def anchors(text: Text) -> Anchors:
    """Return what links may name in a text."""
    found: dict[str, Anchor] = {}
    headings = [block for block in text.blocks if block.kind == "heading"]
    for slug in SLUGS.get(text.dialect, SLUGS[""]):
        met: Counter[str] = Counter()
        for block in headings:
            given = _GIVEN.search(block.words)
            name = slug(_SIGNS.sub(r"\1", _LIST.sub("", block.words)))
            anchor = Anchor(block.first, given["id"] if given else "")
            found.setdefault(f"{name}-{met[name]}" if met[name] else name, anchor)
            if given:
                found.setdefault(given["id"], anchor)
            met[name] += 1
    others = {m[1] or m[2] or m[3] for m in _ID.finditer(text.masked)}
    others |= set(_LABEL.findall(text.source.text))
    return Anchors(found, frozenset(others))
