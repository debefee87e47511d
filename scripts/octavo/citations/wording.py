"""Names and words as CSL 1.0.2 has them, where citeproc-py does otherwise.

Each function is given a method of the library's and returns what takes its place.
"""

import re
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Final

from citeproc.string import String

from octavo.citations.state import NOBODY, now

_TAG: Final = re.compile(r"</?[a-z][^<>]*>|[“”‘’«»\"]")
_INITIAL: Final = re.compile(r"\w\.?")
SMALL: Final = (
    "a about above across after against al along amid among and around as at before behind below "
    "beneath beside besides between beyond but by circa despite down during et except for from in "
    "inside into like near nor of off on onto or out outside over past per plus since so than the "
    "through throughout till to toward towards under underneath until up upon versus via vs vs. "
    "with within without yet"
)
"""Words that a title in English does not have with a capital (CSL 1.0.2, title case)."""

# --- names ---


def option(own: Callable[..., Any]) -> Callable[..., Any]:
    """Have fewer authors named of a work that was cited before, where a style says so."""

    @wraps(own)
    def option(self: Any, name: str, *arguments: Any, **options: Any) -> Any:
        if now.again and name in {"et-al-min", "et-al-use-first"}:
            later = own(self, name.replace("et-al-", "et-al-subsequent-"), *arguments, **options)
            if own(self, "et-al-subsequent-min", *arguments, **options):
                return later
        return own(self, name, *arguments, **options)

    return option


def names(own: Callable[..., Any]) -> Callable[..., Any]:
    """Have the first names of a work go unnamed, or a sign stand for them, where that is asked."""

    @wraps(own)
    def names(self: Any, *arguments: Any, **options: Any) -> Any:
        first = now.authors is None and options.get("sort_options") is None
        text = own(self, *arguments, **options)
        if not first or not text or now.authors is not None:
            return text
        now.authors = str(text)
        if now.hidden:
            return String(NOBODY)
        same = bool(now.substitute) and now.authors == now.before
        return String(now.substitute) if same else text

    return names


def initialize(own: Callable[..., Any]) -> Callable[..., Any]:
    """Have initials alone written as the style does where it does not want names shortened."""

    @wraps(own)
    def initialize(self: Any, given: str, mark: str, context: Any) -> str:
        if self.get("initialize", "true") != "false":
            return str(own(self, given, mark, context))
        parts = [
            part.rstrip(".") + mark.rstrip() if _INITIAL.fullmatch(part) else part
            for part in given.split()
        ]
        return " ".join(parts)

    return initialize


def substitute(own: Callable[..., Any]) -> Callable[..., Any]:
    """Have what stands for authors who are not known be said there, and not again."""

    @wraps(own)
    def substitute(self: Any, item: Any, context: Any = None, **options: Any) -> Any:
        before, now.said = now.said, set()
        try:
            text = own(self, item, context=context, **options)
            if text:
                layout = (context if context is not None else self).get_layout()
                for tag, variable in now.said:
                    layout.repressed.setdefault(tag, []).append(variable)
            return text
        finally:
            now.said = before

    return substitute


# --- words ---


def case(own: Callable[..., Any]) -> Callable[..., Any]:
    """Have words that are of no work be cased by the language of the style's words."""

    @wraps(own)
    def case(self: Any, text: Any, language: str | None = None) -> Any:
        if language is None:
            root = self.get_root()
            named = (each.get(_LANG) for each in (root, *(root.locales or [])))
            language = next(filter(None, named), "en")[:2]
        return own(self, text, language)

    return case


_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


def sort_keys(own: Callable[..., Any]) -> Callable[..., Any]:
    """Have works sorted by their letters, without the marks around them."""

    @wraps(own)
    def sort_keys(self: Any, items: Sequence[Any], context: Any) -> list[Any]:
        now.sorting = True
        try:
            keys = own(self, items, context)
        finally:
            now.sorting = False
        return [_TAG.sub("", str(key)) if isinstance(key, str | list) else key for key in keys]

    return sort_keys


def is_numeric(own: Callable[..., Any]) -> Callable[..., Any]:
    """Have a style ask whether a locator is a number."""

    @wraps(own)
    def is_numeric(self: Any, item: Any) -> list[Any]:
        names = self.get("is-numeric").split()
        if "locator" not in names:
            return list(own(self, item))
        said = str(item.locator.identifier) if item.has_locator else ""
        return [bool(re.fullmatch(r"[\d\s,&–-]*\d[\d\s,&–-]*", said))]

    return is_numeric
