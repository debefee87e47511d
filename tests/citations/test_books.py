"""Books that cite: what their texts say then, where the list stands, and what is told."""

import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path

import pytest

from octavo.citations import cite
from octavo.diagnostics import PublishingError
from octavo.importing import keep
from octavo.mending import mend
from octavo.model import Manuscript
from octavo.press import make
from octavo.sources import read
from tests.conftest import Write
from tests.sources.test_ways import codes, written

BIB = """\
@book{bellamy, author={Bellamy, Alex J. and Williams, Paul D.}, title={Understanding Peacekeeping},
  publisher={Polity Press}, year={2021}}

@article{howard, author={Howard, Lise Morjé}, title={Peacekeeping is not <counter> * insurgency},
  journal={International Peacekeeping}, year={2019}, volume={26}, url={https://example.org/a_b}}
"""


def cited(write: Write, toml: str = "", **texts: str) -> Manuscript:
    table = f'[citations]\nreferences = ["works.bib"]\n{toml}\n'
    return cite(read(write(texts, toml=table, files={"works.bib": BIB})))


def text(made: Manuscript, name: str = "one") -> str:
    return made.sources[f"text/{name}.md"].text


def test_a_citation_is_a_link_to_the_list_at_the_end_of_the_book(write: Write) -> None:
    made = cited(write, one="# A\n\nIt is said [see @bellamy, p. 3].\n\nBy @howard.\n")
    there, role = "../references.md#ref", "{role=doc-biblioref}"
    assert text(made) == (
        f"# A\n\nIt is said (see [Bellamy and Williams, 2021, p. 3]({there}-bellamy){role}).\n\n"
        f"By Howard ([2019]({there}-howard){role}).\n"
    )
    assert [(item.leaf, item.path) for item in made.spine] == [
        ("chapter", "text/one.md"),
        ("bibliography", "references.md"),
    ]
    assert made.sources["references.md"].text == (
        "# Sources\n\nBellamy, A.J. and Williams, P.D. (2021) <em>Understanding Peacekeeping</em>. "
        "Polity Press.\n{#ref-bellamy .reference}\n\n"
        "Howard, L.M. (2019) “Peacekeeping is not &#60;counter&#62; &#42; insurgency,” "
        "<em>International Peacekeeping</em>, 26. Available at: <https://example.org/a_b>.\n"
        "{#ref-howard .reference}\n"
    )
    assert str(made.written(made.sources["references.md"].written(6))) == "works.bib:4"


def test_the_list_stands_where_the_author_wants_it(write: Write) -> None:
    there = '# Works\n\nBefore.\n\n<div id="refs"></div>\n\nAfter.\n'
    made = cited(write, one="# A\n\nIt is [@bellamy].\n", two=there)
    assert "(two.md#ref-bellamy)" in text(made)
    assert text(made, "two").startswith("# Works\n\nBefore.\n\n\n\nBellamy, A.J.")
    assert text(made, "two").endswith("{#ref-bellamy .reference}\n\n\nAfter.\n")
    assert len(made.spine) == 2


def test_a_list_for_every_chapter(write: Write) -> None:
    made = cited(
        write, 'listed = "chapter"\ntitle = "Works"', one="# A\n\n[@bellamy]\n", two="# B\n\nNo.\n"
    )
    assert "(#ref-bellamy)" in text(made)
    assert "## Works\n\nBellamy, A.J." in text(made)
    assert text(made, "two") == "# B\n\nNo.\n"


def test_no_list_and_no_links(write: Write) -> None:
    made = cited(write, 'listed = "none"', one="# A\n\nIt is [@bellamy].\n")
    assert text(made) == "# A\n\nIt is (Bellamy and Williams, 2021).\n"
    assert len(made.spine) == 1


def test_what_is_not_cited_is_listed_where_that_is_asked(write: Write) -> None:
    made = cited(write, 'nocite = ["*"]', one="# A\n\nNothing.\n")
    assert made.sources["references.md"].text.count(".reference}") == 2


def test_notes_stand_after_the_stop_and_say_it_shorter_again(write: Write) -> None:
    made = cited(
        write,
        'style = "chicago-notes-bibliography"',
        one="# A\n\nIt is [@bellamy, p. 3]. And [see @bellamy, p. 4], too.[^x]\n\n"
        "[^x]: A note with [@howard] in it.\n",
    )
    said = text(made)
    assert "It is.[^citation-1] And,[^citation-2] too.[^x]" in said
    first = "<em>Understanding Peacekeeping</em> (Polity Press, 2021), 3"
    whole = f"Alex J. Bellamy and Paul D. Williams, {first}."
    assert f"[^citation-1]: {whole}" in said
    again = "Bellamy and Williams, <em>Understanding Peacekeeping</em>, 4."
    assert f"[^citation-2]: See {again}" in said
    assert "[^x]: A note with Lise Morjé Howard, “Peacekeeping Is Not" in said


ODD = r"""\
@book{doe, author={Doe, Jane and others}, title={Of {H}$_2${O} in Mart\'{\i}nez \$5}, year={2001}}
@inproceedings{part, author={X, Y}, title={Paper}, crossref={whole}}
@proceedings{whole, title={The Whole}, year={1999}}
@misc{a:b, title={One <b>}, year={2003}}
@misc{a-b, title={Two \\}, year={2004}}
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[@doe, pp. 3 & 4]", "(Doe\N{NO-BREAK SPACE}et al., 2001, pp. 3 & 4)"),
        ("[see *R&D* @doe]", "(see <em>R&D</em> Doe\N{NO-BREAK SPACE}et al., 2001)"),
        ("[@part]", "(X, 1999)"),
        ("[@doe]: more", "(Doe\N{NO-BREAK SPACE}et al., 2001): more"),
        ("[@doe][@part]", "(Doe\N{NO-BREAK SPACE}et al., 2001)(X, 1999)"),
        ("@doe[^n]", "Doe\N{NO-BREAK SPACE}et al. (2001)[^n]"),
        ("\\@doe [\\@doe]", "\\@doe [\\@doe]"),
        ("[@a:b; @a-b]", "(“One <b>,” 2003; “Two,” 2004)"),
    ],
)
def test_odd_works_in_odd_places(write: Write, text: str, said: str) -> None:
    toml = '[citations]\nreferences = ["works.bib"]\nlisted = "none"'
    made = cite(read(write({"one": f"# A\n\nIt {text}\n"}, toml=toml, files={"works.bib": ODD})))
    assert made.found == ()
    plain = unescape(made.sources["text/one.md"].text)
    assert plain == f"# A\n\nIt {said}\n"


def test_works_whose_keys_are_spelt_alike_have_ids_of_their_own(write: Write) -> None:
    toml = '[citations]\nreferences = ["works.bib"]'
    text = {"one": "# A\n\n[@a:b], [@a-b], [@doe]\n"}
    made = cite(read(write(text, toml=toml, files={"works.bib": ODD})))
    listed = made.sources["references.md"].text
    assert listed.count("{#ref-a-b .reference}") == 1
    assert listed.count("{#ref-a-b-2 .reference}") == 1
    assert "Of H<sub>2</sub>O in Martínez $5" in listed


@pytest.mark.parametrize(
    "text",
    ["Para.\n\n[@doe] begins.", "- [@doe]\n- [@doe]", "1. [@doe]", "T\n:   [@doe] d", "## [@doe]"],
)
def test_a_note_that_begins_a_block_leaves_it_one(write: Write, text: str) -> None:
    toml = '[citations]\nreferences = ["works.bib"]\nstyle = "chicago-notes-bibliography"'
    made = cite(read(write({"one": f"# A\n\n{text}\n"}, toml=toml, files={"works.bib": ODD})))
    count = iter(range(1, 9))
    wanted = re.sub(r"\[@doe\]", lambda _: f"[^citation-{next(count)}]", text)
    assert made.sources["text/one.md"].text.startswith(f"# A\n\n{wanted}\n")


def test_a_work_that_is_not_known_is_an_error_in_our_own_books(write: Write) -> None:
    folder = write(
        {"one": "# A\n\n[@nobody]\n\n[@nobody]\n"},
        toml='[citations]\nreferences = ["works.bib"]',
        files={"works.bib": BIB},
    )
    with pytest.raises(PublishingError) as caught:
        make(folder)
    assert [(each.code, each.location.line) for each in caught.value.diagnostics] == [("C001", 3)]


FRONT = "---\ntitle: T\nlang: en\nbibliography: works.bib\n---\n"


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"one.md": f"{FRONT}# A\n\n[@bellamy]\n"}, []),
        ({"one.md": "---\ntitle: T\nlang: en\n---\n# A\n\n[@bellamy]\n"}, []),
        ({"one.md": f"{FRONT}# A\n\n[@bellamy; @nobody]\n"}, ["one.md:8 C001"]),
        ({"one.md": FRONT.replace("works.bib", "none.bib") + "# A\n"}, ["one.md C002"]),
        ({"one.md": FRONT.replace("---\n#", "csl: no.csl\n---\n#") + "# A\n"}, []),
    ],
    ids=["front-matter", "any-file", "unknown", "no-file", "style"],
)
def test_books_of_other_tools(tmp_path: Path, files: Mapping[str, str], found: list[str]) -> None:
    made = cite(mend(written(tmp_path, {"works.bib": BIB, **files})))
    assert codes(made) == found
    if not found and "[@" in files["one.md"]:
        said = made.sources["one.md"].text
        assert "[Bellamy and Williams, 2021](references.md#ref-bellamy)" in said


def test_what_is_kept_cites_as_before(tmp_path: Path) -> None:
    text = f"{FRONT}# A\n\nIt is [@bellamy], [@nobody].\n"
    written(tmp_path / "old", {"works.bib": BIB, "one.md": text})
    keep(tmp_path / "old", tmp_path / "new")
    made = read(tmp_path / "new")
    assert made.citations is not None
    assert [file.path for file in made.citations.references] == ["works.bib"]
    assert made.sources["text/one.md"].text == "# A\n\nIt is [@bellamy], [\\@nobody].\n"
    assert cite(made).found == ()
