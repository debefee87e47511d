"""The marks that an author makes in a text, each with its place.

Python-Markdown tells no places. The text, with code and comments masked, is searched here for the
same things that Python-Markdown finds in it; ``survey`` brings the two together.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final


class Sign(Enum):
    """What an author can mark."""

    LINK = auto()
    IMAGE = auto()
    ID = auto()
    LANGUAGE = auto()
    CALL = auto()
    TAG = auto()
    HANDLER = auto()
    INDEX = auto()


@dataclass(frozen=True)
class Mark:
    """One mark: its kind, its word (an address, an id, a label, a tag's name) and its offset.

    What has words in brackets closes them at ``close``, and ends with its address at ``end``.
    """

    sign: Sign
    value: str
    offset: int
    close: int = 0
    end: int = 0


DEFINITION: Final = re.compile(r"^ {0,3}\[\^([^\]\n]+)\]:", re.MULTILINE)
"""The beginning of a note."""

REFERENCE: Final = re.compile(
    r"^(?:[ \t]*>)*[ ]{0,3}\[(?!\^)([^\[\]\n]+)\]:[ \t]*\n?[ \t]*<?([^\s<>]+)>?", re.MULTILINE
)
"""The address that a label stands for."""

_BRACKET: Final = re.compile(
    r"\\.|\[\^(?P<call>[^\]\n]+)\]|(?P<open>!?\[)|(?P<close>\])|(?P<gap>\n[ \t]*\n)", re.DOTALL
)
_PARENTHESIS: Final = re.compile(r"\\.|<[^<>\n]*>|[()]|\n[ \t]*\n", re.DOTALL)
_LONGEST: Final = 4_000
"""How far a parenthesis is looked for, so that a text full of open ones takes no time."""

TITLE: Final = re.compile(r"""\s+(?:"[^"]*"|'[^']*')\s*$""")
"""The title behind an address."""

_LABEL: Final = re.compile(r"\s?\[([^\[\]]*)\]")
_AUTOMATIC: Final = re.compile(
    r"<(?:((?:ht|f)tps?://[^<>\s]*)|([^<>\s@]+@[^<>\s]+))>", re.IGNORECASE
)
_TAG: Final = re.compile(r"<(?<!\\<)([A-Za-z][\w.:-]*)(\s[^<>]*|/)?>")
_ATTRIBUTE: Final = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_LIST: Final = re.compile(r"\{:?([^{}\n]*)\}")
_INDEX: Final = re.compile(r"(?:^|\s)\.index(?:\s|$)")
_SHORT_ID: Final = re.compile(r"(?:^|\s)#([^\s{}]+)")
_BLOCK_LIST: Final = re.compile(r"^[ \t]+attrs:[ \t]*\{([^{}\n]*)\}", re.MULTILINE)
_PAIR: Final = re.compile(r"""([\w:-]+)[ \t]*:[ \t]*(?:"([^"]*)"|'([^']*)'|([^\s"',}]+))""")
_ESCAPE: Final = re.compile(r"\\([!-/:-@\[-`{-~])")


def marks(text: str) -> list[Mark]:
    """Return every mark of a text whose code and comments are masked, in order."""
    found = [*_bracketed(text), *_automatic(text), *_raw(text), *_listed(text)]
    return sorted(found, key=lambda mark: mark.offset)


def _bracketed(text: str) -> Iterator[Mark]:
    """Yield links, images and calls of notes."""
    if "[" not in text:
        return
    given = list(REFERENCE.finditer(text))
    references = {_folded(m[1]): m[2] for m in given}
    defined = {m.start(1) - 1 for m in given}
    defined |= {m.start(1) - 2 for m in DEFINITION.finditer(text)}
    opened: list[re.Match[str]] = []
    read = 0
    for bracket in _BRACKET.finditer(text):
        if bracket.start() < read:
            continue
        if bracket.start() in defined:
            opened.clear()
        elif bracket["call"]:
            yield Mark(Sign.CALL, bracket["call"], bracket.start())
        elif bracket["gap"]:
            opened.clear()
        elif bracket["open"]:
            opened.append(bracket)
        elif bracket["close"] and opened:
            begin = opened.pop()
            words = text[begin.end() : bracket.start()]
            address, read = _destination(text, bracket.end(), words, references)
            if address is not None:
                sign = Sign.IMAGE if begin["open"] == "![" else Sign.LINK
                end = max(read, bracket.end())
                yield Mark(sign, _unescaped(address), begin.start(), bracket.start(), end)


def _destination(
    text: str, start: int, words: str, references: Mapping[str, str]
) -> tuple[str | None, int]:
    """Return the address that goes with words in brackets, if any, and where it ends."""
    if text.startswith("(", start):
        return _in_parentheses(text, start)
    label = _LABEL.match(text, start)
    if label and (address := references.get(_folded(label[1] or words))) is not None:
        return address, label.end()
    return references.get(_folded(words)), start


def _in_parentheses(text: str, start: int) -> tuple[str | None, int]:
    depth = 0
    for sign in _PARENTHESIS.finditer(text, start, start + _LONGEST):
        depth += {"(": 1, ")": -1}.get(sign[0], 0)
        if not depth:
            address = TITLE.sub("", text[start + 1 : sign.start()]).strip()
            angled = address[:1] == "<" and address[-1:] == ">"
            return address[1:-1] if angled else address, sign.end()
        if sign[0].startswith("\n"):
            break
    return None, start


def _automatic(text: str) -> Iterator[Mark]:
    """Yield addresses in angles."""
    for match in _AUTOMATIC.finditer(text):
        yield Mark(Sign.LINK, _unescaped(match[1] or f"mailto:{match[2]}"), match.start())


def _raw(text: str) -> Iterator[Mark]:
    """Yield the tags of raw HTML and what their attributes mark."""
    for tag in _TAG.finditer(text):
        name = tag[1].lower()
        yield Mark(Sign.TAG, name, tag.start())
        attributes = {
            found[1].lower(): html.unescape(found[2] or found[3] or found[4] or "")
            for found in _ATTRIBUTE.finditer(tag[2] or "")
        }
        attributes.setdefault("lang", attributes.get("xml:lang", ""))
        for attribute, value in attributes.items():
            yield from _attribute(f"{name} {attribute}", value, tag.start())


def _listed(text: str) -> Iterator[Mark]:
    """Yield what attribute lists mark, those in braces and those of blocks."""
    for list_ in _LIST.finditer(text):
        yield from (
            Mark(Sign.ID, short[1], list_.start()) for short in _SHORT_ID.finditer(list_[1])
        )
        if _INDEX.search(list_[1]):
            yield Mark(Sign.INDEX, "", list_.start())
        for pair in _ATTRIBUTE.finditer(list_[1]):
            yield from _attribute(pair[1], pair[2] or pair[3] or pair[4] or "", list_.start())
    for list_ in _BLOCK_LIST.finditer(text):
        for pair in _PAIR.finditer(list_[1]):
            yield from _attribute(pair[1], pair[2] or pair[3] or pair[4] or "", list_.start(1))


def _attribute(name: str, value: str, offset: int) -> Iterator[Mark]:
    """Yield what one attribute marks; that of a tag has the tag's name before it."""
    bare = name.rpartition(" ")[2]
    if name == "a href":
        yield Mark(Sign.LINK, value, offset)
    elif name == "img src":
        yield Mark(Sign.IMAGE, value, offset)
    elif bare == "id":
        yield Mark(Sign.ID, value, offset)
    elif bare == "lang":
        yield Mark(Sign.LANGUAGE, value, offset)
    elif bare.startswith("on"):
        yield Mark(Sign.HANDLER, bare, offset)


def _folded(label: str) -> str:
    return " ".join(label.lower().split())


def _unescaped(address: str) -> str:
    return _ESCAPE.sub(r"\1", html.unescape(address))
