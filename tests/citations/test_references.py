"""Files of works: what is read of them, and what is said where they are wrong."""

import pytest

from octavo.citations.references import Library
from octavo.diagnostics import Location
from octavo.model import Source

BIB = r"""
@string{oup = "Oxford University Press"}
@article{mueller_1999,
  author  = {M{\"u}ller, J{\"o}rg and {United Nations} and de la Cruz, Jr., Juan},
  title   = {The {UN} in {\'E}ire: \emph{a} study --- of 50\% \& more},
  journal = {Studies},
  year    = 1999, month = mar, number = 4, volume = {12}, pages = {101--119},
  doi     = {https://doi.org/10.1000/x_y},
}
@inbook{part, author="A. B. Writer", title={A Part}, booktitle={The Whole}, publisher=oup,
  year={2001}, edition={2nd}, address={Oxford}}
@online{site, title={A site}, url={https://example.org/a_b}, urldate={2026-03-02},
  date={2020-05/2021}}
@misc{how, title={How}, howpublished={\url{https://example.org/~me}}, year={n.d.}}
@phdthesis{thesis, author={Solo}, title={Alone}, school={A School}, year={1980}}
@comment{nothing}
"""


def library(text: str, name: str = "works.bib") -> Library:
    return Library((Source(name, text),), Location("book.toml", 3))


def test_bibtex() -> None:
    works = library(BIB).works
    assert works["mueller_1999"].place == Location("works.bib", 3)
    assert works["mueller_1999"].said == {
        "id": "mueller_1999",
        "type": "article-journal",
        "author": [
            {"family": "Müller", "given": "Jörg"},
            {"literal": "United Nations"},
            {
                "family": "Cruz", "given": "Juan", "non-dropping-particle": "de la",
                "suffix": "Jr.",
            },
        ],
        "title": '<span class="nocase">The UN</span>'[:0]
        + 'The <span class="nocase">UN</span> in <span class="nocase">É</span>ire: '
        + '<span class="nocase">a</span> study — of 50% & more',
        "container-title": "Studies",
        "issued": {"date-parts": [[1999, 3]]},
        "issue": "4",
        "volume": "12",
        "page": "101-119",
        "DOI": "10.1000/x_y",
    }  # fmt: skip


def test_types_dates_and_addresses() -> None:
    works = {key: work.said for key, work in library(BIB).works.items()}
    assert works["part"]["type"] == "chapter"
    assert works["part"]["publisher"] == "Oxford University Press"
    assert works["part"]["edition"] == "2"
    assert works["site"]["type"] == "webpage"
    assert works["site"]["URL"] == "https://example.org/a_b"
    assert works["site"]["issued"] == {"date-parts": [[2020, 5], [2021]]}
    assert works["site"]["accessed"] == {"date-parts": [[2026, 3, 2]]}
    assert works["how"]["URL"] == "https://example.org/~me"
    assert works["how"]["issued"] == {"literal": "n.d."}
    assert works["thesis"]["genre"] == "PhD thesis"
    assert works["thesis"]["author"] == [{"literal": "Solo"}]


def test_csl_json_and_yaml_say_the_same() -> None:
    said = library('[{"id": "x", "type": "book", "issued": {"raw": "2020-05"}}]', "a.json").works
    yaml = "references:\n- id: x\n  type: book\n  issued:\n    year: 2020\n    month: 5\n"
    assert said["x"].said == library(yaml, "a.yaml").works["x"].said
    assert said["x"].said["issued"] == {"date-parts": [[2020, 5]]}


@pytest.mark.parametrize("name", ["w.json", "w.yaml"])
def test_a_work_stands_after_the_work_before_it(name: str) -> None:
    """Its key may stand above that in other words, or nowhere as it is read."""
    lines = (
        *('[{"title": "two", "id": "one"},', '{"id": "tw\\u006f2"},'),
        *('{"id": "two"},', '{"id": "one3"}]'),
    )
    text = "\n".join(lines)
    places = {key: work.place.line for key, work in library(text, name).works.items()}
    assert places == {"one": 1, "two2": 0, "two": 3, "one3": 4}


@pytest.mark.parametrize(
    ("text", "name", "told"),
    [
        ("@book{a, title={x}}\n@book{b,\n title={y\n", "w.bib", [("w.bib", "C002")]),
        ("@book{a, title={x}}\n\n@book{a, title={y}}", "w.bib", [("w.bib:1", "C002")]),
        ('[{"id": "a",}]', "w.json", [("w.json:1", "C002")]),
        ('[{"id": "a"},\n{"id": "a", "title": "b"}]', "w.json", [("w.json:1", "C003")]),
        ("references: 3", "w.yaml", [("w.yaml", "C002")]),
        ("a: [", "w.yaml", [("w.yaml:1", "C002")]),
    ],
)
def test_what_is_wrong(text: str, name: str, told: list[tuple[str, str]]) -> None:
    found = [
        (str(each.location).partition(":")[0], each.code) for each in library(text, name).problems
    ]
    assert found == [(place.partition(":")[0], code) for place, code in told]


@pytest.mark.parametrize(
    ("said", "made"),
    [
        ('"issued": {"date-parts": [[-44, 3]]}', {"date-parts": [[-44, 3]]}),
        ('"issued": {"date-parts": [[null]]}', {"literal": ""}),
        ('"issued": [{"year": 2001}]', {"date-parts": [[2001]]}),
        ('"issued": 2001', {"date-parts": [[2001]]}),
        ('"author": "Plato"', [{"literal": "Plato"}]),
        ('"author": {"family": "Plato"}', [{"family": "Plato"}]),
    ],
)
def test_names_and_dates_as_they_are_found(said: str, made: object) -> None:
    work = library(f'[{{"id": "x", {said}}}]', "a.json").works["x"].said
    assert work[said.split('"')[1]] == made


def test_what_a_work_is_part_of_tells_of_it() -> None:
    text = (
        "@inproceedings{a, title={Paper}, crossref={b}}\n"
        "@proceedings{b, title={Whole}, year={1999}, editor={E, F}, publisher={P}}\n"
        "@misc{c, xdata={d}, title={C}}\n@xdata{d, year={2000}}"
    )
    works = library(text).works
    assert works["a"].said["container-title"] == "Whole"
    assert works["a"].said["editor"] == [{"family": "E", "given": "F"}]
    assert works["c"].said["issued"] == {"date-parts": [[2000]]}
