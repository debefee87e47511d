"""One Markdown file, cut at its headings into chapters."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from octavo.diagnostics import Diagnostic, Location, raise_errors
from octavo.editing import Edit, edited
from octavo.masking import masked
from octavo.model import Manuscript, Matter, Source, SpineItem
from octavo.sources import folder as plain
from octavo.sources import foreign, frontmatter
from octavo.sources.files import Files

NAME: Final = "single"

_HEADING: Final = re.compile(
    r"^(?P<hashes>#{1,6})[ \t]+(?P<words>\S[^\n]*?)[ \t#]*$"
    r"|^(?P<under>(?![-*_=~ \t>|])\S[^\n]*)\n(?P<rule>=|-)(?P=rule)+[ \t]*$",
    re.MULTILINE,
)
_TELLS: Final = re.compile(r"(?P<key>Title|Author|Year)[ \t]*:[ \t]*(?P<words>\S.*)", re.IGNORECASE)
_COUNTED: Final = re.compile(
    r"(?:book|chapter|part|canto|act|letter|volume|capítulo|chapitre|kapitel|capitolo|глава|часть)"
    r"\s+(?:\d+|[IVXLC]+)\b",
    re.IGNORECASE,
)
"""What chapters are called that are counted."""

_SEVERAL: Final = 3
_LONG: Final = 4_000
"""A text with fewer words stays one chapter."""


def suits(folder: Path) -> bool:
    """Return whether a folder holds one text that is long enough to be cut."""
    paths = list(Files(folder).named(foreign.MARKDOWN))
    kept = [path for path in paths if not plain.is_aside(path)]
    return len(kept) == 1 and len((folder / kept[0]).read_bytes().split()) >= _LONG


def read(folder: Path, epoch: int | None = None) -> Manuscript:
    """Read a folder of one text.

    Raises:
        PublishingError: with everything that is wrong with it.
    """
    files, found = Files(folder), list[Diagnostic]()
    path = next(p for p in files.named(foreign.MARKDOWN) if not plain.is_aside(p))
    item = SpineItem("chapter", Matter.BODY, Location(path), path)
    raw = foreign.texts(files, [item], found)
    raise_errors(found)
    front, source = frontmatter.apart(raw[path], found)
    headings = list(_headings(source))
    told = foreign.told(front, Location(path)).over(_told(headings))
    told = told.over(foreign.Told(title=plain.title(source.text) or foreign.named(path)))
    sources = {each.path: each for each in _chapters(source, headings)}
    spine = tuple(
        SpineItem("chapter", Matter.BODY, Location(path), name, called=told.title)
        for name in sources
    )
    gathered = foreign.Gathered(spine, sources, told, found)
    return foreign.manuscript(files, NAME, gathered, epoch)


@dataclass(frozen=True)
class _Heading:
    """A heading: where it stands and ends, its level and its words."""

    start: int
    end: int
    level: int
    words: str


def _headings(source: Source) -> Iterator[_Heading]:
    text = masked(source.text)
    for found in _HEADING.finditer(text):
        level = len(found["hashes"] or "") or (1 if found["rule"] == "=" else 2)
        words = source.text[found.start() : found.end()].split("\n")[0].strip("# \t")
        yield _Heading(found.start(), found.end(), level, words)


def _told(headings: Sequence[_Heading]) -> foreign.Told:
    """Return what headings tell of a book that are no headings, such as ``# Title: ...``."""
    said: dict[str, str] = {}
    for heading in headings:
        if found := _TELLS.fullmatch(heading.words):
            said.setdefault(found["key"].lower(), found["words"].strip())
    year = said.get("year", "")
    return foreign.Told(
        title=said.get("title", ""),
        creators=tuple(filter(None, [said.get("author", "")])),
        date=year if re.fullmatch(r"\d{4}", year) else "",
    )


def _chapters(source: Source, headings: Sequence[_Heading]) -> Iterator[Source]:
    """Yield the text of each chapter, and what stands before the first if it says anything."""
    cuts = [heading.start for heading in _cuts(headings)]
    front = source.text[: cuts[0]] if cuts else ""
    tells = [h for h in headings if _TELLS.fullmatch(h.words)]
    for heading in reversed([h for h in tells if h.end <= len(front)]):
        front = front[: heading.start] + front[heading.end :]
    starts = [0, *cuts] if not cuts or re.search(r"\w", front) else cuts
    ends = [*starts[1:], len(source.text)]
    stem = source.path.rpartition(".")
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1):
        cut = edited(source, [Edit(0, start, ""), Edit(end, len(source.text), "")])
        lines = cut.lines or tuple(range(1, source.text.count("\n") + 2))
        name = f"{stem[0]}-{number:03}.{stem[2]}"
        yield replace(cut, path=name, file=source.path, lines=lines)


def _cuts(headings: Sequence[_Heading]) -> Sequence[_Heading]:
    """Return the headings that begin a chapter: those that are counted, or the highest there are
    several of.
    """
    counted = [heading for heading in headings if _COUNTED.match(heading.words)]
    if len(counted) >= _SEVERAL:
        return counted
    for level in range(1, 7):
        found = [h for h in headings if h.level == level and not _TELLS.fullmatch(h.words)]
        if len(found) > 1:
            return found
    return ()
