"""What is a citation in a text, and what is none."""

import pytest

from octavo.citations.styles import labels
from octavo.citations.syntax import Citation, Cite, citations
from octavo.masking import masked

KNOWN = {"smith2020", "jones", "doi:10.1/x", "a b"}


def read(text: str) -> list[Citation]:
    return list(citations(masked(text), text, KNOWN, labels("de")))


@pytest.mark.parametrize(
    ("written", "cites"),
    [
        ("[@smith2020]", [Cite("smith2020")]),
        ("[@smith2020, p. 3]", [Cite("smith2020", label="page", locator="3")]),
        ("[@smith2020, pp. 3-5, 9]", [Cite("smith2020", label="page", locator="3–5, 9")]),
        ("[@smith2020, 33]", [Cite("smith2020", label="page", locator="33")]),
        ("[@smith2020 chap. iv]", [Cite("smith2020", label="chapter", locator="iv")]),
        ("[@smith2020, Kap. 4]", [Cite("smith2020", label="chapter", locator="4")]),
        ("[@smith2020, ivory]", [Cite("smith2020", suffix=", ivory")]),
        ("[@smith2020, § 5 and more]", [
            Cite("smith2020", suffix=" and more", label="section", locator="5")
        ]),
        ("[@smith2020{p. iv, and on}]", [
            Cite("smith2020", suffix=", and on", label="page", locator="iv")
        ]),
        ("[see @smith2020; also @jones, p. 2]", [
            Cite("smith2020", "see"), Cite("jones", "also", label="page", locator="2")
        ]),
        ("[-@jones]", [Cite("jones", bare=True)]),
        ("[@{a b}]", [Cite("a b")]),
        ("[@doi:10.1/x]", [Cite("doi:10.1/x")]),
        ("[@unknown]", [Cite("unknown")]),
        ("[@jones;\n@smith2020]", [Cite("jones"), Cite("smith2020")]),
    ],
)  # fmt: skip
def test_brackets(written: str, cites: list[Cite]) -> None:
    [found] = read(f"It is said {written}.")
    assert list(found.cites) == cites
    assert (found.start, found.end, found.in_text) == (11, 11 + len(written), False)


def test_the_author_is_part_of_the_sentence() -> None:
    [found] = read("As @smith2020 [p. 3] says.")
    assert found == Citation(3, 20, (Cite("smith2020", label="page", locator="3"),), in_text=True)


@pytest.mark.parametrize(
    "text",
    [
        "me@jones.org and @nobody", "`[@jones]`", "[@jones](there.md)", "\\@jones", "[jones]",
        "<https://example.org/@jones>", "```\n[@jones]\n```", "[words @jones][label]",
    ],
)  # fmt: skip
def test_what_is_no_citation(text: str) -> None:
    assert read(text) == []
