"""bookdown's kind of folder: ``_bookdown.yml``, and R Markdown in order of name."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from octavo.diagnostics import Diagnostic, Location, PublishingError, error, raise_errors
from octavo.model import Manuscript, Matter, SpineItem
from octavo.sources import foreign, frontmatter, including
from octavo.sources.files import Files
from octavo.sources.folder import title

NAME: Final = "bookdown"

_YML: Final = "_bookdown.yml"
_INDEX: Final = "index.rmd"


def suits(folder: Path) -> bool:
    """Return whether a folder is a book of bookdown."""
    return (folder / _YML).is_file()


def read(folder: Path, epoch: int | None = None) -> Manuscript:
    """Read a book of bookdown.

    Raises:
        PublishingError: with everything that is wrong with its files.
    """
    files, found = Files(folder), list[Diagnostic]()
    own = frontmatter.table(files.text(_YML), _YML, found)
    paths = list(_paths(own, files))
    if not paths:
        hint = "name the texts in rmd_files"
        raise PublishingError(error("M001", "no text here", Location(_YML), hint))
    raw = foreign.texts(files, [_item(path) for path in paths], found)
    raise_errors(found)
    told, sources = {}, {}
    for path, source in raw.items():
        told[path], bare = frontmatter.apart(source, found)
        text = including.filled(bare, files, found, NAME)
        if text.text.strip():
            sources[path] = text
    first = paths[0]
    said = foreign.told(told[first], Location(first))
    unnamed = foreign.Told(title=title(raw[first].text) or foreign.named(folder.resolve().name))
    spine = tuple(_item(path) for path in sources)
    gathered = foreign.Gathered(spine, sources, said.over(unnamed), found)
    return foreign.manuscript(files, NAME, gathered, epoch)


def _paths(own: Mapping[str, Any], files: Files) -> Iterator[str]:
    """Yield the texts in order: those that are named, or all beside the index that are no draft."""
    named = own.get("rmd_files")
    if isinstance(named, dict):
        named = named.get("epub") or named.get("html") or next(iter(named.values()), None)
    folders = own.get("rmd_subdir")
    if isinstance(named, list):
        yield from (str(path) for path in named)
        if not folders:
            return
    inside = [path for path in files.named((".rmd", ".md")) if not Path(path).name.startswith("_")]
    listed = set(map(str, named)) if isinstance(named, list) else set()
    for path in sorted(inside, key=lambda path: (Path(path).name.lower() != _INDEX, path)):
        deep = "/" in path
        wanted = bool(folders) if deep else not isinstance(named, list)
        if wanted and path not in listed and (deep or path.lower().endswith(".rmd")):
            yield path


def _item(path: str) -> SpineItem:
    return SpineItem("chapter", Matter.BODY, Location(path), path, called=foreign.named(path))
