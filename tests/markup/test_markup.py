"""Every case of the ``*.md`` files beside this one: a Markdown text and the XHTML it becomes.

A case is a line that names it, a line ``.``, the text, ``.``, the XHTML, ``.``. A chapter is shown
as its title (``# ``), its content, and its notes (``[^label]: ``, with ``!`` where nothing calls
it). The slug is ``s``; the language is English, or what stands in brackets behind the name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from octavo import xhtml
from octavo.markup import EXTENSIONS, parse
from octavo.model import Chapter, Source

HERE = Path(__file__).parent
CASE = re.compile(
    r"^(?P<name>\S.*)\n\.\n(?P<text>(?s:.*?))^\.\n(?P<wanted>(?s:.*?))^\.$", re.MULTILINE
)
LANGUAGE = re.compile(r" \[([\w-]+)\]$")


@dataclass(frozen=True)
class Case:
    name: str
    text: str
    wanted: str
    language: str


def cases() -> Iterator[Case]:
    for file in sorted(HERE.glob("*.md")):
        for match in CASE.finditer(file.read_text(encoding="utf-8")):
            language = LANGUAGE.search(match["name"])
            name = f"{file.stem}: {match['name']}"
            yield Case(name, match["text"], match["wanted"], language[1] if language else "en")


def shown(chapter: Chapter) -> str:
    notes = (f"[^{n.label}]: {'' if n.called else '! '}{n.content}" for n in chapter.notes)
    title = f"# {chapter.title}" if chapter.title else ""
    return "".join(f"{part}\n" for part in (title, chapter.content, *notes) if part)


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: case.name)
def test_case(case: Case) -> None:
    chapter = parse(Source("a.md", case.text), "s", case.language)
    assert shown(chapter) == case.wanted
    assert chapter.problems == ()
    xhtml.parse_fragment(chapter.title + chapter.content)


def test_every_extension_has_cases() -> None:
    have = {file.stem for file in HERE.glob("*.md")}
    assert set(EXTENSIONS) <= have


@pytest.mark.parametrize("file", sorted(HERE.glob("*.md")), ids=lambda file: file.stem)
def test_no_line_of_a_file_is_left_over(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert not CASE.sub("", text).strip()
    assert CASE.search(text)


def test_the_same_text_twice_gives_the_same_chapter() -> None:
    # Python-Markdown keeps notes, references and abbreviations between texts unless told.
    text = "# T\n\na[^1] UN [x][r]\n\n[^1]: n\n\n*[UN]: United Nations\n\n[r]: r.md\n"
    first = parse(Source("a.md", text), "s", "en")
    other = parse(Source("b.md", "UN [x][r] b[^1]"), "s", "en")
    assert "abbr" not in other.content
    assert not other.notes
    assert not other.links
    assert parse(Source("a.md", text), "s", "en") == first
