"""Folders in which a file of YAML lists the texts: MkDocs, Quarto, Jupyter Book and MyST."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from posixpath import join, normpath
from typing import Any

from octavo.diagnostics import (
    Diagnostic,
    Location,
    PublishingError,
    error,
    raise_errors,
    warning,
)
from octavo.model import Manuscript, Matter, SpineItem, flat
from octavo.sources import foreign, frontmatter, including
from octavo.sources.files import Files
from octavo.sources.folder import order, title


@dataclass(frozen=True)
class Line:
    """A line of the list: a text, or a title with lines below it; a text may have such too."""

    path: str = ""
    words: str = ""
    below: tuple["Line", ...] = ()
    matter: Matter = Matter.BODY


@dataclass(frozen=True)
class Listed:
    """What a file tells: the texts in order, and the book; ``name`` is the dialect."""

    name: str
    file: str
    lines: tuple[Line, ...]
    told: foreign.Told


def manuscript(files: Files, listed: Listed, epoch: int | None) -> Manuscript:
    """Return the manuscript of a folder whose texts are listed.

    Raises:
        PublishingError: M001 when none of them is there; with everything else that is wrong.
    """
    found: list[Diagnostic] = []
    place = Location(listed.file)
    spine = tuple(_items(listed.lines, files, place, found, set()))
    texts = [item for item in flat(spine) if item.path]
    if not texts:
        hint = "list the texts of the book there"
        raise PublishingError(*found, error("M001", "no text here", place, hint))
    raw = foreign.texts(files, texts, found)
    raise_errors(found)
    fronts, sources = {}, {}
    for path, source in raw.items():
        fronts[path], text = frontmatter.apart(source, found)
        sources[path] = including.filled(text, files, found, listed.name)
    first = texts[0].path
    own = foreign.told(fronts[first], Location(first))
    unnamed = foreign.Told(title=title(sources[first].text) or foreign.named(first))
    told = replace(listed.told.over(own).over(unnamed), place=place)
    spine = tuple(_called(item, fronts) for item in spine)
    gathered = foreign.Gathered(spine, sources, told, found)
    return foreign.manuscript(files, listed.name, gathered, epoch)


def _called(item: SpineItem, fronts: Mapping[str, Mapping[str, Any]]) -> SpineItem:
    """Return an item that is called as its text says, where the list has no words for it."""
    said = frontmatter.words(fronts.get(item.path, {}).get("title"))
    items = tuple(_called(each, fronts) for each in item.items)
    return replace(item, called=item.called or said or foreign.named(item.path), items=items)


def _items(
    lines: Iterable[Line],
    files: Files,
    place: Location,
    found: list[Diagnostic],
    met: set[str],
) -> Iterator[SpineItem]:
    """Yield the spine: a title with texts below it is a part; what is deeper stands in a row."""
    for line in lines:
        inside = [*_texts(line, files, place, found, met)]
        if line.words and not line.path and len(inside) > 0:
            yield SpineItem("part", line.matter, place, title=line.words, items=tuple(inside))
        else:
            yield from inside


def _texts(
    line: Line, files: Files, place: Location, found: list[Diagnostic], met: set[str]
) -> Iterator[SpineItem]:
    path = files.like(line.path, foreign.MARKDOWN) if line.path else ""
    if line.path and not path:
        message = f"{line.path} is listed, and there is no such text"
        found.append(warning("S016", message, place, "write it, or take the line out"))
    elif path in met:
        message = f"{path} is listed twice; it is in the book once"
        found.append(warning("S016", message, place, "take the line out"))
    elif path:
        met.add(path)
        yield SpineItem("chapter", line.matter, place, path, called=line.words)
    for below in line.below:
        yield from _texts(replace(below, matter=line.matter), files, place, found, met)


def yaml_of(files: Files, name: str) -> Mapping[str, Any]:
    """Return what a YAML file of the folder says, nothing where it is not there.

    Raises:
        PublishingError: M011 when it is no YAML.
    """
    if not (files.folder / name).is_file():
        return {}
    problems: list[Diagnostic] = []
    said = frontmatter.table(files.text(name), name, problems)
    if problems:
        raise PublishingError(*problems)
    return said


def table(value: Any) -> Mapping[str, Any]:
    """Return a value where it is a table, else one without entries."""
    return value if isinstance(value, dict) else {}


def rows(value: Any) -> list[Any]:
    """Return a value where it is a list, else one without rows."""
    return value if isinstance(value, list) else []


def below(root: str, path: Any) -> str:
    """Return a path in a folder of the publication's."""
    return normpath(join(root, str(path)))


def file_of(folder: Path, *names: str) -> str:
    """Return the first of some names of files that a folder has, empty where it has none."""
    return next((name for name in names if (folder / name).is_file()), "")


def every(files: Files, root: str = "") -> tuple[Line, ...]:
    """Return a line for every text below a folder of the publication's, in natural order."""
    paths = [path for path in files.named(foreign.MARKDOWN) if path.startswith(root)]
    return tuple(Line(path) for path in sorted(paths, key=order))
