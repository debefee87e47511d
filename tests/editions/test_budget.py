"""The budget of paper: within it, or refused; and the limits are kept, as the file shows."""

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from octavo.diagnostics import PublishingError
from octavo.editions import LIMITS, TRIMS
from octavo.fitting import candidates
from octavo.model import Artifact, Limits, Range
from tests.conftest import Write, quietly

POINTS = 72 / 25.4
FOOT = 8.5
"""The size of what stands in the margins (pt)."""

TEXTS = 50
TRIM = TRIMS["A5"]
EDITION = """
[editions.handout]
sections = ["text/one.md"]
trim = "A5"
sheets = 1
sides = 2
limits = { size = [9, 12], leading = [1.2, 1.5], margin = [10, 18], columns = [1, 2] }
"""
ASKED = Limits(Range(9, 12), Range(1.2, 1.5), Range(10, 18), Range(1, 2))


def text(length: int) -> str:
    """Return a text of a length in words: paragraphs, headings, lists, notes, by chance."""
    chance = random.Random(length)
    words = ["".join(chance.choices("aeiounrst", k=chance.randint(2, 10))) for _ in range(length)]
    blocks: list[str] = ["# A text"]
    notes: list[str] = []
    while words:
        taken, words = words[: chance.randint(20, 90)], words[90:]
        said = " ".join(taken).capitalize()
        kind = chance.random()
        if kind < 0.15:
            blocks.append(f"## {' '.join(taken[:4])}")
        if kind > 0.85:
            blocks.append("\n".join(f"- {' '.join(taken[n : n + 9])}" for n in range(0, 60, 9)))
        elif kind > 0.75:
            notes.append(f"[^{len(notes)}]: {' '.join(taken[:12])}")
            blocks.append(f"{said}[^{len(notes) - 1}].")
        else:
            blocks.append(f"{said}.")
    return "\n\n".join((*blocks, *notes)) + "\n"


@dataclass(frozen=True)
class Seen:
    """What a page shows of its measures: the size of its text, its steps from line to line, its
    edges (pt).
    """

    size: float
    steps: tuple[float, ...]
    left: float
    right: float
    top: float


def seen(artifact: Artifact) -> Iterator[Seen]:
    with pypdfium2.PdfDocument(artifact.data) as pdf:
        for page in pdf:
            yield _seen(page)


def _seen(page: pypdfium2.PdfPage) -> Seen:
    texts, matrix = page.get_textpage(), pdfium.FS_MATRIX()
    sizes: Counter[float] = Counter()
    lines: dict[float, set[float]] = {}
    boxes = []
    for index in range(texts.count_chars()):
        if chr(pdfium.FPDFText_GetUnicode(texts, index)).isspace():
            continue
        pdfium.FPDFText_GetMatrix(texts, index, matrix)
        size = round(pdfium.FPDFText_GetFontSize(texts, index) * matrix.d, 2)
        left, bottom, right, top = texts.get_charbox(index, loose=True)
        sizes[size] += 1
        lines.setdefault(size, set()).add(round(bottom, 1))
        boxes.append((size, left, right, page.get_height() - top))
    del sizes[FOOT]
    size = sizes.most_common(1)[0][0]
    text = [box for box in boxes if box[0] == size]
    heights = sorted(lines[size])
    return Seen(
        size,
        tuple(round(b - a, 1) for a, b in pairwise(heights)),
        min(box[1] for box in text),
        page.get_width() - max(box[2] for box in text),
        min(box[3] for box in text),
    )


@pytest.mark.slow
def test_texts_of_growing_length_fit_or_are_refused(write: Write) -> None:
    folder = write({"one": "# A text\n\nA word.\n"}, toml=EDITION)
    fitted, refused, sizes = [], [], []
    for number in range(TEXTS):
        length = 60 + 36 * number
        (folder / "text" / "one.md").write_text(text(length))
        try:
            artifact = quietly(folder).artifacts[0]
        except PublishingError as problem:
            (found,) = problem.diagnostics
            assert found.code == "G008"
            excess = re.search(r"on 1 sheet, 2 sides: (\d+) lines? too many", found.message)
            assert excess, found
            refused.append((length, int(excess[1])))
            continue
        fitted.append(length)
        sizes.append(_keeps_its_limits(artifact))
    assert len(fitted) + len(refused) == TEXTS
    assert len(fitted) > 10, "texts that fit"
    assert len(refused) > 5, "texts that do not"
    assert min(length for length, _ in refused) > fitted[len(fitted) // 2]
    assert sizes[0] == ASKED.size.most, "there is room"
    assert min(sizes) < ASKED.size.most, "and none to spare"
    assert refused[-1][1] > refused[0][1]


def _keeps_its_limits(artifact: Artifact) -> float:
    """Assert that a file is within the limits, and is what is said of it; return its size."""
    said = re.fullmatch(
        r"1 sheet, (\d) sides?, ([\d.]+)/([\d.]+) pt, margins ([\d.]+) mm(?:, 2 columns)?",
        artifact.remark,
    )
    assert said
    sides, size, leading, margin = map(float, said.groups())
    pages = list(seen(artifact))
    assert len(pages) == sides <= 2
    assert ASKED.size.least <= size <= ASKED.size.most
    assert ASKED.leading.least - 0.01 <= leading / size <= ASKED.leading.most + 0.01
    assert ASKED.margin.least <= margin <= ASKED.margin.most
    assert pages[0].size == pytest.approx(size, abs=0.02)
    if "columns" not in artifact.remark:
        assert min(pages[0].steps) == pytest.approx(leading, abs=0.15)
    for page in pages:
        assert page.left >= margin * POINTS - 0.6
        assert page.right >= margin * POINTS - 1.5
        assert page.top >= margin * POINTS - 6, "a large line stands higher in its line"
    return size


@pytest.mark.parametrize("limits", [LIMITS, ASKED])
def test_measures_that_are_tried_are_within_the_limits(limits: Limits) -> None:
    tried = list(candidates(limits))
    assert tried[0].size == limits.size.most
    assert tried[0].margin == limits.margin.most
    closest = tried[-1]
    assert closest.size == limits.size.least
    assert closest.leading == pytest.approx(limits.size.least * limits.leading.least, abs=0.01)
    for measures in tried:
        assert limits.size.least <= measures.size <= limits.size.most
        ratio = measures.leading / measures.size
        assert limits.leading.least - 0.01 <= ratio <= limits.leading.most + 0.01
        assert limits.margin.least <= measures.margin <= limits.margin.most
        assert limits.columns.least <= measures.columns <= limits.columns.most
    assert len(tried) == len(set(tried))


def test_what_is_least_noticed_is_given_up_first() -> None:
    tried = list(candidates(LIMITS))
    changed = [
        [name for name in ("margin", "leading", "size") if getattr(a, name) != getattr(b, name)]
        for a, b in pairwise(tried)
    ]
    assert changed[0] == ["margin"]
    assert "size" in changed[-1]
    assert "size" not in changed[len(changed) // 4]
