"""Reading a folder: everything that book.toml and the files say, nothing of it interpreted."""

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from octavo.diagnostics import Location, PublishingError
from octavo.editions import EDITIONS, LIMITS
from octavo.model import Budget, Creator, Matter, Medium, Range, Series, SpineItem, Trim, Waiver
from octavo.sources import read
from tests.conftest import METADATA, Write

TEXT = {"one": "# One\n\nA text.\n"}
UNDATED = METADATA.replace("modified = 2026-01-01T00:00:00Z\n", "")


def test_metadata(write: Write) -> None:
    metadata = read(
        write(
            TEXT,
            metadata=f"""{METADATA}
                creators = [{{name = "Ann Author", file-as = "Author, Ann"}}]
                contributors = [{{name = "Ed Itor", role = "edt"}}]
                description = "Two\\n  lines."
                date = 2026-05
                series = {{name = "A row", position = 3}}
            """.replace("2026-05\n", '"2026-05"\n'),
        )
    ).metadata
    assert metadata.creators == (Creator("Ann Author", "aut", "Author, Ann"),)
    assert metadata.contributors == (Creator("Ed Itor", "edt"),)
    assert metadata.description == "Two lines."
    assert metadata.date == "2026-05"
    assert metadata.series == Series("A row", "3")


def test_keys_of_the_metadata_have_their_places(write: Write) -> None:
    assert read(write(TEXT)).places["language"] == Location("book.toml", 5)


def test_spine(write: Write) -> None:
    spine = """
        frontmatter = ["titlepage"]
        bodymatter = [
          {part = "The first part", texts = ["text/one.md", {leaf = "plate", title = "A plate"}]},
          {part = "./text/part.md", texts = ["text/two.md"]},
        ]
        backmatter = [{text = "text/three.md", leaf = "glossary", title = "Words"}]
    """
    texts = dict.fromkeys(("one", "two", "three", "part"), "# T\n\nText.\n")
    body = Matter.BODY
    assert read(write(texts, spine)).spine == (
        SpineItem("titlepage", Matter.FRONT, Location("book.toml", 10)),
        SpineItem("part", body, Location("book.toml", 12), "", "The first part", (
            SpineItem("chapter", body, Location("book.toml", 12), "text/one.md"),
            SpineItem("plate", body, Location("book.toml", 12), "", "A plate"),
        )),
        SpineItem("part", body, Location("book.toml", 13), "text/part.md", "", (
            SpineItem("chapter", body, Location("book.toml", 13), "text/two.md"),
        )),
        SpineItem("glossary", Matter.BACK, Location("book.toml", 15), "text/three.md", "Words"),
    )  # fmt: skip


def test_the_name_is_the_folder_s_own_however_it_is_reached(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write(TEXT))
    assert read(Path()).name == "book"


# --- editions ---


def test_a_book_without_editions_has_the_built_in_ones(write: Write) -> None:
    assert read(write(TEXT)).editions == (EDITIONS["ebook"], EDITIONS["print"])


def test_an_edition_keeps_what_it_does_not_say(write: Write) -> None:
    toml = """
        [editions.print]
        isbn = "978-0-306-40615-7"
        [editions.small]
        from = "print"
        trim = "5x8"
    """
    usual, small = read(write(TEXT, toml=toml)).editions
    assert usual.identifier == "urn:isbn:9780306406157"
    assert usual.trim == EDITIONS["print"].trim
    assert (small.name, small.format, small.medium) == ("small", "pdf", Medium.PAGED)
    assert small.trim == Trim(127, 203.2)
    assert small.identifier == ""


def test_an_edition_can_take_back_what_the_built_in_one_says(write: Write) -> None:
    (edition,) = read(write(TEXT, toml="[editions.ebook]\nomits = []")).editions
    assert edition.omits == ()


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("[editions.x]\nfrom = 'print'\nformat = 'epub'", "adapts one for another medium"),
        (("[editions.x]\nfrom = 'print'\n"
         "[editions.X]\nfrom = 'print'"), "'x' and 'X' would be one file"),
        (("[editions.h]\nfrom = 'handout'\ntrim = ['A4', 'Letter']\n[editions.h-a4]\n"
         "from = 'handout'"), "'h-a4' and 'h-a4' would be one file"),
        ("[editions.print]\nstandard = 'pdf/zz'", "must be one of pdf/a-1a"),
        ("[editions.print]\n[editions.ebook]\naudience = ['teacher']", "has another text"),
        ("[editions.print]\n[editions.large-print]\naudience = ['t']", "has another text"),
        ("[editions.print]\n[editions.booklet]\nsections = ['text/one.md']", "has no sections"),
        ("[editions.h]\nfrom = 'handout'\ntrim = ['A4', 'A4']", "said twice"),
        ("[editions.h]\nfrom = 'handout'\nlimits = { size = [12, 10] }", "the least, the most"),
        ("[editions.h]\nfrom = 'handout'\nlimits = { size = [9, 10, 12] }", "the least, the most"),
        ("[editions.h]\nfrom = 'handout'\nlimits = { margin = 'wide' }", "a number from 5 to 60"),
        ("[editions.h]\nfrom = 'handout'\nsheets = 0", "sheets"),
    ],
)  # fmt: skip
def test_what_no_edition_can_be(write: Write, toml: str, said: str) -> None:
    with pytest.raises(PublishingError) as raised:
        read(write(TEXT, toml=toml))
    found = [d for d in raised.value.diagnostics if said in str(d)]
    assert found, raised.value
    assert found[0].code == "M004"
    assert found[0].location.line > 0
    assert found[0].hint


def test_limits_that_are_given_in_part(write: Write) -> None:
    toml = "[editions.h]\nfrom = 'handout'\nlimits = { size = 11 }\nsheets = 2\nsides = 1"
    (edition,) = read(write(TEXT, toml=toml)).editions
    assert edition.limits == replace(LIMITS, size=Range(11, 11))
    assert edition.budget == Budget(2, 1)
    assert edition.budget.pages == 2


def test_papers_of_any_size_have_names(write: Write) -> None:
    sizes = "['A4', '200 x 200mm', { width = 150, height = 120 }]"
    toml = f"[editions.h]\nfrom = 'handout'\ntrim = {sizes}"
    assert [edition.name for edition in read(write(TEXT, toml=toml)).editions] == [
        "h-a4",
        "h-200x200mm",
        "h-150x120mm",
    ]


def test_waivers(write: Write) -> None:
    toml = "[[waivers]]\ncode = 'S002'\nreason = 'Later.'\npath = './text/two.md'"
    place = Location("book.toml", 10)
    assert read(write(TEXT, toml=toml)).waivers == (Waiver("S002", "Later.", place, "text/two.md"),)


# --- dates ---


@pytest.mark.parametrize(
    ("dates", "epoch", "modified"),
    [
        ("modified = 2026-05-29T12:00:00.5+02:00", 7, datetime(2026, 5, 29, 10, tzinfo=UTC)),
        ("date = 2026-05-29", 7, datetime(2026, 5, 29, tzinfo=UTC)),
        ("date = '2026-05'", 7, datetime(2026, 5, 1, tzinfo=UTC)),
        ("date = 2026", 7, datetime(2026, 1, 1, tzinfo=UTC)),
        ("", 7, datetime(1970, 1, 1, 0, 0, 7, tzinfo=UTC)),
        ("", None, datetime(2001, 9, 9, 1, 46, 40, tzinfo=UTC)),
    ],
)
def test_when_the_book_was_modified(
    write: Write, dates: str, epoch: int | None, modified: datetime
) -> None:
    folder = write(TEXT, metadata=f"{UNDATED}\n{dates}\n")
    for file in folder.rglob("*.*"):
        os.utime(file, (0, 1))
    os.utime(folder / "text" / "one.md", (0, 1_000_000_000.7))
    assert read(folder, epoch=epoch).metadata.modified == modified


# --- texts ---


def test_a_text_comes_without_its_byte_order_mark_and_with_line_feeds(write: Write) -> None:
    folder = write(TEXT)
    (folder / "text" / "one.md").write_bytes(b"\xef\xbb\xbf# One\r\n\r\nA text.\r")
    assert read(folder).sources["text/one.md"].text == "# One\n\nA text.\n"


def test_the_offset_of_a_bad_byte_counts_the_byte_order_mark(write: Write) -> None:
    folder = write(TEXT)
    (folder / "text" / "one.md").write_bytes(b"\xef\xbb\xbf# \n\xe9")
    with pytest.raises(PublishingError, match="byte 6 is 0xe9") as raised:
        read(folder)
    assert raised.value.diagnostics[0].location == Location("text/one.md", 2)


def test_names_may_hold_spaces_and_letters_of_any_script(write: Write) -> None:
    files = {"images/ein Weg/Straße.svg": "<svg/>"}
    manuscript = read(write({"第一章 один": "# T\n\nText.\n"}, files=files))
    assert list(manuscript.sources) == ["text/第一章 один.md"]
    assert list(manuscript.assets) == ["images/ein Weg/Straße.svg"]


def test_texts_that_the_spine_does_not_name(write: Write) -> None:
    files = dict.fromkeys(
        ("text/two.md", "plan.md", "README.md", "text/README.md", "handouts/one.md", ".draft.md"),
        "",
    )
    assert read(write(TEXT, files=files)).unlisted == ("plan.md", "text/README.md", "text/two.md")
