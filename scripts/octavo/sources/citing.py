"""The files that a book cites with: its works, and a style of the Citation Style Language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Any, Final

from octavo.diagnostics import Diagnostic, Location, PublishingError, Severity, error
from octavo.model import Citations, Listed, Source
from octavo.sources import frontmatter
from octavo.sources.booktoml import CitationsTable
from octavo.sources.files import Files

SUFFIXES: Final = (".bib", ".bibtex", ".biblatex", ".json", ".yaml", ".yml")
"""The suffixes of files of works."""

_BIB: Final = (".bib", ".bibtex", ".biblatex")
_CSL: Final = ".csl"
_TOLD: Final = frozenset(
    {"bibliography", "bibtex_bibfiles", "csl", "nocite", "suppress-bibliography"}
)
"""The keys of front matter that tell how a book cites."""

_KEYS: Final = re.compile(r"@(\*|\{[^{}]+\}|[\w:.#$%&+?<>~/-]*\w)")


@dataclass(frozen=True)
class Cites:
    """What a folder of another tool tells of how it cites; an empty value is not told."""

    references: tuple[str, ...] = ()
    style: str = ""
    nocite: tuple[str, ...] = ()
    title: str = ""
    unlisted: bool = False


def cites(said: Mapping[str, Any]) -> Cites | None:
    """Return what front matter, or a table of another tool, tells of how a book cites."""
    if not said.keys() & _TOLD:
        return None
    nocite = " ".join(frontmatter.people(said.get("nocite")))
    return Cites(
        references=frontmatter.people(said.get("bibliography") or said.get("bibtex_bibfiles")),
        style=frontmatter.words(said.get("csl")),
        nocite=tuple(key.strip("{}") for key in _KEYS.findall(nocite)),
        title=frontmatter.words(said.get("reference-section-title")),
        unlisted=bool(said.get("suppress-bibliography")),
    )


def of_table(
    files: Files, table: CitationsTable, place: Location, problems: list[Diagnostic]
) -> Citations:
    """Return how a book of Octavo's cites; what is wrong with the files goes to the problems."""
    references = [_text(files, path, place, SUFFIXES, problems) for path in table.references]
    is_file = table.style.endswith(_CSL)
    csl = _text(files, table.style, place, (_CSL,), problems) if is_file else None
    return Citations(
        references=tuple(filter(None, references)),
        place=place,
        style="" if is_file else table.style,
        csl=csl,
        listed=Listed(table.listed),
        nocite=tuple(table.nocite),
        title=table.title,
    )


def gathered(
    files: Files, told: Cites, place: Location, problems: list[Diagnostic]
) -> Citations | None:
    """Return how a book of another tool cites, None where it has no works.

    Where nothing is told, its works are those of every file of BibTeX.
    """
    wanted = told.references or tuple(files.named(_BIB))
    found: list[Diagnostic] = []
    references = [_text(files, path, place, SUFFIXES, found) for path in wanted]
    csl = None
    if told.style.endswith(_CSL) and (files.folder / told.style).is_file():
        csl = _text(files, told.style, place, (_CSL,), found)
    problems += [_softened(each) for each in found]
    if not any(references):
        return None
    return Citations(
        references=tuple(filter(None, references)),
        place=place,
        style="" if csl else PurePosixPath(told.style).name.removesuffix(_CSL),
        csl=csl,
        listed=Listed.NOWHERE if told.unlisted else Listed.BOOK,
        nocite=told.nocite,
        title=told.title,
    )


def _text(
    files: Files,
    path: str,
    place: Location,
    suffixes: tuple[str, ...],
    problems: list[Diagnostic],
) -> Source | None:
    path = normpath(path)
    if PurePosixPath(path).suffix.lower() not in suffixes:
        hint = f"name a file that ends in {', '.join(suffixes)}"
        problems.append(error("C002", f"{path} is of no kind that can be read", place, hint))
        return None
    try:
        return Source(path, files.within(path, place))
    except PublishingError as problem:
        problems += [_of_a_file(each) for each in problem.diagnostics]
        return None


def _of_a_file(problem: Diagnostic) -> Diagnostic:
    """Return what is wrong with a file that is no text: that it is missing is a C002."""
    if problem.code != "S001":
        return problem
    path = problem.message.rpartition(" ")[2]
    hint = "put it there, or name another file"
    return error("C002", f"there is no file {path}", problem.location, hint)


def _softened(problem: Diagnostic) -> Diagnostic:
    return Diagnostic(
        problem.code, Severity.WARNING, problem.message, problem.location, problem.hint
    )
