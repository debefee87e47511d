"""The works that texts may cite, by key, from files of every kind that is read."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import PurePosixPath
from typing import Any, Final

import yaml

from octavo.citations import bibtex
from octavo.diagnostics import Diagnostic, Location, warning
from octavo.model import Source

Found = tuple[tuple[bibtex.Found, ...], bibtex.Problems]
"""The works of a file, and what is wrong with it."""


def _json(text: str) -> Found:
    try:
        said = json.loads(text)
    except json.JSONDecodeError as problem:
        return (), ((problem.lineno, f"no JSON: {problem.msg}"),)
    except RecursionError:
        return (), ((0, "JSON that is too deep"),)
    return _listed(said, text)


def _yaml(text: str) -> Found:
    try:
        said = yaml.load(text, _Loader)  # noqa: S506 - a safe loader, for which dates are words
    except (yaml.YAMLError, ValueError) as problem:
        mark = getattr(problem, "problem_mark", None)
        return (), ((mark.line + 1 if mark else 0, "no YAML"),)
    return _listed(said, text)


class _Loader(yaml.SafeLoader):  # type: ignore[misc] # it has no types
    """A safe loader that leaves dates as they are written."""


_Loader.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _listed(said: Any, text: str) -> Found:
    """Return the references of a list, or of a table that has such a list."""
    if isinstance(said, dict):
        said = said.get("references") or said.get("items")
    if not isinstance(said, list):
        return (), ((0, "no list of references"),)
    kept = [each for each in said if isinstance(each, dict) and each.get("id")]
    keys = [str(each["id"]) for each in kept]
    works = zip(keys, _lines(text, keys), kept, strict=True)
    return tuple(bibtex.Found(key, line, partial(_sound, each)) for key, line, each in works), ()


def _lines(text: str, keys: Iterable[str]) -> Iterator[int]:
    """Yield the line of each key, which stands after the key before it; 0 for one not found."""
    at, line = 0, 1
    for key in keys:
        found = text.find(key, at)
        if found < 0:
            yield 0
            continue
        line += text.count("\n", at, found)
        at = found + len(key)
        yield line


def _sound(said: dict[str, Any]) -> dict[str, Any]:
    """Return a reference with names and dates in the one form that CSL-JSON has for each."""
    made: dict[str, Any] = {"type": "document"}
    for name, value in said.items():
        if name in _DATES:
            first = value[0] if isinstance(value, list) and value else value
            made[name] = _date(first if isinstance(first, dict) else {"raw": first})
        elif name in _NAMES:
            people = value if isinstance(value, list) else [value]
            made[name] = [
                each if isinstance(each, dict) else {"literal": str(each)} for each in people
            ]
        elif isinstance(value, str | int | float):
            made[name] = str(value)
    return made


_DATES: Final = frozenset({"issued", "accessed", "original-date", "event-date", "submitted"})
_NAMES: Final = frozenset(
    {
        *("author", "editor", "translator", "container-author", "collection-editor", "composer"),
        *("director", "editorial-director", "illustrator", "interviewer", "original-author"),
        *("recipient", "reviewed-author"),
    }
)


def _date(said: Mapping[str, Any]) -> dict[str, Any]:
    parts = said.get("date-parts")
    if isinstance(parts, list) and parts:
        rows = [_numbers(row) for row in (parts if isinstance(parts[0], list) else [parts])]
        kept = [row for row in rows if row]
        if kept:
            more = {key: said[key] for key in ("season", "circa") if key in said}
            return {"date-parts": kept, **more}
    if year := said.get("year"):
        row = [
            int(said[part]) for part in ("year", "month", "day") if str(said.get(part)).isdigit()
        ]
        return {"date-parts": [row]} if row else {"literal": str(year)}
    raw = str(said.get("raw") or said.get("literal") or "")
    return bibtex.date(raw) or {"literal": raw}


def _numbers(row: Any) -> list[int]:
    """Return the parts of a date, as far as they are numbers: a year, a month, a day."""
    found: list[int] = []
    for part in row if isinstance(row, list) else []:
        if not re.fullmatch(r"-?\d{1,4}", str(part)):
            break
        found.append(int(part))
    return found[:3]


READERS: Final[Mapping[str, Callable[[str], Found]]] = {
    ".bib": bibtex.read,
    ".bibtex": bibtex.read,
    ".biblatex": bibtex.read,
    ".json": _json,
    ".yaml": _yaml,
    ".yml": _yaml,
}
"""How a file of references is read, by its suffix."""


@dataclass(frozen=True)
class Reference:
    """A work and where it is described; ``make`` gives it in the words of CSL-JSON."""

    make: Callable[[], Mapping[str, Any]]
    place: Location

    @cached_property
    def said(self) -> Mapping[str, Any]:
        """The work in the words of CSL-JSON, made when it is asked for: few of many are cited."""
        return self.make()


class Library:
    """The works that a book may cite, by their keys; the first of a key is the one.

    ``place`` is where the book names the files that describe them.
    """

    def __init__(self, sources: tuple[Source, ...], place: Location) -> None:
        self.place = place
        self.problems: list[Diagnostic] = []
        self.works: dict[str, Reference] = {}
        for source in sources:
            self.problems += self._read(source)

    def _read(self, source: Source) -> Iterator[Diagnostic]:
        found, problems = READERS[PurePosixPath(source.path).suffix.lower()](source.text)
        for line, message in problems:
            hint = "mend the file; what could be read of it is used"
            yield warning("C002", message, source.written(line), hint)
        for each in found:
            made = Reference(each.make, source.written(each.line))
            first = self.works.setdefault(each.key, made)
            if first is not made and first.said != made.said:
                hint = "give each work a key of its own; the first is used"
                message = f"two works with one key, {each.key!r}"
                yield warning("C003", message, made.place, hint)
