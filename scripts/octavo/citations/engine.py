"""Citations and lists of works in a style of the Citation Style Language, set by citeproc-py.

What CSL 1.0.2 asks for, books need and that library does not do, is done here: letters after years
that are the same, authors as part of the sentence, what is cited in the order of its author.
"""

import re
import warnings
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from io import BytesIO
from typing import Any, Final

import citeproc

from octavo.citations import works as csl
from octavo.citations.processor import authors_of, put_right
from octavo.citations.state import CLOSE, OPEN, SAID, Cited, Year, begin_entry, begin_list
from octavo.citations.styles import AMBIGUOUS, Style, of_authors
from octavo.citations.syntax import Cite

_LINKED: Final = re.compile(f"{OPEN}(\\d+){SAID}(.*?){CLOSE}", re.DOTALL)
_STRONG: Final = re.compile(r"(?P<mark>\*\*|__)(?P<said>\S(?:.*?\S)?)(?P=mark)")
_EMPHASIS: Final = re.compile(
    r"(?<!\w)(?P<mark>[*_])(?P<said>[^\s*_](?:[^*_]*[^\s*_])?)(?P=mark)(?!\w)"
)
_STOPS: Final = re.compile(r"(?<=\.)((?:</\w+>)+)\.")
_STOP_AFTER: Final = re.compile(
    rf"(?P<before>[^\s<>])(?P<quote>(?:</\w+>)*[”’](?:</\w+>|{CLOSE})*)(?P<stop>[.,])"
)


@dataclass(frozen=True)
class Cluster:
    """What is cited in one place; ``in_text`` where its author is part of the sentence."""

    cites: tuple[Cite, ...]
    in_text: bool = False


@dataclass(frozen=True)
class Said:
    """What a citation says, as XHTML: the author in the sentence, if any, and all else.

    What is said of a work is a link to ``#key``.
    """

    text: str
    author: str = ""


@dataclass(frozen=True)
class Processed:
    """What was set: the citations in their order, and the list of works by key, as XHTML."""

    citations: tuple[Said, ...]
    entries: tuple[tuple[str, str], ...]


def process(
    style: Style,
    language: str,
    works: Mapping[str, Mapping[str, Any]],
    clusters: Sequence[Cluster],
    uncited: Sequence[str] = (),
) -> Processed:
    """Return citations and the list of works as a style sets them.

    Args:
        style: the style.
        language: that of the book (BCP 47), whose words it uses.
        works: what is cited or listed, by key, in the words of CSL-JSON.
        clusters: the citations in their order.
        uncited: keys of works that are listed although nothing cites them.
    """
    cited = (cite.key for cluster in clusters for cite in cluster.cites)
    keys = tuple(dict.fromkeys((*cited, *uncited)))
    return _Processor(style, language, {key: works[key] for key in keys}).processed(clusters)


class _Processor:
    """Sets citations of works; inside, these have numbers for keys."""

    def __init__(self, style: Style, language: str, works: Mapping[str, Mapping[str, Any]]) -> None:
        put_right()
        self._language = style.spoken(language)
        self._keys = tuple(works)
        self._numbers = {key: str(number) for number, key in enumerate(works)}
        self._source = csl.source({self._numbers[key]: said for key, said in works.items()})
        self._whole = self._registered(style.xml)
        self._lists = style.lists
        if self._lists:
            self._whole.sort()
        self._tell_apart(explicit=b'variable="year-suffix"' in style.xml)
        self._style = style
        self._met = Cited()

    def processed(self, clusters: Sequence[Cluster]) -> Processed:
        citations = tuple(self._cluster(each) for each in clusters)
        return Processed(citations, tuple(self._entries()) if self._lists else ())

    @cached_property
    def _authors(self) -> citeproc.CitationStylesBibliography:
        """The works in a style that names authors, for one that does not: few books need it."""
        return self._registered(of_authors(self._style.xml))

    def _registered(self, xml: bytes) -> citeproc.CitationStylesBibliography:
        """Return a style that knows all works, in the order in which they are listed."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it complains of words that a language has not
            style = citeproc.CitationStylesStyle(BytesIO(xml), self._language, validate=False)
        made = citeproc.CitationStylesBibliography(style, self._source)
        order = getattr(self, "_whole", None)
        numbers = order.keys if order else list(self._numbers.values())
        made.register(citeproc.Citation([citeproc.CitationItem(number) for number in numbers]))
        return made

    def _tell_apart(self, *, explicit: bool) -> None:
        """Have works whose citations would be the same told apart.

        The style may say more of them; else letters stand after their years.
        """
        for numbers in self._alike():
            for number in numbers:
                self._source[number][AMBIGUOUS] = True
        if self._whole.style.root.citation.get("disambiguate-add-year-suffix") != "true":
            return
        for numbers in self._alike():
            for count, number in enumerate(numbers):
                self._letter(self._source[number], _letters(count), explicit=explicit)

    def _alike(self) -> list[list[str]]:
        """Return the works that are cited in the same words, in the order of the list."""
        alike: dict[str, list[str]] = defaultdict(list)
        for number in self._whole.keys:
            alike[self._cited(self._whole, (Cite(""),), [number], met=Cited())].append(number)
        return [numbers for numbers in alike.values() if len(numbers) > 1]

    def _letter(self, reference: Any, letters: str, *, explicit: bool) -> None:
        issued = reference.get("issued")
        if explicit:
            reference["year_suffix"] = letters
        elif isinstance(issued, dict) and isinstance(issued.get("year"), int):
            issued["year"] = Year.of(issued["year"], letters)

    def _cluster(self, cluster: Cluster) -> Said:
        numbers = [self._numbers[cite.key] for cite in cluster.cites]
        author = " ".join(map(self._author, numbers)) if cluster.in_text else ""
        cites = [replace(c, bare=True) for c in cluster.cites] if author else cluster.cites
        text = self._cited(self._whole, cites, numbers, met=self._met)
        return Said(self._linked(text), self._linked(author))

    def _author(self, number: str) -> str:
        """Return who wrote a work, as citations name them; in a style of numbers, as is usual."""
        return self._named(self._whole, number) or self._named(self._authors, number)

    def _named(self, style: citeproc.CitationStylesBibliography, number: str) -> str:
        item = citeproc.CitationItem(number)
        citeproc.Citation([item]).bibliography = style
        return authors_of(style.style, item, self._met)

    def _cited(
        self,
        style: citeproc.CitationStylesBibliography,
        cites: Sequence[Cite],
        numbers: Sequence[str],
        met: Cited,
    ) -> str:
        items = [_item(cite, number) for cite, number in zip(cites, numbers, strict=True)]
        citation = citeproc.Citation(items)
        citation.bibliography = style
        return str(style.style.render_citation(citation, met, lambda _: ""))

    def _linked(self, said: str) -> str:
        def link(found: re.Match[str]) -> str:
            key = escape(self._keys[int(found[1])])
            return f'<a href="#{key}">{found[2]}</a>'

        return self._punctuated(csl.shown(_LINKED.sub(link, said)))

    def _punctuated(self, said: str) -> str:
        """Return a text with stops before closing quotation marks, where its language has them so.

        Two stops of one kind are one.
        """
        root = self._whole.style.root
        said = _STOPS.sub(r"\1", said)
        if str(root.get_locale_option("punctuation-in-quote")) == "true":
            said = _STOP_AFTER.sub(_stop_before, said)
        return said

    def _entries(self) -> Iterator[tuple[str, str]]:
        root = self._whole.style.root
        substitute = root.bibliography.get("subsequent-author-substitute", "")
        begin_list()
        for item in list(self._whole.items):
            self._whole.items = [item]
            begin_entry(substitute)
            for entry in self._whole.bibliography():
                yield self._keys[int(item.key)], self._punctuated(csl.shown(str(entry)))


def _item(cite: Cite, number: str) -> Any:
    """Return a cite as citeproc-py takes it, with the marks of what is said of the work."""
    before = f"{_said(cite.prefix)} " if cite.prefix else ""
    after = _said(f" {cite.suffix}" if cite.suffix[:1].isalnum() else cite.suffix)
    said = {"prefix": f"{before}{OPEN}{number}{SAID}", "suffix": f"{CLOSE}{after}"}
    if not cite.key:
        said = {}
    item = citeproc.CitationItem(number, **said)
    item["bare"] = cite.bare
    if cite.locator:
        item["locator"] = citeproc.Locator(cite.label, csl.held(cite.locator))
    return item


def _said(text: str) -> str:
    """Return what an author says beside a work, emphasis as CSL marks it."""
    said = _STRONG.sub(r"<b>\g<said></b>", text)
    return csl.held(_EMPHASIS.sub(r"<i>\g<said></i>", said))


def _stop_before(found: re.Match[str]) -> str:
    stop = "" if found["before"] in ".!?" and found["stop"] == "." else found["stop"]
    return f"{found['before']}{stop}{found['quote']}"


def _letters(count: int) -> str:
    """Return ``a`` for 0, ``z`` for 25, ``aa`` for 26."""
    rest, last = divmod(count, 26)
    return (_letters(rest - 1) if rest else "") + chr(ord("a") + last)
