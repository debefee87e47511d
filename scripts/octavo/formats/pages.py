"""The printed pages as a file, for indexers and reviewers: ``<name>.pages.json``.

``pages.schema.json``, beside this module, says what stands in it (JSON Schema, 2020-12).
"""

import json
from collections.abc import Iterator
from typing import Any, Final

from octavo import xhtml
from octavo.diagnostics import Location
from octavo.model import Artifact, Draft, IndexMark, Link, Page, Pagination, Rendition, Target
from octavo.origins import Origins

MEDIA_TYPE: Final = "application/json"
VERSION: Final = 1


def describe(
    draft: Draft, rendition: Rendition, pagination: Pagination, origins: Origins
) -> Artifact:
    """Return the pages of a typeset edition as JSON."""
    data: dict[str, Any] = {
        "version": VERSION,
        "publication": {
            "identifier": rendition.metadata.identifier,
            "title": rendition.metadata.title,
            "language": rendition.metadata.language,
        },
        "edition": {
            "name": pagination.edition,
            "identifier": pagination.identifier,
            "width": round(rendition.edition.trim.width, 2),
            "height": round(rendition.edition.trim.height, 2),
        },
        "pages": [_page(n, page, origins) for n, page in enumerate(pagination.pages, start=1)],
        "places": list(_places(draft, pagination)),
    }
    starts = (page["start"] for page in data["pages"] if page["start"])
    for each in (*starts, *data["places"]):
        each["source"] = _source(draft.manuscript.written(each["source"]))
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    return Artifact(f"{rendition.name}.pages.json", MEDIA_TYPE, text.encode())


def _page(number: int, page: Page, origins: Origins) -> dict[str, Any]:
    return {
        "number": number,
        "label": page.label,
        "side": "recto" if page.recto else "verso",
        "start": _start(page, origins),
        "notes": list(page.notes),
    }


def _start(page: Page, origins: Origins) -> dict[str, Any] | None:
    if page.start is None:
        return None
    start = page.start
    return {
        "document": start.leaf,
        "note": start.note or None,
        "element": page.element,
        "offset": start.offset,
        "words": origins.words(start, 4),
        "source": origins.locate(start),
    }


def _source(place: Location) -> dict[str, Any]:
    return {"path": place.path, "line": place.line}


def _places(draft: Draft, pagination: Pagination) -> Iterator[dict[str, Any]]:
    """Yield what can be referred to, refers, or stands in the index, with its page."""
    for chapter in draft.chapters.values():
        found = [
            *(_place(target.id, target.kind, target.location) for target in chapter.targets),
            *(_reference(link, draft.resolve(chapter, link.href)) for link in chapter.links),
            *(_indexed(mark) for mark in chapter.index),
        ]
        for place in found:
            if label := pagination.label(place["id"]):
                yield {**place, "page": label}


def _place(id_: str, kind: str, location: Location) -> dict[str, Any]:
    return {"id": id_, "kind": str(kind), "source": location}


def _reference(link: Link, target: Target | None) -> dict[str, Any]:
    place = _place(link.id, "reference", link.location)
    return {**place, "target": target.id} if target else place


def _indexed(mark: IndexMark) -> dict[str, Any]:
    entry = [xhtml.text_of(heading) for heading in mark.entry]
    return {**_place(mark.id, "index", mark.location), "entry": entry}
