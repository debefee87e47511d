"""The registry of formats."""

from datetime import UTC, datetime

import pytest

from octavo.diagnostics import PublishingError
from octavo.formats import FORMATS, Format
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


def test_formats_are_called_by_their_names() -> None:
    assert all(name == each.name and each.suffix.startswith(".") for name, each in FORMATS.items())
