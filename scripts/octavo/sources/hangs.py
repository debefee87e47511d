"""The optical margins: ``styles/margins.toml``, a table a family."""

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, Final

from octavo.diagnostics import Diagnostic, Location, error, raise_errors
from octavo.model import Hangs

NAME: Final = "margins.toml"

_SIDES: Final = ("left", "right")
_EXAMPLE: Final = 'write ["Source Serif Pro"] with left = { "“" = 40 } or right = { "." = 60 }'


def read_hangs(texts: Mapping[str, str]) -> Mapping[str, Hangs]:
    """Return the optical margins by the family of the face; a later text takes an earlier's place.

    ``texts`` are the tables by the paths to show, in hundredths of a glyph's width.

    Raises:
        PublishingError: M002 for what is no TOML, M004 for what is no table of glyphs.
    """
    found: dict[str, Hangs] = {}
    problems: list[Diagnostic] = []
    for path, text in texts.items():
        try:
            table = tomllib.loads(text)
        except tomllib.TOMLDecodeError as problem:
            problems.append(error("M002", f"no valid TOML: {problem}", Location(path), _EXAMPLE))
            continue
        for family, sides in table.items():
            wrong = list(_wrong(family, sides))
            problems += (error("M004", each, Location(path), _EXAMPLE) for each in wrong)
            if not wrong:
                found[family] = Hangs(**{side: _shares(sides.get(side, {})) for side in _SIDES})
    raise_errors(problems)
    return found


def _shares(glyphs: Mapping[str, float]) -> Mapping[str, float]:
    return {glyph: share / 100 for glyph, share in glyphs.items()}


def _wrong(family: str, sides: Any) -> Iterator[str]:
    """Yield what is no optical margin in a family's table."""
    if not isinstance(sides, dict):
        yield f"{family!r} must be a table"
        return
    for side, glyphs in sides.items():
        if side not in _SIDES or not isinstance(glyphs, dict):
            yield f"'{family}.{side}' must be a table left or right"
            continue
        for glyph, share in glyphs.items():
            number = isinstance(share, (int, float)) and not isinstance(share, bool)
            if len(glyph) != 1 or not number or not 0 <= share <= 100:
                yield f"'{family}.{side}.{glyph}' must be one character and a number from 0 to 100"
