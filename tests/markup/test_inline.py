"""Inline patterns are tried only where they match, and nothing is lost by it."""

import re
from pathlib import Path
from random import Random

import markdown
import pytest

from octavo.markup.extensions import CONFIGURATION, EXTENSIONS
from octavo.markup.inline import InlineProcessor, SmartyProcessor, signs_of, try_what_matches

FOLDER = Path(__file__).parent
PIECES = (
    *("a", "word", " ", " ", "  \n", "\n", "_", "__", "*", "**", "***", "`", "``", "\\", "[", "]"),
    *("(", ")", "![", "<", ">", "&", "&amp;", "'", '"', "--", "---", "...", "~", "^", "[^1]", "'s"),
    *("http://x.org", "<http://x.org>", "<a@b.org>", "{.c}", "[a](b)", "![a](b)", "<b>c</b>", "9'"),
)


def converter() -> markdown.Markdown:
    return markdown.Markdown(
        extensions=[extension.teach() for extension in EXTENSIONS.values() if extension.teach],
        extension_configs={name: dict(settings) for name, settings in CONFIGURATION.items()},
        output_format="xhtml",
    )


@pytest.fixture(scope="module")
def both() -> tuple[markdown.Markdown, markdown.Markdown]:
    return converter(), try_what_matches(converter())


def made(one: markdown.Markdown, text: str) -> str:
    return str(one.reset().convert(text))


def test_it_is_ours_that_is_tried() -> None:
    own = try_what_matches(converter()).treeprocessors
    assert isinstance(own["inline"], InlineProcessor)
    assert isinstance(own["smarty"], SmartyProcessor)


def test_emphasis_by_either_sign(both: tuple[markdown.Markdown, markdown.Markdown]) -> None:
    assert made(both[1], "_one_ and __two__") == "<p><em>one</em> and <strong>two</strong></p>"
    assert made(both[1], "*one* and **two**") == "<p><em>one</em> and <strong>two</strong></p>"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.md")), ids=lambda path: path.stem)
def test_all_that_authors_write(
    path: Path, both: tuple[markdown.Markdown, markdown.Markdown]
) -> None:
    plain, ours = both
    text = path.read_text(encoding="utf-8")
    assert made(ours, text) == made(plain, text)


@pytest.mark.parametrize("seed", range(40))
def test_any_signs_in_any_order(
    seed: int, both: tuple[markdown.Markdown, markdown.Markdown]
) -> None:
    random, (plain, ours) = Random(seed), both
    for _ in range(10):
        text = "".join(random.choices(PIECES, k=40))
        assert made(ours, text) == made(plain, text)


@pytest.mark.parametrize(
    ("pattern", "signs"),
    [
        (r"\\(.)", "\\"),
        (r"(?<!!)\[(?!\^)", "["),
        (r"\*|_", "*_"),
        (r"(?:(?<!-)(x+\.)|`|-a)", ".`-"),
        (r"!|\w", ""),
        (r"(<(/?[a-z]+)>)", "<"),
        (r"(?:a|b)?x*-+", "-"),
        (r"(?:-)?(?:\.){0,3}", ""),
        (r"word", ""),
        (r"(?=!)x", ""),
        (r"[!?]", "!?"),
        (r"[^!?]", ""),
        (r"[!-/]", ""),
    ],
)
def test_signs_without_which_nothing_matches(pattern: str, signs: str) -> None:
    assert signs_of(re.compile(pattern)) == signs
