"""mdBook's kind of folder: ``book.toml`` with ``[book]``, and the texts of ``SUMMARY.md``."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import join, normpath
from typing import Any, Final
from urllib.parse import unquote

from octavo.diagnostics import (
    Diagnostic,
    Location,
    PublishingError,
    error,
    raise_errors,
    warning,
)
from octavo.model import Manuscript, Matter, Source, SpineItem, flat
from octavo.sources import foreign, frontmatter, including
from octavo.sources.files import Files
from octavo.sources.folder import title

NAME: Final = "mdbook"

_TOML: Final = "book.toml"
_LINE: Final = re.compile(
    r"^(?P<indent>[ \t]*)(?P<mark>[-*+][ \t]+|\d+\.[ \t]+)?"
    r"\[(?P<words>(?:[^\[\]]|\[[^\[\]]*\]|\\.)*)\]"
    r"\((?P<path>[^()]*(?:\([^()]*\)[^()]*)*)\)[ \t]*$"
)
_PART: Final = re.compile(r"^#[ \t]+(?P<words>\S[^\n]*?)[ \t]*$")
_TAB: Final = 4


@dataclass
class _Entry:
    """A line of the summary, and what is below it."""

    words: str
    path: str
    line: int
    matter: Matter
    items: list["_Entry"] = field(default_factory=list)


def suits(folder: Path) -> bool:
    """Return whether a folder is a book of mdBook."""
    told = _toml(folder)
    source = str(_table(told, "book").get("src", "src"))
    has_book = "book" in told or not (folder / _TOML).is_file()
    return has_book and (folder / source / "SUMMARY.md").is_file()


def read(folder: Path, epoch: int | None = None) -> Manuscript:
    """Read a book of mdBook.

    Raises:
        PublishingError: with everything that is wrong with its files.
    """
    files = Files(folder)
    book = _table(_toml(folder), "book")
    root = normpath(str(book.get("src", "src")))
    summary = normpath(join(root, "SUMMARY.md"))
    if not (folder / summary).is_file():
        hint = "write the contents there, as a list of links"
        raise PublishingError(error("M001", f"no {summary}", Location(summary), hint))
    found: list[Diagnostic] = []
    entries = list(_entries(files.text(summary), root))
    spine = tuple(_spine(entries, summary, folder, found))
    paths = [item for item in flat(spine) if item.path]
    raw = foreign.texts(files, paths, found)
    raise_errors(found)
    sources: dict[str, Source] = {}
    for path, source in raw.items():
        _, text = frontmatter.apart(source, found)
        sources[path] = including.filled(text, files, found, NAME)
    said = foreign.told(book, Location(_TOML))
    unnamed = foreign.Told(title=foreign.named(folder.resolve().name))
    gathered = foreign.Gathered(spine, sources, said.over(unnamed), found)
    return foreign.manuscript(files, NAME, gathered, epoch)


def _toml(folder: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads((folder / _TOML).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}


def _table(told: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table = told.get(name)
    return table if isinstance(table, dict) else {}


def _entries(text: str, root: str) -> Iterator[_Entry | str]:
    """Yield the lines of a summary: the titles of parts, and its chapters."""
    numbered = False
    titled = False
    above: list[tuple[int, _Entry]] = []
    for number, line in enumerate(text.split("\n"), 1):
        part = _PART.match(line)
        entry = _LINE.match(line)
        if part:
            if titled or numbered:
                above = []
                yield title(line)
            titled = True
        elif entry:
            numbered = numbered or bool(entry["mark"])
            matter = Matter.BODY if entry["mark"] else Matter.BACK if numbered else Matter.FRONT
            path = unquote(entry["path"].strip().strip("<>").partition("#")[0])
            made = _Entry(
                title(f"# {entry['words']}"), normpath(join(root, path)) if path else "",
                number, matter,
            )  # fmt: skip
            indent = len(entry["indent"].expandtabs(_TAB))
            while above and above[-1][0] >= indent:
                above.pop()
            if entry["mark"] and above:
                above[-1][1].items.append(made)
            else:
                yield made
            above.append((indent, made))


def _spine(
    entries: list[_Entry | str], summary: str, folder: Path, found: list[Diagnostic]
) -> Iterator[SpineItem]:
    """Yield the spine: its chapters one after the other, in the parts that the summary names."""
    titled = any(isinstance(entry, str) for entry in entries)
    part: str = ""
    inside: list[SpineItem] = []
    begun = Location(summary)
    met: set[str] = set()
    for entry in entries:
        if isinstance(entry, str):
            yield from _part(part, inside, begun)
            part, inside = entry, []
            continue
        begun = Location(summary, entry.line) if not inside else begun
        items = list(_items(entry, summary, folder, found, met))
        if titled and entry.matter is Matter.BODY:
            inside += items
        else:
            yield from _part(part, inside, begun)
            part, inside = "", []
            yield from items
    yield from _part(part, inside, begun)


def _part(name: str, inside: list[SpineItem], place: Location) -> Iterator[SpineItem]:
    if name and inside:
        yield SpineItem("part", Matter.BODY, place, title=name, items=tuple(inside))
    else:
        yield from inside


def _items(
    entry: _Entry, summary: str, folder: Path, found: list[Diagnostic], met: set[str]
) -> Iterator[SpineItem]:
    """Yield the texts of a line of the summary and of all that is below it."""
    place = Location(summary, entry.line)
    if not entry.path:
        message = f"{entry.words!r} is a draft, which is not in the book"
        found.append(warning("S016", message, place, "write its text, or take the line out"))
    elif entry.path in met:
        message = f"{entry.path} stands in the summary twice; it is in the book once"
        found.append(warning("S016", message, place, "take the line out"))
    elif not (folder / entry.path).is_file():
        message = f"{entry.words!r} has no text: there is no {entry.path}"
        found.append(warning("S016", message, place, "write it, or take the line out"))
    else:
        met.add(entry.path)
        yield SpineItem("chapter", entry.matter, place, entry.path, called=entry.words)
    for below in entry.items:
        yield from _items(below, summary, folder, found, met)
