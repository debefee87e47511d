"""Images on the web: fetched where that is asked for, once, and else never."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread

import PIL.Image
import pytest

from octavo.mending import mend
from octavo.model import Manuscript
from octavo.sources import Reading, read_as
from octavo.sources.files import fetched_path


class _Web(BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path == "/none.png":
            self.send_error(404)
            return
        made = BytesIO()
        PIL.Image.new("RGB", (3, 2)).save(made, "JPEG")
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<html>" if self.path == "/page" else made.getvalue())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def web() -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []
    handler = type("Web", (_Web,), {"asked": asked})
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def made(folder: Path, text: str, *, fetch: bool) -> Manuscript:
    folder.mkdir(exist_ok=True)
    (folder / "one.md").write_text(f"---\nlang: en\n---\n# A\n\n{text}\n")
    return mend(read_as(folder, Reading(fetch=fetch)))


def test_an_image_is_fetched_once_and_shown(web: tuple[str, list[str]], tmp_path: Path) -> None:
    address, asked = web
    for name in ("first", "second"):
        book = made(tmp_path / name, f"![x]({address}/a.png)", fetch=True)
        asset = book.assets[fetched_path(f"{address}/a.png")]
        assert asset.media_type == "image/jpeg"
        assert book.sources["one.md"].text.endswith(f"![x]({fetched_path(f'{address}/a.png')})\n")
        assert book.found == ()
    assert asked == ["/a.png"]


def test_nothing_is_fetched_unasked(web: tuple[str, list[str]], tmp_path: Path) -> None:
    address, asked = web
    book = made(tmp_path / "book", f"![x]({address}/a.png)", fetch=False)
    assert asked == []
    assert [each.code for each in book.found] == ["X002"]
    assert f"[x](<{address}/a.png>)" in book.sources["one.md"].text


@pytest.mark.parametrize("name", ["none.png", "page"])
def test_what_cannot_be_fetched_stays_a_link(
    web: tuple[str, list[str]], tmp_path: Path, name: str
) -> None:
    address, _ = web
    book = made(tmp_path / "book", f"![x]({address}/{name})", fetch=True)
    assert f"[x](<{address}/{name}>)" in book.sources["one.md"].text
    assert "X002" in {each.code for each in book.found}
