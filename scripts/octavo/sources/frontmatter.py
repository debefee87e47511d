"""What a text says of itself before it begins: YAML between two lines of hyphens."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import yaml

from octavo.diagnostics import Diagnostic, Location, warning
from octavo.editing import Edit, edited
from octavo.model import Source

_FRONT: Final = re.compile(
    r"\A---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE | re.DOTALL
)
_PLUSES: Final = re.compile(
    r"\A\+\+\+[ \t]*\n(?P<toml>.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.MULTILINE | re.DOTALL
)
_CODE: Final = re.compile(r"`r [^`]*`")


def apart(source: Source, problems: list[Diagnostic]) -> tuple[Mapping[str, Any], Source]:
    """Return what a text says of itself, and the text without it.

    Args:
        source: the text as it stands.
        problems: what is wrong with it goes here (M011).
    """
    found = _FRONT.match(source.text)
    if found is None:
        return _apart_in_toml(source)
    try:
        said = yaml.safe_load(found["yaml"])
    except (yaml.YAMLError, ValueError) as problem:  # a date that is none is no error of YAML
        mark = getattr(problem, "problem_mark", None)
        place = Location(source.path, 2 + (mark.line if mark else 0))
        reason = getattr(problem, "problem", None) or "it cannot be read"
        hint = "put words with a colon or a quotation mark into quotation marks"
        problems.append(warning("M011", f"front matter that is no YAML: {reason}", place, hint))
        return {}, edited(source, [Edit(0, found.end(), "")])
    if said is not None and not isinstance(said, dict):
        return {}, source  # a rule, some words and another rule
    told = {str(key).lower(): value for key, value in (said or {}).items()}
    return told, edited(source, [Edit(0, found.end(), "")])


def _apart_in_toml(source: Source) -> tuple[Mapping[str, Any], Source]:
    """Return what a text says of itself in TOML between two lines of pluses, and the rest."""
    found = _PLUSES.match(source.text)
    if found is None:
        return {}, source
    try:
        said = tomllib.loads(found["toml"])
    except tomllib.TOMLDecodeError:
        return {}, source
    told = {str(key).lower(): value for key, value in said.items()}
    return told, edited(source, [Edit(0, found.end(), "")])


def table(text: str, path: str, problems: list[Diagnostic]) -> Mapping[str, Any]:
    """Return what a YAML file says; what is wrong with it goes to the problems (M011)."""
    try:
        said = yaml.load(text, _Loader)  # noqa: S506 - a safe loader, which lets unknown tags be
    except (yaml.YAMLError, ValueError) as problem:
        mark = getattr(problem, "problem_mark", None)
        place = Location(path, mark.line + 1 if mark else 0)
        problems.append(warning("M011", f"no YAML: {problem}".split("\n")[0], place, "mend it"))
        return {}
    return said if isinstance(said, dict) else {}


class _Loader(yaml.SafeLoader):  # type: ignore[misc] # it has no types
    """A safe loader that passes over the tags of other programs."""


_Loader.add_multi_constructor("!", lambda *_: None)
_Loader.add_multi_constructor("tag:", lambda *_: None)


def words(value: Any) -> str:
    """Return what a value of YAML says, as words on one line; nothing where it is code to run."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        said = " ".join(str(value).split())
        return "" if _CODE.search(said) else said
    return ""


def people(value: Any) -> tuple[str, ...]:
    """Return the names in a value: one, a list of them, or tables with a name."""
    if isinstance(value, list):
        return tuple(name for each in value for name in people(each))
    if isinstance(value, dict):
        name = value.get("name")
        if isinstance(name, dict):
            name = " ".join(words(name[key]) for key in ("given", "family") if key in name)
        return people(name)
    said = words(value)
    return (said,) if said else ()
