"""A plain folder of texts: in natural order, the README of each folder first."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from octavo.diagnostics import Diagnostic, Location, PublishingError, error, raise_errors, warning
from octavo.model import Manuscript, Matter, Source, SpineItem
from octavo.sources import foreign, frontmatter
from octavo.sources.files import Files

NAME: Final = "folder"

_FIRST: Final = ("readme", "index", "_index", "summary")
_ASIDE: Final = frozenset(
    {
        *("license", "licence", "copying", "changelog", "changes", "contributing", "contributors"),
        *("code_of_conduct", "code-of-conduct", "security", "pull_request_template"),
        *("issue_template", "authors", "support", "agents", "claude"),
    }
)
"""What is said of a project, and belongs to no book."""

_TITLE: Final = re.compile(
    r"^#[ \t]+(?P<words>\S[^\n]*?)[ \t#]*$|^(?P<under>\S[^\n]*)\n=+[ \t]*$", re.MULTILINE
)
_SOONER, _LATER = (0, 0, ""), (1, 0, "")
_SIGNS: Final = re.compile(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])?|[*_`]+|\{[^{}]*\}|<[^<>]*>")
_LANGUAGE: Final = re.compile(r"[a-z]{2}(?:[-_][A-Za-z]{2,4})?")
_COMMON: Final = frozenset(
    {"src", "docs", "doc", "book", "text", "texts", "content", "manuscript", "chapters"}
)


def suits(folder: Path) -> bool:
    """Return whether there is a text in a folder."""
    return any(Files(folder).named(foreign.MARKDOWN))


def read(folder: Path, epoch: int | None = None) -> Manuscript:
    """Read a folder of texts of which no file tells the order.

    Raises:
        PublishingError: M001 when it has no text; with everything else that is wrong.
    """
    files = Files(folder)
    paths = sorted(files.named(foreign.MARKDOWN), key=order)
    paths = [path for path in paths if not _is_made(path)] or paths
    kept = [path for path in paths if not is_aside(path)] or paths
    if not kept:
        hint = "start a book with: octavo new FOLDER"
        raise PublishingError(error("M001", "no text here", Location("book.toml"), hint))
    found: list[Diagnostic] = [_left_out(path) for path in paths if path not in kept]
    raw = foreign.texts(files, [_item(path) for path in kept], found)
    raise_errors(found)
    told, sources = {}, {}
    for path, source in raw.items():
        told[path], sources[path] = frontmatter.apart(source, found)
    items = [
        _item(p, frontmatter.words(told[p].get("title"))) for p in kept if sources[p].text.strip()
    ]
    first = kept[0]
    own = foreign.told(told[first], Location(first))
    said = (
        own.over(_named(folder, sources[first]))
        if len(kept) > 1
        else own.over(
            foreign.Told(title=title(sources[first].text) or _named(folder, sources[first]).title)
        )
    )
    said = replace(said, place=Location(first))
    gathered = foreign.Gathered(tuple(_parts(items)), sources, said, found)
    return foreign.manuscript(files, NAME, gathered, epoch)


def order(path: str) -> tuple[tuple[tuple[int, int, str], ...], ...]:
    """Return what sorts paths naturally: numbers by value, a folder's own text first."""
    parts = path.split("/")
    key = [(_LATER, *_natural(part)) for part in parts[:-1]]
    stem = Path(parts[-1]).stem.lower()
    own = stem in _FIRST
    return (*key, (_SOONER if own else _LATER, *_natural(stem)))


def _natural(name: str) -> tuple[tuple[int, int, str], ...]:
    pieces = re.split(r"(\d+)", name.lower())
    return tuple(
        (2, int(piece), "") if piece.isdecimal() else (3, 0, piece) for piece in pieces if piece
    )


def _is_made(path: str) -> bool:
    """Return whether a path leads through a folder that some tool keeps for itself."""
    return any(part.startswith("_") and part != "_posts" for part in path.split("/")[:-1])


def is_aside(path: str) -> bool:
    """Return whether a text is about the project in which a book is kept."""
    return Path(path).stem.lower() in _ASIDE


def _left_out(path: str) -> Diagnostic:
    message = "this text is about the project, and was left out of the book"
    return warning(
        "S002", message, Location(path), "give it another name if it belongs to the book"
    )


def _item(path: str, called: str = "") -> SpineItem:
    return SpineItem(
        "chapter", Matter.BODY, Location(path), path, called=called or foreign.named(path)
    )


def title(text: str) -> str:
    """Return the first title of a text in plain words."""
    found = _TITLE.search(text)
    said = (found["words"] or found["under"]) if found else ""
    return " ".join(_SIGNS.sub(r"\1", said).split()).strip(": ")


def _named(folder: Path, first: Source) -> foreign.Told:
    """Return what the names of a folder, and the text that comes first, tell of the book."""
    name = folder.resolve().name
    language = name.replace("_", "-") if _LANGUAGE.fullmatch(name) else ""
    own = title(first.text) if Path(first.path).stem.lower() in _FIRST else ""
    plain = bool(language) or name.lower() in _COMMON
    return foreign.Told(
        own or foreign.named(folder.resolve().parent.name if plain else name), language=language
    )


def _parts(items: Sequence[SpineItem]) -> Iterator[SpineItem]:
    """Yield the texts, those of a folder that has several in a part."""
    folders: dict[str, list[SpineItem]] = {}
    for item in items:
        folders.setdefault(item.path.rpartition("/")[0].partition("/")[0], []).append(item)
    several = len([name for name in folders if name]) > 1
    for name, inside in folders.items():
        if not name or len(inside) == 1 or not several:
            yield from inside
        elif Path(inside[0].path).stem.lower() in _FIRST and inside[0].path.count("/") == 1:
            yield replace(inside[0], leaf="part", items=tuple(inside[1:]))
        else:
            yield SpineItem(
                "part",
                Matter.BODY,
                Location(inside[0].path),
                title=foreign.named(name),
                items=tuple(inside),
            )
