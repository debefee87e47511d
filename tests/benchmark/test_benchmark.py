"""The benchmark: its manuscripts are the same, its figures are true, and it knows good from bad."""

import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

pytest.importorskip("psutil", reason="the extra `benchmark` is not installed")

from tests.benchmark.__main__ import main
from tests.benchmark.contestants import CHANGED, COLD, CONTESTANTS, WARM, taking_part
from tests.benchmark.curves import LINE, STYLES, apart, draw
from tests.benchmark.manuscripts import (
    Manuscript,
    bound,
    change_a_word,
    given,
    manuscript,
    switched,
    texts,
    titled,
)
from tests.benchmark.measuring import Cost, measure
from tests.benchmark.plain import as_html
from tests.benchmark.report import data, table, verdicts
from tests.benchmark.rounds import ROOT, Results, Run

GOOD = {
    "version": 0.05,
    "import": 0.3,
    "octavo-epub": 0.4,
    "octavo-lines": 0.45,
    "octavo-pdf": 0.5,
    "octavo-both": 0.52,
    "plain": 1.0,
    "pandoc": 0.9,
}
"""Seconds of a thousand words with which everything holds."""


ALL = (12_000, 50_000, 560_000)


def results(sizes: tuple[int, ...] = ALL, other: Mapping[str, float] | None = None) -> Results:
    """Return the results of runs of which all that must holds, but for what is said otherwise."""
    made = Results(tuple(Manuscript(f"{size:,} words", Path(), size) for size in sizes))
    for size in sizes:
        for name, each in {**GOOD, **(other or {})}.items():
            for state, seconds in _states(name, each, size).items():
                cost = Cost(seconds, seconds, 300, 320)
                made.runs.append(Run(f"{size:,} words", name, state, 1, cost, size // 300))
    return made


def _states(name: str, each: float, size: int) -> dict[str, float]:
    cold = each * size / 1000
    if not CONTESTANTS[name].makes:
        return {WARM: each}
    return {COLD: cold, WARM: 0.4, CHANGED: cold * 0.05} if "octavo" in name else {COLD: cold}


# --- manuscripts ---


def test_a_manuscript_is_the_same_again(tmp_path: Path) -> None:
    one, other = (manuscript(tmp_path / name, 4_000) for name in ("one", "other"))
    files = [path.relative_to(one) for path in sorted(one.rglob("*")) if path.is_file()]
    assert len(files) == 3
    assert all((one / name).read_bytes() == (other / name).read_bytes() for name in files)
    words = sum(len(path.read_text().split()) for path in texts(one))
    assert words == pytest.approx(4_000, abs=20)


def test_one_word_is_changed(tmp_path: Path) -> None:
    book = manuscript(tmp_path / "book", 6_000)
    before = [path.read_text().split() for path in texts(book)]
    change_a_word(book)
    after = [path.read_text().split() for path in texts(book)]
    differing = [
        (chapter, word)
        for chapter, both in enumerate(zip(before, after, strict=True))
        for word, (one, other) in enumerate(zip(*both, strict=True))
        if one != other
    ]
    ((chapter, word),) = differing
    assert chapter == 1
    assert 0.3 < word / len(before[1]) < 0.7


def test_a_folder_of_markdown_is_a_book(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "b.md").write_text("# Second\n")
    (folder / "a.md").write_text("---\nx: y\n---\n```\n# no\n```\n\n## First ##\n\n### More\n")
    book = given(folder, tmp_path / "made")
    assert [path.name for path in texts(book.folder)] == ["a.md", "b.md"]
    assert "\n# First ##\n\n### More\n" in texts(book.folder)[0].read_text()
    assert (folder / "b.md").read_text() == "# Second\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## A\n\n## B\n", "# A\n\n## B\n"),
        ("# A\n", "# A\n"),
        ("A\n---\n", "A\n===\n"),
        ("A\n===\n", "A\n===\n"),
        ("no heading\n", "# name\n\nno heading\n"),
    ],
)
def test_the_first_heading_is_the_title(text: str, expected: str) -> None:
    assert titled(text, "name") == expected


def test_a_folder_without_texts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no Markdown"):
        bound(tmp_path, tmp_path / "made")


def test_an_edition_says_something_else(tmp_path: Path) -> None:
    toml = tmp_path / "book.toml"
    toml.write_text('[editions.print]\ntrim = "A5"\ncomposer = "on"\n\n[editions.screen]\n')
    switched(tmp_path, 'composer = "off"\n')
    switched(tmp_path, 'pages = ""\n', "ebook")
    assert toml.read_text() == (
        '[editions.print]\ncomposer = "off"\ntrim = "A5"\n\n[editions.screen]\n'
        '\n[editions.ebook]\npages = ""\n'
    )


# --- measuring ---


def test_memory_and_work_of_a_child_are_counted() -> None:
    child = (
        "import time; held = bytearray(b'x') * 50_000_000\n"
        "end = time.process_time() + 0.5\n"
        "while time.process_time() < end: pass"
    )
    program = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    cost = measure((sys.executable, "-c", program), os.environ, ROOT)
    idle = measure((sys.executable, "-c", "import time; time.sleep(0.3)"), os.environ, ROOT)
    assert not cost.failed
    assert 50 < cost.pss < 100
    assert cost.rss >= cost.pss
    assert 0.5 <= cost.cpu < 1.5
    assert cost.seconds >= 0.5
    assert idle.pss < 40
    assert idle.cpu < 0.3 <= idle.seconds


def test_a_failure_is_told() -> None:
    cost = measure((sys.executable, "-c", "import sys; sys.exit('no ink')"), os.environ, ROOT)
    assert cost.failed
    assert cost.said == "no ink"


def test_an_empty_element_is_closed_in_html() -> None:
    made = as_html('<html xmlns="http://www.w3.org/1999/xhtml"><a id="b"/>c<br/></html>')
    assert made == '<!DOCTYPE html>\n<html><a id="b"></a>c<br></html>'


# --- the report ---


def test_all_that_must_holds() -> None:
    found = verdicts(results())
    assert len(found) > 20
    assert [str(each) for each in found if not each.holds] == []
    assert str(found[0]).startswith("  ok     560,000 words: PDF without the composer, cold")


@pytest.mark.parametrize(
    ("other", "missed"),
    [
        ({"octavo-lines": 0.49}, "PDF without the composer, cold, by plain"),
        ({"octavo-pdf": 0.56}, "PDF composed, cold, by plain"),
        ({"octavo-epub": 0.46}, "EPUB without the PDF"),
        ({"octavo-both": 0.56}, "EPUB with the PDF"),
        ({"octavo-both": 1.1}, "a small book"),
        ({"import": -0.2}, "nothing changed"),
    ],
)
def test_what_does_not_hold_is_missed(other: dict[str, float], missed: str) -> None:
    found = [each for each in map(str, verdicts(results(other=other))) if missed in each]
    assert found
    assert all(each.startswith("  MISSED") for each in found)


def test_a_change_that_costs_too_much_is_missed() -> None:
    made = results()
    made.runs = [
        replace(run, cost=replace(run.cost, seconds=run.cost.seconds * 2))
        if run.state == CHANGED
        else run
        for run in made.runs
    ]
    found = [each for each in verdicts(made) if "one word changed" in each.what]
    assert found
    assert not any(each.holds for each in found)


@pytest.mark.parametrize(
    ("memory", "seconds", "missed"),
    [(401, 1, "the most memory of all builds"), (460, 1, "by that at"), (300, 1.2, "of a page")],
)
def test_growth_is_missed(memory: float, seconds: float, missed: str) -> None:
    made = results()
    made.runs = [
        replace(run, cost=replace(run.cost, pss=memory, seconds=run.cost.seconds * seconds))
        if run.manuscript.startswith("560")
        else run
        for run in made.runs
    ]
    found = [each for each in map(str, verdicts(made)) if missed in each]
    assert found
    assert all(each.startswith("  MISSED") for each in found)


def test_what_was_not_measured_is_left_out() -> None:
    found = [str(each) for each in verdicts(results((10_000,)))]
    assert not any("of a page" in each or "by that at" in each for each in found)
    made = results((10_000,))
    made.runs = [run for run in made.runs if run.contestant not in {"plain", "pandoc"}]
    assert not any("plain" in str(each) or "pandoc" in str(each) for each in verdicts(made))


def test_the_table_compares() -> None:
    rows = "\n".join(table(results((10_000,))))
    assert "0.45 x plain" in rows
    assert "0.44 x pandoc" in rows
    assert "0.05 x cold" in rows


def test_the_median_of_all_runs_counts() -> None:
    made = Results((Manuscript("m", Path(), 1),))
    for number, seconds in enumerate((9.0, 1.0, 2.0), start=1):
        made.runs.append(Run("m", "plain", COLD, number, Cost(seconds, 1, 1, 1), 3))
    assert [each["seconds"] for each in data(made)["medians"]] == [2.0]
    assert [each["seconds"] for each in data(made)["runs"]] == [9.0, 1.0, 2.0]
    assert data(made)["machine"]["libraries"]["weasyprint"]


# --- curves ---


@pytest.mark.parametrize("sizes", [(10_000,), (10_000, 50_000, 560_000)])
def test_every_contestant_has_a_line_in_both_panels(sizes: tuple[int, ...]) -> None:
    made = results(sizes)
    root = ET.fromstring(draw(made))  # noqa: S314 - our own
    drawn = [each.get("data-contestant") for each in root.iter() if each.get("class") == "curve"]
    measured = {(run.contestant, run.state) for run in made.runs}
    expected = [" ".join(kind) for kind in STYLES if kind in measured]
    assert len(expected) == 8
    assert drawn == expected * 2


def test_names_do_not_run_into_each_other() -> None:
    found = apart([10, 12, 11, 300])
    assert found[3] == 300
    assert found[0] < found[2] < found[1]
    assert all(after - before >= LINE for before, after in pairwise(sorted(found)))


# --- the command ---


def test_only_what_is_asked_for_takes_part() -> None:
    assert [name for name in taking_part(()) if not name.startswith("octavo")] == [
        "version",
        "import",
    ]
    assert "plain" in taking_part(("plain",))


@pytest.mark.parametrize("arguments", [["--sizes", "0"], ["--against", "quill"], ["--runs", "0"]])
def test_nonsense_is_refused(arguments: list[str]) -> None:
    with pytest.raises(SystemExit):
        main(arguments)
