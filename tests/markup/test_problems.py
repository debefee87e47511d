"""What is wrong with a text: the code, the line, and words that help."""

import pytest

from octavo import xhtml
from octavo.diagnostics import Diagnostic, Severity
from octavo.markup import parse
from octavo.model import Source


def problems(text: str) -> tuple[Diagnostic, ...]:
    return parse(Source("a.md", text), "s", "en").problems


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ("a\n\nb<br>c", 3, "<br> is never closed", "<br/>"),
        ("a\n\n<div><p>b</div>", 3, "<p> is never closed", "</p>"),
        ("a</b>\n\nc", 1, "</b> closes nothing", "<b>"),
        ("x\n\nVec<T> is", 3, "<T> is never closed", "&lt;T&gt;"),
        ("<p>x</p>\n\na <b c>d</b>", 3, 'not name="value"', "quotation marks"),
        ("a <b>b\n\nc</b>", 1, "<b> is open where </p> comes", "close every element"),
        ('x\n\n<i a="1" a="2">b</i>', 3, "redefined", "close every element"),
        ("x\n\ny <x:y>b</x:y>", 3, "Namespace prefix x", "close every element"),
        ("`<br>`\n\nb<br>c", 3, "<br> is never closed", "<br/>"),
        ("# T\n\n[^1]: x<br>\n\ny[^1]", 3, "<br> is never closed", "<br/>"),
        ("x\n\ny <i {.c}>z</i>", 3, 'not name="value"', "quotation marks"),
    ],
)
def test_malformed_html(text: str, line: int, message: str, hint: str) -> None:
    (problem,) = problems(text)
    assert (problem.code, problem.severity) == ("S005", Severity.ERROR)
    assert (problem.location.path, problem.location.line) == ("a.md", line)
    assert message in problem.message
    assert hint in problem.hint


def test_a_malformed_text_still_gives_its_links() -> None:
    chapter = parse(Source("a.md", "# T\n\n<br>\n\n[x](x.md) <x:y>z"), "s", "en")
    assert [link.href for link in chapter.links] == ["x.md"]
    assert chapter.title == "T"
    xhtml.parse_fragment(chapter.title + chapter.content)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a\n\n<script>x</script>", "<script>"),
        ("a\n\n<SCRIPT>x</SCRIPT>", "<script>"),
        ('a\n\n<iframe src="x"></iframe>', "<iframe>"),
        ("a\n\n<object></object>", "<object>"),
        ("a\n\n<embed/>", "<embed>"),
        ("a\n\n<form></form>", "<form>"),
        ('a\n\n<p onclick="x">b</p>', "onclick"),
        ("a\n\nb\n{: onclick=x }", "onclick"),
        ("a\n\n[b](javascript:x)", "javascript:x"),
        ('a\n\n<svg xmlns="http://www.w3.org/2000/svg" onload="x"><path/></svg>', "onload"),
    ],
)
def test_active_content(text: str, message: str) -> None:
    (problem,) = problems(text)
    assert (problem.code, problem.severity) == ("X004", Severity.ERROR)
    assert problem.location.line in {3, 4}
    assert message in problem.message


def test_the_second_script_is_told_from_the_first() -> None:
    found = problems("<script>x</script>\n\n`<script>`\n\n<script>y</script>\n")
    assert [problem.location.line for problem in found] == [1, 5]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("# T\n\n/// verse\nx\n", 3),
        ("# T\n\n//// epigraph\nx\n///\n", 3),
        ("/// interview\nA\n: x\n///\n\n/// caption\n    attrs: {id: x}\ny", 6),
        ("- /// epigraph\n- x\n/// caption\ny\n///\n", 1),
        ("- a\n\n    /// epigraph\n    x\n\ny\n\n///\n", 3),
    ],
)
def test_a_block_that_is_not_closed(text: str, line: int) -> None:
    # In a list such a block sends pymdownx round in a circle without end.
    (problem,) = problems(text)
    assert (problem.code, problem.location.line) == ("S010", line)


@pytest.mark.parametrize(
    "text",
    [
        "//// epigraph\n/// verse\nx\n///\n////",
        "- /// epigraph\n    x\n    ///\n- y",
        "1. a\n\n    /// epigraph\n    x\n\n    y\n    ///\n",
        "```\n/// verse\n```",
        "/// verse | \nx\n///",
        "/// are three strokes",
    ],
)
def test_a_block_that_is_closed(text: str) -> None:
    assert problems(text) == ()


def test_a_second_title() -> None:
    (problem,) = problems("## Before\n\n# One\n\n# *Two*\n")
    assert (problem.code, problem.severity, problem.location.line) == ("S007", Severity.ERROR, 5)
    assert "Two" in problem.message


def test_a_level_that_is_skipped() -> None:
    (problem,) = problems("# T\n\n## A\n\n#### B\n\n## C\n")
    assert (problem.code, problem.severity, problem.location.line) == ("S008", Severity.WARNING, 5)
    assert "###" in problem.hint


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "#",
        "///\n",
        "/// verse\n///",
        "/// interview\n///",
        "- - /// epigraph\n- x\n/// caption\nx\n///\n///\n",
        "<!DOCTYPE x><script><h1>[^1]",
        '<br/><a href="x.md">--<p a=1>\n\n[^1]: n <!--[^1]',
        "<p>\n<!--x--><!--y--z",
        "/// nosuchblock\nx\n///",
        "/// caption\nx\n///",
        "/// interview\n    asks: [1\nx\n///",
        "[^1]:",
        "[^1]: x",
        "[]()",
        "![]()",
        "<",
        "<a",
        "&",
        "&#0;",
        "&#xD800;",
        "|",
        "- [ ]",
        "{#}",
        "a{#b c=d}",
        "\x00\x02\x03",
        "\ufdd0\ufdd1",
        "# \n\n#",
        "<!-- never closed",
        "``` never closed",
        "*[UN]: ",
        "`" * 50 + "[" * 50 + "(" * 50 + "<" * 50,
    ],
)
def test_no_text_escapes_as_an_exception(text: str) -> None:
    chapter = parse(Source("a.md", text), "s", "en")
    xhtml.parse_fragment(chapter.title + chapter.content)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Words.\n\nA secret. {: audience=facilitator }\n", 3),
        ("- open\n- a secret {: audience=facilitator }\n", 2),
        ("Open.\n\n{: audience=facilitator }\n\nA secret.\n", 3),
        ("```\na secret\n```\n{: audience=facilitator }\n", 4),
        ("Term\n{: audience=facilitator }\n: A secret.\n", 2),
    ],
)
def test_a_mark_that_does_not_take_hold(text: str, line: int) -> None:
    (problem,) = problems(text)
    assert (problem.code, problem.location.line) == ("S014", line)


@pytest.mark.parametrize(
    "text",
    [
        "A secret.\n{: audience=facilitator }\n",
        "`a secret`\n{: audience=facilitator }\n",
        "- a secret\n{: audience=facilitator }\n",
        "Write `{: audience=facilitator }` below it.\n",
        "[a secret]{audience=facilitator}\n",
        "```\n{: audience=facilitator }\n```\n",
    ],
)
def test_a_mark_that_takes_hold_or_is_code(text: str) -> None:
    assert problems(text) == ()
