"""The language of a text, told by its letters and its smallest words."""

import re
import unicodedata
from collections import Counter
from typing import Final

_SCRIPTS: Final = {
    "ARABIC": "ar", "HEBREW": "he", "DEVANAGARI": "hi", "HANGUL": "ko", "HIRAGANA": "ja",
    "KATAKANA": "ja", "CJK": "zh", "CYRILLIC": "ru", "GREEK": "el", "BENGALI": "bn", "TAMIL": "ta",
    "THAI": "th", "ARMENIAN": "hy", "GEORGIAN": "ka", "TELUGU": "te", "GUJARATI": "gu",
}  # fmt: skip
"""A language for the first word of the names of its letters in Unicode."""

_SMALL: Final = {
    "en": "the of and to in that is was for with",
    "fr": "le la les des et est une dans que pour",
    "es": "el los las una del que por con para como",
    "de": "der die das und ist nicht mit ein auf den",
    "it": "il che di non una per gli della sono con",
    "pt": "o os uma não para com em que do da",
    "nl": "het een van en niet dat zijn met voor op",
    "pl": "w nie że się na jest do z jak to",
    "tr": "ve bir bu için ile da de gibi çok ne",
    "sv": "och att det som en på är av för inte",
}
"""The smallest words of a language in Latin letters."""

_URDU: Final = frozenset("ٹڈڑے")
_UKRAINIAN: Final = frozenset("іїєґ")
_LATIN: Final = "LATIN"
_ENOUGH: Final = 40_000
_SHARE: Final = 0.15
"""So much of a text in Chinese signs may be kana before it is Japanese; more tells nothing."""


def guess(text: str) -> str:
    """Return the language that most of a text seems to be in (BCP 47); English where none does."""
    text = re.sub(r"```.*?```|`[^`]*`|https?://\S+|<[^>]*>", " ", text[:_ENOUGH], flags=re.DOTALL)
    letters = Counter(_script(sign) for sign in text if sign.isalpha())
    if not letters:
        return "en"
    kana = letters["HIRAGANA"] + letters["KATAKANA"]
    if kana and kana > _SHARE * letters["CJK"]:
        return "ja"
    # A word of Latin letters says in many signs what one of Chinese says in two.
    letters[_LATIN] //= 3 if letters["CJK"] else 1
    script = letters.most_common(1)[0][0]
    if script == _LATIN or script not in _SCRIPTS:
        return _latin(text)
    return _near(_SCRIPTS[script], text)


def _script(sign: str) -> str:
    return unicodedata.name(sign, "").partition(" ")[0]


def _near(language: str, text: str) -> str:
    """Return a language, or another in the same letters that has some of its own."""
    signs = Counter(text)
    if language == "ar" and any(signs[each] > len(text) / 400 for each in "پچگ"):
        return "ur" if sum(signs[each] for each in _URDU) > len(text) / 100 else "fa"
    if language == "ru" and sum(signs[each] for each in _UKRAINIAN) > len(text) / 100:
        return "uk"
    return language


def _latin(text: str) -> str:
    words = Counter(re.findall(r"\w+", text.lower()))
    scores = {name: sum(words[each] for each in said.split()) for name, said in _SMALL.items()}
    return max(scores, key=lambda name: scores[name])
