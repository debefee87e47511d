"""What other tools number and refer to, and their tables and signs, as Octavo has them."""

import pytest

from octavo.model import Manuscript
from tests.mending.books import base
from tests.mending.test_mending import Book, mended


@pytest.fixture(scope="module")
def briefing() -> Manuscript:
    return base()


@pytest.mark.parametrize(
    ("dialect", "written", "wanted"),
    [
        ("quarto", "see @sec-a", "see [](#sec-a)"),
        ("quarto", "(-@sec-a)", "([](#sec-a){.number})"),
        ("quarto", "[Part @sec-a]", "Part [](#sec-a){.number}"),
        ("bookdown", "Section \\@ref(sec-a)", "Section [](#sec-a){.number}"),
        ("single", "\\ref{sec-a}, \\eqref{sec-a}, \\autoref{sec-a}",
         "[](#sec-a){.number}, ([](#sec-a){.number}), [](#sec-a)"),
        ("myst", "{numref}`No. %s <sec-a>`", "No. [](#sec-a){.number}"),
        ("bookdown", "no \\@ref(fig:none)", "no fig-none"),
        ("quarto", "`@sec-a`", "`@sec-a`"),
    ],
)  # fmt: skip
def test_references(briefing: Manuscript, dialect: str, written: str, wanted: str) -> None:
    text = f"# T\n\n## A {{#sec-a}}\n\n{written}\n"
    assert mended(briefing, text, dialect) == f"# T\n\n## A {{#sec-a}}\n\n{wanted}\n"


@pytest.mark.parametrize(
    ("dialect", "written", "wanted"),
    [
        ("quarto", "$$\nx\n$$ {#eq-a}\n", "```math\n\\label{eq-a}\nx\n```\n"),
        ("bookdown", "$$x (\\#eq:a)$$\n", "```math\nx \\label{eq-a}\n```\n"),
        ("single", "\\begin{equation}\n\\label{a:b}\nx\n\\end{equation}\n",
         "```math\n\\begin{equation}\n\\label{a-b}\nx\n\\end{equation}\n```\n"),
        ("myst", "```{math}\n:label: eq:a\nx\n```\n", "```math\n\\label{eq-a}\nx\n```\n"),
        ("myst", "$$\nx\n$$ (eq:a)\n", "```math\n\\label{eq-a}\nx\n```\n"),
    ],
)  # fmt: skip
def test_labels_of_formulas(briefing: Manuscript, dialect: str, written: str, wanted: str) -> None:
    assert mended(briefing, f"# T\n\n{written}", dialect) == f"# T\n\n{wanted}"


@pytest.mark.parametrize(
    ("dialect", "written", "wanted"),
    [
        ("quarto", '![Two roads](images/there.png){#fig-a fig-alt="Roads"}',
         "![Roads](images/there.png)\n\n/// caption\n    attrs: {id: fig-a}\nTwo roads\n///\n"),
        ("bookdown", "![Two roads](images/there.png)",
         "![Two roads](images/there.png)\n\n/// caption\nTwo roads\n///\n"),
        ("folder", "![Two roads](images/there.png)", "![Two roads](images/there.png)"),
        ("folder", "| a |\n|---|\n| b |\n\n: What it tells {#tbl-a}",
         "| a |\n|---|\n| b |\n\n\n/// caption\n    attrs: {id: tbl-a}\nWhat it tells\n///\n"),
        ("folder", "Table: What it tells\n\n| a |\n|---|\n| b |",
         "\n\n| a |\n|---|\n| b |\n\n/// caption\nWhat it tells\n///\n"),
    ],
)  # fmt: skip
def test_captions(briefing: Manuscript, dialect: str, written: str, wanted: str) -> None:
    assert mended(briefing, f"# T\n\n{written}\n", dialect).rstrip() == f"# T\n\n{wanted}".rstrip()


MULTILINE = """\
-----------------------------------
 Name      Default           Right
           Aligned         Aligned
--------- ----------- ------------
   First  row                 12.0
          of two lines

  Second  row                  5.0
-----------------------------------
"""
SIMPLE = """\
  Right     Left     Center
-------     ------ ----------
     12     12        12
    123     123       123
"""
HEADLESS = """\
-------     ------
     12     a | b
    123     123
-------     ------
"""


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        (MULTILINE, "| Name | Default Aligned | Right Aligned |\n|  |"),
        (SIMPLE, "| Right | Left | Center |\n| ---: | :--- | :---: |\n| 12 | 12 | 12 |\n"),
        (HEADLESS, "|  |  |\n| --- | --- |\n| 12 | a &#124; b |\n| 123 | 123 |\n"),
    ],
    ids=["multiline", "simple", "headless"],
)
def test_tables_of_rules(briefing: Manuscript, written: str, wanted: str) -> None:
    made = mended(briefing, f"# T\n\n{written}")
    if written is MULTILINE:
        assert "| Name | Default Aligned | Right Aligned |\n" in made
        assert "| First | row of two lines | 12.0 |\n| Second | row | 5.0 |\n" in made
    else:
        assert wanted in made


def test_rules_that_are_no_table(briefing: Manuscript) -> None:
    for text in ("# T\n\nwords\n\n---\n\nmore\n", "# T\n\nA heading\n-----\n\nwords\n"):
        assert "|" not in mended(briefing, text)


def test_names_that_a_plugin_would_look_up(briefing: Manuscript) -> None:
    text = "# T\n\n[`run`][a.b.run] and [x][a.b], [y][c.d], `[z][e.f]`\n\n[c.d]: https://a.org\n"
    book = Book(briefing, {"one.md": text}, "mkdocs")
    assert book.text().startswith("# T\n\n`run` and x, [y][c.d], `[z][e.f]`\n")
    assert book.found == ["one.md:3 R001"]


def test_signs(briefing: Manuscript) -> None:
    book = Book(briefing, {"one.md": "# T\n\n:tada: at 10:30:00, :nosuch: {{< pagebreak >}}\n"})
    assert book.text() == "# T\n\n🎉 at 10:30:00, :nosuch: \n"
    assert book.found == []
    book = Book(briefing, {"one.md": "# T\n\n{{< video https://a.org/v >}} {{< fa star >}}\n"})
    assert book.text() == "# T\n\n<https://a.org/v> \n"
    assert book.found == ["one.md:3 S019"]
