"""The registry of formats."""

import ctypes.util
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from octavo.diagnostics import PublishingError
from octavo.formats import FORMATS, Format, loaded
from octavo.model import Edition, Medium, Metadata, Rendition, Statement
from octavo.workshop import Workshop


def test_library_that_the_system_lacks_is_a_diagnostic() -> None:
    format_ = Format("pdf", ".pdf", "", "tests.formats.lacking")
    rendition = Rendition(
        name="book",
        metadata=Metadata("id", "Title", "en", datetime(2026, 1, 1, tzinfo=UTC)),
        statement=Statement(),
        edition=Edition("print", "pdf", Medium.PAGED),
        documents=(),
        stylesheets=(),
        assets=(),
    )
    with pytest.raises(PublishingError) as problem:
        format_.bind(rendition, Workshop())
    (diagnostic,) = problem.value.diagnostics
    assert diagnostic.code == "P007"
    assert "libnothing" in diagnostic.message
    assert "Fedora" in diagnostic.hint


SEARCHING = """
import sys
asked = []
sys.addaudithook(lambda event, args: asked.append(args[0]) if event == "subprocess.Popen" else None)
from octavo.formats import loaded
loaded("octavo.formats.pdf.typesetting")
print(asked)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere libraries must be searched for")
def test_libraries_are_not_searched_for() -> None:
    command = [sys.executable, "-c", SEARCHING]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_library_with_another_name_is_searched_for(monkeypatch: pytest.MonkeyPatch) -> None:
    search = ctypes.util.find_library
    monkeypatch.setattr(ctypes.util, "find_library", lambda _: "libelsewhere.so.7")
    found = loaded("tests.formats.elsewhere").LIBRARY
    assert found == "libelsewhere.so.7"
    monkeypatch.undo()
    assert ctypes.util.find_library is search


def test_formats_are_called_by_their_names() -> None:
    assert all(name == each.name and each.suffix.startswith(".") for name, each in FORMATS.items())
