"""Which languages can be hyphenated."""

import pyphen


def can_hyphenate(language: str) -> bool:
    """Return whether there are patterns for a BCP 47 tag; WeasyPrint looks in the same place."""
    return pyphen.language_fallback(language) is not None
