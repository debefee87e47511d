"""What a face has to draw."""

import re
import unicodedata
from typing import Final

_UNSEEN: Final = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Marks and letters that Unicode lets a face ignore, variation selectors above all."""

_PACKAGES: Final = (
    ("CJK", "fonts-noto-cjk"), ("HIRAGANA", "fonts-noto-cjk"), ("KATAKANA", "fonts-noto-cjk"),
    ("HANGUL", "fonts-noto-cjk"),
)  # fmt: skip


def is_drawn(character: str) -> bool:
    """Return whether a character leaves a mark: neither space nor control nor format."""
    category = unicodedata.category(character)
    return (category[0] not in "ZC" or category == "Co") and not _UNSEEN.match(character)


def package(character: str) -> str:
    """Return the package of Debian whose faces draw a character."""
    name = unicodedata.name(character, "")
    found = next((package for sign, package in _PACKAGES if name.startswith(sign)), "")
    symbol = unicodedata.category(character)[0] == "S"
    return found or ("fonts-symbola" if symbol else "fonts-noto-core")
