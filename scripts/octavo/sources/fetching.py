"""Images on the web, fetched where that is asked for, and kept: each is asked for once.

Without it nothing is ever fetched, and of such an image a link is left.
"""

import http.client
import re
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from octavo.cache import user_folder
from octavo.diagnostics import Diagnostic, warning
from octavo.masking import masked
from octavo.model import OCTAVO, Asset, Manuscript, Source
from octavo.sources.files import fetched_path
from octavo.sources.pictures import sound

_IMAGE: Final = re.compile(
    r"!\[[^\]]*\]\(\s*<?(?P<inline>https?://[^\s<>()]+(?:\([^\s<>()]*\)[^\s<>()]*)*)"
    r"|<img\b[^<>]*?\bsrc\s*=\s*[\"'](?P<tag>https?://[^\"']+)",
    re.IGNORECASE,
)
_WAIT: Final = 20.0
"""How long a server is waited for (s)."""

_MOST: Final = 32 * 1024 * 1024
"""An image is no larger (bytes)."""


def with_fetched(manuscript: Manuscript) -> Manuscript:
    """Return a manuscript of another tool with the images on the web that its texts show.

    What cannot be fetched, and what is no image, is told (X002) and stays a link.
    """
    if manuscript.dialect == OCTAVO:
        return manuscript
    found: list[Diagnostic] = []
    wanted = {
        address: (source, line)
        for source in manuscript.sources.values()
        for address, line in _addresses(source)
    }
    fetched: dict[str, Asset] = {}
    for address, (source, line) in wanted.items():
        try:
            data = _kept(address)
        except (OSError, http.client.HTTPException, ValueError) as problem:
            message = f"an image that could not be fetched: {address} ({problem})"
            hint = "save it beside the text, and name the file"
            found.append(warning("X002", message, source.written(line), hint))
        else:
            fetched[fetched_path(address)] = Asset(fetched_path(address), "image/png", data)
    assets = {**manuscript.assets, **sound(fetched, found)}
    return replace(manuscript, assets=assets, found=(*manuscript.found, *found))


def _addresses(source: Source) -> Iterator[tuple[str, int]]:
    """Yield the addresses of the images that a text shows, and the line of each."""
    text = masked(source.text)
    for image in _IMAGE.finditer(text):
        yield image["inline"] or image["tag"], text.count("\n", 0, image.start()) + 1


def _kept(address: str) -> bytes:
    """Return what is at an address, as it was when it was fetched first.

    Raises:
        OSError: when it cannot be had.
        ValueError: when it is too large, or its address is none.
    """
    kept = user_folder() / fetched_path(address)
    try:
        return kept.read_bytes()
    except OSError:
        data = _fetched(address)
    kept.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(f"{kept}.part")
    unfinished.write_bytes(data)
    unfinished.replace(kept)
    return data


def _fetched(address: str) -> bytes:
    request = urllib.request.Request(address, headers={"User-Agent": "octavo"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=_WAIT) as answer:  # noqa: S310 - http(s) alone
        data: bytes = answer.read(_MOST + 1)
    if len(data) > _MOST:
        raise ValueError("it is larger than 32 MiB")
    return data
