"""The printed pages as a file, for indexers and reviewers: ``<name>.pages.json``.

``pages.schema.json``, beside this module, says what stands in it (JSON Schema, 2020-12).
"""

import json
from collections.abc import Iterator
from typing import Any, Final

from octavo.diagnostics import Location
from octavo.model import Artifact, Draft, Page, Pagination, Rendition, Target
from octavo.origins import Origins

MEDIA_TYPE: Final = "application/json"
VERSION: Final = 1


def describe(draft: Draft, rendition: Rendition, pagination: Pagination) -> Artifact:
    """Return the pages of a typeset edition as JSON."""
    origins = Origins(draft, rendition)
    data = {
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
        "source": _source(origins.locate(start)),
    }


def _source(place: Location) -> dict[str, Any]:
    return {"path": place.path, "line": place.line}


def _places(draft: Draft, pagination: Pagination) -> Iterator[dict[str, Any]]:
    """Yield everything that can be referred to with its page, in the order of the texts."""
    for chapter in draft.chapters.values():
        for target in chapter.targets:
            if label := pagination.label(target.id):
                yield _place(target, label)


def _place(target: Target, label: str) -> dict[str, Any]:
    return {
        "id": target.id,
        "kind": str(target.kind),
        "page": label,
        "source": _source(target.location),
    }
