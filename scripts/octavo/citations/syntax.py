"""Citations as pandoc reads them: ``[see @smith2020, p. 3; @jones]``, ``@smith2020 [p. 3]``."""

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

_KEY: Final = r"@(?:\{(?P<braced>[^{}\n]+)\}|(?P<key>\w(?:[:.#$%&+?<>~/-]?\w)*))"
_BEFORE: Final = r"(?<![\w\\@/.:=#&%+~`^*-])"
_CITE: Final = re.compile(rf"(?<![\w\\@/.=])(?P<bare>-?){_KEY}")
_IN_TEXT: Final = re.compile(rf"{_BEFORE}(?P<bare>-?){_KEY}")
_BRACKET: Final = re.compile(r"\\.|[\[\]]|\n[ \t]*\n", re.DOTALL)
_LINK: Final = re.compile(r"\(|\[(?![^\[\]\n]*@)")
"""What the words of a link are followed by: in them nothing is cited."""

_SPAN: Final = re.compile(r"\{")
_DEFINITION: Final = re.compile(r"^ {0,3}\[[^\[\]\n]+\]:", re.MULTILINE)

_PLACE: Final = re.compile(r"[ \t]*\[(?!\^)(?P<said>[^\[\]@\n]*)\](?![(\[{])")
_FORCED: Final = re.compile(r"\s*,?\s*\{(?P<said>[^{}]*)\}")
_NUMBERS: Final = (
    r"(?:\d[\w.:]*|[ivxlcdm]+\b|[A-Z]?\d[\w.:]*)"
    r"(?:\s*(?:[-–—]+|,|&)\s*(?:\d[\w.:]*|[ivxlcdm]+\b))*"
)


@dataclass(frozen=True)
class Cite:
    """One work that is cited: its key, what is said before and after it, and where in it.

    ``label`` is CSL's word for what the locator counts; ``bare`` leaves the author out.
    """

    key: str
    prefix: str = ""
    suffix: str = ""
    label: str = ""
    locator: str = ""
    bare: bool = False


@dataclass(frozen=True)
class Citation:
    """A citation: where it stands in a text, and what it cites.

    ``in_text`` tells one whose author is part of the sentence.
    """

    start: int
    end: int
    cites: tuple[Cite, ...]
    in_text: bool = False


def citations(
    masked: str, text: str, known: Container[str], labels: Mapping[str, str]
) -> Iterator[Citation]:
    """Yield the citations of a text in order.

    Args:
        masked: the text without its code and comments, character for character.
        text: the text.
        known: the keys that may stand without brackets; any other ``@name`` is a word.
        labels: CSL's words for what locators count, by how they are written: ``p.`` is ``page``.
    """
    places = re.compile(
        rf"^\s*,?\s*(?:(?P<label>{'|'.join(_alternatives(labels))})\s*)?(?P<locator>{_NUMBERS})",
        re.IGNORECASE,
    )
    reader = _Reader(text, labels, places)
    at = 0
    for start, end in sorted([*_brackets(masked), *_words(masked)]):
        if start < at:
            continue
        if masked[start] == "[" and _LINK.match(masked, end):
            at = end
            continue
        in_bracket = masked[start] == "["
        found = reader.bracket(start, end) if in_bracket else reader.word(start, end, known)
        if found:
            at = found.end
            yield found


def _alternatives(labels: Mapping[str, str]) -> list[str]:
    words = sorted(labels, key=len, reverse=True)
    return [re.escape(word) + (r"\b" if word[-1].isalpha() else "") for word in words]


def _brackets(masked: str) -> Iterator[tuple[int, int]]:
    """Yield where brackets stand that hold an address sign, those of links among them."""
    opened: list[int] = []
    defined = {found.end() - 1 for found in _DEFINITION.finditer(masked)}
    for sign in _BRACKET.finditer(masked):
        if sign[0] == "[":
            opened.append(sign.start())
        elif sign[0] == "]" and opened:
            start = opened.pop()
            inside, end = masked[start + 1 : sign.start()], sign.end()
            apart = masked[start - 1 : start] not in {"!", "^"}
            other = end in defined or _SPAN.match(masked, end)
            if "@" in inside and apart and not other:
                yield start, end
        elif sign[0][0] == "\n":
            opened.clear()


def _words(masked: str) -> Iterator[tuple[int, int]]:
    for found in _IN_TEXT.finditer(masked):
        yield found.start(), found.end()


class _Reader:
    """Reads the citations of one text."""

    def __init__(self, text: str, labels: Mapping[str, str], places: re.Pattern[str]) -> None:
        self._text = text
        self._labels = {word.casefold(): label for word, label in labels.items()}
        self._places = places

    def bracket(self, start: int, end: int) -> Citation | None:
        """Return what a bracket cites, None where it is a bracket and no more."""
        cites: list[Cite] = []
        prefix = ""
        for part in self._text[start + 1 : end - 1].split(";"):
            said = " ".join(part.split())
            found = _CITE.search(said)
            if found is None and cites:
                cites[-1] = replace(cites[-1], suffix=f"{cites[-1].suffix}; {said}")
            elif found is None:
                prefix += f"{said}; "
            else:
                cites.append(self._cite(found, prefix, said))
                prefix = ""
        return Citation(start, end, tuple(cites)) if cites else None

    def word(self, start: int, end: int, known: Container[str]) -> Citation | None:
        """Return what a key in the midst of words cites, None where it is none."""
        found = _IN_TEXT.match(self._text, start)
        if found is None or _key(found) not in known:
            return None
        cite = Cite(_key(found), bare=bool(found["bare"]))
        place = _PLACE.match(self._text, end)
        if place:
            cite = self._placed(cite, place["said"])
            end = place.end()
        return Citation(start, end, (cite,), in_text=not cite.bare)

    def _cite(self, found: re.Match[str], prefix: str, said: str) -> Cite:
        before = (prefix + said[: found.start()]).strip()
        cite = Cite(_key(found), before, bare=bool(found["bare"]))
        return self._placed(cite, said[found.end() :])

    def _placed(self, cite: Cite, said: str) -> Cite:
        """Return a cite with the locator with which what is said after it begins, and the rest."""
        forced = _FORCED.match(said)
        if forced:
            inner = self._placed(cite, forced["said"]) if forced["said"].strip() else cite
            return replace(inner, suffix=f"{inner.suffix}{said[forced.end() :]}".rstrip())
        place = self._places.match(said)
        if place is None:
            return replace(cite, suffix=said.rstrip())
        label = self._labels[place["label"].casefold()] if place["label"] else "page"
        if not place["label"] and not place["locator"][0].isdigit():
            return replace(cite, suffix=said.rstrip())
        locator = re.sub(r"\s*(?:--+|[-–—])\s*", "–", place["locator"])
        return replace(cite, label=label, locator=locator, suffix=said[place.end() :].rstrip())


def _key(found: re.Match[str]) -> str:
    return found["braced"] or found["key"]
