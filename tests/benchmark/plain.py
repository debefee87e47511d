"""The same book set by WeasyPrint alone: the least that a PDF with these pages can cost.

    python -m tests.benchmark.plain FOLDER FILE.pdf

``lay_by`` has Octavo make the document beforehand, with its templates and stylesheets. The process
that is measured reads every source with Python-Markdown, throws away what comes of it, and has
WeasyPrint set the document: no composer, no amendments, nothing done to the file afterwards.
"""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from tests.benchmark.manuscripts import texts

DOCUMENT = "book.html"
SOURCES = "sources"
OPTIONS: dict[str, Any] = {"pdf_variant": "pdf/ua-1", "pdf_tags": True}


def lay_by(book: Path, into: Path) -> Path:
    """Write the document of a book's print edition, what it names, and the sources; once."""
    if into.exists():
        return into
    from octavo.book import compose
    from octavo.layouts import lay_out
    from octavo.press import prepare
    from octavo.sources import read

    draft = prepare(read(book))
    edition = next(each for each in draft.manuscript.editions if each.name == "print")
    rendition = lay_out(compose(draft, edition, None), draft.manuscript.styles)
    for asset in (*rendition.stylesheets, *rendition.assets):
        path = into / asset.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(asset.data)
    (into / DOCUMENT).write_text(as_html(rendition.documents[0].xhtml), encoding="utf-8")
    (into / SOURCES).mkdir()
    for number, path in enumerate(texts(book)):
        shutil.copy(path, into / SOURCES / f"{number:04}.md")
    return into


def as_html(document: str) -> str:
    """Return XHTML as HTML, in which an element without content is not taken for one left open."""
    root = ET.fromstring(document)  # noqa: S314 - our own
    for element in root.iter():
        space, brace, name = element.tag.rpartition("}")
        if brace and space.endswith("/xhtml"):
            element.tag = name
    return "<!DOCTYPE html>\n" + ET.tostring(root, encoding="unicode", method="html")


def main(arguments: Sequence[str]) -> None:
    """Read the sources, and set the document."""
    import markdown
    import weasyprint

    folder = Path(arguments[0])
    for path in sorted((folder / SOURCES).iterdir()):
        markdown.markdown(path.read_text("utf-8"))
    html = weasyprint.HTML(
        string=(folder / DOCUMENT).read_text("utf-8"), base_url=f"{folder.resolve()}/"
    )
    html.write_pdf(arguments[1], **OPTIONS)


if __name__ == "__main__":
    main(sys.argv[1:])
