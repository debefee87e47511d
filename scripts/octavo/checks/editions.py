"""What editions ask for, against what the texts have."""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from octavo import xhtml
from octavo.diagnostics import Diagnostic, Location, error, warning
from octavo.model import Chapter, Draft, Kind


def lost_section(draft: Draft) -> Iterator[Diagnostic]:
    """R010: a section that an edition selects and no text has."""
    named = {n: e.location for e in reversed(draft.manuscript.editions) for n in e.sections}
    for name, place in named.items():
        path, _, wanted = name.partition("#")
        chapter = draft.chapters.get(path)
        if chapter is None or not wanted:
            continue
        names = [t.name for t in chapter.targets if t.kind is Kind.HEADING]
        if wanted not in names:
            near = get_close_matches(wanted, names, n=1)
            hint = f"did you mean {path}#{near[0]}?" if near else f"it has: {', '.join(names)}"
            yield error("R010", f"no section {name}", place, hint)


def unheard_audience(draft: Draft) -> Iterator[Diagnostic]:
    """S011: an audience that no edition is for."""
    known = sorted({name for e in draft.manuscript.editions for name in e.audience})
    for chapter in draft.chapters.values():
        for name in sorted(_audiences(chapter) - set(known)):
            near = get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f'write audience = ["{name}"] in one'
            place = Location(chapter.path, _line(draft.manuscript.sources[chapter.path].text, name))
            yield warning("S011", f"no edition is for the audience {name!r}", place, hint)


def _audiences(chapter: Chapter) -> set[str]:
    found = set(chapter.audience)
    for fragment in (chapter.content, *(note.content for note in chapter.notes)):
        if xhtml.AUDIENCE in fragment:
            names = xhtml.parse_fragment(fragment).xpath(f".//@{xhtml.AUDIENCE}")
            found |= {name for value in names for name in str(value).split()}
    return found


def _line(source: str, name: str) -> int:
    """Return the first line that names an audience."""
    named = re.compile(rf"audience\b.*\b{re.escape(name)}\b")
    numbered = enumerate(source.splitlines(), start=1)
    return next((number for number, line in numbered if named.search(line)), 1)
