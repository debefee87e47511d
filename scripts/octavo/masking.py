"""A text without what is not text: code and comments, blanked so that every offset stays."""

import re
from collections.abc import Iterator
from typing import Final

_QUIET: Final = re.compile(
    r"""
      ^[ \t>]*(?P<fence>`{3,}|~{3,})[^`\n]*\n (?:[^\n]*\n)*? [ \t>]*(?P=fence)[`~]*[ \t]*$
    | <!--.*?-->
    | (?<![\\`]) (?P<ticks>`+)(?!`) (?:[^\n]|\n(?![ \t]*\n))+? (?<!`)(?P=ticks)(?!`)
    """,
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)
_SIGNS: Final = ("`", "~", "<!--")
"""What all of these begin with."""

_CONTAINER: Final = re.compile(r" {0,3}(?:[*+-]|\d+\.|:|\[\^[^\]]+\]:|!!!|///)(?:\s|$)")
_INDENT: Final = 4


def masked(text: str) -> str:
    """Return a text with its code and its comments blanked, line for line."""
    quiet = text
    if any(sign in text for sign in _SIGNS):
        quiet = _QUIET.sub(_blanked, text)
    return "\n".join(_without_indented_code(quiet.split("\n")))


def _blanked(match: re.Match[str]) -> str:
    """Return blanks; of code in a line the words stay, for it may be the label of a link."""
    return re.sub(r"[^\w\n]" if match["ticks"] else r"[^\n]", " ", match[0])


def _without_indented_code(lines: list[str]) -> Iterator[str]:
    """Yield the lines; those indented after an empty one are code, unless they go on with a list.

    Inside a list, a note or a block, one indent more is wanted.
    """
    wanted, before, in_code = _INDENT, "", False
    for line in lines:
        indent = len(line) - len(line.lstrip())
        if line.strip():
            in_code = indent >= wanted and (in_code or not before.strip())
        if in_code:
            yield " " * len(line)
        else:
            if line.strip() and (indent < _INDENT and not before.strip()):
                wanted = _INDENT
            if _CONTAINER.match(line):
                wanted = 2 * _INDENT
            yield line
        before = line
