"""Links between texts, and to places in them, as Octavo resolves them."""

import re
from collections.abc import Iterator, Sequence
from posixpath import dirname, join, normpath, relpath, splitext
from typing import Final
from urllib.parse import quote, unquote

from octavo.diagnostics import Diagnostic
from octavo.editing import Edit
from octavo.markup.marks import TITLE, Mark, Sign, marks
from octavo.mending.anchors import Anchor, Anchors, anchors
from octavo.mending.text import Text

Found = dict[str, list[Edit | Diagnostic]]
"""What is to be changed and said, by the paths of the texts."""

_ELSEWHERE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_PAGES: Final = (".html", ".htm", ".xhtml", "")
_OWN: Final = ("README", "index", "_index")
_LIST: Final = re.compile(r"\{[^{}\n]*\}")
_HREF: Final = re.compile(
    r"""<a\b[^<>]*?\bhref\s*=\s*["']?(?P<href>[^"'\s<>]*)[^<>]*>""", re.IGNORECASE
)


def mend(texts: Sequence[Text]) -> Found:
    """Return what lets every link lead where its author meant, by path.

    One that leads nowhere leaves its words.
    """
    return _Links(texts).found


class _Links:
    """The links of a book, and the headings to which they lead."""

    def __init__(self, texts: Sequence[Text]) -> None:
        self._texts = {text.source.path: text for text in texts}
        self._anchors: dict[str, Anchors] = {}
        self._named: dict[tuple[str, int], str] = {}
        self._folded = {path.casefold(): path for path in self._texts}
        self.found: Found = {}
        for text in texts:
            self.found[text.source.path] = list(self._mended(text))
        for (path, line), name in self._named.items():
            self.found[path].append(self._name(path, line, name))

    def _mended(self, text: Text) -> Iterator[Edit | Diagnostic]:
        met: set[str] = set()
        for mark in marks(text.masked):
            if mark.sign is Sign.LINK and (
                mark.end or not text.masked.startswith("<", mark.offset)
            ):
                yield from self._link(text, mark, met)
        for tag in _HREF.finditer(text.masked):
            yield from self._tag(text, tag, met)

    def _link(self, text: Text, mark: Mark, met: set[str]) -> Iterator[Edit | Diagnostic]:
        if _ELSEWHERE.match(mark.value):
            return
        address, whole = self._resolved(text, mark.value)
        if address is not None and not whole:
            yield self._nearly(text, mark.value, mark.offset)
        inline = text.source.text.startswith("(", mark.close + 1)
        if address is None:
            yield from self._lost(text, mark.value, mark.offset, met)
            words = text.source.text[mark.offset + 1 : mark.close]
            list_ = _LIST.match(text.masked, mark.end)
            end = list_.end() if list_ else mark.end
            yield Edit(mark.offset, mark.offset + 1, "")
            yield Edit(mark.close, end, "" if words.strip() else mark.value.lstrip("#"))
        elif address != mark.value:
            words = text.source.text[mark.close + 2 : mark.end - 1] if inline else ""
            title = TITLE.search(words)
            yield Edit(mark.close + 1, mark.end, f"({address}{title[0] if title else ''})")

    def _tag(self, text: Text, tag: re.Match[str], met: set[str]) -> Iterator[Edit | Diagnostic]:
        href = tag["href"]
        if not href or _ELSEWHERE.match(href):
            return
        address, whole = self._resolved(text, href)
        if address is not None and not whole:
            yield self._nearly(text, href, tag.start())
        if address is None:
            yield from self._lost(text, href, tag.start(), met)
            yield Edit(tag.start(), tag.end(), "<a>")
        elif address != href:
            yield Edit(tag.start("href"), tag.end("href"), address)

    def _lost(self, text: Text, href: str, offset: int, met: set[str]) -> Iterator[Diagnostic]:
        if href in met:
            return
        met.add(href)
        message = f"a link that leads nowhere in the book, of which the words are kept: {href}"
        hint = "name a text of the book, and a heading in it; or the whole address on the web"
        yield text.say("R001", message, text.line(offset), hint)

    def _nearly(self, text: Text, href: str, offset: int) -> Diagnostic:
        message = f"a link to a place that is not there, which leads to the text now: {href}"
        hint = "name a heading of that text, as it is spelt there"
        return text.say("R002", message, text.line(offset), hint)

    def _resolved(self, text: Text, href: str) -> tuple[str | None, bool]:
        """Return the address that leads where another meant, and whether to the very place.

        None where nothing is there.
        """
        path, _, place = unquote(href.replace("&amp;", "&")).partition("#")
        here = text.source.path
        there = self._path(here, path.partition("?")[0]) if path.strip() else here
        if there is None:
            inside = normpath(join(dirname(here), path))
            return (href, True) if inside in text.images else (None, False)
        address = "" if there == here else _quoted(relpath(there, dirname(here) or "."))
        if not place:
            own = _quoted(here.rpartition("/")[2]) if path.strip() else None
            return address or own, True
        name = self._place(there, place)
        if name is None and not path.strip():
            there = self._sole(place) or here
            name = self._place(there, place)
            address = "" if there == here else _quoted(relpath(there, dirname(here) or "."))
        if name is None:
            return address or None, False
        return f"{address}#{name}", True

    def _path(self, here: str, path: str) -> str | None:
        """Return the text that a path means: a file, a page made of one, or a folder's own."""
        home = "" if path.startswith("/") else dirname(here)
        root = here.partition("/")[0] if path.startswith("/") and "/" in here else ""
        for base in dict.fromkeys((home, root)):
            whole = normpath(join(base, path.lstrip("/")))
            stem, suffix = splitext(whole)
            names = [whole]
            if suffix.lower() in _PAGES:
                bare = stem if suffix else whole
                names += [bare + each for each in (".md", ".Rmd", ".qmd", ".markdown")]
                names += [join(whole, f"{own}.md") for own in _OWN]
            for name in names:
                found = self._folded.get(normpath(name).casefold())
                if found:
                    return found
        return None

    def _sole(self, name: str) -> str:
        """Return the one text that has a place of a name, if one alone does.

        Some tools look for a place in the whole book.
        """
        known = {path: self._known(path) for path in self._texts}
        found = [path for path, in_it in known.items() if in_it.has(name)]
        return found[0] if len(found) == 1 else ""

    def _known(self, path: str) -> Anchors:
        if path not in self._anchors:
            self._anchors[path] = anchors(self._texts[path])
        return self._anchors[path]

    def _place(self, path: str, name: str) -> str | None:
        """Return the id of what a link names in a text; its heading is to be given one then."""
        known = self._known(path)
        heading = known.heading(name)
        if heading is None:
            return name if name in known.others else None
        return heading.given or self._id(path, heading, name)

    def _id(self, path: str, heading: Anchor, name: str) -> str:
        wanted = re.sub(r"[^\w.-]", "-", name)
        return self._named.setdefault((path, heading.line), wanted)

    def _name(self, path: str, line: int, name: str) -> Edit:
        """Return what gives a heading an id."""
        text = self._texts[path]
        words = (
            text.lines[line].rstrip(" #\t")
            if text.lines[line].startswith("#")
            else text.lines[line].rstrip()
        )
        list_ = re.search(r"\{:?(?P<said>[^{}]*)\}$", words)
        at = text.start(line)
        if list_:
            return Edit(at + list_.start("said"), at + list_.start("said"), f"#{name} ")
        return Edit(at + len(words), at + len(text.lines[line]), f" {{#{name}}}")


def _quoted(path: str) -> str:
    return quote(path, safe="/~-._")
