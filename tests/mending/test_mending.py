"""The Markdown of other tools: what becomes of it, and what its author is told."""

from collections.abc import Mapping

import pytest

from octavo.mending import mend
from octavo.model import Asset, Manuscript
from tests.mending.books import base, book


@pytest.fixture(scope="module")
def briefing() -> Manuscript:
    return base()


THERE = {"images/there.png": Asset("images/there.png", "image/png", b"")}


class Book:
    """A book of another tool, and what was made of it."""

    def __init__(self, on: Manuscript, texts: Mapping[str, str], dialect: str = "folder") -> None:
        self.made = mend(book(on, texts, dialect, THERE))

    def text(self, path: str = "one.md") -> str:
        return self.made.sources[path].text

    @property
    def found(self) -> list[str]:
        return [f"{each.location} {each.code}" for each in self.made.found]


def mended(on: Manuscript, text: str, dialect: str = "folder") -> str:
    return Book(on, {"one.md": text}, dialect).text()


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("# T\n\n- a\n  more\n  - b\n", "# T\n\n- a\n    more\n    - b\n"),
        ("# T\n\nwords\n- a\n- b\nlazy\n", "# T\n\nwords\n\n- a\n- b\n    lazy\n"),
        ("# T\n\n1) a\n\n   b\n2) c\n", "# T\n\n1. a\n\n    b\n2. c\n"),
        ("# T\n\n- a\n## H\n", "# T\n\n- a\n\n## H\n"),
        (
            "# T\n\n- ```py\n  x = 1\n  ```\n",
            "# T\n\n- <!-- -->\n\n    ```py\n    x = 1\n    ```\n",
        ),
        ("# T\n\n> - a\n>   b\n", "# T\n\n> - a\n>   b\n"),
    ],
    ids=["nested", "after-words", "brackets", "before-heading", "code-first", "in-quotation"],
)
def test_lists(briefing: Manuscript, written: str, wanted: str) -> None:
    assert mended(briefing, written) == wanted


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("```rust,ignore\nx\n```\n", "```rust\nx\n```\n"),
        ("```{r eval=FALSE}\nx\n```\n", "```r\nx\n```\n"),
        ("```{.python .numberLines}\nx\n```\n", "```python\nx\n```\n"),
        ("```\nx\n`````\n", "```\nx\n```\n"),
        ("```c++\nx", "```c++\nx\n```\n"),
    ],
)
def test_code(briefing: Manuscript, written: str, wanted: str) -> None:
    assert mended(briefing, f"# T\n\n{written}") == f"# T\n\n{wanted}"


def test_hidden_lines_of_rust_are_for_the_compiler(briefing: Manuscript) -> None:
    text = "# T\n\n```rust\n# use x;\nfn a() {}\n#\n## b\n#[c]\n```\n"
    assert mended(briefing, text, "mdbook") == "# T\n\n```rust\nfn a() {}\n# b\n#[c]\n```\n"
    assert mended(briefing, text, "folder") == text


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("a<br>b", "a<br/>b"),
        ("<img src=images/there.png alt='x'>", '<img src="images/there.png" alt="x"/>'),
        ("a `<T>` and a <T>", "a `<T>` and a &lt;T>"),
        ("a <https://example.org/> b", "a <https://example.org/> b"),
        ("a <details open>b</details>", 'a <details open="open">b</details>'),
        (
            "<details>\n<summary>S</summary>\n\n*a*\n\n</details>",
            '<details markdown="1">\n<summary>S</summary>\n\n*a*\n\n</details>',
        ),
    ],
)
def test_raw_html(briefing: Manuscript, written: str, wanted: str) -> None:
    assert mended(briefing, f"# T\n\n{written}\n") == f"# T\n\n{wanted}\n"


@pytest.mark.parametrize(
    ("written", "wanted", "found"),
    [
        ("words\n", "# Called\n\nwords\n", []),
        ("**Chapter 1**\n\nwords\n", "# Chapter 1\n\n\nwords\n", []),
        ("## A\n\n### B\n", "# A\n\n## B\n", []),
        ("# A\n\n### B\n", "# A\n\n## B\n", ["one.md:3 S008"]),
        ("# A\n\n# B\n\n## C\n", "# A\n\n## B\n\n### C\n", ["one.md:3 S007"]),
        ("A\nB\n---\n\nwords\n", "# A B\n\nwords\n", []),
        ("#\n\n# A\n", "\n\n# A\n", []),
        ("# A\n\n#no heading\n", "# A\n\n\\#no heading\n", []),
    ],
)
def test_headings(briefing: Manuscript, written: str, wanted: str, found: list[str]) -> None:
    book = Book(briefing, {"one.md": written})
    assert book.text() == wanted
    assert book.found == found


@pytest.mark.parametrize(
    ("written", "wanted", "found"),
    [
        ("![A](images/there.png)", "![A](images/there.png)", []),
        ("![A](/images/There.png?raw=true)", "![A](images/there.png)", []),
        ("![A](images/gone.png)", "A", ["one.md:3 I001"]),
        ("![](images/gone.png)", "gone.png", ["one.md:3 I001"]),
        ("![A](https://a.example/b.png)", "[A](<https://a.example/b.png>)", ["one.md:3 X002"]),
        (
            "[![A](https://a.example/b.svg)](https://c.example)",
            "[A](https://c.example)",
            ["one.md:3 X002"],
        ),
    ],
)
def test_images(briefing: Manuscript, written: str, wanted: str, found: list[str]) -> None:
    book = Book(briefing, {"one.md": f"# T\n\n{written}\n"})
    assert book.text() == f"# T\n\n{wanted}\n"
    assert book.found == found


@pytest.mark.parametrize(
    ("written", "wanted", "found"),
    [
        ("[a](sub/two.md)", "[a](sub/two.md)", []),
        ("[a](sub/two.html#it-s-here)", "[a](sub/two.md)", ["one.md:3 R002"]),
        ("[a](sub/two.html#its-here)", "[a](sub/two.md#its-here)", []),
        ("[a](sub/)", "[a](sub/README.md)", []),
        ("[a](gone.md)", "a", ["one.md:3 R001"]),
        ("[a](#t)", "[a](#t)", []),
        ("[a][b]\n\n[b]: sub/two.html", "[a](sub/two.md)\n\n[b]: sub/two.html", []),
        ('<a href="sub/two.html">a</a>', '<a href="sub/two.md">a</a>', []),
        ("[a](https://x.example/b.md)", "[a](https://x.example/b.md)", []),
    ],
)
def test_links(briefing: Manuscript, written: str, wanted: str, found: list[str]) -> None:
    texts = {
        "one.md": f"# T\n\n{written}\n",
        "sub/README.md": "# R\n",
        "sub/two.md": "# Two\n\n## It's *here*!\n",
    }
    book = Book(briefing, texts)
    assert book.text().removeprefix("# T {#t}").removeprefix("# T") == f"\n\n{wanted}\n"
    assert book.found == found


def test_a_heading_that_is_named_gets_its_id(briefing: Manuscript) -> None:
    texts = {"one.md": "# T\n\n[a](two.md#its-here)\n", "two.md": "# Two\n\n## It's here\n"}
    assert Book(briefing, texts).text("two.md") == "# Two\n\n## It's here {#its-here}\n"


def test_pandoc_names_headings_otherwise(briefing: Manuscript) -> None:
    texts = {"one.md": "# T\n\n[a](#a.b-c)\n\n## 1. A.B, c\n"}
    assert "{#a.b-c}" in Book(briefing, texts, "bookdown").text()


def test_the_lines_of_what_is_said_are_those_of_the_file(briefing: Manuscript) -> None:
    text = "words\n- a\n- b\n\n![A](gone.png)\n\n[a](gone.md)\n"
    assert Book(briefing, {"one.md": text}).found == ["one.md:5 I001", "one.md:7 R001"]


def test_octavo_is_read_as_it_stands(briefing: Manuscript) -> None:
    assert mend(briefing) is briefing


@pytest.mark.parametrize(
    ("written", "wanted", "found"),
    [
        ("<script>\nrun()\n</script>\n", "\n", ["one.md:3 X004"]),
        (
            '<iframe src="https://a.example/b"></iframe>\n',
            "<https://a.example/b>\n",
            ["one.md:3 X004"],
        ),
        (
            '<video controls><source src="https://a.example/b.mp4">x</video>\n',
            "<https://a.example/b.mp4>\n",
            ["one.md:3 X004"],
        ),
        ("<form>a <input type=text></form>\n", "a \n", []),
        ("a <?php?> b\n", "a &lt;?php?> b\n", []),
        ("a <id:1> b\n", "a id:1 b\n", []),
        ('<p id="a">x</p> <b id=a>y</b>\n', '<p id="a">x</p> <b>y</b>\n', []),
        ("[a]: \n   /url\n   'b'\n", '[a]: /url "b"\n', []),
    ],
)
def test_what_a_book_cannot_hold(
    briefing: Manuscript, written: str, wanted: str, found: list[str]
) -> None:
    made = Book(briefing, {"one.md": f"# T\n\n{written}"})
    assert made.text() == f"# T\n\n{wanted}"
    assert made.found == found


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("It is $x_1$ here", "It is `x_1`{.math} here"),
        (r"It is \(x_1\) here", "It is `x_1`{.math} here"),
        ("$5 or $6, US$7–$8", "$5 or $6, US$7–$8"),
        ("`$x$` and \\$x$", "`$x$` and $x$"),
        ("a $$x$$ b", "a `x`{.math} b"),
        ("$$\nx\n$$", "```math\nx\n```"),
        ("\\[ x \\]", "```math\nx\n```"),
        (
            "\\begin{align}\nx \\label{a}\n\\end{align}",
            "```math\n\\begin{align}\nx \\label{a}\n\\end{align}\n```",
        ),
        ("- a\n\n  $$\n  x\n  $$", "- a\n\n    ```math\n    x\n    ```"),
        ("> $$x$$", "> `x`{.math}"),
    ],
)
def test_formulas(briefing: Manuscript, written: str, wanted: str) -> None:
    assert mended(briefing, f"# T\n\n{written}\n") == f"# T\n\n{wanted}\n"


def test_mdbook_has_no_formulas(briefing: Manuscript) -> None:
    assert mended(briefing, "# T\n\n$x$\n", "mdbook") == "# T\n\n$x$\n"


@pytest.mark.parametrize(
    ("written", "wanted", "dialect"),
    [
        (
            '::: {.callout-note title="Look"}\nx\n:::\n',
            (
                '\n<div class="admonition note" markdown="1">\n\n'
                '<p class="admonition-title" markdown="1">Look</p>\n\n\nx\n\n</div>\n\n'
            ),
            "quarto",
        ),
        (
            "::: {.left #a}\nx\n:::\n",
            '\n<div id="a" class="left" markdown="1">\n\n\nx\n\n</div>\n\n',
            "quarto",
        ),
        ("> [!TIP]\n> x\n", "> **Tip**\n>\n> x\n", "folder"),
        ("??? note\n    x\n", "!!! note\n    x\n", "mkdocs"),
        (
            "/// html | div.result\nx\n///\n",
            '\n<div class="result" markdown="1">\n\n\nx\n\n</div>\n\n',
            "mkdocs",
        ),
        ('=== "A"\n    x\n', '!!! tab "A"\n    x\n', "mkdocs"),
        ("```{code-block} python\n:linenos:\nx\n```\n", "```python\nx\n```\n", "myst"),
        ("```{math}\nx\n```\n", "```math\nx\n```\n", "myst"),
        ("a^[b [c] d] e\n", "a[^inline-1] e\n\n\n[^inline-1]: b [c] d\n", "folder"),
        ("a\\\nb\n", "a  \nb\n", "folder"),
        ("5 \\% \\& \\^\n", "5 % &amp; &#94;\n", "folder"),
        ("## H {-}\n", "## H \n", "bookdown"),
        ("`r if (x) '\n# R {-}\n'` y\n", "`r if (x) ' # R {-} '` y\n", "bookdown"),
    ],
)
def test_what_other_tools_write(
    briefing: Manuscript, written: str, wanted: str, dialect: str
) -> None:
    assert mended(briefing, f"# T\n\n{written}", dialect) == f"# T\n\n{wanted}"


STANZA = (
    "The bell that nobody will ring\nStands in the field alone\nAnd of the words it used to sing\n"
)


def test_verse_keeps_its_lines(briefing: Manuscript) -> None:
    book = Book(briefing, {"one.md": "# T\n\n" + f"{STANZA}\n" * 8})
    assert book.text().startswith(f"# T\n\n/// verse\n{STANZA}///\n\n/// verse\n")
    assert book.found == ["one.md:3 S018"]


def test_prose_that_is_wrapped_is_no_verse(briefing: Manuscript) -> None:
    wrapped = "The bell that nobody\nwill ring stands in the field\nalone, and of the words\n"
    text = "# T\n\n" + f"{wrapped}\n" * 12
    assert mended(briefing, text) == text


def test_a_turned_line_of_verse_is_one_line(briefing: Manuscript) -> None:
    turned = STANZA.replace("alone", "alone, and\n    nobody comes by")
    book = Book(briefing, {"one.md": "# T\n\n" + f"{turned}\n" * 8})
    assert "alone, and nobody comes by\n" in book.text()


@pytest.mark.parametrize(
    ("written", "wanted", "found"),
    [
        (
            "{ref}`here` {ref}`it <here>`\n\n## H {#here}\n",
            "[](#here) [it](#here)\n\n## H {#here}\n",
            [],
        ),
        ("(here)=\n## H\n\n[x](#here)\n", "## H {#here}\n\n[x](#here)\n", []),
        ("{doc}`two` {index}`word`\n", "[](two.md) word\n", []),
        ("a {nosuch}`word` b\n% gone\n", "a word b\n", ["one.md:3 S019"]),
        ("{cite}`a2020` {kbd}`x`\n", "[@a2020] `x`\n", []),
        (
            "```{nosuch} T\nx\n```\n",
            (
                '\n<div class="admonition" markdown="1">\n\n'
                '<p class="admonition-title" markdown="1">nosuch T</p>\n\n\nx\n\n</div>\n\n'
            ),
            ["one.md:3 S019"],
        ),
    ],
)
def test_roles_and_targets(
    briefing: Manuscript, written: str, wanted: str, found: list[str]
) -> None:
    texts = {"one.md": f"# T\n\n{written}", "two.md": "# Two\n"}
    made = Book(briefing, texts, "myst")
    assert made.text() == f"# T\n\n{wanted}"
    assert made.found == found


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("[TOC]\n\nx\n", "\n\nx\n"),
        ("\\newpage\n\nx\n", "\n\nx\n"),
        ("| one\n| two\n  more\n\nx\n", "/// verse\none\ntwo more\n///\n\nx\n"),
        ("| a | b |\n|---|---|\n| c | d |\n", "| a | b |\n|---|---|\n| c | d |\n"),
        ("(@) one\n\n(@a) two\n", "1. one\n\n2. two\n"),
        ("{% highlight ruby %}\nx\n{% endhighlight %}\n", "```ruby\nx\n```\n"),
        ("{% raw %}x{% endraw %}{% comment %}y{% endcomment %}\n", "x\n"),
    ],
)
def test_blocks_of_pandoc(briefing: Manuscript, written: str, wanted: str) -> None:
    assert mended(briefing, f"# T\n\n{written}") == f"# T\n\n{wanted}"


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        (
            (
                "+---+----+\n| a | b  |\n+===+===:+\n| c | d  |\n|   | e  |\n+---+----+\n"
                "| f | gg |\n"
                "+---+----+\n"
            ),
            "\n| a | b |\n| --- | ---: |\n| c | d e |\n| f | gg |\n\n",
        ),
        ("+---+\n| a |\n+---+\n", "\n|  |\n| --- |\n| a |\n\n"),
        (
            "+---+---+\n| a     |\n+---+---+\n",
            "\n```\n+---+---+\n| a     |\n+---+---+\n```\n\n",
        ),
    ],
)
def test_grids(briefing: Manuscript, written: str, wanted: str) -> None:
    assert mended(briefing, f"# T\n\n{written}") == f"# T\n\n{wanted}"
