"""The Markdown of other tools, brought into the form in which Octavo reads it.

What a mender changes is text, in the text: so a manuscript that is kept with ``octavo import`` says
what was built, and every line knows its number in its author's file.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from octavo.diagnostics import Diagnostic
from octavo.editing import Edit, edited
from octavo.mending import (
    blocks,
    code,
    crossref,
    directives,
    divs,
    figures,
    headings,
    ids,
    images,
    links,
    lists,
    math,
    myst,
    pandoc,
    rawhtml,
    references,
    rules,
    signs,
    tables,
    verse,
)
from octavo.mending.text import Mender, Text
from octavo.model import OCTAVO, Manuscript, Source, flat
from octavo.workshop import ALONE, Workshop, task

_COMMON: Final[tuple[Mender, ...]] = (
    math.mend, myst.mend, directives.mend, divs.mend, crossref.mend, rules.mend, figures.mend,
    code.mend, pandoc.mend, signs.mend, blocks.mend, tables.mend, references.mend, lists.mend,
    rawhtml.mend, ids.mend, images.mend, headings.mend, verse.mend,
)  # fmt: skip

DIALECTS: Final[Mapping[str, tuple[Mender, ...]]] = {
    "octavo": (),
    "mdbook": _COMMON,
    "bookdown": _COMMON,
    "quarto": _COMMON,
    "mkdocs": _COMMON,
    "myst": _COMMON,
    "single": _COMMON,
    "folder": _COMMON,
}
"""What mends the texts of a dialect, in this order."""

_SHARE: Final = 8
"""So many texts are mended by one."""


def mend(manuscript: Manuscript, workshop: Workshop = ALONE) -> Manuscript:
    """Return a manuscript whose texts are Octavo's Markdown; what was lost is in its findings."""
    if manuscript.dialect == OCTAVO:
        return manuscript
    texts = list(_texts(manuscript))
    shares = [tuple(texts[at : at + _SHARE]) for at in range(0, len(texts), _SHARE)]
    tasks = [task(mend_texts, share) for share in shares]
    workshop(f"read {len(texts)} texts as {manuscript.dialect} does")
    mended = [each for share in workshop.do_all(tasks, light=True) for each in share]
    found = list(_once_a_file(problem for _, problems in mended for problem in problems))
    texts = [replace(text, source=source) for text, (source, _) in zip(texts, mended, strict=True)]
    linked = links.mend(texts)
    sources = dict(manuscript.sources)
    for text in texts:
        source, problems = _changed(text.source, linked[text.source.path])
        sources[source.path] = source
        found += problems
    return replace(manuscript, sources=sources, found=(*manuscript.found, *found))


def _once_a_file(found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield what was found, what is said of a text as a whole once where a file was cut."""
    met: set[str] = set()
    for problem in found:
        if problem.code != "S018" or problem.location.path not in met:
            yield problem
        if problem.code == "S018":
            met.add(problem.location.path)


def mend_texts(texts: tuple[Text, ...]) -> tuple[tuple[Source, tuple[Diagnostic, ...]], ...]:
    """Return texts as each by itself can be mended, with what there is to say of them."""
    return tuple(_mended(text) for text in texts)


def _mended(text: Text) -> tuple[Source, tuple[Diagnostic, ...]]:
    found: list[Diagnostic] = []
    for mender in DIALECTS[text.dialect]:
        source, problems = _changed(text.source, mender(text))
        found += problems
        text = replace(text, source=source)
    return text.source, tuple(found)


def _changed(source: Source, told: Iterable[Edit | Diagnostic]) -> tuple[Source, list[Diagnostic]]:
    edits: list[Edit] = []
    found: list[Diagnostic] = []
    for each in told:
        if isinstance(each, Edit):
            edits.append(each)
        else:
            found.append(each)
    return edited(source, edits), found


def _texts(manuscript: Manuscript) -> Iterator[Text]:
    items = {item.path: item for item in flat(manuscript.spine) if item.path}
    images = frozenset(manuscript.assets)
    damaged = frozenset(each.location.path for each in manuscript.found if each.code == "I004")
    for path, source in manuscript.sources.items():
        item = items.get(path)
        called = item.called if item else path
        yield Text(source, called, manuscript.dialect, images, damaged)
