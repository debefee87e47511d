"""What citeproc-py does otherwise than CSL 1.0.2 says, put right in its own classes.

Its version is pinned. What is here was found by setting the same with citeproc-js.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache, wraps
from typing import Any, Final

from citeproc import model
from citeproc.source import VariableError
from citeproc.string import String

from octavo.citations import wording
from octavo.citations.state import NOBODY, OPEN, Cited, Group, Year, now

_UNNAMED: Final = re.compile(rf"{NOBODY}[\s,.:;]*")

# --- groups ---


def _counted(method: Callable[..., Any]) -> Callable[..., Any]:
    """Have a method tell the group in which it is called that it asked for a variable."""

    @wraps(method)
    def counted(self: Any, *arguments: Any, **options: Any) -> Any:
        generated = self.get("variable") == "year-suffix"
        group = now.groups[-1] if now.groups and not generated else Group()
        group.called = True
        value = method(self, *arguments, **options)
        group.filled = group.filled or bool(value)
        if value and now.said is not None:
            now.said.add((self.tag, self.get("variable")))
        return value

    return counted


def _group(self: Any, item: Any, context: Any = None, **options: Any) -> Any:
    """Return what a group says; nothing where it asks for variables and none has a value."""
    said: list[Any] = []
    delimiter = self.get("delimiter", "")
    now.groups.append(Group())
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
        group = now.groups.pop()
    if now.groups:
        now.groups[-1].called |= group.called
        now.groups[-1].filled |= group.filled
    if not said or (group.called and not group.filled):
        raise VariableError
    return self.join(said)


# --- citations ---


def authors_of(style: Any, item: Any, cited: Cited) -> str:
    """Return the authors of a work as citations in a style name them, nothing where they do not.

    ``cited`` are the works that were cited before.
    """
    citation = style.root.citation  # lxml forgets what is set of an element that nobody holds
    citation.cites = cited
    return _cite(citation.layout, item)[1]


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
    now.again = item.key in self.getparent().cites.keys
    now.begin(hidden=hidden)
    try:
        return self.render_children(item), now.authors or ""
    except VariableError:
        return None, ""
    finally:
        now.again = now.hidden = False


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


@cache
def put_right() -> None:
    """Put all of this in place, once for the process."""
    model.Group.process = _group
    model.Layout.render_citation = _citation
    model.TextCased._stop_words = wording.SMALL.split()  # noqa: SLF001 - pinned in pyproject.toml
    for owner, name, by in (
        (model.Text, "_variable", _counted),
        (model.Number, "process", _counted),
        (model.Date, "process", _counted),
        (model.Substitute, "render", wording.substitute),
        (model.Names, "process", wording.names),
        (model.Names, "process", _counted),
        (model.Name, "get_option", wording.option),
        (model.Name, "initialize", wording.initialize),
        (model.TextCased, "case", wording.case),
        (model.Key, "sort_keys", wording.sort_keys),
        (model.If, "_is_numeric", wording.is_numeric),
    ):
        setattr(owner, name, by(getattr(owner, name)))
