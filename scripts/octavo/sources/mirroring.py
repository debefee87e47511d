"""The house's stylesheets for a language that is written from the right, or without italics.

What the house says of left and right is turned; an author's own stylesheets stay as they are. Rules
for pages stay too: there left and right are the sides of a spread.
"""

import re
from dataclasses import replace
from typing import Final

from octavo.model import Manuscript, Styles
from octavo.sources.styles import HOUSE_NAME
from octavo.typography.scripts import direction

_APART: Final = re.compile(
    r"/\*.*?\*/|@(?:page|font-face)[^{}]*\{(?:[^{}]|\{[^{}]*\})*\}|url\([^()]*\)|\"[^\"]*\"",
    re.DOTALL,
)
"""Comments, rules for pages and faces, addresses and strings, in which nothing is turned."""

_SIDE: Final = re.compile(r"(?<![\w.#-])(?P<before>(?:[a-z]+-)*)(?P<side>left|right)(?![\w-])")
_VALUE: Final = r"(?:[^\s;{}()]|\([^()]*\))+"
_FOUR: Final = re.compile(
    r"\b(?P<name>margin|padding|border-width):\s*"
    rf"(?P<said>{_VALUE}(?:\s+{_VALUE}){{3}})(?=\s*[;}}])"
)

_PAGED: Final = "paged.css"
_SPREAD: Final = "spread.css"
_TYPE: Final = "type.css"
_FROM_THE_RIGHT: Final = """
pre { text-align: left; }
"""
_RAGGED: Final = """
:root { text-align: right; }
pre, code, kbd, samp { direction: ltr; }
"""
"""WeasyPrint justifies lines from the right by the space at their ends, and leaves them uneven."""

_HEADS: Final = """
@page :left { @top-left { content: string(chapter); font: 9pt "Source Serif Pro"; letter-spacing: 0; text-transform: none; } }
@page :right { @top-right { content: string(book); font: 600 8pt "Source Sans Pro"; color: #555; vertical-align: bottom; padding-bottom: 16pt; } }
"""  # noqa: E501 - a rule a line, as in the stylesheets
"""The heads of a book from the right, whose rectos are its left pages: there is the chapter's."""

_UPRIGHT: Final = """
em, cite, i, dfn, .epigraph, .question, .code .c, .code .c1, .code .cm { font-style: normal; }
em, dfn { font-weight: 600; }
h1, h2, h3, h4, h5, h6, .speaker, .book-creator { letter-spacing: 0; }
"""
_LEFT: Final = "\n:root { text-align: left; }\n"
"""Only spaces give way in a justified line, and there are few or none."""

WITHOUT_SPACES: Final = frozenset({"ja", "km", "lo", "my", "th", "zh"})
"""Languages that write no spaces between words."""

WITHOUT_ITALICS: Final = frozenset(
    {"am", "ar", "bn", "fa", "gu", "he", "hi", "ja", "ka", "km", "kn", "ko", "lo", "ml", "mr"}
    | {"my", "ne", "pa", "ps", "si", "ta", "te", "th", "ug", "ur", "yi", "zh"}
)
"""Languages whose letters do not lean; what is stressed is set bold."""


def set_for_language(manuscript: Manuscript) -> Manuscript:
    """Return the manuscript with the house's styles as its language wants them."""
    language = manuscript.metadata.language
    styles = manuscript.styles
    if direction(language) == "rtl":
        styles = _added(_mirrored(styles), _TYPE, _FROM_THE_RIGHT)
        styles = _added(styles, _PAGED, _RAGGED)
        if styles.paths.get(_SPREAD, "").startswith(HOUSE_NAME):
            styles = _added(styles, _SPREAD, _HEADS)
    if language.lower().partition("-")[0] in WITHOUT_SPACES:
        styles = _added(styles, _PAGED, _LEFT)
    if language.lower().partition("-")[0] in WITHOUT_ITALICS:
        styles = _added(styles, _TYPE, _UPRIGHT)
    return manuscript if styles is manuscript.styles else replace(manuscript, styles=styles)


def _mirrored(styles: Styles) -> Styles:
    sheets = {
        name: mirrored(sheet) if styles.paths.get(name, "").startswith(HOUSE_NAME) else sheet
        for name, sheet in styles.stylesheets.items()
    }
    return replace(styles, stylesheets=sheets)


def _added(styles: Styles, name: str, rules: str) -> Styles:
    sheets = {**styles.stylesheets, name: styles.stylesheets.get(name, "") + rules}
    return replace(styles, stylesheets=sheets)


def mirrored(sheet: str) -> str:
    """Return a stylesheet with left and right turned, rules for pages and strings left alone."""
    at, made = 0, []
    for apart in _APART.finditer(sheet):
        made += [_turned(sheet[at : apart.start()]), apart[0]]
        at = apart.end()
    return "".join((*made, _turned(sheet[at:])))


def _turned(css: str) -> str:
    turned = _SIDE.sub(lambda m: m["before"] + ("right" if m["side"] == "left" else "left"), css)
    return _FOUR.sub(_four, turned)


def _four(match: re.Match[str]) -> str:
    top, right, bottom, left = re.findall(_VALUE, match["said"])
    return f"{match['name']}: {top} {left} {bottom} {right}"
