"""Quotation marks by language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

NNBSP: Final = "\u202f"


@dataclass(frozen=True)
class Quotes:
    """The four marks of a language: the usual pair, and the pair for a quotation inside it."""

    open: str
    close: str
    inner_open: str
    inner_close: str


_ENGLISH: Final = Quotes("“", "”", "‘", "’")
_GERMAN: Final = Quotes("„", "“", "‚", "‘")
_LOW_HIGH: Final = Quotes("„", "”", "‚", "’")
_HIGH: Final = Quotes("”", "”", "’", "’")
_GUILLEMETS: Final = Quotes("«", "»", "“", "”")

QUOTES: Final[Mapping[str, Quotes]] = {
    "ar": Quotes("”", "“", "’", "‘"),
    "bg": Quotes("„", "“", "’", "’"),
    "cs": _GERMAN,
    "da": _ENGLISH,
    "de": _GERMAN,
    "de-ch": Quotes("«", "»", "‹", "›"),
    "el": _GUILLEMETS,
    "en": _ENGLISH,
    "es": _GUILLEMETS,
    "et": Quotes("„", "“", "«", "»"),
    "fi": _HIGH,
    "fr": Quotes(f"«{NNBSP}", f"{NNBSP}»", "“", "”"),
    "fr-ch": Quotes("«", "»", "‹", "›"),
    "he": Quotes("”", "”", "’", "’"),
    "hr": _LOW_HIGH,
    "hu": Quotes("„", "”", "»", "«"),
    "it": _GUILLEMETS,
    "ja": Quotes("「", "」", "『", "』"),
    "lt": _GERMAN,
    "nl": _ENGLISH,
    "no": Quotes("«", "»", "‘", "’"),
    "nb": Quotes("«", "»", "‘", "’"),
    "nn": Quotes("«", "»", "‘", "’"),
    "pl": Quotes("„", "”", "«", "»"),
    "pt": _ENGLISH,
    "pt-pt": _GUILLEMETS,
    "ro": Quotes("„", "”", "«", "»"),
    "ru": Quotes("«", "»", "„", "“"),
    "sk": _GERMAN,
    "sl": _GERMAN,
    "sr": _LOW_HIGH,
    "sv": _HIGH,
    "tr": _ENGLISH,
    "uk": Quotes("«", "»", "„", "“"),
    "zh": _ENGLISH,
}
"""The marks of each language, after the delimiters of Unicode's CLDR."""


def quotes(language: str) -> Quotes:
    """Return the quotation marks of a BCP 47 tag: its own, its language's, else the English."""
    tags = language.lower().replace("_", "-").split("-")
    candidates = ("-".join(tags[:length]) for length in range(len(tags), 0, -1))
    return next((QUOTES[tag] for tag in candidates if tag in QUOTES), _ENGLISH)
