"""What the ways in have in common that read the folders of other tools."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any, Final
from urllib.parse import unquote
from uuid import NAMESPACE_URL, uuid5

from octavo.diagnostics import Diagnostic, Location, Severity, raise_errors, warning
from octavo.editions import EDITIONS
from octavo.model import (
    BOOK_TOML,
    Creator,
    Manuscript,
    Matter,
    Metadata,
    Source,
    SpineItem,
    Statement,
)
from octavo.sources import citing, frontmatter
from octavo.sources.editions import BY_DEFAULT
from octavo.sources.files import Files
from octavo.sources.language import guess
from octavo.sources.pictures import FOUND_TYPES, sound
from octavo.sources.styles import read_styles

MARKDOWN: Final = (".md", ".markdown", ".mdown", ".mkd", ".rmd", ".qmd")
"""The suffixes of texts, in lower case."""

_UP: Final = re.compile(
    r"!\[[^\]]*\]\(\s*<?(\.\./[^)\s>]+)|<img[^>]+?src\s*=\s*[\"']?(\.\./[^\"'\s>]+)"
)
_LEAVES: Final = ("titlepage", "contents")


@dataclass(frozen=True)
class Told:
    """What a folder tells of its book; an empty value is not told.

    ``place`` is the file that would tell it.
    """

    title: str = ""
    subtitle: str = ""
    creators: tuple[str, ...] = ()
    language: str = ""
    description: str = ""
    publisher: str = ""
    date: str = ""
    rights: str = ""
    cover: str = ""
    cites: citing.Cites | None = None
    place: Location = BOOK_TOML

    def over(self, other: "Told") -> "Told":
        """Return the same with what another tells where this tells nothing."""
        said = {name: getattr(other, name) for name in self.__dataclass_fields__}
        return replace(self, **{name: said[name] for name in said if not getattr(self, name)})


def told(said: Mapping[str, Any], place: Location) -> Told:
    """Return what front matter, or the table of another tool, tells of a book."""
    return Told(
        title=frontmatter.words(said.get("title")),
        subtitle=frontmatter.words(said.get("subtitle")),
        creators=frontmatter.people(said.get("author") or said.get("authors")),
        language=frontmatter.words(said.get("lang") or said.get("language")),
        description=frontmatter.words(said.get("description")),
        publisher=frontmatter.words(said.get("publisher")),
        date=_day(frontmatter.words(said.get("date"))),
        rights=frontmatter.words(said.get("rights") or said.get("copyright")),
        cover=frontmatter.words(said.get("cover-image")),
        cites=citing.cites(said),
        place=place,
    )


def _day(said: str) -> str:
    found = re.match(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?=$|[T ])", said)
    return found[0] if found else ""


def texts(files: Files, items: Iterable[SpineItem], found: list[Diagnostic]) -> dict[str, Source]:
    """Return the texts of a spine by path; of one that is not UTF-8 the letters are guessed.

    What is wrong with them goes to what was found: S003 where they were guessed.
    """
    listed = list(items)
    problems: list[Diagnostic] = []
    read = dict(files.texts(listed, problems))
    for problem in problems:
        if problem.code != "S003":
            found.append(problem)
            continue
        path = problem.location.path
        read[path] = Source(path, files.anyhow(path))
        found.append(replace(problem, severity=Severity.WARNING))
    return {item.path: read[item.path] for item in listed if item.path in read}


def named(path: str) -> str:
    """Return what a file or a folder is called, in words."""
    name = re.sub(r"^\d+[-_. ]+(?=\w)", "", Path(path).stem)
    said = re.sub(r"[-_]+", " ", name).strip() or Path(path).stem
    return said[:1].upper() + said[1:]


@dataclass(frozen=True)
class Gathered:
    """What was gathered from a folder: the texts in order and by path, and what it tells.

    ``found`` is what is to be said of it.
    """

    spine: Sequence[SpineItem]
    sources: Mapping[str, Source]
    told: Told
    found: Sequence[Diagnostic] = ()


def manuscript(files: Files, dialect: str, gathered: Gathered, epoch: int | None) -> Manuscript:
    """Return the manuscript of a folder, with what every book has.

    Args:
        files: the files of the folder.
        dialect: the kind of Markdown in which its texts are written.
        gathered: its texts, and what it tells of the book.
        epoch: the date to use where none is told, in seconds.

    Raises:
        PublishingError: when a file of it cannot be read.
    """
    folder, said, sources = files.folder, gathered.told, gathered.sources
    problems = list(gathered.found)
    language = said.language or guess("\n".join(s.text for s in sources.values()))
    if not said.language:
        hint = "say it where the folder tells its title, or keep the book with: octavo import"
        problems.append(
            warning("M010", f"no language is told: {language} it seems to be", said.place, hint)
        )
    read = files.assets(_beside(folder, sources.values()), problems, FOUND_TYPES)
    assets = sound(read, problems)
    cites = citing.gathered(files, said.cites or citing.Cites(), said.place, problems)
    raise_errors(problems)
    moment = files.newest() if epoch is None else epoch
    leaves = tuple(SpineItem(leaf, Matter.FRONT, Location(said.place.path)) for leaf in _LEAVES)
    return Manuscript(
        name=folder.resolve().name,
        metadata=_metadata(said, language, moment),
        statement=Statement(),
        spine=(*leaves, *gathered.spine),
        editions=tuple(EDITIONS[name] for name in BY_DEFAULT),
        waivers=(),
        sources=sources,
        assets=assets,
        styles=read_styles(folder, language),
        cover=said.cover if said.cover in assets else "",
        dialect=dialect,
        found=tuple(problems),
        citations=cites,
    )


def _metadata(said: Told, language: str, moment: int) -> Metadata:
    modified = datetime.fromtimestamp(moment, UTC)
    names = "/".join((said.title, *said.creators))
    return Metadata(
        identifier=f"urn:uuid:{uuid5(NAMESPACE_URL, f'octavo:{names}')}",
        title=said.title,
        subtitle=said.subtitle,
        language=language.replace("_", "-"),
        modified=modified,
        creators=tuple(Creator(name) for name in said.creators),
        publisher=said.publisher,
        date=said.date,
        rights=said.rights,
        description=said.description,
    )


def _beside(folder: Path, sources: Iterable[Source]) -> Mapping[str, Location]:
    """Return the folders beside the book from which its texts show images, and where first."""
    found: dict[str, Location] = {}
    for source in sources:
        for match in _UP.finditer(source.text):
            path = normpath(join(dirname(source.path), unquote(match[1] or match[2])))
            parts = path.split("/")
            beside = "/".join(parts[:2])
            if (
                parts[0] == ".."
                and len(parts) > 2
                and parts[1] != ".."
                and (folder / beside).is_dir()
            ):
                line = source.text.count("\n", 0, match.start()) + 1
                found.setdefault(beside, source.written(line))
    return found
