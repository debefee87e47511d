"""What a chapter says of itself beside its XHTML."""

import pytest

from octavo.markup import parse
from octavo.model import Chapter, Kind, Source

CAPTION = "/// caption\n    attrs: {id: x}\nTwo *roads*\n///"


def read(text: str, language: str = "en") -> Chapter:
    return parse(Source("text/a.md", text), "s", language)


def test_the_first_target_is_the_text_itself() -> None:
    target = read("# The *areas* {#nine}\n").targets[0]
    assert (target.id, target.name, target.kind, target.given) == ("s", "nine", Kind.CHAPTER, True)
    assert target.title == "The <em>areas</em>"


def test_a_title_without_an_id_is_named_by_its_words() -> None:
    target = read("# The *areas*\n").targets[0]
    assert (target.id, target.name, target.given) == ("s", "the-areas", False)


def test_a_text_without_a_title_is_named_by_its_slug() -> None:
    chapter = read("Words.\n")
    assert chapter.title == ""
    assert chapter.targets[0].name == "s"
    assert not chapter.targets[0].given


@pytest.mark.parametrize(
    ("text", "kind", "title"),
    [
        ("## The *way* {#x}", Kind.HEADING, "The <em>way</em>"),
        ("Term {#x}\n: words", Kind.TERM, "Term"),
        (f"![i](i.svg)\n\n{CAPTION}", Kind.FIGURE, "Two <em>roads</em>"),
        (f"| a |\n|---|\n| b |\n\n{CAPTION}", Kind.TABLE, "Two <em>roads</em>"),
        ("words\n{#x}", Kind.PLACE, ""),
        ("a [word]{#y}\n\n<p id='x'>p</p>", Kind.PLACE, ""),
    ],
)  # fmt: skip
def test_what_has_an_id_is_a_target(text: str, kind: Kind, title: str) -> None:
    target = next(t for t in read(text).targets if t.name == "x")
    assert (target.id, target.kind, target.title, target.given) == ("s--x", kind, title, True)


def test_a_note_is_a_target() -> None:
    target = read("a[^who]\n\n[^who]: b").targets[-1]
    assert (target.id, target.name, target.kind) == ("s--note-who", "note-who", Kind.NOTE)


def test_headings_carry_the_ids_of_their_targets() -> None:
    chapter = read("# T\n\n## One\n\n### Two {#two}\n")
    assert [(h.id, h.level, h.title) for h in chapter.headings] == [
        ("s--one", 2, "One"),
        ("s--two", 3, "Two"),
    ]
    assert {h.id for h in chapter.headings} <= {t.id for t in chapter.targets}


def test_calls_are_all_that_the_source_has() -> None:
    chapter = read("a[^1] b[^none] c[^1]: `[^code]`\n\n[^1]: d[^2]\n[^2]: e\n")
    assert [call.href for call in chapter.calls] == ["1", "none", "1", "2"]


def test_images_know_whether_they_are_described() -> None:
    text = '![What](a.svg) <img src="b.svg"/> ![](c.svg){role=presentation}'
    assert [(i.src, i.alt, i.decorative) for i in read(text).images] == [
        ("a.svg", "What", False),
        ("b.svg", None, False),
        ("c.svg", "", True),
    ]


def test_only_a_title_opens_a_part() -> None:
    assert read("# T {.part}\n").opens_part
    assert not read("# T\n\n## U {.part}\n").opens_part


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_ends_of_lines_and_a_byte_order_mark_make_no_difference(end: str) -> None:
    text = "# T\n\n[x](x.md)\n\n## U\n\n    code\n"
    assert read("\ufeff" + text.replace("\n", end)) == read(text)


def test_a_table_of_contents_is_not_made() -> None:
    assert read("[TOC]\n\n## H\n").content.startswith("<p>[TOC]</p>")


def test_every_id_is_there_once() -> None:
    text = "# T\n\n## One\n\nOne\n: x[^1]\n\n## One\n\n### note-1\n\n[^1]: n {#one-2}\n"
    ids = [target.id for target in read(text).targets]
    assert len(ids) == len(set(ids))
