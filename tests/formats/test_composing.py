"""The composer: its lines and pages as a finished PDF shows them, and what it leaves as it is."""

import re
import shutil
from collections import Counter, OrderedDict
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from octavo.evenness import Evenness
from octavo.model import Artifact
from octavo.outcome import Outcome
from octavo.press import make
from tests.benchmark.manuscripts import manuscript, switched
from tests.conftest import PUBLICATIONS, Write, quietly
from tests.formats import lines as measured
from tests.formats.reading import continuous

HEADS = {"HARD", "LINES"}
UPRIGHT = frozenset("dhlmn")
"""Letters that do not hang into the margin."""

SETTINGS = {"composed": "", "off": 'composer = "off"\n'}


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Outcome]:
    """Return a book of 12,000 words, composed and not."""
    folder = tmp_path_factory.mktemp("grown")
    return {
        name: quietly(switched(manuscript(folder / name, 12_000), said), "print")
        for name, said in SETTINGS.items()
    }


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Artifact]:
    """Return the book of hard lines, composed and not."""
    folder = tmp_path_factory.mktemp("hard")
    made = {}
    for name, said in SETTINGS.items():
        shutil.copytree(PUBLICATIONS / "lines", folder / name)
        made[name] = pdf(quietly(switched(folder / name, said), "print"))
    return made


def pdf(outcome: Outcome) -> Artifact:
    return next(each for each in outcome.artifacts if each.name.endswith(".pdf"))


def figures(outcome: Outcome) -> Evenness:
    (found,) = outcome.evenness
    return found


@pytest.mark.slow
@pytest.mark.parametrize("setting", SETTINGS)
def test_justified_lines_end_on_one_edge(grown: Mapping[str, Outcome], setting: str) -> None:
    """What the widths of a font in a PDF are rounded by does not add up along a line."""
    with pypdfium2.PdfDocument(pdf(grown[setting]).data) as file:
        for side in (10, 11):
            ends = [
                line.right
                for number in range(side, len(file), 2)
                for line in measured.lines(file[number], 10)
                if line.text[-1] in UPRIGHT and len(line.spaces) > 5
            ]
            edge = Counter(round(end, 2) for end in ends).most_common(1)[0][0]
            filled = [end for end in ends if abs(end - edge) < 1]
            assert len(filled) > 50
            # The first line of a chapter is spaced, its last letter too.
            assert sum(abs(end - edge) < 0.03 for end in filled) > 0.9 * len(filled)


@pytest.mark.slow
def test_nothing_is_written_of_kerning_that_is_none(grown: Mapping[str, Outcome]) -> None:
    with pikepdf.open(BytesIO(pdf(grown["composed"]).data)) as file:
        drawn = b"".join(each.read_bytes() for each in file.pages[10].Contents)
    assert re.search(rb">-?\d+<", drawn)
    assert not re.search(rb">-?0<|\.\d{3}", b"".join(re.findall(rb"\[.*?\] TJ", drawn)))


@pytest.mark.slow
def test_lines_are_evener_and_hyphens_fewer(grown: Mapping[str, Outcome]) -> None:
    composed, off = (measured.figures(pdf(grown[name]).data) for name in SETTINGS)
    assert composed.spread < off.spread / 1.3
    assert composed.loose < off.loose / 4
    assert composed.hyphens < off.hyphens
    assert composed.ladders == 0 < off.ladders
    assert composed.pages <= off.pages


@pytest.mark.slow
@pytest.mark.parametrize("name", SETTINGS)
def test_the_figures_are_those_of_the_file(grown: Mapping[str, Outcome], name: str) -> None:
    found, seen = figures(grown[name]), measured.figures(pdf(grown[name]).data)
    assert found.mean == pytest.approx(seen.space, abs=0.01)
    assert found.spread == pytest.approx(seen.spread, abs=0.01)
    assert 100 * len(found.loose) / found.lines == pytest.approx(seen.loose, abs=1)
    assert found.ladders == pytest.approx(seen.ladders, abs=5)  # one may run over a page
    assert all(each.location.line for each in found.loose)


@pytest.mark.slow
def test_pages_of_a_spread_are_of_one_depth(grown: Mapping[str, Outcome]) -> None:
    composed, off = (figures(grown[name]) for name in SETTINGS)
    assert composed.spreads == pytest.approx(off.spreads, abs=1)
    assert composed.uneven == 0 < off.uneven
    assert composed.off_grid == off.off_grid == 0
    assert not grown["composed"].diagnostics


@pytest.mark.slow
def test_the_right_margin_is_exact(grown: Mapping[str, Outcome]) -> None:
    """No line ends short of the measure, nor hangs out by more than a hyphen's share."""
    with pypdfium2.PdfDocument(pdf(grown["composed"]).data) as document:
        pages = [list(measured.lines(page, 10)) for page in document]
    right = {0: 148 - 18, 1: 148 - 22}  # rectos first; mm
    for number, page in enumerate(pages):
        edge = right[number % 2] * 72 / 25.4
        for line in measured.justified([page, []]):
            hangs = line.text[-1] in "-.,:;”’" or line.text[-1] in "ry"
            assert -0.6 < line.right - edge < (3.5 if hangs else 0.3), line.text


@pytest.mark.slow
def test_words_that_were_forgotten_are_set_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from octavo.formats.pdf import faces, kits

    forgotten: list[faces.Face] = []
    forget = faces.Face._forget  # noqa: SLF001 - to see that it happens

    def noted(face: faces.Face) -> None:
        forgotten.append(face)
        forget(face)

    shutil.copytree(PUBLICATIONS / "lines", tmp_path / "lines")
    once = pdf(make(tmp_path / "lines", ["print"], epoch=1_700_000_000))
    monkeypatch.setattr(kits, "_kept", OrderedDict())
    monkeypatch.setattr(faces, "_KNOWN", 8)
    monkeypatch.setattr(faces.Face, "_forget", noted)
    again = pdf(make(tmp_path / "lines", ["print"], epoch=1_700_000_000))
    assert len(forgotten) > 20
    assert again.data == once.data


@pytest.mark.slow
def test_hard_lines_say_the_same_composed_or_not(hard: Mapping[str, Artifact]) -> None:
    # PDFium takes a hyphen of an address that ends a line for that of the line; heads and folios
    # are as many as there are pages.
    texts = (continuous(hard[name]).replace("-", "") for name in SETTINGS)
    composed, off = (
        Counter(
            word for word in re.findall(r"\w+", text) if word not in HEADS and not word.isdigit()
        )
        for text in texts
    )
    assert composed == off
    said = "supercalifragilisticexpialidocious"
    assert sum(count for word, count in composed.items() if word.startswith(said)) == 3


@pytest.mark.slow
def test_an_address_and_a_dash_are_broken_as_they_should(hard: Mapping[str, Artifact]) -> None:
    with pypdfium2.PdfDocument(hard["composed"].data) as document:
        found = [line.text for page in document for line in measured.lines(page, 10)]
    assert not any(line.startswith(("—", "–", "²", "³")) for line in found)
    address = next(line for line in found if "https://" in line)
    assert address.endswith("/")


@pytest.mark.slow
def test_looseness_and_off_hold_for_their_paragraph(write: Write) -> None:
    text = " ".join(["This paragraph is said over and over until it has enough lines."] * 12)
    said = ("", "{: looseness=1 }", "{: looseness=-1 }", "{: composer=off }")
    chapter = "\n\n".join(f"{text}\n{attributes}" for attributes in said)
    toml = "[editions.print]\n"
    pages = quietly(write({"one": f"# One\n\nFirst.\n\n{chapter}\n"}, toml=toml)).artifacts
    pagination = pages[0].pagination
    assert pagination
    found = [line for page in pagination.pages for line in page.lines if line.tag == "p"]
    blocks = dict.fromkeys(line.block for line in found)
    plain, loose, tight, off = (
        [line for line in found if line.block == block] for block in list(blocks)[1:]
    )
    assert len(loose) == len(plain) + 1
    assert len(tight) <= len(plain) <= len(off)


@pytest.mark.slow
def test_a_stylesheet_turns_it_off_and_is_told_what_it_cannot_say(write: Write) -> None:
    texts = {"one": "# One\n\n" + "Some words that fill a line or two of their own. " * 9}
    toml = '[editions.print]\nstylesheets = ["own.css"]\n'
    off = {"styles/css/own.css": ":root { --composer: off; }"}
    alone = quietly(write(texts, toml=toml, files=off), "print")
    plain = quietly(write(texts, toml='[editions.print]\ncomposer = "off"\n'), "print")
    assert continuous(pdf(alone)) == continuous(pdf(plain))
    assert figures(alone).mean == figures(plain).mean
    wrong = {"styles/css/own.css": "p { --tolerance: fast; }"}
    found = quietly(write(texts, toml=toml, files=wrong), "print").diagnostics
    assert [each.code for each in found] == ["P003"]
    assert "--tolerance is fast, and must be a number" in found[0].message
