"""What is meant for the facilitator is in the facilitator's edition, and nowhere else."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pikepdf
import PIL.Image
import pytest

from octavo.book import composition, heard
from octavo.diagnostics import PublishingError
from octavo.leaks import leaks, secrets
from octavo.model import Artifact, Draft
from octavo.press import prepare
from octavo.sources import read
from tests.conftest import Write, quietly, write_book

pytestmark = pytest.mark.slow

CANARIES = {
    "paragraph": "kestrel7",
    "words": "osprey7",
    "heading": "harrier7",
    "in a section": "goshawk7",
    "item": "merlin7",
    "table cell": "hobby7",
    "note": "buzzard7",
    "caption": "falcon7",
    "alternative text": "condor7",
    "index term": "caracara7",
    "glossary term": "lanner7",
    "glossary definition": "saker7",
    "name of a file": "vulture7",
    "whole text": "shikra7",
}
ELSEWHERE = "Nobody must hear of the gyrfalcon7 in the tower tonight."
"""A passage whose words are put where Octavo itself never would put them."""

MAIN = """# Main

Open words, and [osprey7]{audience=facilitator} among them.

kestrel7 in a paragraph.
{: audience=facilitator }

- open
- merlin7 in an item
{: audience=facilitator }

## harrier7 {: audience=facilitator }

goshawk7 in its section, which calls a note.[^secret]

## Open again

| A | B |
|---|---|
| c | hobby7 {: audience=facilitator } |

![condor7](../images/vulture7.svg){audience=facilitator}

/// caption
falcon7
///

The end.[]{.index entry="open"}[caracara7]{.index audience=facilitator}

/// audience | facilitator
%s
///

[^secret]: A buzzard7 in a note.
""".replace("%s", ELSEWHERE)

GLOSSARY = """# Glossary

Open
: An open word.

lanner7 {: audience=facilitator }
: A saker7.
"""

WHOLE = "# The shikra7 text {: audience=facilitator }\n\nWhole.\n"

SPINE = """bodymatter = ["text/main.md", "text/whole.md"]
backmatter = [{ text = "text/glossary.md", leaf = "glossary" }, "index"]
"""
TOML = """
[editions.ebook]
[editions.print]
[editions.booklet]
[editions.facilitator]
from = "print"
audience = ["facilitator"]
[editions.sheet]
from = "handout"
sections = ["text/main.md", "text/whole.md"]
[editions.sheet-facilitator]
from = "handout"
sections = ["text/main.md", "text/whole.md"]
audience = ["facilitator"]
[editions.large-print]
[editions.screen]
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'


Files = Mapping[str, Artifact]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    texts = {"main": MAIN, "glossary": GLOSSARY, "whole": WHOLE}
    folder = tmp_path_factory.mktemp("leaks") / "book"
    return write_book(folder, texts, SPINE, TOML, files={"images/vulture7.svg": SVG})


@pytest.fixture(scope="module")
def draft(folder: Path) -> Draft:
    return prepare(read(folder))


@pytest.fixture(scope="module")
def made(folder: Path) -> Mapping[str, Artifact]:
    return {artifact.name: artifact for artifact in quietly(folder).artifacts}


def found(draft: Draft, artifact: Artifact) -> list[str]:
    """Return what is said of a file of the participants' edition."""
    (edition,) = (e for e in draft.manuscript.editions if e.name == "print")
    hidden = secrets(draft, heard(draft, ()), edition)
    assert hidden is not None
    return [str(each) for each in leaks(artifact, hidden)]


def test_no_edition_tells_and_the_facilitator_s_has_it_all(draft: Draft, made: Files) -> None:
    files = made
    assert {"book.epub", "book.pdf", "book-booklet.pdf", "book-facilitator.pdf"} <= set(files)
    for name, artifact in files.items():
        if "facilitator" not in name:
            assert found(draft, artifact) == [], name
    assert len(files) > 12
    told = " ".join(found(draft, files["book-facilitator.pdf"]))
    shown = set(CANARIES) - {"name of a file"}  # a PDF has no names of images
    assert {kind for kind, word in CANARIES.items() if word in told} >= shown
    told = " ".join(found(draft, files["book-sheet-facilitator.pdf"]))
    # A glossary is cut to the terms that a handout uses, and it has no index.
    shown -= {"glossary term", "glossary definition", "index term"}
    assert {kind for kind, word in CANARIES.items() if word in told} >= shown


@pytest.mark.parametrize("kind", CANARIES)
def test_a_filter_that_fails_is_caught(
    kind: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(composition, "heard", lambda draft, _: draft)
    with pytest.raises(PublishingError) as raised:
        quietly(folder)
    said = [str(each) for each in raised.value.diagnostics if each.code == "X005"]
    canary = [line for line in said if CANARIES[kind] in line]
    assert canary, f"{kind} is not found in any file"
    line = next(
        number
        for path in ("main", "glossary", "whole")
        for number, text in enumerate(
            (folder / "text" / f"{path}.md").read_text().splitlines(), start=1
        )
        if CANARIES[kind] in text
    )
    if kind not in {"caption", "index term", "name of a file", "in a section"}:
        assert any(f"md:{line}:" in each for each in canary)


# --- what Octavo itself never does ---


def jpeg() -> bytes:
    image, file = PIL.Image.new("RGB", (8, 8)), BytesIO()
    exif = PIL.Image.Exif()
    exif[0x010E] = ELSEWHERE
    image.save(file, "JPEG", exif=exif)
    return file.getvalue()


def png() -> bytes:
    from PIL.PngImagePlugin import PngInfo

    info, file = PngInfo(), BytesIO()
    info.add_text("Comment", ELSEWHERE, zip=True)
    PIL.Image.new("RGB", (8, 8)).save(file, "PNG", pnginfo=info)
    return file.getvalue()


def _metadata(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        metadata["dc:description"] = ELSEWHERE


def _attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["notes.txt"] = pikepdf.AttachedFileSpec(pdf, ELSEWHERE.encode())


def _name_of_attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments[f"{ELSEWHERE}.txt"] = pikepdf.AttachedFileSpec(pdf, b"nothing")


def _information(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Keywords"] = ELSEWHERE


def _bookmark(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(ELSEWHERE, 0))


def _tag(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.K[0].Alt = pikepdf.String(ELSEWHERE)


def _exif(pdf: pikepdf.Pdf) -> None:
    image = pikepdf.Stream(pdf, jpeg(), Filter=pikepdf.Name.DCTDecode)
    image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    image.Width = image.Height = 8
    image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
    pdf.pages[0].add_resource(image, pikepdf.Name.XObject)


def _unused(pdf: pikepdf.Pdf) -> None:
    # Kept by a key that no reader looks at.
    pdf.Root.OctavoTest = pdf.make_indirect(pikepdf.Dictionary(Old=pikepdf.String(ELSEWHERE)))


def _stream(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OctavoTest = pdf.make_stream(f"BT ({ELSEWHERE}) Tj ET".encode())


def _actual_text(pdf: pikepdf.Pdf) -> None:
    wide = ELSEWHERE.encode("utf-16-be").hex()
    content = f"/Span <</ActualText <FEFF{wide}>>> BDC EMC".encode()
    pdf.pages[0].contents_add(content, prepend=False)


@pytest.mark.parametrize(
    "spoil",
    [
        _metadata, _attachment, _name_of_attachment, _information, _bookmark, _tag, _exif, _unused,
        _stream, _actual_text,
    ],
)  # fmt: skip
def test_every_corner_of_a_pdf(
    spoil: Callable[[pikepdf.Pdf], None], made: Files, draft: Draft
) -> None:
    artifact, spoilt = made["book.pdf"], BytesIO()
    with pikepdf.open(BytesIO(artifact.data)) as pdf:
        spoil(pdf)
        pdf.save(spoilt)
    (said,) = found(draft, replace(artifact, data=spoilt.getvalue()))
    assert "X005" in said
    assert "gyrfalcon7" in said
    assert "main.md:31" in said


def test_where_public_blocks_meet_nothing_is_told(write: Write) -> None:
    """A head or a title beside what follows it may make a run of words that a secret has, too."""
    open_ = "# Nine areas of reform\n\nThe second question was about what it was to bring.\n"
    private = (
        "\n/// audience | facilitator\nDo not count nine areas of reform: the second question "
        "was about what it was to bring.\n///\n"
    )
    toml = '[editions.ebook]\n[editions.print]\n[editions.other]\nfrom = "print"\n'
    folder = write({"one": open_ + private}, toml=f'{toml}audience = ["facilitator"]\n')
    assert quietly(folder).diagnostics == ()


INNOCENT = {
    "numbers": "The answer is 124, in room 306, at 419 euros, and 500 and 518 and 595 or 841.",
    "the date of the book": "In 2026 nobody knew, and in January 2026 still less.",
    "the title of the sheet": "Give a worksheet to each, and collect the answers on Tuesday.",
    "what a series is called": "These are the marvels of a long collection.",
    "words of the formats": "Count the subtype of an artifact, begin with the metadata, "
    "describe the application, package, container, reference, identifier and description.",
    "the licence": "Attribution is for the lawyers of commons.",
    "an address": "Look at the example under organisation.",
}


@pytest.mark.parametrize("words", INNOCENT.values(), ids=INNOCENT)
def test_an_innocent_book_is_let_through(words: str, write: Write) -> None:
    metadata = (
        "[metadata]\nidentifier = 'urn:uuid:00000000-0000-4000-8000-000000000000'\n"
        "title = 'A book'\nlanguage = 'en'\nmodified = 2026-01-01T00:00:00Z\n"
        "date = 2026-01-01\nlicence = 'Attribution Commons Lawyers'\n"
        "address = 'https://example.organisation'\n"
        "series = { name = 'Marvels, a collection', position = 1 }\n"
    )
    toml = (
        "[editions.ebook]\n[editions.print]\n[editions.sheet]\nfrom = 'handout'\n"
        "title = 'Worksheet'\nsubtitle = 'For Tuesday'\nsections = ['text/one.md']\n"
        "[editions.other]\nfrom = 'print'\naudience = ['facilitator']\n"
    )
    public = " ".join(f"A sentence of the book, and the next one, {n}." for n in "abcdef")
    text = f"# One\n\n{public}\n\n/// audience | facilitator\n{words}\n///\n"
    files = quietly(write({"one": text}, toml=toml, metadata=metadata)).artifacts
    assert "book-sheet.pdf" in {file.name for file in files}


def test_what_stands_between_the_objects_of_a_pdf(made: Files, draft: Draft) -> None:
    artifact = made["book.pdf"]
    comment = f"% {ELSEWHERE}\n%%EOF".encode()
    assert found(draft, replace(artifact, data=artifact.data.replace(b"%%EOF", comment)))


def changed(artifact: Artifact, change: Callable[[str, bytes], bytes], *more: str) -> Artifact:
    """Return an e-book with the change made to its files, and with more files."""
    data = BytesIO()
    with ZipFile(BytesIO(artifact.data)) as old, ZipFile(data, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry, change(entry.filename, old.read(entry)))
        for name in more:
            new.writestr(name, "")
    return replace(artifact, data=data.getvalue())


def _in(name: str, old: str, new: str) -> Callable[[str, bytes], bytes]:
    def change(filename: str, data: bytes) -> bytes:
        if not filename.endswith(name):
            return data
        assert re.search(old, data.decode())
        return re.sub(old, lambda _: new, data.decode(), count=1).encode()

    return change


CORNERS: Mapping[str, Callable[[str, bytes], bytes]] = {
    "CSS content": _in("type.css", "^", f'.leaf::before {{ content: "{ELSEWHERE}" }}\n'),
    "a comment": _in("main.xhtml", "<section", f"<!-- {ELSEWHERE} --><section"),
    "an attribute": _in("main.xhtml", "<section", f'<section title="{ELSEWHERE}"'),
    "metadata": _in("content.opf", "</metadata>", f"<meta>{ELSEWHERE}</meta></metadata>"),
    "navigation": _in("toc.ncx", "<navMap>", f"<navMap><!-- {ELSEWHERE} -->"),
    "EXIF": lambda name, data: jpeg() if name.endswith("cover.jpg") else data,
    "packed text of an image": lambda name, data: png() if name.endswith("cover.jpg") else data,
}


@pytest.mark.parametrize("corner", CORNERS)
def test_every_corner_of_an_e_book(corner: str, made: Files, draft: Draft) -> None:
    spoilt = changed(made["book.epub"], CORNERS[corner])
    assert "gyrfalcon7" in " ".join(found(draft, spoilt))


def test_the_names_of_files_in_an_e_book(made: Files, draft: Draft) -> None:
    spoilt = changed(made["book.epub"], lambda _, data: data, "EPUB/gyrfalcon7.txt")
    assert "the name of a file" in " ".join(found(draft, spoilt))
