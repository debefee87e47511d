"""The wall around ICU: the order of words in a language.

Follows the Unicode Collation Algorithm (UTS 10) with the tailorings of CLDR.
"""

from collections.abc import Callable

import icu


def collation(language: str) -> Callable[[str], bytes]:
    """Return the key by which words of a language (BCP 47) are sorted.

    Word by word: "New York" stands before "newborn".
    """
    collator = icu.Collator.createInstance(icu.Locale.forLanguageTag(language))
    return lambda word: bytes(collator.getSortKey(word))


def initials(language: str) -> Callable[[str], str]:
    """Return the letter under which an index lists a word; empty before the first letter."""
    labels = icu.AlphabeticIndex(icu.Locale.forLanguageTag(language))
    buckets = labels.buildImmutableIndex()

    def initial(word: str) -> str:
        label = str(buckets[buckets.getBucketIndex(word)][0])
        return "" if label == labels.underflowLabel else label

    return initial
