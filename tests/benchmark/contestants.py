"""Who is measured, and how each is run: Octavo in its ways, and others that make books of Markdown.

To add one, write what yields its steps and a line in ``CONTESTANTS``.
"""

import shlex
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from tests.benchmark import plain
from tests.benchmark.manuscripts import Manuscript, change_a_word, switched, texts

COLD, WARM, CHANGED = "cold", "warm", "changed"
"""Nothing in the cache; again, with nothing changed; and after a word is changed."""


@dataclass(frozen=True)
class Round:
    """One time that a contestant is run.

    ``work`` is a new folder; ``shared`` one that all rounds with a manuscript have.
    """

    manuscript: Manuscript
    work: Path
    shared: Path
    jobs: int


@dataclass(frozen=True)
class Step:
    """A process to be measured: whence it starts, its command, and the file that it makes."""

    state: str
    command: tuple[str, ...]
    product: Path | None = None


Runs = Callable[[Round], Iterator[Step]]
"""Yields steps in their order; each is run before the next is asked for."""


@dataclass(frozen=True)
class Contestant:
    """Who makes a book: ``makes`` says of what kind (``pdf``, ``epub``, ``both``, none).

    ``against`` is the name by which one that is not Octavo is asked for; ``lacks`` says what is
    missing here for it, nothing where it can run.
    """

    label: str
    makes: str
    runs: Runs
    against: str = ""
    lacks: Callable[[], str] = str


# --- Octavo ---


def _octavo(asked: Round, editions: tuple[str, ...], said: Mapping[str, str]) -> Iterator[Step]:
    """Yield builds of a copy: the first, one with nothing changed, one with a word changed."""
    book = asked.work / "book"
    shutil.copytree(asked.manuscript.folder, book)
    for edition in ("ebook", "print"):
        switched(book, said.get(edition, ""), edition)
    output = asked.work / "output"
    chosen = [word for edition in editions for word in ("--edition", edition)]
    command = (
        *(sys.executable, "-m", "octavo", "build", str(book), "--output", str(output)),
        *(*chosen, "--jobs", str(asked.jobs), "--quiet"),
    )
    suffix = "pdf" if "print" in editions else "epub"
    product = output / book.name / f"{book.name}.{suffix}"
    yield Step(COLD, command, product)
    yield Step(WARM, command, product)
    change_a_word(book)
    yield Step(CHANGED, command, product)


def _version(_: Round) -> Iterator[Step]:
    yield Step(WARM, (sys.executable, "-m", "octavo", "--version"))


def _import(_: Round) -> Iterator[Step]:
    yield Step(WARM, (sys.executable, "-c", "import octavo.catalogue"))


# --- others ---


def _plain(asked: Round) -> Iterator[Step]:
    book = asked.shared / "book"
    if not book.exists():
        shutil.copytree(asked.manuscript.folder, book)
        switched(book, 'composer = "off"\n', "print")
    folder = plain.lay_by(book, asked.shared / "plain")
    product = asked.work / "plain.pdf"
    yield Step(
        COLD, (sys.executable, "-m", "tests.benchmark.plain", str(folder), str(product)), product
    )


def _pandoc(asked: Round) -> Iterator[Step]:
    product = asked.work / "pandoc.epub"
    yield Step(COLD, (*_reading(asked), "--output", str(product)), product)


def _typst(asked: Round) -> Iterator[Step]:
    book, product = asked.work / "book", asked.work / "typst.pdf"
    shutil.copytree(asked.manuscript.folder, book)  # what it is made of must stand below its root
    source = texts(book)[0].with_name("book.typ")
    writing = (
        *(*_reading(asked), "--standalone", "--table-of-contents"),
        *("--variable=papersize:a5", "--output", str(source)),
    )
    program = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], root=sys.argv[3])"
    setting = (sys.executable, "-c", program, str(source), str(product), str(book))
    both = f"{shlex.join(writing)} && {shlex.join(setting)}"
    yield Step(COLD, ("sh", "-c", both), product)


def _xelatex(asked: Round) -> Iterator[Step]:
    product = asked.work / "xelatex.pdf"
    setting = ("--pdf-engine=xelatex", "--table-of-contents", "--top-level-division=chapter")
    looks = ("--variable=documentclass:book", "--variable=papersize:a5")
    yield Step(COLD, (*_reading(asked), *setting, *looks, "--output", str(product)), product)


def _reading(asked: Round) -> tuple[str, ...]:
    """Return how pandoc is told to read all texts of a manuscript."""
    import pypandoc

    folder = asked.manuscript.folder
    looks = f"--resource-path={folder}:{folder / 'text'}"
    about = (f"--metadata=title:{asked.manuscript.name}", "--metadata=lang:en")
    return (pypandoc.get_pandoc_path(), *about, looks, *map(str, texts(folder)))


def _without(*modules: str, program: str = "") -> str:
    """Return which of these are not here, in words."""
    lacking = [name for name in modules if find_spec(name) is None]
    if program and shutil.which(program) is None:
        lacking.append(program)
    return ", ".join(lacking)


CONTESTANTS: Final[Mapping[str, Contestant]] = {
    "version": Contestant("octavo --version", "", _version),
    "import": Contestant("import octavo.catalogue", "", _import),
    "octavo-epub": Contestant(
        "Octavo EPUB alone",
        "epub",
        partial(_octavo, editions=("ebook",), said={"ebook": 'pages = ""\n'}),
    ),
    "octavo-lines": Contestant(
        "Octavo PDF, no composer",
        "pdf",
        partial(_octavo, editions=("print",), said={"print": 'composer = "off"\n'}),
    ),
    "octavo-pdf": Contestant("Octavo PDF", "pdf", partial(_octavo, editions=("print",), said={})),
    "octavo-both": Contestant(
        "Octavo EPUB + PDF", "both", partial(_octavo, editions=("ebook", "print"), said={})
    ),
    "plain": Contestant("plain WeasyPrint", "pdf", _plain, "plain"),
    "pandoc": Contestant("pandoc → EPUB", "epub", _pandoc, "pandoc", partial(_without, "pypandoc")),
    "typst": Contestant(
        "pandoc → Typst", "pdf", _typst, "typst", partial(_without, "pypandoc", "typst")
    ),
    "xelatex": Contestant(
        "pandoc → XeLaTeX",
        "pdf",
        _xelatex,
        "xelatex",
        partial(_without, "pypandoc", program="xelatex"),
    ),
}
"""Everyone, in the order of a round."""

RIVALS: Final = tuple(each.against for each in CONTESTANTS.values() if each.against)


def taking_part(against: tuple[str, ...]) -> dict[str, Contestant]:
    """Return Octavo and those others that are asked for and can run."""
    return {
        name: each
        for name, each in CONTESTANTS.items()
        if not each.against or (each.against in against and not each.lacks())
    }


def absent(against: tuple[str, ...]) -> Iterator[str]:
    """Yield a line for each that is asked for and cannot run."""
    for each in CONTESTANTS.values():
        if each.against in against and each.against and (lacking := each.lacks()):
            yield f"without {each.label}: there is no {lacking} here"
