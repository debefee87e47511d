"""Three styles, against what citeproc-js makes of the same works and citations."""

import json
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import citeproc
import pytest

from octavo.citations import styles
from octavo.citations.engine import Cluster, Processed, process
from octavo.citations.styles import style_of
from octavo.citations.syntax import Cite

HERE = Path(__file__).parent
WORKS = {work["id"]: work for work in json.loads((HERE / "works.json").read_text("utf-8"))}
CLUSTERS = (
    [Cite("bellamy")],
    [Cite("bellamy", label="page", locator="34")],
    [Cite("fortna2004", label="page", locator="270–272"), Cite("autesserre")],
    [Cite("brahimi")],
    [Cite("hultman2013", prefix="see", suffix=", and elsewhere")],
    [Cite("hultman2014", label="chapter", locator="3")],
    [Cite("howard-a"), Cite("howard-b")],
    [Cite("howard-b", label="page", locator="546")],
    [Cite("walter")],
    [Cite("un-data")],
    [Cite("paris"), Cite("vanevera"), Cite("cervantes")],
    [Cite("paris", label="page", locator="99")],
    [Cite("gowan"), Cite("karlsrud"), Cite("fortna2008")],
    [Cite("fortna2008")],
    [Cite("fortna2008")],
    [Cite("noauthor"), Cite("leaflet", label="page", locator="2")],
    [Cite("bellamy", label="page", locator="12"), Cite("brahimi", label="paragraph", locator="5")],
)
STYLES = (
    *("apa", "ieee", "chicago-notes-bibliography"),
    *("chicago-author-date", "nlm-citation-sequence", "american-medical-association", "nature"),
)
"""One of each kind that there must be, and some more."""


def ours(name: str) -> Processed:
    xml = styles.named(name)
    assert xml
    return process(style_of(xml), "en-US", WORKS, [Cluster(tuple(each)) for each in CLUSTERS])


@cache
def theirs(name: str) -> dict[str, Any]:
    xml = styles.named(name)
    assert xml
    asked = {
        "style": xml.decode(),
        "locales": citeproc.LOCALES_PATH,
        "language": "en-US",
        "works": list(WORKS.values()),
        "clusters": [[_item(cite) for cite in cluster] for cluster in CLUSTERS],
    }
    done = subprocess.run(
        ["node", HERE / "citeproc.cjs", HERE.parent / "validators"],
        input=json.dumps(asked), capture_output=True, text=True, check=True,
    )  # fmt: skip
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def _item(cite: Cite) -> dict[str, str]:
    item = {"id": cite.key}
    if cite.locator:
        item |= {"locator": cite.locator, "label": cite.label}
    if cite.prefix:
        item["prefix"] = f"{cite.prefix} "
    if cite.suffix:
        item["suffix"] = cite.suffix
    return item


def plain(html: str) -> str:
    """Return what is said, in its letters: italic and raised ones told apart, other tags gone."""
    html = re.sub(r"<(?!/?(?:i|b|sup|sub)>)[^<>]*>", "", html)
    for sign, letter in (("&amp;", "&"), ("&#38;", "&"), ("&#60;", "<"), ("&#62;", ">")):
        html = html.replace(sign, letter)
    return " ".join(html.split())


@pytest.mark.slow
@pytest.mark.parametrize("name", STYLES)
def test_citations_are_those_of_citeproc_js(name: str) -> None:
    said = [plain(each.text) for each in ours(name).citations]
    assert said == [plain(each) for each in theirs(name)["citations"]]


@pytest.mark.slow
@pytest.mark.parametrize("name", STYLES)
def test_the_list_is_that_of_citeproc_js(name: str) -> None:
    said = [plain(entry) for _, entry in ours(name).entries]
    # What a style does not list has no entry there, and an id all the same.
    assert said == [plain(entry) for _, entry in theirs(name)["entries"] if entry]
    assert len(said) >= len(WORKS) - 1
