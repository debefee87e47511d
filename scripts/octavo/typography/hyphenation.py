"""Which languages can be hyphenated."""

from typing import Final

import pyphen

UNDIVIDED: Final = frozenset(
    {
        "ar",
        "bn",
        "ckb",
        "fa",
        "gu",
        "he",
        "hi",
        "ja",
        "km",
        "kn",
        "ko",
        "lo",
        "ml",
        "mr",
        "my",
        "ne",
    }
    | {"pa", "ps", "sd", "si", "ta", "te", "th", "ug", "ur", "yi", "zh"}
)
"""Languages whose words are not divided: in justified lines letters or spaces give way."""


def can_hyphenate(language: str) -> bool:
    """Return whether there are patterns for a BCP 47 tag; WeasyPrint looks in the same place."""
    return pyphen.language_fallback(language) is not None
