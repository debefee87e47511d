"""What citeproc-py does otherwise than CSL 1.0.2 says, put right in its own classes.

Its version is pinned. What is here was found by setting the same with citeproc-js.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache, wraps
from typing import Any, Final

from citeproc import model
from citeproc.source import VariableError
from citeproc.string import String

OPEN, SAID, CLOSE = "\ue000", "\ue001", "\ue002"
"""What stands before the number of a work, before what is said of it, and after."""

_NOBODY: Final = "\ue003"
"""What stands for authors who go unnamed."""

_UNNAMED: Final = re.compile(rf"{_NOBODY}[\s,.:;]*")
_TAG: Final = re.compile(r"</?[a-z][^<>]*>|[“”‘’«»\"]")
_INITIAL: Final = re.compile(r"\w\.?")
_SMALL: Final = (
    "a about above across after against al along amid among and around as at before behind below "
    "beneath beside besides between beyond but by circa despite down during et except for from in "
    "inside into like near nor of off on onto or out outside over past per plus since so than the "
    "through throughout till to toward towards under underneath until up upon versus via vs vs. "
    "with within without yet"
)
"""Words that a title in English does not have with a capital (CSL 1.0.2, title case)."""


@dataclass
class _Group:
    """Whether anything in a group asked for a variable, and whether it had a value."""

    called: bool = False
    filled: bool = False


@dataclass
class _Now:
    """What is being set: the groups that are open, and what is known of the work.

    ``again`` tells that it was cited before, ``authors`` who wrote it, once they have been set, and
    ``hidden`` that they go unnamed; ``before`` are those of the work before in the list, and
    ``substitute`` stands for them; ``sorting`` tells that what is set is to be sorted by, ``said``
    which variables have been used where authors are not known.
    """

    groups: list[_Group] = field(default_factory=list)
    again: bool = False
    authors: str | None = None
    hidden: bool = False
    before: str = ""
    substitute: str = ""
    sorting: bool = False
    said: set[tuple[str, str]] | None = None

    def begin(self, substitute: str = "", *, hidden: bool = False) -> None:
        """Forget who wrote the work before, save to compare with it."""
        self.before, self.authors = self.authors or "", None
        self.substitute, self.hidden = substitute, hidden


_now: Final = _Now()


def begin_list() -> None:
    """Forget who wrote the work before: what follows is a list of works from its beginning."""
    _now.authors, _now.before = None, ""


def begin_entry(substitute: str) -> None:
    """Say that what follows is an entry; ``substitute`` stands for authors who are the same."""
    _now.begin(substitute)


# --- groups ---


def _counted(method: Callable[..., Any]) -> Callable[..., Any]:
    """Have a method tell the group in which it is called that it asked for a variable."""

    @wraps(method)
    def counted(self: Any, *arguments: Any, **options: Any) -> Any:
        generated = self.get("variable") == "year-suffix"
        group = _now.groups[-1] if _now.groups and not generated else _Group()
        group.called = True
        value = method(self, *arguments, **options)
        group.filled = group.filled or bool(value)
        if value and _now.said is not None:
            _now.said.add((self.tag, self.get("variable")))
        return value

    return counted


def _group(self: Any, item: Any, context: Any = None, **options: Any) -> Any:
    """Return what a group says; nothing where it asks for variables and none has a value."""
    said: list[Any] = []
    delimiter = self.get("delimiter", "")
    _now.groups.append(_Group())
    try:
        for child in self.iterchildren():
            more = {"delimiter": delimiter} if isinstance(child, model.Choose) else {}
            try:
                text = child.render(item, context=context, **more, **options)
            except VariableError:
                continue
            if text:
                said.append(text)
    finally:
        group = _now.groups.pop()
    if _now.groups:
        _now.groups[-1].called |= group.called
        _now.groups[-1].filled |= group.filled
    if not said or (group.called and not group.filled):
        raise VariableError
    return self.join(said)


# --- citations ---


class Cited(list[Any]):
    """The works that have been cited, in their order, and their keys."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: set[str] = set()

    def append(self, item: Any) -> None:
        """Add a work that is cited."""
        super().append(item)
        self.keys.add(item.key)


def authors_of(style: Any, item: Any, cited: Cited) -> str:
    """Return the authors of a work as citations in a style name them, nothing where they do not.

    ``cited`` are the works that were cited before.
    """
    citation = style.root.citation  # lxml forgets what is set of an element that nobody holds
    citation.cites = cited
    return _cite(citation.layout, item)[1]


class Year(int):
    """A year with a letter after it, by which nothing is sorted."""

    letters: str

    @classmethod
    def of(cls, year: int, letters: str) -> "Year":
        """Return a year with letters after it."""
        made = cls(year)
        made.letters = letters
        return made

    def __abs__(self) -> "Year":
        return Year.of(int.__abs__(self), self.letters)

    def __str__(self) -> str:
        return f"{int(self)}{'' if _now.sorting else self.letters}"


def _citation(self: Any, citation: Any, _: Any) -> Any:
    """Return a citation, its works in their order: that of the style, or else of the author."""
    style, items = self.getparent(), list(citation.cites)
    if style.sort is not None:
        items = style.sort.sort(items, self)
    by_year = style.get("collapse", "").startswith("year")
    said: list[tuple[Any, Any]] = []
    before = ""
    for item in items:
        bare = bool(item.get("bare"))
        text, authors = _cite(self, item, hidden=bare)
        same = by_year and not bare and authors == before != "" and not _led_by(item)
        before = authors
        if text is None:
            continue
        if bare:
            text = _without_authors(text)
        style.cites.append(item)
        if same:
            shorter = _shorter(self, item, said[-1][0])
            said[-1] = item, said[-1][1] + _between(self) + _marked(item, shorter)
        else:
            said.append((item, _marked(item, text)))
    joined = _ranged(said) if style.get("collapse") == "citation-number" else [t for _, t in said]
    return self.format(self.wrap(self.join(joined)))


def _cite(self: Any, item: Any, *, hidden: bool = False) -> tuple[Any, str]:
    """Return what a citation says of one work, and its authors as they are named there."""
    self.repressed = {}
    _now.again = item.key in self.getparent().cites.keys
    _now.begin(hidden=hidden)
    try:
        return self.render_children(item), _now.authors or ""
    except VariableError:
        return None, ""
    finally:
        _now.again = _now.hidden = False


def _follows(item: Any, last: Any) -> bool:
    located = item.has_locator or last.has_locator
    return not located and bool(item.number == last.number + 1)


def _shorter(self: Any, item: Any, before: Any) -> Any:
    """Return what is said of a work of the same authors; of one of the same year its letter."""
    text, _ = _cite(self, item, hidden=True)
    year, other = (_year(each) for each in (item, before))
    suffixed = self.getparent().get("collapse", "").startswith("year-suffix")
    if suffixed and isinstance(year, Year) and year == other and not item.has_locator:
        return String(year.letters)
    return _without_authors(text)


def _without_authors(text: Any) -> Any:
    return String(_UNNAMED.sub("", str(text)))


def _year(item: Any) -> Any:
    issued = item.reference.get("issued")
    return issued.get("year") if isinstance(issued, dict) else None


def _between(self: Any) -> str:
    """Return what stands between works of the same authors."""
    style = self.getparent()
    plain = self.get("delimiter", ", ") if "after-collapse-delimiter" in style.attrib else ", "
    return str(style.get("cite-group-delimiter", plain))


def _led_by(item: Any) -> bool:
    """Return whether an author says something before a work."""
    return bool(item.get("prefix", "").partition(OPEN)[0])


def _marked(item: Any, text: Any) -> Any:
    return item.get("prefix", "") + text + item.get("suffix", "")


def _ranged(said: Sequence[tuple[Any, Any]]) -> list[Any]:
    """Return numbers of works, three and more that follow each other as a range."""
    runs: list[list[tuple[Any, Any]]] = []
    for item, text in said:
        if runs and _follows(item, runs[-1][-1][0]):
            runs[-1].append((item, text))
        else:
            runs.append([(item, text)])
    made: list[Any] = []
    for run in runs:
        texts = [text for _, text in run]
        made += [texts[0] + "–" + texts[-1]] if len(texts) > 2 else texts
    return made


def _option(own: Callable[..., Any]) -> Callable[..., Any]:
    """Have fewer authors named of a work that was cited before, where a style says so."""

    @wraps(own)
    def option(self: Any, name: str, *arguments: Any, **options: Any) -> Any:
        if _now.again and name in {"et-al-min", "et-al-use-first"}:
            later = own(self, name.replace("et-al-", "et-al-subsequent-"), *arguments, **options)
            if own(self, "et-al-subsequent-min", *arguments, **options):
                return later
        return own(self, name, *arguments, **options)

    return option


# --- names ---


def _names(own: Callable[..., Any]) -> Callable[..., Any]:
    """Have the first names of a work go unnamed, or a sign stand for them, where that is asked."""

    @wraps(own)
    def names(self: Any, *arguments: Any, **options: Any) -> Any:
        first = _now.authors is None and options.get("sort_options") is None
        text = own(self, *arguments, **options)
        if not first or not text or _now.authors is not None:
            return text
        _now.authors = str(text)
        if _now.hidden:
            return String(_NOBODY)
        same = bool(_now.substitute) and _now.authors == _now.before
        return String(_now.substitute) if same else text

    return names


def _initialize(own: Callable[..., Any]) -> Callable[..., Any]:
    """Have initials alone written as the style does where it does not want names shortened."""

    @wraps(own)
    def initialize(self: Any, given: str, mark: str, context: Any) -> str:
        if self.get("initialize", "true") != "false":
            return str(own(self, given, mark, context))
        parts = [
            part.rstrip(".") + mark.rstrip() if _INITIAL.fullmatch(part) else part
            for part in given.split()
        ]
        return " ".join(parts)

    return initialize


def _substitute(own: Callable[..., Any]) -> Callable[..., Any]:
    """Have what stands for authors who are not known be said there, and not again."""

    @wraps(own)
    def substitute(self: Any, item: Any, context: Any = None, **options: Any) -> Any:
        before, _now.said = _now.said, set()
        try:
            text = own(self, item, context=context, **options)
            if text:
                layout = (context if context is not None else self).get_layout()
                for tag, variable in _now.said:
                    layout.repressed.setdefault(tag, []).append(variable)
            return text
        finally:
            _now.said = before

    return substitute


# --- words ---


def _case(own: Callable[..., Any]) -> Callable[..., Any]:
    """Have words that are of no work be cased by the language of the style's words."""

    @wraps(own)
    def case(self: Any, text: Any, language: str | None = None) -> Any:
        if language is None:
            root = self.get_root()
            named = (each.get(_LANG) for each in (root, *(root.locales or [])))
            language = next(filter(None, named), "en")[:2]
        return own(self, text, language)

    return case


_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


def _sort_keys(own: Callable[..., Any]) -> Callable[..., Any]:
    """Have works sorted by their letters, without the marks around them."""

    @wraps(own)
    def sort_keys(self: Any, items: Sequence[Any], context: Any) -> list[Any]:
        _now.sorting = True
        try:
            keys = own(self, items, context)
        finally:
            _now.sorting = False
        return [_TAG.sub("", str(key)) if isinstance(key, str | list) else key for key in keys]

    return sort_keys


def _is_numeric(own: Callable[..., Any]) -> Callable[..., Any]:
    """Have a style ask whether a locator is a number."""

    @wraps(own)
    def is_numeric(self: Any, item: Any) -> list[Any]:
        names = self.get("is-numeric").split()
        if "locator" not in names:
            return list(own(self, item))
        said = str(item.locator.identifier) if item.has_locator else ""
        return [bool(re.fullmatch(r"[\d\s,&–-]*\d[\d\s,&–-]*", said))]

    return is_numeric


@cache
def put_right() -> None:
    """Put all of this in place, once for the process."""
    model.Group.process = _group
    model.Layout.render_citation = _citation
    model.TextCased._stop_words = _SMALL.split()  # noqa: SLF001 - pinned in pyproject.toml
    for owner, name, by in (
        (model.Text, "_variable", _counted),
        (model.Number, "process", _counted),
        (model.Date, "process", _counted),
        (model.Substitute, "render", _substitute),
        (model.Names, "process", _names),
        (model.Names, "process", _counted),
        (model.Name, "get_option", _option),
        (model.Name, "initialize", _initialize),
        (model.TextCased, "case", _case),
        (model.Key, "sort_keys", _sort_keys),
        (model.If, "_is_numeric", _is_numeric),
    ):
        setattr(owner, name, by(getattr(owner, name)))
