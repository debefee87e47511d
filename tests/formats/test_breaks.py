"""Lines of text with marks in them are those of the same text without."""

import re
from types import ModuleType

import pytest

from octavo.formats.pdf.amending import amend
from octavo.model import Artifact
from tests.conftest import Write, quietly
from tests.formats.reading import pages

LINE = "a line of plain words that is long enough to be broken and goes on for a while yet"
WORDS = LINE.split()
TOML = '[editions.screen]\ntrim = "{width}x200mm"\n'


def lines(artifact: Artifact) -> list[str]:
    return [" ".join(line.split()) for line in pages(artifact)[0].splitlines()]


@pytest.mark.slow
@pytest.mark.parametrize("width", range(90, 150, 7))
def test_marks_break_no_line(write: Write, width: int) -> None:
    plain = " ".join(WORDS * 6)
    marked = " ".join(
        f'[]{{.index entry="e{number}"}}{word}' if number % 3 else word
        for number, word in enumerate(WORDS * 6)
    )
    toml = TOML.format(width=width)
    made = [
        lines(quietly(write({"one": f"# One\n\n{text}\n"}, toml=toml)).artifacts[0])
        for text in (plain, marked)
    ]
    assert made[0] == made[1]
    assert len(made[0]) > 5
    body = [line for line in made[0] if re.match(r"[a-z]", line)]
    assert all(len(line.split()) > 2 for line in body[:-1])


def test_an_unknown_weasyprint_is_refused() -> None:
    with pytest.raises(RuntimeError, match="another plain"):
        amend(_module(), "plain", {"return 3": "return 4"})


def test_a_line_is_changed_once_and_for_all_who_use_it() -> None:
    module, user = _module(), ModuleType("user")
    amend(module, "plain", {"return 1": "return 2"}, user)
    amend(module, "plain", {"return 1": "return 2"}, user)
    assert module.plain() == user.plain() == 2
    with pytest.raises(RuntimeError, match="another plain"):
        amend(module, "plain", {"return 2": "return 3"})


def _module() -> ModuleType:
    """Return a module of its own whose source can be read again."""
    import importlib.util
    from pathlib import Path

    path = Path(__file__).with_name("plain.py")
    spec = importlib.util.spec_from_file_location("plain", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
