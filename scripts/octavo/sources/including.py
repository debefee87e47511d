"""mdBook's ``{{#include file.rs:2:10}}`` and its like, filled in.

Whole files, ranges of lines, and what stands between ``ANCHOR: name`` and ``ANCHOR_END: name``.
"""

import re
from collections.abc import Iterator
from posixpath import dirname, join, normpath
from typing import Final

from octavo.diagnostics import Diagnostic, PublishingError, warning
from octavo.editing import Edit, edited
from octavo.model import Source
from octavo.sources.files import Files

_HELPER: Final = re.compile(r"(?P<escape>\\?)\{\{\s*#(?P<name>[a-z_]+)\s*(?P<said>[^}]*?)\s*\}\}")
_ANCHOR: Final = re.compile(r"ANCHOR(?P<end>_END)?:\s*(?P<name>[\w-]+)")
_INCLUDES: Final = frozenset({"include", "rustdoc_include", "playground"})
_QUIET: Final = frozenset({"title"})
_DEEPEST: Final = 10


def filled(source: Source, files: Files, found: list[Diagnostic], depth: int = 0) -> Source:
    """Return a text with what it includes in the place of each inclusion.

    Args:
        source: the text.
        files: the files of the folder.
        found: what cannot be included goes here (S017).
        depth: how many texts include this one.
    """
    return edited(source, _edits(source, files, found, depth))


def _edits(source: Source, files: Files, found: list[Diagnostic], depth: int) -> Iterator[Edit]:
    for helper in _HELPER.finditer(source.text):
        name = helper["name"]
        if helper["escape"]:
            yield Edit(helper.start(), helper.start() + 1, "")
        elif name in _INCLUDES and depth < _DEEPEST:
            said = _included(source, helper, files, found)
            if said is not None:
                inner = filled(Source(said[0], said[1]), files, found, depth + 1)
                yield Edit(helper.start(), helper.end(), inner.text)
        elif name in _QUIET:
            yield Edit(helper.start(), helper.end(), "")


def _included(
    source: Source, helper: re.Match[str], files: Files, found: list[Diagnostic]
) -> tuple[str, str] | None:
    """Return the path of what is included and its words; None where it cannot be."""
    path, _, part = helper["said"].split()[0].partition(":") if helper["said"] else ("", "", "")
    inside = normpath(join(dirname(source.path), path))
    try:
        text = files.within(inside)
    except PublishingError:
        line = source.text.count("\n", 0, helper.start()) + 1
        message = f"{helper[0]}: there is no such text in the folder"
        found.append(
            warning("S017", message, source.written(line), "put it there, or take the line out")
        )
        return None
    return inside, _chosen(text, part).rstrip("\n")


def _chosen(text: str, part: str) -> str:
    """Return the lines of a text that are asked for, without the marks of anchors."""
    lines = text.split("\n")
    if part and not re.fullmatch(r"\d*(?::\d*)?", part):
        lines = list(_anchored(lines, part))
    elif part:
        first, colon, last = part.partition(":")
        begin = max(int(first or 1), 1) - 1
        end = (int(last) if last else len(lines)) if colon else begin + 1
        lines = lines[begin:end]
    return "\n".join(line for line in lines if not _ANCHOR.search(line))


def _anchored(lines: list[str], name: str) -> Iterator[str]:
    inside = False
    for line in lines:
        anchor = _ANCHOR.search(line)
        if anchor and anchor["name"] == name:
            inside = not anchor["end"]
        elif inside:
            yield line
