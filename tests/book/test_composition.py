"""The book of one edition: order, numbers, references, contents."""

from collections.abc import Callable

import pytest

from octavo.book import compose, slugs
from octavo.book.numbering import bare
from octavo.diagnostics import Location
from octavo.editions import EDITIONS
from octavo.model import Book, Draft, Matter, SpineItem
from tests.conftest import METADATA

Drafted = Callable[..., Draft]

PARTS = """
frontmatter = ["titlepage", "contents", "text/preface.md"]
bodymatter = [
  { part = "The beginning", texts = ["text/one.md", "text/two.md"] },
  "text/three.md",
]
backmatter = ["text/after.md"]
"""


def composed(draft: Draft, edition: str = "print") -> Book:
    return compose(draft, EDITIONS[edition])


@pytest.fixture
def parts(draft: Drafted) -> Book:
    names = ("preface", "one", "two", "three", "after")
    return composed(
        draft({name: f"# {name.title()}\n\n## In {name}\n\nA text.\n" for name in names}, PARTS)
    )


def test_chapters_of_the_body_are_numbered(parts: Book) -> None:
    assert [(leaf.title, leaf.label) for leaf in parts.leaves if leaf.label] == [
        ("The beginning", "Part I"),
        ("One", "Chapter 1"),
        ("Two", "Chapter 2"),
        ("Three", "Chapter 3"),
    ]


def test_contents_nest_in_parts_and_leave_out_what_needs_no_line(parts: Book) -> None:
    assert [
        (entry.title, [inner.title for inner in entry.entries]) for entry in parts.contents
    ] == [
        ("Preface", ["In preface"]),
        ("The beginning", ["One", "Two"]),
        ("Three", ["In three"]),
        ("After", ["In after"]),
    ]


def test_part_of_a_heading_runs_to_the_next(draft: Drafted) -> None:
    book = composed(
        draft(
            {
                "a": "# First part {.part}\n",
                "b": "# One\n\nA text.\n",
                "c": "# Second part {.part}\n",
                "d": "# Two\n\nA text.\n",
            },
            spine='bodymatter = ["text/a.md", "text/b.md", "text/c.md", "text/d.md"]\n'
            'backmatter = ["colophon"]',
        )
    )
    assert [(e.label, e.title, [i.title for i in e.entries]) for e in book.contents] == [
        ("Part I", "First part", ["One"]),
        ("Part II", "Second part", ["Two"]),
        ("", "Colophon", []),
    ]


def test_references_are_filled_with_number_and_title(draft: Drafted) -> None:
    one = """# One

See [](two.md), [](two.md#there), [](#t), [](#note-n), [words](two.md), and [this](#there).[^n]

[^n]: A note on [](#t).

| A |
|---|
| 1 |

/// caption
    attrs: {id: t}
A table.
///
"""
    two = "# Two *words*\n\n## There {#there}\n\nA text.\n"
    leaf = composed(draft({"one": one, "two": two})).leaves[0]
    two_ = '<a href="#two" class="xref" id="one--xref-1">Chapter 2, Two <em>words</em></a>'
    assert two_ in leaf.content
    assert '<a href="#two--there" class="xref" id="one--xref-2">There</a>' in leaf.content
    assert '<a href="#one--t" class="xref" id="one--xref-3">Table 1</a>' in leaf.content
    assert '<a href="#one--note-n" class="xref" id="one--xref-4">note 1</a>' in leaf.content
    assert '<a href="#two">words</a>' in leaf.content
    assert '<a href="#two--there">this</a>' in leaf.content
    assert '<span class="caption-label">Table 1</span> A table.' in leaf.content
    assert leaf.notes[0].label == "1"
    assert '<a href="#one--t" class="xref" id="one--xref-5">Table 1</a>' in leaf.notes[0].content


def test_formulas_that_are_named_are_numbered_through_the_book(draft: Drafted) -> None:
    one = "# One\n\n```math\n\\label{a} x\n```\n\n```math\ny\n```\n"
    two = "# Two\n\n```math\n\\label{b} z\n```\n\n[](#a), ([](#b){.number}), [](one.md){.number}\n"
    first, second = composed(draft({"one": one, "two": two})).leaves
    assert first.content.count("equation") == 1
    assert '<span id="one--a" class="equation">(1)</span><math' in first.content
    assert '<span id="two--b" class="equation">(2)</span><math' in second.content
    assert 'class="xref" id="two--xref-1">Equation 1</a>, (<a' in second.content
    assert '<a class="xref" href="#two--b" id="two--xref-2">2</a>), <a' in second.content
    assert 'href="#one" id="two--xref-3">1</a>' in second.content


def test_figures_and_tables_count_through_the_book(draft: Drafted) -> None:
    table = "# {0}\n\n| A |\n|---|\n| 1 |\n\n/// caption\n    attrs: {{id: t{0}}}\nThe {0}.\n///\n"
    book = composed(draft({name: table.format(name) for name in "abc"}))
    assert [(entry.label, entry.title) for entry in book.tables] == [
        ("Table 1", "The a."),
        ("Table 2", "The b."),
        ("Table 3", "The c."),
    ]


def test_links_to_terms_say_so(draft: Drafted) -> None:
    book = composed(
        draft(
            {"one": "# One\n\nA [spine](two.md#spine).\n", "two": "# Two\n\nSpine\n: The order.\n"}
        )
    )
    assert 'role="doc-glossref" epub:type="glossref"' in book.leaves[0].content
    assert 'href="#two--spine"' in book.leaves[0].content


def test_labels_are_in_the_language_of_the_book(draft: Drafted) -> None:
    metadata = METADATA.replace('"en"', '"de-AT"')
    book = composed(draft({"one": "# Eins\n\nText.\n"}, metadata=metadata))
    assert book.leaves[0].label == "Kapitel 1"


def test_editions_leave_out_what_they_omit(draft: Drafted) -> None:
    spine = 'frontmatter = ["halftitle", "titlepage"]\nbodymatter = ["text/one.md"]'
    made = draft({"one": "# One\n\nA text.\n"}, spine)
    assert [leaf.kind for leaf in composed(made, "print").leaves] == [
        "halftitle",
        "titlepage",
        "chapter",
    ]
    assert [leaf.kind for leaf in composed(made, "ebook").leaves] == ["titlepage", "chapter"]


def test_only_images_in_use_go_along(draft: Drafted) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg"/>'
    book = composed(
        draft(
            {"one": "# One\n\n![A square.](../images/used.svg)\n"},
            files={"images/used.svg": svg, "images/unused.svg": svg},
        )
    )
    assert [asset.name for asset in book.assets] == ["images/used.svg"]
    assert 'src="images/used.svg"' in book.leaves[0].content


def test_bare_title_has_nothing_that_may_stand_only_once() -> None:
    title = 'A <em id="x">word</em><a class="noteref" href="#n"/> and a <a href="#y">link</a>'
    assert bare(title) == "A <em>word</em> and a link"


def test_slugs_are_unique_and_begin_with_a_letter() -> None:
    paths = ["text/One Two.md", "more/one-two.md", "text/01.md", "text/nav.md", "text/Été.md"]
    spine = [SpineItem("chapter", Matter.BODY, Location("book.toml"), path) for path in paths]
    assert list(slugs(spine).values()) == ["one-two", "one-two-2", "text-01", "nav-2", "été"]
