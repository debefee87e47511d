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
_HIGH: Final = Quotes("”", "”", "’", "’")
_GUILLEMETS: Final = Quotes("«", "»", "“", "”")
_SWISS: Final = Quotes("«", "»", "‹", "›")
_EASTERN: Final = Quotes("„", "”", "«", "»")
_NORWEGIAN: Final = Quotes("«", "»", "‘", "’")
_RUSSIAN: Final = Quotes("«", "»", "„", "“")
_CORNERS: Final = Quotes("「", "」", "『", "』")

_LATIN_AMERICA: Final = (
    "419", "ar", "bo", "br", "bz", "cl", "co", "cr", "cu", "do", "ec", "gt",
    "hn", "mx", "ni", "pa", "pe", "pr", "py", "sv", "us", "uy", "ve",
)  # fmt: skip

QUOTES: Final[Mapping[str, Quotes]] = {
    "ar": Quotes("”", "“", "’", "‘"),
    "be": _RUSSIAN,
    "bg": Quotes("„", "“", "’", "’"),
    "ca": _GUILLEMETS,
    "cs": _GERMAN,
    "da": _ENGLISH,
    "de": _GERMAN,
    "de-ch": _SWISS,
    "de-li": _SWISS,
    "el": _GUILLEMETS,
    "en": _ENGLISH,
    "es": _GUILLEMETS,
    **{f"es-{region}": _ENGLISH for region in _LATIN_AMERICA},
    "et": _GERMAN,
    "fa": _SWISS,
    "fi": _HIGH,
    "fr": Quotes(f"«{NNBSP}", f"{NNBSP}»", "“", "”"),
    "fr-ch": _SWISS,
    "he": _HIGH,
    "hr": _GERMAN,
    "hu": Quotes("„", "”", "»", "«"),
    "is": _GERMAN,
    "it": _GUILLEMETS,
    "ja": _CORNERS,
    "ko": _ENGLISH,
    "lt": _GERMAN,
    "lv": _ENGLISH,
    "nb": _NORWEGIAN,
    "nl": Quotes("‘", "’", "“", "”"),
    "nn": _NORWEGIAN,
    "no": _NORWEGIAN,
    "pl": _EASTERN,
    "pt": _ENGLISH,
    "pt-pt": _GUILLEMETS,
    "ro": _EASTERN,
    "ru": _RUSSIAN,
    "sk": _GERMAN,
    "sl": _GERMAN,
    "sr": Quotes("„", "“", "‘", "‘"),
    "sv": _HIGH,
    "tr": _ENGLISH,
    "uk": _RUSSIAN,
    "zh": _ENGLISH,
    "zh-hant": _CORNERS,
    "zh-tw": _CORNERS,
}
"""The marks of each language, after the delimiters of Unicode's CLDR 45.

Where CLDR repeats the outer pair as the inner one (bg, fr, lt, nl), the inner pair is another,
so that a quotation inside a quotation can be told. French guillemets stand off by U+202F.
"""


def quotes(language: str) -> Quotes:
    """Return the quotation marks of a BCP 47 tag: its own, its language's, else the English."""
    tags = language.lower().replace("_", "-").split("-")
    candidates = ("-".join(tags[:length]) for length in range(len(tags), 0, -1))
    return next((QUOTES[tag] for tag in candidates if tag in QUOTES), _ENGLISH)
