"""What is said of a book.toml that is not as it should be: the line, the key, the nearest word."""

import pytest

from octavo.diagnostics import Diagnostic, PublishingError
from octavo.editions import EDITIONS
from octavo.sources import read
from tests.conftest import METADATA, Write

TEXT = {"one": "# One\n\nA text.\n"}


def problems(write: Write, toml: str = "", spine: str = "", metadata: str = METADATA) -> str:
    """Return what is said, a diagnostic a line: its line, its code, its message, its hint."""
    with pytest.raises(PublishingError) as raised:
        read(write(TEXT, spine, toml, metadata))
    return "\n".join(map(_said, raised.value.diagnostics))


def _said(found: Diagnostic) -> str:
    assert found.location.path == "book.toml"
    return f"{found.location.line} {found.code}: {found.message} ({found.hint})"


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("[edition.print]", "10 M003: unknown key 'edition' (did you mean 'editions'?)"),
        (
            "[editions.print]\ntrimm = 'A5'",
            "11 M003: unknown key 'editions.print.trimm' (did you mean 'trim'?)",
        ),
        (
            "[editions.print]\nformat = 'edpub'",
            (
                "11 M004: 'editions.print.format' must be 'epub' or 'pdf' "
                "(it is 'edpub'; did you mean 'epub'?)"
            ),
        ),
        (
            "[editions.large]\nfrom = 'pirnt'",
            (
                "11 M004: 'editions.large.from' must be a built-in edition: "
                f"{' or '.join(map(repr, EDITIONS))} (it is 'pirnt'; did you mean 'print'?)"
            ),
        ),
        (
            "[editions.large]",
            (
                "10 M004: edition 'large' does not say what it adapts "
                f'(write from = "print", or another of: {", ".join(EDITIONS)})'
            ),
        ),
        (
            "[editions.booklet]",
            (
                "10 M004: edition 'booklet' needs pages of 'print', which has none "
                "(add [editions.print])"
            ),
        ),
        (
            "[editions.print]\n[editions.folded]\nfrom = 'booklet'\npages = 'ebook'",
            (
                "13 M004: edition 'folded' needs pages of 'ebook', which has none "
                "(name one of: print)"
            ),
        ),
        (
            "[editions.print]\npages = 'print'",
            (
                "11 M004: edition 'print' needs pages of 'print', which has none "
                "(add [editions.print])"
            ),
        ),
        (
            "[editions.print]\n[editions.booklet.imposition]\nduplex = 'one-sided'",
            (
                "11 M004: edition 'booklet' is folded, and so needs both sides of the paper "
                "(write duplex = 'short-edge' or 'long-edge')"
            ),
        ),
        (
            "[editions.print]\n[editions.booklet.imposition]\nsignature = 6",
            ("12 M004: 'editions.booklet.imposition.signature' must be a multiple of 4 (it is 6)"),
        ),
        (
            "[editions.'../../evil']\nfrom = 'print'",
            (
                "10 M004: 'editions.../../evil' must be a name of letters, digits and hyphens "
                "(it is '../../evil')"
            ),
        ),
        (
            "[editions.print]\ntrim = {width = -5, height = 0}",
            (
                "11 M004: 'editions.print.trim' must be a width and a height of 25 to 2000 "
                "millimetres (it is a table)"
            ),
        ),
        (
            "[editions.print]\ncomposer = 'of'",
            (
                "11 M004: 'editions.print.composer' must be 'on' or 'off' "
                "(it is 'of'; did you mean 'off'?)"
            ),
        ),
        (
            "[editions.print.composer]\ntolerance = 0",
            (
                "11 M004: 'editions.print.composer.tolerance' must be greater than or equal to 0.1 "
                "(it is 0)"
            ),
        ),
        (
            "[editions.ebook]\ncomposer = 'off'",
            (
                "10 M004: edition 'ebook' has no pages of its own, and so no composer "
                "(take the line out, or let it adapt another)"
            ),
        ),
        (
            "[[waivers]]\ncode = 'S002'\nreason = ' '",
            "12 M004: 'waivers.0.reason' must be filled (it is ' ')",
        ),
        ("[[waivers]]\nreason = 'So.'", "10 M004: no 'waivers.0.code' (write code = ... there)"),
        (
            "[assets]\nfolders = [\n'../nowhere']",
            (
                "12 M004: no image folder ../nowhere "
                "(name a folder that is there, relative to book.toml)"
            ),
        ),
    ],
)
def test_table(write: Write, toml: str, said: str) -> None:
    assert problems(write, toml) == said


@pytest.mark.parametrize(
    ("spine", "said"),
    [
        ("bodymatter = [3]", "9 M004: 'spine.bodymatter.0' must be a string in quotes (it is 3)"),
        ("frontmatter = ['contents']", "8 M004: no 'spine.bodymatter' "),
        (
            "bodymatter = [{part = 'P', texts = [{part = 'Q', texts = ['text/one.md']}]}]",
            (
                "9 M004: 'spine.bodymatter.0.texts.0' must be a text or a leaf; "
                "a part stands in the body, in no other part (it is a table)"
            ),
        ),
        (
            "bodymatter = [{text = 'text/one.md', laef = 'chapter'}]",
            "9 M003: unknown key 'spine.bodymatter.0.laef' (did you mean 'leaf'?)",
        ),
        (
            "bodymatter = ['text/one.md',\n'./text/../text/one.md']",
            (
                "10 M004: text/one.md stands in the spine twice "
                "(it stands on line 9 already; name it once)"
            ),
        ),
        (
            "bodymatter = ['text/oen.md']",
            "9 S001: no text text/oen.md (did you mean text/one.md?)",
        ),
    ],
)
def test_spine(write: Write, spine: str, said: str) -> None:
    assert problems(write, spine=spine).startswith(said)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("publisher = 7", "'metadata.publisher' must be a string in quotes (it is 7)"),
        ("date = '2026-13-45'", "'metadata.date' must be a day that the calendar has"),
        ("modified = 2026-05-29", "'metadata.modified' must be a moment"),
        ('rights = "\\u0001"', "'metadata.rights' must be without control characters"),
        ("creators = ['A']", "'metadata.creators.0' must be a table (it is 'A')"),
        ("creators = [{nmae = 'A', name = 'A'}]", "unknown key 'metadata.creators.0.nmae' "),
    ],
)
def test_metadata(write: Write, key: str, said: str) -> None:
    metadata = METADATA.replace("modified = 2026-01-01T00:00:00Z", key)
    assert f"6 M00{3 if 'unknown' in said else 4}: {said}" in problems(write, metadata=metadata)


def test_everything_wrong_is_said_at_once(write: Write) -> None:
    said = problems(
        write,
        "[editions.print]\nstylesheets = ['no.css']\n[assets]\nfolders = ['../no']",
        spine="bodymatter = ['text/no.md', '../no.md']",
    )
    assert [line.split(":")[0] for line in said.splitlines()] == [
        "9 S001", "9 X001", "10 M004", "13 M004",
    ]  # fmt: skip


@pytest.mark.parametrize("toml", ["[metadata", 'a = "', "a = 1\na = 2"])
def test_broken_toml(write: Write, toml: str) -> None:
    assert " M002: no valid TOML: " in problems(write, toml)
