"""The short name of every text: its id in the book and its file name in the e-book."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Final

from octavo.model import SpineItem, flat

RESERVED: Final = frozenset({"nav", "toc", "cover", "page"})
"""Names of documents that every e-book has of its own, and what begins the ids of its pages."""


def slugs(spine: Iterable[SpineItem]) -> Mapping[str, str]:
    """Return the slug of every text in the spine, by its path; no two are the same.

    A slug is the file's name in lower case with hyphens for all that is neither letter nor
    digit. It never holds two hyphens in a row, which set it off from the ids inside the text.
    """
    items = tuple(flat(spine))
    taken = set(RESERVED) | {item.leaf for item in items if not item.path}
    found: dict[str, str] = {}
    for item in items:
        if item.path:
            found[item.path] = _free(_slug(PurePosixPath(item.path).stem), taken)
            taken.add(found[item.path])
    return found


def _slug(name: str) -> str:
    words = re.findall(r"\w+", unicodedata.normalize("NFC", name).lower().replace("_", " "))
    slug = "-".join(words) or "text"
    return slug if slug[0].isalpha() else f"text-{slug}"


def _free(slug: str, taken: set[str]) -> str:
    candidate, count = slug, 1
    while candidate in taken:
        count += 1
        candidate = f"{slug}-{count}"
    return candidate
