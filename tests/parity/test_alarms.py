"""Books that are right, however odd, and must not be held up by the proof."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import fontpkg_frank_ruhl_libre
import pytest

from octavo.delivery import examine
from octavo.diagnostics import Severity
from octavo.parity.comparison import Known, compare
from octavo.parity.reading import Reading, Said
from tests.conftest import Write

pytestmark = pytest.mark.slow

TALL = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="480"><circle r="9"/></svg>'
WORDS = "מילים בעברית"
HEBREW = """
@font-face { font-family: "Frank"; src: url(../fonts/Frank.ttf); }
html { font-family: "Source Serif Pro", "Frank"; }
"""
PICTURE = "![Pic](../images/tall.svg)\n\n/// caption\nCaption {n}.\n///\n\n"

TEXTS: Mapping[str, str] = {
    "braces": "The set {a, b, c} is finite. Write {{ name }} or ${HOME} in {curly}.",
    "an address with a query": "See <https://example.org/?q=1> and <mailto:a@b.org?subject=x>.",
    "a link in HTML": '<a href="https://example.org">words</a> <span style="color: red">red</span>',
    "who asks": "/// interview\n    asks: B\nA\n: Asked.\n\nB\n: Answered.\n///",
    "indented code": "Text.\n\n    f(x) = {a, b}; [link](dest) <tag>\n",
    "an image in a note": "Words.[^a]\n\n" + "More words follow here. " * 400
    + "\n\n[^a]: Note ![Pic](../images/tall.svg) inside.",
    "words for print alone": "What stands below is clear.\n\nSee [below]{.print-only} for more.",
    "a link for print alone": "[See [there](https://example.org/x).]{.print-only} And here.",
    "a note's words for print alone": "Text.[^a]\n\n[^a]: Both. [In paper.]{.print-only} End.",
    "a heading for print alone": "Text.\n\n## For print {.print-only}\n\nMore.",
    "a heading for screens alone": "Text.\n\n## For screens {.screen-only}\n\nMore.",
    "a letter for print alone": "Word. Word.\n\nSee [a]{.print-only} cat.",
    "a span in a span": "[in [nested]{lang=de} of it]{.print-only} [ein [Wort]{.x}]{lang=de}",
    "a picture page": "Text.\n\n![Pic](../images/tall.svg)\n\nMore.",
}  # fmt: skip


def errors(write: Write, text: str, **more: str) -> list[str]:
    spine = more.get("spine", 'frontmatter = ["titlepage"]\nbodymatter = ["text/one.md"]')
    files = {"images/tall.svg": TALL}
    folder = write({"one": f"# One\n\n{text}\n"}, spine, more.get("toml", ""), files=files)
    found = examine(folder).diagnostics
    return [str(each) for each in found if each.severity is Severity.ERROR]


@pytest.mark.parametrize("name", TEXTS)
def test_no_alarm(write: Write, name: str) -> None:
    assert errors(write, TEXTS[name]) == []


def test_no_alarm_on_a_list_over_pages(write: Write) -> None:
    pictures = "".join(PICTURE.replace("{n}", f"number {n}") for n in range(45))
    spine = 'frontmatter = ["titlepage", "list-of-figures"]\nbodymatter = ["text/one.md"]'
    assert errors(write, pictures, spine=spine) == []


@pytest.mark.parametrize("leaf", ["contents", "index", "colophon", "list-of-figures"])
def test_no_alarm_on_what_the_e_book_omits(write: Write, leaf: str) -> None:
    spine = (
        'frontmatter = ["contents", "list-of-figures"]\nbodymatter = ["text/one.md"]\n'
        'backmatter = ["index", "colophon"]'
    )
    toml = f'[editions.ebook]\nomits = ["halftitle", "{leaf}"]\n[editions.print]\n'
    text = "A [term]{.index}.\n\n" + PICTURE.replace("{n}", "one")
    assert errors(write, text, spine=spine, toml=toml) == []


@pytest.mark.parametrize("title", ["A & B", "a < b"])
def test_signs_of_markup_in_titles(write: Write, title: str) -> None:
    spine = (
        f'frontmatter = [{{ leaf = "contents", title = "{title}" }}]\n'
        f'bodymatter = [{{ part = "{title}", '
        f'texts = [{{ text = "text/one.md", title = "{title}" }}] }}]'
    )
    assert errors(write, "Text.", spine=spine) == []


@pytest.mark.parametrize(
    "text",
    [f"A passage [{WORDS}]{{lang=he}} ends.", f"{WORDS} ({WORDS}) Latin 12. " * 40],
)
def test_no_alarm_on_what_is_written_from_the_right(write: Write, text: str) -> None:
    face = Path(fontpkg_frank_ruhl_libre.__file__).parent / "files" / "FrankRuhlLibre[wght].ttf"
    folder = write(
        {"one": f"# One\n\n{text}\n"},
        files={"styles/css/own.css": HEBREW},
        toml='[editions.ebook]\n[editions.print]\nstylesheets = ["own.css"]',
    )
    (folder / "styles" / "fonts").mkdir()
    shutil.copy(face, folder / "styles" / "fonts" / "Frank.ttf")
    found = [e for e in examine(folder).diagnostics if e.code.startswith("L")]
    assert found == []


def test_a_word_from_the_right_is_missed_all_the_same() -> None:
    known = Known(frozenset(), frozenset(), (), ())
    whole = Reading((Said("1", f"{WORDS} Latin"),), ())
    less = Reading((Said("1", f"{WORDS.split(maxsplit=1)[0]} Latin"),), ())
    assert list(compare(whole, whole, known)) == []
    (difference,) = compare(whole, less, known)
    assert WORDS.split()[1] in difference.print


def test_no_alarm_on_the_lettering_of_a_drawing(write: Write) -> None:
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 50" width="200" height="50">'
        '<text x="5" y="30" font-size="12">Small drop</text></svg>'
    )
    text = "# One\n\nWords.\n\n![A drop.](../images/d.svg)\n\nMore words.\n"
    found = examine(write({"one": text}, files={"images/d.svg": drawing})).diagnostics
    assert [str(each) for each in found] == []


def test_no_alarm_on_a_title_that_says_more_to_some(write: Write) -> None:
    toml = "[editions.ebook]\n[editions.print]\n[editions.t]\nfrom = 'print'\naudience = ['t']\n"
    text = "# Alpha [zulu]{audience=t}\n\nA text.\n"
    assert [str(each) for each in examine(write({"one": text}, toml=toml)).diagnostics] == []


def test_no_alarm_on_a_sheet_of_lines(write: Write) -> None:
    text = "# Notes\n\n/// lines | 3\n///\n"
    toml = "[editions.handout]\nsections = ['text/two.md']\n[editions.print]\n"
    texts = {"one": "# One\n\nA text.\n", "two": text}
    spine = 'bodymatter = ["text/one.md"]'
    assert [str(each) for each in examine(write(texts, spine, toml)).diagnostics] == []


def test_a_handout_s_own_text_is_not_counted_among_what_was_compared(write: Write) -> None:
    toml = "[editions.ebook]\n[editions.print]\n[editions.handout]\nsections = ['text/two.md']\n"
    texts = {"one": "# One\n\nFour words are here.\n", "two": "# Two\n\nNot in the book.\n"}
    outcome = examine(write(texts, 'bodymatter = ["text/one.md"]', toml))
    assert dict(outcome.figures)["words"] == 5
