"""What a stylesheet, a drawing or raw HTML would fetch, and what would run."""

import pytest

from octavo import xhtml
from octavo.checks.fetching import by_elements, by_stylesheet, drawing
from octavo.model import Asset

SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def asset(content: str, prologue: str = "", encoding: str = "utf-8") -> Asset:
    text = f"{prologue}<svg {SVG}>{content}</svg>"
    return Asset("a.svg", "image/svg+xml", text.encode(encoding))


@pytest.mark.parametrize(
    ("css", "found"),
    [
        ("p { background: url(a.png) }", ["a.png"]),
        ("p { background: url( 'a.png' ) }", ["a.png"]),
        ("@media print { p { background: URL(a.png) } }", ["a.png"]),
        ('@font-face { src: local("A"), url("a.otf") format("opentype") }', ["a.otf"]),
        ('p { background: image-set("a.png" 1x, url(b.png) 2x) }', ["a.png", "b.png"]),
        ('@import "a.css" print;', ["a.css"]),
        ("@import url(a.css);", ["a.css"]),
        ('p::before { content: "url(a.png)" } /* url(b.png) */', []),
        (r"p { background: u\72l(a.png) }", ["a.png"]),
    ],
)
def test_stylesheet(css: str, found: list[str]) -> None:
    assert [mention.text for mention in by_stylesheet(css)] == found


def test_an_import_is_told_from_the_rest() -> None:
    found = by_stylesheet('@import "a.css";\n@import url("b.css");\np { cursor: url(c.png) }')
    assert [(m.line, m.imported) for m in found] == [(1, True), (2, True), (3, False)]


@pytest.mark.parametrize(
    ("fragment", "found"),
    [
        ('<a href="http://a">b</a>', []),
        ('<svg xmlns="http://www.w3.org/2000/svg"><use href="#a"/></svg>', []),
        ('<p style="text-align: left" title="url(a)">b</p>', []),
        ('<img src="a" srcset="b 1x, c 2x"/>', ["a", "b", "c"]),
        ('<video poster="a"><source src=" b "/></video>', ["a", "b"]),
        ('<link rel="stylesheet" href="a"/>', ["a"]),
        ("<style>p { background: url(a) }</style>", ["a"]),
        ('<p style="background: url(a)">b</p>', ["a"]),
    ],
)
def test_elements(fragment: str, found: list[str]) -> None:
    assert [mention.text for mention in by_elements(xhtml.parse_fragment(fragment))] == found


@pytest.mark.parametrize(
    ("content", "prologue", "found"),
    [
        ('<image xlink:href="a"/>', "", ["a"]),
        ('<image href="&#x61;"/>', "", ["a"]),
        ('<rect fill="url(#a)" filter="url(b)"/>', "", ["b"]),
        ('<a href="https://a"><text>b</text></a>', "", []),
        ("", '<?xml-stylesheet href="a"?>', ["a"]),
        ("", '<!DOCTYPE svg [<!ENTITY b SYSTEM "a"><!ENTITY c "d">]>', ["a"]),
        ("<!-- url(a) --><text>href='a'</text>", "", []),
    ],
)
def test_drawing(content: str, prologue: str, found: list[str]) -> None:
    assert [mention.text for mention in drawing(asset(content, prologue)).fetched] == found


def test_a_drawing_in_another_encoding() -> None:
    (found,) = drawing(asset('<image href="a"/>', encoding="utf-16")).fetched
    assert found.text == "a"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("<script>a()</script>", ["<script>"]),
        ('<g onload="a()"/>', ["onload"]),
        ('<a href="JavaScript:a()"/>', ["JavaScript:a()"]),
        ("<text>script</text>", []),
    ],
)
def test_active_drawing(content: str, found: list[str]) -> None:
    assert [mention.text for mention in drawing(asset(content)).active] == found
