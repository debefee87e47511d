"""``book.toml`` against its schema: every fault with its line and the nearest word that fits."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Final, get_args

from pydantic import BaseModel, ValidationError

from octavo.diagnostics import Diagnostic, Location, PublishingError, error
from octavo.sources.booktoml import BookToml
from octavo.sources.positions import Path, positions

NAME: Final = "book.toml"
_EXPECTED: Final[Mapping[str, str]] = {
    "string_type": "a string in quotes",
    "list_type": "a list in [brackets]",
    "dict_type": "a table",
    "model_type": "a table",
    "float_type": "a number",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "date_type": "a day, such as 2026-05-29",
    "datetime_type": "a moment, such as 2026-05-29T12:00:00Z",
    "string_pattern_mismatch": "a name of letters, digits and hyphens",
    "timezone_aware": "a moment with its time zone, such as 2026-05-29T12:00:00Z",
}
"""What each of pydantic's complaints about a kind of value asks for, in the words of TOML."""


def validated(text: str) -> tuple[BookToml, Mapping[Path, int]]:
    """Return what ``book.toml`` says, and the line of everything in it.

    Raises:
        PublishingError: M002 when it is no TOML; M003 and M004 for every key and value that does
            not belong.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise PublishingError(_broken(str(problem), text)) from problem
    lines = positions(text)
    try:
        return BookToml.model_validate(data), lines
    except ValidationError as problem:
        raise PublishingError(*_problems(problem, lines)) from problem


def _broken(message: str, text: str) -> Diagnostic:
    place = re.search(r"line (\d+)", message)
    line = int(place[1]) if place else text.count("\n") + 1
    words = re.sub(r"\s*\(at .*\)$", "", message)
    hint = "a string stands in quotes, a list in brackets, a table begins with [its name]"
    return error("M002", f"no valid TOML: {words}", Location(NAME, line), hint)


def _problems(problem: ValidationError, lines: Mapping[Path, int]) -> Iterator[Diagnostic]:
    for fault in problem.errors(include_url=False):
        path = tuple(step for step in fault["loc"] if not _is_tag(step))
        place = Location(NAME, _line(path, lines))
        key = ".".join(map(str, path))
        if fault["type"] == "extra_forbidden":
            yield error("M003", f"unknown key {key!r}", place, _nearest(path))
        elif fault["type"] == "missing":
            yield error("M004", f"no {key!r}", place, f"write {path[-1]} = ... there")
        else:
            expected = _expected(fault["type"], fault["msg"])
            hint = _given(fault["input"], expected)
            yield error("M004", f"{key!r} must be {expected}", place, hint)


def _is_tag(step: str | int) -> bool:
    """Return whether a step is the schema's name for a kind of entry, not a key of the file."""
    return isinstance(step, str) and (step.startswith("«") or step == "[key]")


def _given(value: Any, expected: str) -> str:
    """Return what stands there, and the nearest of the words that could."""
    if isinstance(value, (dict, list)):
        return f"it is a {'table' if isinstance(value, dict) else 'list'}"
    near = get_close_matches(str(value), re.findall(r"'([^']+)'", expected), n=1)
    given = repr(value) if isinstance(value, str) else str(value)
    return f"it is {given}; did you mean {near[0]!r}?" if near else f"it is {given}"


def _line(path: Path, lines: Mapping[Path, int]) -> int:
    """Return the line of a path, or of the nearest thing around it that is there."""
    return next((lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in lines), 1)


def _expected(kind: str, message: str) -> str:
    if kind in _EXPECTED:
        return _EXPECTED[kind]
    words = message.removeprefix("Value error, ").removeprefix("Input should ")
    return words.removeprefix("must be ").removeprefix("be ").replace("must not be empty", "filled")


def _nearest(path: Path) -> str:
    keys = _keys(path[:-1])
    near = get_close_matches(str(path[-1]), keys, n=1, cutoff=0.5)
    return f"did you mean {near[0]!r}?" if near else f"known here: {', '.join(keys)}"


def _keys(path: Path) -> list[str]:
    """Return the keys that the table at a path may have."""
    models: list[Any] = [BookToml]
    for step in path:
        if isinstance(step, int):
            continue
        fields = [
            m.model_fields[name] for m in models for name in m.model_fields if _alias(name) == step
        ]
        inner = [model for field in fields for model in _models(field.annotation)]
        models = inner or models
    return sorted({_alias(name) for model in models for name in model.model_fields})


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)


def _alias(name: str) -> str:
    return name.rstrip("_").replace("_", "-")
