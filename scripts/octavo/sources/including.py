r"""Texts that another text asks for, put where it asks: each tool has its own words for it.

``{{#include file.rs:2:10}}`` of mdBook, ``{{< include text.qmd >}}`` of Quarto,
``--8<-- "text.md"`` of MkDocs, ``{include}`` and ``{literalinclude}`` of MyST, and ``child`` of
knitr. Whole files, ranges of lines, and what stands between two marks of a name.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from typing import Final

from octavo.diagnostics import Diagnostic, PublishingError, warning
from octavo.editing import Edit, edited
from octavo.model import Source
from octavo.sources import frontmatter
from octavo.sources.files import Files

_HELPER: Final = re.compile(r"(?P<escape>\\?)\{\{\s*#(?P<name>[a-z_]+)\s*(?P<said>[^}]*?)\s*\}\}")
_SHORTCODE: Final = re.compile(
    r"^[ \t]*(?<!\{)\{\{<\s*include\s+(?P<path>[^\s>]+)\s*>\}\}[ \t]*$", re.MULTILINE
)
_SNIPPET: Final = re.compile(
    r"^(?P<indent>[ \t]*)(?P<escape>;?)-+8<-+[ \t]+[\"'](?P<said>[^\"'\n]+)[\"'][ \t]*$",
    re.MULTILINE,
)
_SNIPPETS: Final = re.compile(
    r"^(?P<indent>[ \t]*)-+8<-+[ \t]*\n(?P<paths>(?:[^\n]*\n){1,40}?)[ \t]*-+8<-+[ \t]*$",
    re.MULTILINE,
)
_DIRECTIVE: Final = re.compile(
    r"^[ \t]*(?P<fence>`{3,}|:{3,})\{(?P<name>include|literalinclude)\}[ \t]*(?P<path>\S+)[ \t]*\n"
    r"(?P<options>(?:[ \t]*:[\w-]+:[^\n]*\n|[ \t]*\n)*)[ \t]*(?P=fence)[ \t]*$",
    re.MULTILINE,
)
_OPTION: Final = re.compile(r":(?P<name>[\w-]+):[ \t]*(?P<value>[^\n]*)")
_CHILD: Final = re.compile(
    r"^(?P<fence>`{3,})\{r[^}\n]*\bchild\s*=\s*[\"'](?P<path>[^\"'\n]+)[\"'][^}\n]*\}[ \t]*\n"
    r"\s*(?P=fence)[ \t]*$",
    re.MULTILINE,
)
_ANCHOR: Final = re.compile(
    r"ANCHOR(?P<ends>_END)?:\s*(?P<name>[\w-]+)"
    r"|-+8<-+ \[(?P<side>start|end):\s*(?P<called>[\w-]+)\]"
)
_INCLUDES: Final = frozenset({"include", "rustdoc_include", "playground"})
_QUIET: Final = frozenset({"title"})


@dataclass(frozen=True)
class Inclusion:
    """Where a text asks for another: its path, and the part of it.

    ``fence`` is the language in which it is shown as code, None for text; ``indent`` stands before
    each of its lines.
    """

    start: int
    end: int
    path: str
    part: str = ""
    fence: str | None = None
    indent: str = ""


def filled(
    source: Source,
    files: Files,
    found: list[Diagnostic],
    dialect: str,
    above: tuple[str, ...] = (),
) -> Source:
    """Return a text with what it includes in the place of each inclusion.

    Args:
        source: the text.
        files: the files of the folder.
        found: what cannot be included goes here (S017).
        dialect: the kind of Markdown in which it is written.
        above: the texts that include this one.
    """
    inclusions = _INCLUSIONS.get(dialect)
    if inclusions is None:
        return source
    edits: list[Edit] = []
    for each in inclusions(source.text):
        if isinstance(each, Edit):
            edits.append(each)
            continue
        path = _path(each, source, files)
        if path is None or path in (source.path, *above):
            found.append(_missing(each, source, itself=path is not None))
            continue
        _, whole = frontmatter.apart(Source(path, files.within(path)), [])
        text = _chosen(whole.text, each.part).rstrip("\n")
        if each.part and not text:
            found.append(_missing(each, source))
            continue
        if each.fence is None:
            within = (*above, source.path)
            text = filled(Source(path, text), files, found, dialect, within).text
        edits.append(Edit(each.start, each.end, _shown(each, text)))
    return edited(source, edits)


def _path(inclusion: Inclusion, source: Source, files: Files) -> str | None:
    """Return the path of what is included, as seen from the text or from the folder."""
    home = dirname(source.path)
    bases = (home, "", source.path.partition("/")[0] if "/" in source.path else "")
    rooted = inclusion.path.startswith("/")
    for base in dict.fromkeys(bases[1:] if rooted else bases):
        inside = normpath(join(base, inclusion.path.lstrip("/") if rooted else inclusion.path))
        try:
            files.within(inside)
        except PublishingError:
            continue
        return inside
    return None


def _missing(inclusion: Inclusion, source: Source, *, itself: bool = False) -> Diagnostic:
    line = source.text.count("\n", 0, inclusion.start) + 1
    said = " ".join(source.text[inclusion.start : inclusion.end].split())
    why = "a text cannot include itself" if itself else "there is no such text in the folder"
    message = f"{said}: {why}"
    return warning("S017", message, source.written(line), "put it there, or take the line out")


def _shown(inclusion: Inclusion, text: str) -> str:
    if inclusion.fence is not None:
        ticks = max(["``", *re.findall("`{3,}", text)], key=len) + "`"
        text = f"{ticks}{inclusion.fence}\n{text}\n{ticks}"
    return "\n".join(f"{inclusion.indent}{line}" if line else line for line in text.split("\n"))


# --- the words of each tool ---


def _helpers(text: str) -> Iterator[Inclusion | Edit]:
    for helper in _HELPER.finditer(text):
        if helper["escape"]:
            yield Edit(helper.start(), helper.start() + 1, "")
        elif helper["name"] in _INCLUDES:
            said = helper["said"].split()
            path, _, part = said[0].partition(":") if said else ("", "", "")
            yield Inclusion(helper.start(), helper.end(), path, part)
        elif helper["name"] in _QUIET:
            yield Edit(helper.start(), helper.end(), "")


def _shortcodes(text: str) -> Iterator[Inclusion | Edit]:
    for code in _SHORTCODE.finditer(text):
        yield Inclusion(code.start(), code.end(), code["path"])


def _snippets(text: str) -> Iterator[Inclusion | Edit]:
    for block in _SNIPPETS.finditer(text):
        at = block.start("paths")
        for line in block["paths"].splitlines(keepends=True):
            path, _, part = line.strip().partition(":")
            if path and not path.startswith(";"):
                yield Inclusion(at, at + len(line.rstrip("\n")), path, part, indent=block["indent"])
            at += len(line)
        yield Edit(block.start(), block.start("paths"), "")
        yield Edit(block.end("paths"), block.end(), "")
    for snippet in _SNIPPET.finditer(text):
        if snippet["escape"]:
            yield Edit(snippet.start("escape"), snippet.end("escape"), "")
            continue
        path, _, part = snippet["said"].partition(":")
        yield Inclusion(snippet.start(), snippet.end(), path, part, indent=snippet["indent"])


def _directives(text: str) -> Iterator[Inclusion | Edit]:
    for found in _DIRECTIVE.finditer(text):
        options = {
            each["name"]: each["value"].strip() for each in _OPTION.finditer(found["options"])
        }
        language = options.get("language", "") if found["name"] == "literalinclude" else None
        lines = re.match(r"(\d+)\s*-\s*(\d*)$", options.get("lines", ""))
        part = f"{lines[1]}:{lines[2]}" if lines else ""
        yield Inclusion(found.start(), found.end(), found["path"], part, language)


def _children(text: str) -> Iterator[Inclusion | Edit]:
    for chunk in _CHILD.finditer(text):
        yield Inclusion(chunk.start(), chunk.end(), chunk["path"])


_INCLUSIONS: Final[Mapping[str, Callable[[str], Iterator[Inclusion | Edit]]]] = {
    "mdbook": _helpers,
    "quarto": _shortcodes,
    "mkdocs": _snippets,
    "myst": _directives,
    "bookdown": _children,
}
"""How the texts of a dialect ask for others."""


# --- parts ---


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
        if anchor and name in {anchor["name"], anchor["called"]}:
            inside = not anchor["ends"] and anchor["side"] != "end"
        elif inside:
            yield line
