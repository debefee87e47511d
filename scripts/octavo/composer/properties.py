"""What a stylesheet or an author can say of how a paragraph is composed.

In a stylesheet these are custom properties (``--tolerance: 3``), in a manuscript attributes
(``{: tolerance=3 }``), in book.toml keys of ``composer``; their names are the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from math import isfinite
from typing import Any, Final

from octavo.model import Composer


def _switch(text: str) -> bool:
    if text not in {"on", "off"}:
        raise ValueError("on or off")
    return text == "on"


def _number(least: float, most: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        message = f"a number from {least:g} to {most:g}"
        try:
            number = float(text)
        except ValueError:
            raise ValueError(message) from None
        if not (isfinite(number) and least <= number <= most):
            raise ValueError(message)
        return number

    return read


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = _number(least, most)(text)
        if number != int(number):
            raise ValueError(f"a whole number from {least} to {most}")
        return int(number)

    return read


PROPERTIES: Final[Mapping[str, tuple[str, Callable[[str], Any]]]] = {
    "composer": ("on", _switch),
    "tolerance": ("tolerance", _number(0.1, 20)),
    "hyphen-penalty": ("hyphen_penalty", _number(0, 10_000)),
    "ladder": ("ladder", _whole(1, 20)),
    "tracking": ("tracking", _number(0, 3)),
    "looseness": ("looseness", _whole(-5, 5)),
}
"""What can be said, the field of ``Composer`` that it is, and how its value is read."""


def read(name: str, text: str) -> Any:
    """Return the value that a text gives a property.

    Raises:
        ValueError: in words that complete "... must be ...", where it is none.
    """
    return PROPERTIES[name][1](text.strip())


def adapted(composer: Composer, said: Mapping[str, str]) -> Composer:
    """Return a composer with what is said in place of its own.

    Raises:
        ValueError: as ``read``.
    """
    return replace(composer, **{PROPERTIES[name][0]: read(name, said[name]) for name in said})
