"""Roles, targets and comments of MyST: ``{ref}`here```, ``(here)=`` and ``% words``."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from octavo.diagnostics import Diagnostic
from octavo.editing import Edit
from octavo.mending.crossref import named, number
from octavo.mending.text import Text

_ROLE: Final = re.compile(
    r"\{(?P<name>[a-z][\w:.+-]*)\}(?P<ticks>`+)(?P<said>(?:[^`\n]|\n(?![ \t]*\n))+?)(?P=ticks)(?!`)"
)
_TARGET: Final = re.compile(
    r"^\((?P<name>[^()\s]+)\)=[ \t]*\n(?:[ \t]*\n)*(?P<heading>#{1,6}[ \t]+[^\n]*)?", re.MULTILINE
)
_COMMENT: Final = re.compile(r"^%[^\n]*\n?", re.MULTILINE)
_NAMED: Final = re.compile(r"^(?P<words>.*?)\s*<(?P<target>[^<>]+)>$", re.DOTALL)


def _words(said: str) -> str:
    found = _NAMED.match(said)
    return found["words"] if found else said.lstrip("!~")


def _link(said: str) -> str:
    found = _NAMED.match(said)
    return f"[{found['words']}](#{found['target']})" if found else f"[](#{said})"


def _numbered(said: str) -> str:
    """Return a reference in which a number stands where ``%s`` does."""
    found = _NAMED.match(said)
    if found is None:
        return f"[](#{named(said)})"
    return re.sub(r"%s|\{number\}", number(found["target"]), found["words"])


def _cited(said: str) -> str:
    """Return a citation of one work or of several."""
    return f"[{'; '.join(f'@{key.strip()}' for key in said.split(','))}]"


def _cited_in_text(said: str) -> str:
    return ", ".join(f"@{key.strip()}" for key in said.split(","))


def _equation(said: str) -> str:
    return f"({number(said)})"


def _text(said: str) -> str:
    found = _NAMED.match(said)
    path = (found["target"] if found else said).removeprefix("/")
    return f"[{found['words'] if found else ''}]({path if '.' in path else f'{path}.md'})"


_ROLES: Final[Mapping[str, Callable[[str], str]]] = {
    "ref": _link, "numref": _numbered, "eq": _equation, "prf:ref": _link, "any": _link,
    "doc": _text,
    "index": _words, "term": _words, "abbr": _words, "guilabel": lambda said: f"**{said}**",
    "menuselection": lambda said: f"**{said}**", "kbd": lambda said: f"`{said}`",
    "code": lambda said: f"`{said}`", "file": lambda said: f"`{said}`",
    "command": lambda said: f"`{said}`", "sub": lambda said: f"~{said}~",
    "sup": lambda said: f"^{said}^", "cite": _cited,
    "cite:p": _cited, "cite:t": _cited_in_text,
    "cite:ps": _cited, "cite:ts": _cited_in_text,
    "footcite": _cited, "download": _words,
}  # fmt: skip
"""What each role becomes in Markdown."""


def mend(text: Text) -> Iterator[Edit | Diagnostic]:
    """Yield what Markdown has in the place of roles and targets."""
    if text.dialect != "myst":
        return
    yield from (Edit(m.start(), m.end(), "") for m in _COMMENT.finditer(text.masked))
    for found in _TARGET.finditer(text.masked):
        heading = text.source.text[found.start("heading") : found.end("heading")].rstrip()
        named = f"{heading} {{#{found['name']}}}" if found["heading"] else ""
        kept = named or f'<span id="{found["name"]}"></span>\n\n'
        yield Edit(found.start(), found.end(), kept)
    met: set[str] = set()
    for found in _ROLE.finditer(text.source.text):
        name, said = found["name"], " ".join(found["said"].split())
        if name not in _ROLES and name not in met:
            met.add(name)
            message = f"a role that is not known, {name!r}: its words are kept"
            hint = "say it in Markdown that is known"
            yield text.say("S019", message, text.line(found.start()), hint)
        made = _ROLES.get(name, _words)(said)
        yield Edit(found.start(), found.end(), made)
