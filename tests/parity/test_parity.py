"""What is lost between source, e-book and print is found: seeded faults, each with its place.

Faults of the e-book are made in the finished file; those of print in the document that is typeset,
or in the finished PDF.
"""

from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest

from octavo.book import compose
from octavo.diagnostics import Diagnostic
from octavo.editions import EDITIONS
from octavo.formats import FORMATS
from octavo.layouts import lay_out
from octavo.model import Artifact, Asset, Draft, Rendition, Source
from octavo.parity import Printed, Proof, pdf, prove
from octavo.press import prepare
from octavo.sources import read
from octavo.workshop import Workshop
from tests.conftest import Write, quietly

pytestmark = pytest.mark.slow

ONE = """# The first chapter

The first paragraph has a sentence. It has another, with fine flowers and a café. It ends.

The second paragraph calls a note[^one] and [leads abroad](https://example.org/here).

The third paragraph speaks of “quoted words” and leads to [](two.md), and to [](#plate){.page}.

- apples and pears
- plums and cherries
- nuts and figs

![A square with a thick border.](images/square.svg)

/// caption
    attrs: {id: plate}
The plate of the book.
///

[^one]: The words of the note.
"""

TWO = """# The second chapter

| Fruit   | Weight |
|:--------|-------:|
| Apples  |     12 |
| Cherries|     34 |
| Walnuts |     56 |

## A heading within

```
alpha comes first
omega comes last
```

/// verse
A line of verse,
and another below.
///

> Words that are quoted at length.

The [indexed word]{.index} stands here.[^two]

[^two]: Another note, in the second chapter.
"""

THREE = """# The third chapter

Its only paragraph is nothing to speak of, but the [indexed word]{.index} stands in it again.
"""

SQUARE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
)


@dataclass(frozen=True)
class Made:
    """A book, made once: what was laid out for print, and both files."""

    draft: Draft
    paper: Rendition
    printed: Artifact
    ebook: Artifact

    def prove(self, *, ebook: Artifact | None = None, printed: Artifact | None = None) -> Proof:
        assert self.printed.pagination
        other = Printed(self.paper, printed or self.printed, self.printed.pagination)
        return prove(self.draft, self.draft, ebook or self.ebook, other, Workshop())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("books") / "book"
    write_book(folder)
    draft = prepare(read(folder))
    styles = draft.manuscript.styles
    book = compose(draft, EDITIONS["print"])
    pages = FORMATS["pdf"].bind(lay_out(book, styles), Workshop()).pagination
    paper = lay_out(book, styles, pagination=pages)
    printed = FORMATS["pdf"].bind(paper, Workshop())
    cover = Asset("cover.svg", "image/svg+xml", SQUARE.encode())
    screen = lay_out(compose(draft, EDITIONS["ebook"]), styles, cover, printed.pagination)
    return Made(draft, paper, printed, FORMATS["epub"].bind(screen, Workshop()))


def test_pages_say_the_same_when_they_are_read_in_shares(made: Made) -> None:
    data = made.printed.data
    whole = pdf.read(data, 0, 1_000)
    shares = [pdf.read(data, first, first + 2) for first in range(0, len(whole.pages), 2)]
    assert len(shares) > 2
    assert pdf.joined(shares) == whole


def write_book(folder: Path) -> None:
    for name, text in {
        "book.toml": (
            '[metadata]\nidentifier = "urn:uuid:1"\ntitle = "A book"\nlanguage = "en"\n'
            "modified = 2026-01-01T00:00:00Z\n"
            '[spine]\nfrontmatter = ["halftitle", "titlepage", "copyright", "contents"]\n'
            'bodymatter = ["text/one.md", "text/two.md", "text/three.md"]\nbackmatter = ["index"]\n'
        ),
        "text/one.md": ONE,
        "text/two.md": TWO,
        "text/three.md": THREE,
        "text/images/square.svg": SQUARE,
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def test_a_sound_book_gives_no_alarm(made: Made) -> None:
    proof = made.prove()
    assert proof.problems == ()
    assert dict(proof.figures)["notes"] == 2
    assert dict(proof.figures)["pictures"] == 1
    assert dict(proof.figures)["words"] > 100


# --- faults ---

Change = tuple[str, str]
"""A piece of a finished document and what it becomes."""


@dataclass(frozen=True)
class Fault:
    """A fault: the document, what is changed in it, and the code, page and line to be told."""

    name: str
    document: str
    changes: tuple[Change, ...]
    code: str
    page: str
    line: int


def fault(name: str, document: str, code: str, page: str, line: int, *changes: Change) -> Fault:
    return Fault(name, document, changes, code, page, line)


FLOWERS = "with fine flowers and a café"
ALT = "A square with a thick border."
MARK = (
    '<span id="page--{0}" class="pagebreak" epub:type="pagebreak" '
    'role="doc-pagebreak" aria-label="{0}"/>'
)

FAULTS = [
    fault("a sentence", "one", "L001", "1", 3, (f" It has another, {FLOWERS}.", "")),
    fault("a word", "one", "L001", "1", 3, ("fine flowers", "flowers")),
    fault("an accent", "one", "L001", "1", 3, ("café", "cafe")),
    fault("a ligature", "one", "L001", "1", 3, ("fine flowers", "\ufb02ne flowers")),
    fault("a quotation mark", "one", "L001", "1", 7, ("“quoted", "quoted")),
    fault("a list item", "one", "L001", "1", 10, ("<li>plums and cherries</li>", "")),
    fault("two items", "one", "L001", "1", 9, ("apples", "@"), ("plums", "apples"), ("@", "plums")),
    fault("a caption", "one", "L001", "2", 17, (" The plate of the book.", "")),
    fault("an address", "one", "L004", "1", 5, ("example.org/here", "example.com/")),
    fault("an alternative text", "one", "L003", "2", 13, (ALT, "A circle.")),
    fault("a table row", "two", "L001", "3", 6, (">Cherries<", "><"), (">34<", "><")),
    fault("a figure in a table", "two", "L001", "3", 7, (">56<", ">65<")),
    fault("a heading", "two", "L001", "3", 9, ("A heading within</h2>", "</h2>")),
    fault("a line of code", "two", "L001", "3", 13, ("omega comes last", "")),
    fault("a line of verse", "two", "L001", "3", 18, ("and another below.", "")),
    fault("a quotation", "two", "L001", "3", 21, ("Words that are quoted at length.", "")),
    fault("a word said twice", "two", "L001", "3", 21, ("at length", "at at length")),
    fault("a short chapter", "three", "L001", "5", 3, ("Its only paragraph is nothing", "This")),
]

NOTES = [
    fault("the words of a note", "one", "L002", "1", 20, ("The words of the note.", "Words.")),
    fault("an empty note", "two", "L002", "3", 25, ("Another note, in the second chapter.", "")),
]

EBOOK = [
    fault(
        "two paragraphs", "one", "L001", "1", 5,
        ("<p>The first paragraph", "<p>@"), ("<p>The second paragraph", "<p>The first paragraph"),
        ("<p>@", "<p>The second paragraph"),
    ),
    fault("an internal link", "one", "L004", "1", 7, ('href="two.xhtml"', 'href="three.xhtml"')),
    fault("an image", "one", "L003", "2", 13, (f'alt="{ALT}"', 'alt="" role="presentation"')),
    fault(
        "a page mark behind its place", "two", "L005", "3", 1,
        (MARK.format("3"), ""), ('<div class="text">', '<div class="text">' + MARK.format("3")),
    ),
    fault("a page mark that is gone", "three", "L005", "5", 1, (MARK.format("5"), "")),
    fault("a locator of the index", "index", "L001", "7", 0, (">3</a>", ">4</a>")),
    fault("where a locator leads", "index", "L004", "7", 0, ("two.xhtml#two--index-1", "#index")),
    fault("a page reference", "one", "L001", "1", 7, ('"folio">2<', '"folio">3<')),
    fault("the number of a note", "one", "L001", "1", 5, ('noteref">1<', 'noteref">2<')),
    fault("a line of the contents", "nav", "L001", "v", 0, ("second chapter", "other chapter")),
]  # fmt: skip


@pytest.mark.parametrize("seed", [*FAULTS, *NOTES, *EBOOK], ids=lambda seed: seed.name)
def test_faults_of_the_e_book(made: Made, seed: Fault) -> None:
    packed = BytesIO()
    with ZipFile(BytesIO(made.ebook.data)) as source, ZipFile(packed, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == f"EPUB/{seed.document}.xhtml":
                data = changed(data.decode(), seed.changes).encode()
            target.writestr(name, data)
    found = made.prove(ebook=replace(made.ebook, data=packed.getvalue())).problems
    assert_told(found, seed)


@pytest.mark.parametrize("seed", [*FAULTS, *NOTES], ids=lambda seed: seed.name)
def test_faults_of_print(made: Made, seed: Fault) -> None:
    (document,) = made.paper.documents
    other = replace(document, xhtml=changed(document.xhtml, seed.changes))
    printed = FORMATS["pdf"].bind(replace(made.paper, documents=(other,)), Workshop())
    assert_told(made.prove(printed=printed).problems, seed)


def changed(text: str, changes: tuple[Change, ...]) -> str:
    for before, after in changes:
        assert text.count(before) >= 1, f"{before!r} does not stand in the document"
        text = text.replace(before, after, 1)
    return text


def assert_told(found: tuple[Diagnostic, ...], seed: Fault) -> None:
    assert seed.code in {diagnostic.code for diagnostic in found}, found
    told = [
        (f"page {seed.page}:" in d.message, d.location.line) for d in found if d.code == seed.code
    ]
    assert (True, seed.line) in told, found
    path = f"text/{seed.document}.md" if seed.line else "book.toml"
    assert path in {d.location.path for d in found if d.code == seed.code}


def test_a_line_of_the_source_that_is_nowhere(made: Made) -> None:
    sources = dict(made.draft.manuscript.sources)
    longer = sources["text/two.md"].text.replace(
        "A line of verse,", "A line of verse,\nlost lines,"
    )
    sources["text/two.md"] = Source("text/two.md", longer)
    draft = replace(made.draft, manuscript=replace(made.draft.manuscript, sources=sources))
    (problem,) = replace(made, draft=draft).prove().problems
    assert (problem.code, str(problem.location)) == ("L007", "text/two.md:18")
    assert "lost lines" in problem.message


def test_labels_that_are_not_the_folios(made: Made) -> None:
    finished = BytesIO()
    with pikepdf.open(BytesIO(made.printed.data)) as pdf:
        pdf.Root.PageLabels.Nums = pikepdf.Array(
            [0, pikepdf.Dictionary(S=pikepdf.Name.r), 5, pikepdf.Dictionary(S=pikepdf.Name.D)]
        )
        pdf.save(finished)
    found = made.prove(printed=replace(made.printed, data=finished.getvalue())).problems
    assert {"L005", "L006"} <= {diagnostic.code for diagnostic in found}


def test_what_an_edition_leaves_out_on_purpose_is_no_fault(write: Write) -> None:
    text = (
        "# One\n\nFor both. [For screens.]{.screen-only} [For paper alone.]{.print-only} More.\n\n"
        "A paragraph that is for paper, from its first word to its last.\n{.print-only}\n\n"
        "Another, for screens.\n{.screen-only}\n"
    )
    outcome = quietly(write({"one": text}))
    assert outcome.diagnostics == ()
    (ebook, printed, _) = outcome.artifacts
    with ZipFile(BytesIO(ebook.data)) as archive:
        page = archive.read("EPUB/one.xhtml")
    assert b"for paper" not in page
    assert b"For screens." in page
    assert printed.name == "book.pdf"
