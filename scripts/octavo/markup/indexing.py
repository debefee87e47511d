"""Index marks: what an indexer writes into a text.

::

    the [blue helmets]{.index}                              an entry of these words
    [they]{.index entry="peacekeepers > women"}             under a main entry
    []{.index entry="funding"}                              marked without being shown
    the [five tasks]{.index .main}                          the principal place, in bold
    []{.index .begin entry="reform"} ... []{.index .end entry="reform"}    a range, .main or not
    []{.index entry="troops" see="peacekeepers"}            a reference, with several parted by ;
    []{.index entry="reform" see-also="funding > arrears"}
    [Ärzte]{.index sort="aerzte"}                           sorted as if it were written so

becomes ``<span class="indexterm" id="index-1">blue helmets</span>``, and an ``IndexMark`` each.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from octavo import places, xhtml
from octavo.markup.marks import Sign
from octavo.markup.survey import Survey
from octavo.model import IndexMark, IndexRole
from octavo.xhtml import Element

TERM: Final = "indexterm"
AUTOMATIC: Final = "index-"
"""What begins the id of a mark to which the author gave none."""

SEPARATOR: Final = ">"

_MARKED: Final = ".//h:span[contains(concat(' ', @class, ' '), ' index ')]"
_ROLES: Final = {"begin": IndexRole.BEGIN, "end": IndexRole.END}
_CLASSES: Final = frozenset({"index", "main", "begin", "end"})
_SETTINGS: Final = ("entry", "see", "see-also", "sort")


def take_marks(regions: Mapping[str, Element], survey: Survey, slug: str) -> Iterator[IndexMark]:
    """Yield the index marks of a text in order, having turned them into spans with an id."""
    count = 0
    for region, tree in regions.items():
        for span in xhtml.find(tree, _MARKED):
            count += 1
            name = span.get("id") or f"{AUTOMATIC}{count}"
            place = survey.place(Sign.INDEX, "", region)
            yield _mark(span, f"{slug}--{name}").at(place)
            for setting in _SETTINGS:
                span.attrib.pop(setting, None)
            given = (span.get("class") or "").split()
            classes = [TERM, *[places.CLOSING] * ("end" in given)]
            classes += [each for each in given if each not in _CLASSES]
            span.attrib.update({"class": " ".join(classes), "id": name})


def _mark(span: Element, id_: str) -> IndexMark:
    classes = (span.get("class") or "").split()
    role = next((_ROLES[name] for name in classes if name in _ROLES), IndexRole.MENTION)
    see, also = _listed(span.get("see", "")), _listed(span.get("see-also", ""))
    if see or also:
        role = IndexRole.SEE if see else IndexRole.SEE_ALSO
    return IndexMark(
        id=id_,
        entry=_entry(span),
        role=role,
        main="main" in classes,
        sort=span.get("sort", ""),
        targets=see or also,
    )


def _entry(span: Element) -> tuple[str, ...]:
    """Return the headings from the main one to the last; the span's own words if none are given."""
    given = span.get("entry", "")
    if given:
        return _path(given)
    return (xhtml.serialize_fragment(span).strip(),)


def _path(written: str) -> tuple[str, ...]:
    return tuple(xhtml.escaped(part.strip()) for part in written.split(SEPARATOR))


def _listed(written: str) -> tuple[tuple[str, ...], ...]:
    return tuple(_path(entry) for entry in written.split(";") if entry.strip())
