"""In which direction a language is written."""

from typing import Final

RIGHT_TO_LEFT_SCRIPTS: Final = frozenset({"adlm", "arab", "hebr", "nkoo", "syrc", "thaa"})
RIGHT_TO_LEFT_LANGUAGES: Final = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"}
)
"""Languages usually written from right to left, by their BCP 47 primary subtag (after CLDR)."""


def direction(language: str) -> str:
    """Return ``rtl`` or ``ltr`` for a BCP 47 tag; a script named in it decides."""
    primary, *rest = language.lower().replace("_", "-").split("-")
    script = next((tag for tag in rest if len(tag) == 4 and tag.isalpha()), "")
    if script:
        return "rtl" if script in RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if primary in RIGHT_TO_LEFT_LANGUAGES else "ltr"
