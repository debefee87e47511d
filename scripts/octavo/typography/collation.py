"""The wall around ICU: the order of words in a language.

Follows the Unicode Collation Algorithm (UTS 10) with the tailorings of CLDR. ICU is loaded when a
book has an index, and a system without it is told so then.
"""

from collections.abc import Callable
from typing import Any

from octavo.diagnostics import Location, PublishingError, error


def collation(language: str) -> Callable[[str], bytes]:
    """Return the key by which words of a language (BCP 47) are sorted.

    Word by word: "New York" stands before "newborn".

    Raises:
        PublishingError: P007 where ICU is not installed.
    """
    icu = _icu()
    collator = icu.Collator.createInstance(icu.Locale.forLanguageTag(language))
    return lambda word: bytes(collator.getSortKey(word))


def initials(language: str) -> Callable[[str], str]:
    """Return the letter under which an index lists a word; empty for what has none.

    Raises:
        PublishingError: P007 where ICU is not installed.
    """
    icu = _icu()
    labels = icu.AlphabeticIndex(icu.Locale.forLanguageTag(language))
    buckets = labels.buildImmutableIndex()
    others = {labels.underflowLabel, labels.inflowLabel, labels.overflowLabel}

    def initial(word: str) -> str:
        label = str(buckets[buckets.getBucketIndex(word)][0])
        return "" if label in others else label

    return initial


def _icu() -> Any:
    try:
        import icu  # noqa: PLC0415
    except ImportError as problem:
        message = f"an index cannot be sorted on this system: {problem}"
        hint = "install ICU and PyICU; Debian: python3-icu, or libicu-dev and pip install PyICU"
        place = Location("book.toml")
        raise PublishingError(error("P007", message, place, hint)) from problem
    return icu
