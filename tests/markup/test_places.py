"""The lines that diagnostics name: exact, also where the same thing is written twice."""

import time
from collections.abc import Iterable
from typing import Protocol

import pytest

from octavo.diagnostics import Location
from octavo.markup import parse
from octavo.markup.marks import Sign
from octavo.markup.survey import Survey
from octavo.model import Chapter, Source


class Placed(Protocol):
    @property
    def location(self) -> Location: ...


def read(text: str) -> Chapter:
    return parse(Source("a.md", text), "s", "en")


def lines(found: Iterable[Placed]) -> list[int]:
    assert all(each.location.path == "a.md" for each in found)
    return [each.location.line for each in found]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("[a](x.md)\n[b](x.md)\n\n[c](x.md)", [1, 2, 4]),
        ("[a](x.md#b)\n[b](x.md)", [1, 2]),
        ("`[a](x.md)`\n[b](x.md)", [2]),
        ("```\n[a](x.md)\n```\n[b](x.md)", [4]),
        ("~~~~\n[a](x.md)\n~~~\n~~~~\n[b](x.md)", [5]),
        ("- x\n\n    ```\n    [a](x.md)\n    ```\n\n[b](x.md)", [7]),
        ("p\n\n    [a](x.md)\n\n[b](x.md)", [5]),
        ("- p\n\n    [a](x.md)\n\n[b](x.md)", [3, 5]),
        ("<!-- [a](x.md)\n -->\n[b](x.md)", [3]),
        ("\\[a](x.md)\n[b](x.md)", [2]),
        ("[a](<x y.md>)\n[b](x\\_y.md 'T')\n[c](x_(y).md)", [1, 2, 3]),
        ("[a][r]\n[b][]\n[r]\n\n[r]: x.md\n[b]: x.md", [1, 2, 3]),
        ("<https://e.org>\n[a](https://e.org)\n<me@e.org>", [1, 2, 3]),
        ('<a href="x.md">a</a>\n[b](x.md)\n<a href=\'x.md\'>c</a>', [1, 2, 3]),
        ("[![i](i.svg)](x.md)\n\n[a](x.md)", [1, 3]),
        ("[a\nb](x.md)\n[c](x.md)", [1, 3]),
        ("> [a](x.md)\n\n[b](x.md)", [1, 3]),
        ("| [a](x.md) |\n|---|\n| [b](x.md) |", [1, 3]),
        ("a `code ``` b\n[a](x.md) `\n\n[b](x.md)", [4]),
        ("# T [a](x.md)\n\n[b](x.md)", [1, 3]),
    ],
)  # fmt: skip
def test_links(text: str, wanted: list[int]) -> None:
    assert lines(read(text).links) == wanted


def test_the_links_of_notes_stand_where_the_notes_stand() -> None:
    text = "a[^1] [x](x.md)\n\n[^1]: [x](x.md)\n\n    [x](x.md)\n\n[x](x.md)\n"
    assert lines(read(text).links) == [1, 7, 3, 5]


def test_images() -> None:
    text = '![a](i.svg)\n\n![b](i.svg)\n\n<img src="i.svg" alt="c"/>\n\n![d][r]\n\n[r]: i.svg'
    assert lines(read(text).images) == [1, 3, 5, 7]


def test_notes_and_their_calls() -> None:
    chapter = read("a[^b]\nc[^a] d[^b]\n\n`[^a]`\n\n[^a]: A\n[^b]: B\n")
    assert lines(chapter.calls) == [1, 2, 2]
    assert [(n.label, n.location.line) for n in chapter.notes] == [("b", 7), ("a", 6)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("## A\n\n## A\n\n## A", [1, 3, 5]),
        ("```\n## A\n```\n\n## A", [5]),
        ("A\n---\n\nB\n===\n\n## A", [1, 7]),
        ("## *A* `b` [c](d.md)\n\n> ## A\n\n- ## A", [1, 3, 5]),
        ("words\n---\n\nmore\nwords\n\n---\n\n## words", [1, 9]),
        ("<h2>A</h2>\n\n## A", [1, 3]),
        ("## half*way*\n\n## there", [1, 3]),
        ("a\n\n    ## A\n\n## A", [5]),
    ],
)
def test_headings(text: str, wanted: list[int]) -> None:
    assert lines(read(text).headings) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A {#x}\n---\n\n{#x}", [1]),
        ("## A {#a}\n\nb\n{: #b }\n\n<p id='c'>c</p>", [1, 4, 6]),
        ("Term\n: x\n\nTerm\n: y", [1, 4]),
        ("Term: x\n\nTerm\nOther\n:   y\n\n    z", [3, 4]),
        ("Term\n\n: y", [1]),
        ("![i](i.svg)\n\n/// caption\n    attrs: {id: fig}\nC\n///", [4]),
        ("a `{#x}`\n\nb\n{#x}", [4]),
    ],
)
def test_targets(text: str, wanted: list[int]) -> None:
    assert lines(read(text).targets[1:]) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('a *b*{lang=fr}\nc *d*{: lang="fr" }', [1, 2]),
        ('<i lang="fr">a</i>\n<i xml:lang="fr">b</i>', [1, 2]),
        ('<i lang="fr" xml:lang="fr">a</i>\n<i lang="fr">b</i>', [1, 2]),
        ("# T {lang=fr}", [1]),
    ],
)
def test_passages(text: str, wanted: list[int]) -> None:
    assert lines(read(text).passages) == wanted


def test_the_title_is_the_first_target() -> None:
    assert lines(read("\n\nT\n===\n").targets) == [3]
    assert lines(read("\n\n<h1>T</h1>\n").targets) == [3]


def test_what_is_not_found_is_in_the_note_or_the_file() -> None:
    survey = Survey(Source("a.md", "a[^1]\n\n[^1]: b\n"))
    assert survey.place(Sign.LINK, "x.md") == Location("a.md")
    assert survey.place(Sign.LINK, "x.md", "1") == Location("a.md", 3)


def test_what_is_asked_for_too_often_stays_at_the_last_place() -> None:
    survey = Survey(Source("a.md", "[a](x.md)\n[b](x.md)\n"))
    assert [survey.place(Sign.LINK, "x.md").line for _ in range(3)] == [1, 2, 2]


def test_a_long_text_is_surveyed_in_a_moment() -> None:
    # A survey that looks through the whole text for each link would take minutes.
    text = "## Heading\n\n[a](x.md) *[* ( `b` <i>c</i>\n\n" * 4_000
    start = time.process_time()
    assert len(Survey(Source("a.md", text)).calls) == 0
    assert time.process_time() - start < 5
