"""Each validator accepts the briefing (see test_briefing) and rejects what is known to be bad."""

from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest
import weasyprint

from tests.conftest import PUBLICATIONS, quietly
from tests.validators import Finding, ace, epubcheck, verapdf

pytestmark = pytest.mark.slow

CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>"""

PACKAGE = """<?xml version="1.0"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:1</dc:identifier>{title}<dc:language>en</dc:language>
<meta property="dcterms:modified">2026-01-01T00:00:00Z</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
</manifest>
<spine><itemref idref="nav"/></spine>
</package>"""

NAV = """<html lang="en"
xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<head><title>Contents</title></head>
<body><nav epub:type="toc"><ol><li><a href="nav.xhtml">Contents</a></li></ol></nav>{more}</body>
</html>"""


def package(path: Path, *, title: str, more: str = "") -> Path:
    with ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip", ZIP_STORED)
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("book.opf", PACKAGE.format(title=title))
        archive.writestr("nav.xhtml", NAV.format(more=more))
    return path


def test_epubcheck_rejects_a_book_without_title(tmp_path: Path) -> None:
    found = epubcheck(package(tmp_path / "bad.epub", title=""))
    assert "RSC-005" in {finding.code for finding in found}
    assert any("title" in finding.message for finding in found)


def test_ace_rejects_an_image_without_description(tmp_path: Path) -> None:
    image = '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="/>'
    bad = package(tmp_path / "bad.epub", title="<dc:title>Bad</dc:title>", more=image)
    codes = {finding.code for finding in ace(bad)}
    assert "image-alt" in codes
    assert "metadata-accessmode" in codes


def test_verapdf_rejects_a_page_without_tags(tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    weasyprint.HTML(string="<p>A text</p>").write_pdf(bad)
    assert {finding.code.partition("-")[0] for finding in verapdf(bad)} >= {"7.1"}


@pytest.mark.parametrize("name", [path.name for path in sorted(PUBLICATIONS.iterdir())])
def test_all_accept_every_publication(name: str, tmp_path: Path) -> None:
    outcome = quietly(PUBLICATIONS / name)
    for artifact in outcome.artifacts:
        (tmp_path / artifact.name).write_bytes(artifact.data)
    assert epubcheck(tmp_path / f"{name}.epub") == []
    assert ace(tmp_path / f"{name}.epub") == []
    sheets = {f"{name}-booklet.pdf"}  # what goes to a printer has no tags
    for artifact in outcome.artifacts:
        if artifact.name.endswith(".pdf") and artifact.name not in sheets:
            assert verapdf(tmp_path / artifact.name) == [], artifact.name


@pytest.mark.parametrize("validator", [epubcheck, ace, verapdf])
def test_each_raises_when_it_did_not_run(
    validator: Callable[[Path], list[Finding]], tmp_path: Path
) -> None:
    with pytest.raises((RuntimeError, FileNotFoundError)):
        validator(tmp_path / "absent")
