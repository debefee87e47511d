"""The repository's own publication, as a buyer and a printer would look at it."""

import json
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from octavo.model import Artifact
from tests.conftest import ROOT
from tests.formats.reading import Package, baselines, continuous, counted, pages, words
from tests.validators import ace, epubcheck, verapdf

pytestmark = pytest.mark.slow

Files = Mapping[str, Path]
Made = Mapping[str, Artifact]

FIGURES = (
    "16", "193", "3,500", "1948", "2015", "99", "2016", "29 May", "António Guterres",
    "at a crossroads", "Jean-Pierre Lacroix", "Central African Republic", "Mali",
    "four continents", "more than 25", "seven", "nine areas", "murdered", "ten",
)  # fmt: skip
"""What the book has to say; small numbers may stand in words."""

TABLE = ("16", "4", "193", "25", "3,500", "7", "9", "2015", "99", "4", "6", "10", "29 May")


def flowing(text: str) -> str:
    return " ".join(text.split()).lower()


def text_of(made: Made) -> Mapping[str, str]:
    package = Package(made[".epub"])
    documents = [" ".join(package.find(name, "//h:body")) for name in package.spine()]
    return {".epub": flowing(" ".join(documents)), ".pdf": flowing(" ".join(pages(made[".pdf"])))}


@pytest.mark.parametrize("suffix", [".epub", ".pdf"])
@pytest.mark.parametrize("figure", FIGURES)
def test_figures_stand_in_both(briefing: Made, suffix: str, figure: str) -> None:
    assert figure.lower() in text_of(briefing)[suffix]


def test_table_of_figures(briefing: Made) -> None:
    cells = Package(briefing[".epub"]).find("cost.xhtml", "//h:table/h:tbody/h:tr/h:td[1]")
    assert [flowing(cell) for cell in cells] == [
        figure.lower()
        for figure in (
            "16",
            "4",
            "193",
            "25",
            "3,500",
            "7",
            "9",
            "2015",
            "99",
            "4",
            "6",
            "10",
            "29 May",
        )
    ]
    text = text_of(briefing)[".pdf"]
    assert all(figure.lower() in text for figure in TABLE)


def test_five_interviews_with_question_and_answer(briefing: Made) -> None:
    package = Package(briefing[".epub"])
    interviews = [
        name for name in package.spine() if package.find(name, "//h:section[@role='doc-qna']")
    ]
    assert len(interviews) == 5
    for name in interviews:
        turns = "//h:section[@role='doc-qna']/h:div/@class"
        assert package.find(name, turns) == ["question", "answer"]
        speakers = package.find(name, "//*[@class='speaker']")
        assert speakers == ["UN News", "Jean-Pierre Lacroix"]


def test_both_hold_the_same_words(briefing: Made) -> None:
    """A rough count: running heads, folios and contents are the page's own."""
    package = Package(briefing[".epub"])
    ebook = counted(package.words())
    paper = counted(words(continuous(briefing[".pdf"])))
    missing = {word: n for word, n in ebook.items() if paper.get(word, 0) < n}
    assert missing == {}, "words of the e-book that paper does not have"
    own = {"continued"}  # said again above a column of the index
    assert set(paper) - set(ebook) == own, "words of paper that the e-book does not have"


def test_lines_of_facing_pages_agree(briefing: Made) -> None:
    """Text stands on lines of 14 pt, the same on every page, within a quarter of a point."""
    pages_ = [lines for lines in baselines(briefing[".pdf"], size=10) if lines]
    first = pages_[0][0]
    assert sum(map(len, pages_)) > 200
    for lines in pages_:
        for line in lines:
            assert abs((line - first + 7) % 14 - 7) < 0.25


def test_no_year_for_the_interview(briefing: Made) -> None:
    package = Package(briefing[".epub"])
    body = " ".join(
        " ".join(package.find(name, "//h:body"))
        for name in package.spine()
        if name != "copyright.xhtml"
    )
    assert set(re.findall(r"\b(?:19|20)\d\d\b", body)) == {"1948", "2015", "2016"}


def test_epubcheck(briefing_files: Files) -> None:
    assert epubcheck(briefing_files[".epub"]) == []


def test_ace(briefing_files: Files) -> None:
    assert ace(briefing_files[".epub"]) == []


def test_verapdf(briefing_files: Files) -> None:
    assert verapdf(briefing_files[".pdf"], "ua1") == []


def test_qpdf(briefing_files: Files) -> None:
    done = subprocess.run(
        ["qpdf", "--check", str(briefing_files[".pdf"])],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("theme", "width", "height", "size"),
    [
        ("light", 390, 844, "100%"),
        ("dark", 390, 844, "160%"),
        ("sepia", 820, 1180, "100%"),
    ],
)
def test_reads_in_a_reader(
    briefing_files: Files, tmp_path: Path, theme: str, width: int, height: int, size: str
) -> None:
    done = subprocess.run(
        [
            "node", str(ROOT / "tests" / "reader" / "shoot.mjs"), str(briefing_files[".epub"]),
            str(tmp_path), "--theme", theme, "--width", str(width), "--height", str(height),
            "--size", size,
        ],
        capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    seen = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(seen) > 15
    for document in seen:
        assert document["wide"] == [], document["name"]
        assert document["faces"] == [], document["name"]
        assert document["errors"] == [], document["name"]
        picture = re.sub(r"\W+", "-", document["name"])
        assert list(tmp_path.glob(f"{picture}-*.png"))
