"""The faces of the system that draw what those of the house do not."""

import subprocess
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from octavo.model import Asset
from octavo.typography.faces import subset_of

_ASKED: Final = "%{file}|%{index}|%{family[0]}|%{weight}|%{slant}|%{variable}|%{color}|%{charset}\n"
_REGULAR, _BOLD = 80, 200
"""fontconfig's names for weights."""

_RANKS: Final = (
    ("Noto Serif Display", 9), ("Noto Serif", 0), ("Noto Naskh Arabic UI", 9), ("Noto Naskh", 0),
    ("Noto Sans Symbols", 3), ("Noto Sans Math", 3), ("Noto Sans Mono", 8), ("Noto Sans", 1),
    ("Noto Nastaliq", 8), ("Noto Kufi", 8), ("Noto", 5), ("Symbola", 4), ("DejaVu Serif", 5),
    ("DejaVu Sans Mono", 9), ("DejaVu", 6),
)  # fmt: skip
"""How well families go with the text of a book, by the beginning of their names; 0 is best."""

_OTHER: Final = 7
_REGIONS: Final = {
    "zh": "SC", "zh-hant": "TC", "zh-tw": "TC", "zh-hk": "HK", "zh-mo": "HK", "ja": "JP",
    "ko": "KR",
}  # fmt: skip
"""The forms of Chinese signs that readers of a language expect, by the name of the face."""


@dataclass(frozen=True)
class Installed:
    """A face of the system: its file and place in it, its family and weight, what it draws.

    ``starts`` and ``ends`` are the first and the last characters of what it draws without a gap.
    """

    file: str
    number: int
    family: str
    weight: int
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def draws(self, character: str) -> bool:
        """Return whether the face draws a character."""
        index = bisect_right(self.starts, ord(character)) - 1
        return index >= 0 and ord(character) <= self.ends[index]


@dataclass(frozen=True)
class Fallback:
    """A family that takes over where those of the house have no glyph, and its faces.

    Each goes with its weight in CSS.
    """

    family: str
    faces: tuple[tuple[int, Asset], ...]


def fallbacks(
    characters: Iterable[str], language: str, beside: frozenset[str] = frozenset()
) -> tuple[Fallback, ...]:
    """Return the fewest families of the system that draw some characters, cut to these.

    Args:
        characters: what is to be drawn.
        beside: what else stands in the book; a run of letters may take the space after it along.
        language: that of the book (BCP 47), which tells the form of Chinese signs.
    """
    left = frozenset(characters)
    families: dict[str, list[Installed]] = {}
    for face in installed() if left else ():
        families.setdefault(face.family, []).append(face)
    found = []
    while left and families:
        counts = {name: sum(map(faces[0].draws, left)) for name, faces in families.items()}
        able = [name for name, count in counts.items() if count]
        if not able:
            break
        best = min(able, key=lambda name: (_rank(name, language), -counts[name], name))
        drawn = frozenset(filter(families[best][0].draws, left))
        found.append(Fallback(best, tuple(_cut(families.pop(best), drawn | beside))))
        left -= drawn
    return tuple(found)


def _rank(family: str, language: str) -> int:
    """Return how well a family goes with a book."""
    rank = next((rank for name, rank in _RANKS if family.startswith(name)), _OTHER)
    if "CJK" in family:
        tags = language.lower()
        region = _REGIONS.get(tags) or _REGIONS.get(tags.split("-")[0], "JP")
        rank += 0 if family.endswith(region) else 1
    return rank + ("UI" in family.split())


def _cut(faces: list[Installed], characters: frozenset[str]) -> Iterator[tuple[int, Asset]]:
    """Yield the regular and the bold face of a family, as files of their own."""
    for weight, named in ((_REGULAR, 400), (_BOLD, 600)):
        face = next((face for face in faces if face.weight == weight), None)
        if face:
            name = f"fonts/{face.family.replace(' ', '')}-{face.weight}"
            yield named, subset_of(Path(face.file), face.number, name, characters)


@cache
def installed() -> tuple[Installed, ...]:
    """Return the upright faces of regular and bold weight that fontconfig knows, regular first.

    None where fontconfig's own program is not there.
    """
    try:
        told = subprocess.run(  # noqa: S603 - nothing of it is the author's
            ["fc-list", "--format", _ASKED],  # noqa: S607 - wherever the system has it
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return ()
    return tuple(sorted(_faces(told), key=lambda face: (face.weight, face.family, face.file)))


def _faces(told: str) -> Iterator[Installed]:
    for line in told.splitlines():
        file, number, family, weight, slant, variable, color, characters = line.split("|", 7)
        plain = slant == "0" and variable != "True" and color != "True"
        if plain and weight in {str(_REGULAR), str(_BOLD)}:
            ranges = [each.partition("-") for each in characters.split()]
            starts = tuple(int(first, 16) for first, _, _ in ranges)
            ends = tuple(int(last or first, 16) for first, _, last in ranges)
            yield Installed(file, int(number), family, int(weight), starts, ends)
