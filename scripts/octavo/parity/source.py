"""What a source text says, line by line, without the signs of Markdown; read without a parser.

It is the other end of the proof: a line whose letters are not found in the e-book was lost between
the two, whatever made it so.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_FENCES: Final = ("```", "~~~")
_FENCED: Final = re.compile(
    r"^[ \t>]*(?P<fence>`{3,}|~{3,})[ \t]*(?P<of>[^\n]*)\n(?P<said>.*?)"
    r"^[ \t>]*(?P=fence)[`~]*[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
_FORMULA: Final = "math"
_NAMED: Final = re.compile(r"\\label\s*\{[^{}]*\}")
"""The name of a formula, which is referred to and not said."""

_QUIET: Final = tuple(
    (sign, re.compile(pattern, flags))
    for sign, pattern, flags in (
        ("<!--", r"<!--.*?-->", re.DOTALL),
        ("///", r"^[ \t>]*/{3,}[^\n]*$", re.MULTILINE),  # the fences of a block
        (":", r"^[ \t]+(?:asks|attrs|label|type):[^\n]*$", re.MULTILINE),  # its settings
        ("!!!", r"^[ \t]*!{3}[ \t]*[\w \t-]*", re.MULTILINE),  # the kind of a notice
        (
            "",
            r"^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)+(?:\[[ xX]\][ \t])?",
            re.MULTILINE,
        ),  # a bullet, a box to tick
        ("]:", r"^[ \t]*\*\[[^\]\n]+\]:[^\n]*$", re.MULTILINE),  # an abbreviation
        (
            "]:",
            r"^[ \t>]*\[(?!\^)[^\]\n]+\]:[ \t]*\n?[ \t]*\S+[^\n]*$",
            re.MULTILINE,
        ),  # an address
        (
            "![",
            r"!\[(?:[^\[\]]|\[[^\[\]]*\])*\](?:\((?:[^()]|\([^()]*\))*\)|\[[^\]\n]*\])?",
            0,
        ),
        (
            "](",
            r"(?<=\])\((?:<[^<>\n]*>|[^()\n]|\n(?!\n)|\([^()\n]*\))*\)",
            0,
        ),  # an address
        ("<mailto:", r"(?<=<)mailto:", 0),
        ("[^", r"\[\^[^\]\n]+\]:?", 0),  # the call of a note
        ("{", r"\{:?[ ]*[.#\w][^{}\n]*\}", 0),  # attributes
        (
            "<",
            r"</?[A-Za-z][\w-]*(?:\s+[\w:-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))?)*\s*/?>",
            0,
        ),
    )
)
"""What is not said, each with what must stand in a text for there to be any."""

_GIVEN: Final = re.compile(r"^[ \t>]*\[(?!\^)([^\]\n]+)\]:", re.MULTILINE)
_LABEL: Final = re.compile(r"(?<=\])[ ]?\[([^\]\n]*)\]")
_SETTING: Final = re.compile(r"^[ \t]+attribution:", re.MULTILINE)
_CODE: Final = re.compile(r"(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_WORD: Final = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_SHORTEST: Final = 5
"""What has no more letters stands in too many places to tell one."""

_TELLING: Final = 8
"""So many letters in a row tell a place, where they are those before a difference and its own."""

_NEAR: Final = 4_000
"""How far ahead, in letters, the next line is looked for before it is looked for everywhere."""


@dataclass(frozen=True)
class Lost:
    """A line of a source that the e-book does not say: its number and its words."""

    line: int
    words: str


@dataclass(frozen=True)
class Compared:
    """A source, and all that the e-book says in its chapter, alternative texts left out.

    ``extra`` is what is meant for print alone; ``title`` whether the text's own title is used.
    """

    source: str
    said: str
    extra: tuple[str, ...] = ()
    title: bool = True


def compare(texts: tuple[Compared, ...]) -> tuple[tuple[tuple[Lost, ...], int], ...]:
    """Return what of each source is lost, and how many words it says."""
    return tuple(_compare(each) for each in texts)


def _compare(each: Compared) -> tuple[tuple[Lost, ...], int]:
    words = plain(each.source)
    return tuple(_lost(each, words)), count(words)


def letters(text: str) -> str:
    """Return the letters and digits of a text in one case.

    Entities are read, and what reads as one then: code says them as they stand, on both sides.
    """
    read = html.unescape(html.unescape(text)) if "&" in text else text
    for sign in set(
        read
    ):  # there are few, and one after the other is gone sooner than by a pattern
        if not sign.isalnum():
            read = read.replace(sign, "")
    return read.casefold()


def count(words: str) -> int:
    """Return how many words a source says; ``words`` are what ``plain`` returns for it."""
    return len(_WORD.findall(words))


def _lost(each: Compared, words: str) -> Iterator[Lost]:
    """Yield the lines of a source that are not said; ``words`` are those that it says."""
    stream, known = letters(each.said), [letters(passage) for passage in each.extra]
    if letters(words) in stream:
        return
    at = 0
    # What looks like a sign may be meant as it stands: a set in braces, code, an address.
    written = _normal(each.source).split("\n")
    for number, (line, whole) in enumerate(zip(words.split("\n"), written, strict=True), 1):
        wanted = letters(line)
        if not wanted or (not each.title and line.startswith("# ")):
            continue
        if any(wanted in passage for passage in known):
            continue
        shorter = once = wanted
        for passage in sorted(known, key=len, reverse=True):
            shorter, once = shorter.replace(passage, ""), once.replace(passage, "", 1)
        place = stream.find(wanted, at, at + _NEAR)
        if place >= 0:
            at = place + len(wanted)
            continue
        # A sign far above may have been taken for the begin of code.
        alone = letters(plain(whole))
        spelt = [form for form in (wanted, shorter, once, letters(whole), alone) if form]
        found = [(stream.find(form, at, at + _NEAR), form) for form in spelt]
        if near := [place + len(form) for place, form in found if place >= 0]:
            at = near[0]
        elif shorter and not any(form in stream for form in spelt):
            yield Lost(number, " ".join(line.split()))


def _normal(source: str) -> str:
    return source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def plain(source: str) -> str:
    """Return a source without its signs, line for line."""
    text = _normal(source)
    code: list[str] = []

    def keep(match: re.Match[str], kept: str) -> str:
        code.append(kept)
        return f"\ue000{len(code) - 1}\ue001" + "\n" * (match[0].count("\n") - kept.count("\n"))

    if any(fence in text for fence in _FENCES):
        text = _FENCED.sub(lambda m: keep(m, f"\n{_fenced(m)}"), text)
    if "`" in text:
        text = _CODE.sub(lambda m: keep(m, m[2]), text)
    text = _without_labels(text)
    for sign, quiet in _QUIET:
        if sign in text:
            text = quiet.sub(lambda match: "\n" * match[0].count("\n"), text)
    text = _SETTING.sub("", text)
    if not code:
        return text
    return re.sub("\ue000(\\d+)\ue001", lambda m: code[int(m[1])], text)


def _fenced(fence: re.Match[str]) -> str:
    return _NAMED.sub("", fence["said"]) if fence["of"] == _FORMULA else fence["said"]


def _without_labels(text: str) -> str:
    """Return a text without the labels of links to which it gives an address."""
    if "]:" not in text:
        return text
    given = {" ".join(match[1].split()).casefold() for match in _GIVEN.finditer(text)}

    def label(match: re.Match[str]) -> str:
        name = " ".join(match[1].split()).casefold()
        return "" if not name or name in given else match[0]

    return _LABEL.sub(label, text)


class Finder:
    """Finds the line of a source on which words stand."""

    def __init__(self, source: str) -> None:
        self._starts = [0]
        pieces = []
        for line in source.split("\n"):
            pieces.append(letters(line))
            self._starts.append(self._starts[-1] + len(pieces[-1]))
        self._stream = "".join(pieces)

    def line(self, said: Sequence[str], before: str, near: str) -> int:
        """Return the line on which something stands, 0 where it is not found.

        Args:
            said: what stands there, in the words of one side or the other.
            before: the words before it.
            near: other words of the page.
        """
        words = before.split()
        for start in range(len(words)):
            known = letters(" ".join(words[start:]))
            for passage in said:
                wanted = letters(passage)[:40]
                whole = known + wanted if wanted else ""
                found = self._stream.find(whole) if len(whole) > _TELLING else -1
                if found >= 0:
                    return self._line(found + len(known))
        for passage in said:
            if place := self._find(passage, least=1):
                return self._line(place.start)
        if place := self._find(before, least=2, last=True):
            return self._line(place.stop - 1)
        place = self._find(near, least=1)
        return self._line(place.start) if place else 0

    def _line(self, offset: int) -> int:
        return bisect_right(self._starts, offset)

    def _find(self, passage: str, *, least: int, last: bool = False) -> range | None:
        """Return where the longest run of words of a passage stands, the first or the last."""
        words = passage.split()
        for count in range(min(len(words), 8), least - 1, -1):
            starts = range(len(words) - count + 1)
            for start in reversed(starts) if last else starts:
                wanted = letters(" ".join(words[start : start + count]))
                found = self._stream.find(wanted) if len(wanted) > _SHORTEST else -1
                if found >= 0:
                    return range(found, found + len(wanted))
        return None
