"""Faces of the system for what the faces of a book do not draw, put into its styles."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from typing import Final

from octavo.diagnostics import warning
from octavo.editing import Edit, edited
from octavo.model import OCTAVO, Manuscript, Styles, flat
from octavo.typography.drawing import is_drawn, package
from octavo.typography.emoji import emoji
from octavo.typography.faces import repertoire
from octavo.typography.installed import Fallback, fallbacks

_FACES: Final = "faces.css"
"""The stylesheet of both media that names the files of faces."""

_FAMILIES: Final = re.compile(r"(?P<face>@font-face\s*\{[^}]*\})|font-family:\s*(?P<said>[^;{}]+)")
_GENERIC: Final = re.compile(r",?\s*\b(?:serif|sans-serif|monospace|cursive|system-ui)\s*$")
_LATIN: Final = frozenset(
    map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2027)))
)
"""What every face of the house draws."""


def with_faces(manuscript: Manuscript) -> Manuscript:
    """Return the manuscript with faces for every character that its own do not draw.

    They are looked for among those that are installed.
    """
    said = frozenset().union(*_said(manuscript))
    wanted = {c for c in said - _LATIN if is_drawn(c)}
    if not wanted:
        return manuscript
    styles = manuscript.styles
    wanted -= repertoire(styles.faces.values())
    found = fallbacks(wanted, manuscript.metadata.language, said)
    if found:
        styles = _with(styles, found)
        manuscript = replace(manuscript, styles=styles)
        wanted -= repertoire(styles.faces.values())
    return manuscript if manuscript.dialect == OCTAVO else _named_for(manuscript, wanted)


def _named_for(manuscript: Manuscript, undrawn: set[str]) -> Manuscript:
    """Return a manuscript of another tool in which no face draws a sign, its name in its place.

    Octavo's own author is told, and puts it otherwise; here nobody was asked.
    """
    if not undrawn:
        return manuscript
    sign = re.compile("[" + "".join(map(re.escape, sorted(undrawn))) + "]")
    found = list(manuscript.found)
    sources = dict(manuscript.sources)
    for path, source in manuscript.sources.items():
        edits = [
            Edit(match.start(), match.end(), f"[{_name(match[0])}]")
            for match in sign.finditer(source.text)
        ]
        for character in dict.fromkeys(sign.findall(source.text)):
            line = source.text.count("\n", 0, source.text.index(character)) + 1
            message = f"no face draws {character!r} (U+{ord(character):04X}): its name stands there"
            hint = f"install a face that has it (Debian: {package(character)})"
            found.append(warning("T002", message, source.written(line), hint))
        sources[path] = edited(source, edits)
    return replace(manuscript, sources=sources, found=tuple(found))


def _name(character: str) -> str:
    return unicodedata.name(character, f"U+{ord(character):04X}").lower()


def _said(manuscript: Manuscript) -> Iterator[frozenset[str]]:
    """Yield the characters of everything that a page may show."""
    metadata = manuscript.metadata
    people = (*metadata.creators, *metadata.contributors)
    cited = manuscript.citations.references if manuscript.citations else ()
    for source in (*manuscript.sources.values(), *cited):
        yield frozenset(unescape(source.text))
    if manuscript.dialect != OCTAVO:
        for source in manuscript.sources.values():
            yield from (frozenset(sign) for _, _, sign in emoji(source.text))
    yield from (frozenset(item.title + item.called) for item in flat(manuscript.spine))
    yield from (frozenset(person.name) for person in people)
    yield from (frozenset(word) for word in manuscript.styles.words.values())
    shown = (metadata.title, metadata.subtitle, metadata.publisher, metadata.rights)
    yield from map(frozenset, (*shown, metadata.description, metadata.licence))


def _with(styles: Styles, found: tuple[Fallback, ...]) -> Styles:
    rules = [
        f'@font-face {{ font-family: "{each.family}"; src: url(../{face.name});'
        f" font-weight: {weight}; }}"
        for each in found
        for weight, face in each.faces
    ]
    names = ", ".join(f'"{each.family}"' for each in found)
    sheets = {name: _named(sheet, names) for name, sheet in styles.stylesheets.items()}
    sheets[_FACES] = "\n".join((sheets.get(_FACES, ""), *rules, ""))
    faces = {face.name: face for each in found for _, face in each.faces}
    return replace(styles, stylesheets=sheets, faces={**styles.faces, **faces})


def _named(sheet: str, names: str) -> str:
    """Return a stylesheet that names some families after those that it names."""

    def further(match: re.Match[str]) -> str:
        said = match["said"]
        if match["face"] or said.strip() in {"inherit", "initial", "unset"}:
            return match[0]
        generic = _GENERIC.search(said)
        own, rest = (said[: generic.start()], generic[0].lstrip(", ")) if generic else (said, "")
        # Of a kind alone the reader's own face comes first: code in letters of a book is none.
        order = (own, names, rest) if own.strip() else (rest, names)
        listed = [part.strip() for part in order if part.strip()]
        return f"font-family: {', '.join(listed)}"

    return _FAMILIES.sub(further, sheet)
