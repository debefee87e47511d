"""Stylesheets for languages from the right."""

import pytest

from octavo.sources.mirroring import mirrored


@pytest.mark.parametrize(
    ("css", "wanted"),
    [
        ("h1 { text-align: left }", "h1 { text-align: right }"),
        ("ul { padding-left: 1em; margin-right: 0 }", "ul { padding-right: 1em; margin-left: 0 }"),
        ("p { margin: 1em 2em 3em 30%; }", "p { margin: 1em 30% 3em 2em; }"),
        ("p { margin: 1em 2em; }", "p { margin: 1em 2em; }"),
        ("p { padding: calc(1px - 2px) 0 .5pt 1em }", "p { padding: calc(1px - 2px) 1em .5pt 0 }"),
        ("@page :left { margin-left: 1cm; @top-left { content: none } }",) * 2,
        ('a { content: "left"; right: 0 } /* left */', 'a { content: "left"; left: 0 } /* left */'),
        (".align-right { float: right }", ".align-right { float: left }"),
    ],
)
def test_left_and_right_are_turned(css: str, wanted: str) -> None:
    assert mirrored(css) == wanted
