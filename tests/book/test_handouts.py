"""What a handout holds of a book: its sections, what they refer to, and how it is called."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import pytest

from octavo import xhtml
from octavo.book import compose
from octavo.editions import EDITIONS
from octavo.layouts import lay_out
from octavo.model import Book, Draft

Drafted = Callable[..., Draft]

TEXTS = {
    "one": """# One

A text with a [leaf](glossary.md#leaf), after [the standard](sources.md#standard).

## First {#first}

First words.[^a]

### Inner {#inner}

Inner words.

## Second {#second}

Second words, and [](two.md).

Term
: A definition that is no glossary's.

[^a]: A note.
""",
    "two": "# Two\n\nOther words. [](one.md#first) and [](one.md#first){.page}.\n",
    "glossary": "# Glossary\n\nIntroduction.\n\nLeaf\n: Two pages.\n\nRecto\n: On the right.\n",
    "sources": """# Sources

Introduction.

The standard.
{: #standard }

Another.
{: #another }

## Letters {#letters}

To a friend.

## Diaries {#diaries}

Of a friend.
""",
}
SPINE = """bodymatter = ["text/one.md", "text/two.md"]
backmatter = [
  { text = "text/glossary.md", leaf = "glossary" },
  { text = "text/sources.md", leaf = "bibliography" },
]
"""


@pytest.fixture
def book(draft: Drafted) -> Callable[..., Book]:
    """Return a function that composes a handout of sections."""

    def composed(*sections: str, title: str = "", omits: Sequence[str] = ()) -> Book:
        edition = replace(
            EDITIONS["handout"], sections=sections, title=title, omits=tuple(omits), subtitle="Kind"
        )
        return compose(draft(TEXTS, SPINE), edition)

    return composed


def said(book: Book) -> str:
    return " ".join(xhtml.text_of(leaf.content) for leaf in book.leaves)


def titles(book: Book) -> list[str]:
    return [leaf.title for leaf in book.leaves]


def test_the_only_section_gives_the_handout_its_title(book: Callable[..., Book]) -> None:
    made = book("text/two.md")
    assert made.metadata.title == "Two"
    assert made.metadata.subtitle == "Kind"
    assert made.origin == "A book"
    assert titles(made) == [""]


def test_several_sections_keep_their_titles_under_that_of_the_book(
    book: Callable[..., Book],
) -> None:
    made = book("text/two.md", "text/one.md#second")
    assert made.metadata.title == "A book"
    assert titles(made) == ["Two", "Second"]
    assert book("text/two.md", title="Own").metadata.title == "Own"
    assert titles(book("text/two.md", title="Own")) == ["Two"]


def test_a_section_ends_before_the_next_of_its_rank(book: Callable[..., Book]) -> None:
    made = book("text/one.md#first")
    assert "Inner words" in said(made)
    assert "Second words" not in said(made)
    assert [note.content for note in made.leaves[0].notes] == ["<p>A note.</p>"]
    assert "<h2" in made.leaves[0].content, "what was under it stands right below its title"


def test_notes_are_those_that_are_called(book: Callable[..., Book]) -> None:
    assert book("text/one.md#second").leaves[0].notes == ()


def test_a_section_of_what_is_selected_whole_stands_once(book: Callable[..., Book]) -> None:
    for sections in (
        ("text/one.md", "text/one.md#first"),
        ("text/one.md#inner", "text/one.md"),
        ("text/one.md", "text/one.md"),
    ):
        assert said(book(*sections)).count("Inner words") == 1
    assert said(book("text/one.md#inner", "text/one.md#first")).count("Inner words") == 1


def test_reference_matter_follows_cut_to_what_is_used(book: Callable[..., Book]) -> None:
    made = book("text/one.md")
    assert titles(made) == ["", "Glossary", "Sources"]
    assert "Two pages" in said(made)
    assert "On the right" not in said(made)
    assert "The standard" in said(made)
    for other in ("Another", "To a friend", "Introduction"):
        assert other not in said(made)


def test_reference_matter_that_is_not_used_or_not_wanted_is_left_out(
    book: Callable[..., Book],
) -> None:
    assert titles(book("text/two.md")) == [""]
    assert titles(book("text/one.md", omits=["glossary"])) == ["", "Sources"]


def test_a_definition_in_a_chapter_is_text_like_any_other(book: Callable[..., Book]) -> None:
    assert "A definition that is no glossary" in said(book("text/one.md#second"))


def test_a_section_of_the_sources_is_an_entry(draft: Drafted) -> None:
    texts = {**TEXTS, "two": "# Two\n\nAs [she wrote](sources.md#letters).\n"}
    edition = replace(EDITIONS["handout"], sections=("text/two.md",))
    made = compose(draft(texts, SPINE), edition)
    assert "To a friend" in said(made)
    assert "Of a friend" not in said(made)


def test_what_is_left_out_is_named(book: Callable[..., Book]) -> None:
    assert "First and First." in said(book("text/two.md")), "no printed book, no pages"
    content = book("text/two.md").leaves[0].content
    assert "<a" not in content


def test_an_edition_that_omits_a_text_names_it(draft: Drafted) -> None:
    edition = replace(EDITIONS["print"], omits=("bibliography", "glossary"))
    made = compose(draft(TEXTS, SPINE), edition)
    assert "after the standard (see" in said(made)
    assert 'href="#sources' not in made.leaves[0].content


def test_figures_of_a_handout_are_not_in_the_list_of_the_book(draft: Drafted) -> None:
    table = (
        "# A sheet\n\n| A |\n|---|\n| 1 |\n\n/// caption\n    attrs: {id: t}\nOf the sheet.\n///\n"
    )
    toml = '[editions.print]\n[editions.handout]\nsections = ["handouts/sheet.md"]\n'
    made = draft(TEXTS, SPINE, toml, files={"handouts/sheet.md": table})
    book, handout = (compose(made, edition) for edition in made.manuscript.editions)
    assert book.tables == ()
    assert '<span class="caption-label">Table 1</span> Of the sheet.' in handout.leaves[0].content


def test_a_heading_inside_a_block_does_not_rise_above_the_title(draft: Drafted) -> None:
    text = (
        "# One\n\n## Two\n\nA.\n\n### Three\n\nB.\n\n"
        "/// audience | facilitator\nC.\n\n## Four\n\nD.\n///\n"
    )
    toml = '[editions.handout]\nsections = ["text/one.md#three"]\naudience = ["facilitator"]\n'
    made = draft({"one": text}, toml=toml)
    (leaf,) = compose(made, made.manuscript.editions[0]).leaves
    assert "<h6" not in leaf.content
    assert "<h1" not in leaf.content


# --- odd corners ---


@pytest.fixture
def made(draft: Drafted) -> Callable[..., Book]:
    """Return a function that composes a handout of texts that are given."""

    def composed(texts: Mapping[str, str], *sections: str, spine: str = SPINE) -> Book:
        edition = replace(EDITIONS["handout"], sections=sections)
        return compose(draft({**TEXTS, **texts}, spine), edition)

    return composed


def test_terms_that_share_a_definition_stay_together(made: Callable[..., Book]) -> None:
    glossary = (
        "# Glossary\n\nVerso\nLeft page\n: On the left.\n\nGrammage\nGSM\n: Weight.\n\n"
        "Leaf\n: Two pages.\n"
    )
    two = "# Two\n\n[verso](glossary.md#verso), [gsm](glossary.md#gsm)\n"
    content = made({"two": two, "glossary": glossary}, "text/two.md").leaves[1].content
    words = xhtml.text_of(content)
    assert words == "Verso Left page On the left. Grammage GSM Weight."


def test_a_glossary_that_is_selected_by_itself_is_whole(made: Callable[..., Book]) -> None:
    assert "Recto" in said(made({}, "text/glossary.md"))
    assert "To a friend" in said(made({}, "text/sources.md#letters"))


def test_a_section_with_a_heading_alone_keeps_it(made: Callable[..., Book]) -> None:
    two = "# Two\n\n## Bare\n\n## Other\n\nWords.\n"
    book = made({"two": two}, "text/two.md#bare", "text/two.md#other")
    assert titles(book) == ["Bare", "Other"]


def test_what_entries_refer_to_is_used_too(made: Callable[..., Book]) -> None:
    glossary = "# Glossary\n\nLeaf\n: One [](#recto) and another.\n\nRecto\n: On the right.\n"
    two = "# Two\n\nA [leaf](glossary.md#leaf).\n"
    book = made({"two": two, "glossary": glossary}, "text/two.md")
    assert "One Recto and another" in said(book)
    assert "On the right" in said(book)


def test_a_reference_to_a_nameless_place_names_its_text(made: Callable[..., Book]) -> None:
    one = "# One\n\nFirst.\n{: #ada }\n\n## Second\n\nAfter [Ada](#ada), and [](#ada).\n"
    assert "After Ada (see Chapter 1, One)" in said(made({"one": one}, "text/one.md#second"))


def test_items_keep_their_numbers(made: Callable[..., Book]) -> None:
    sources = "# Sources\n\n1. One.\n2. [Two]{#b}.\n3. Three.\n"
    two = "# Two\n\nSee [it](sources.md#b).\n"
    content = made({"two": two, "sources": sources}, "text/two.md").leaves[1].content
    assert '<li value="2">' in content
    assert "Three" not in content


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("# Two\n\n## A {.screen-only}\n\n### B {#b}\n\nWords.\n", "text/two.md"),
        ("# Two\n\n## A {: audience=other }\n\n## C\n\n#### D\n\nWords.\n", "text/two.md"),
        ("# Two\n\n## A\n\n### B {#b}\n\n> ## Quoted\n\n##### E\n\nWords.\n", "text/two.md#b"),
    ],
)
def test_no_level_of_heading_is_skipped(made: Callable[..., Book], text: str, section: str) -> None:
    content = made({"two": text}, section).leaves[0].content
    levels = [int(level) for level in re.findall(r"<h(\d)", content)]
    assert levels or "Words" in content
    steps = [after - before for before, after in pairwise([1, *levels])]
    assert all(step <= 1 for step in steps), levels
    assert min(levels, default=2) >= 2


def test_one_note_of_two_sections_is_set_once(draft: Drafted) -> None:
    two = "# Two\n\n## A {#a}\n\nX.[^n]\n\n## B {#b}\n\nY.[^n]\n\n[^n]: A note.\n"
    toml = '[editions.handout]\nsections = ["text/two.md#a", "text/two.md#b"]\n'
    made = draft({"two": two}, toml=toml)
    (edition,) = made.manuscript.editions
    page = lay_out(compose(made, edition), made.manuscript.styles).documents[0].xhtml
    assert page.count("<note ") == 1
    assert page.count('href="#two--note-n"') == 1


def test_a_term_that_is_named_keeps_its_name(draft: Drafted) -> None:
    two = "# Two\n\nThat is a [](glossary.md#leaf).\n"
    edition = replace(EDITIONS["handout"], sections=("text/two.md",), omits=("glossary",))
    made = compose(draft({**TEXTS, "two": two}, SPINE), edition)
    assert said(made) == "That is a Leaf."
