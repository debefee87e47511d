"""Fenced divisions and what other tools call callouts, alerts, admonitions and tabs.

``::: {.callout-note}`` of Quarto and pandoc, ``:::{note}`` of MyST, ``> [!NOTE]`` of GitHub,
``??? note`` and ``=== "Tab"`` of Material for MkDocs.
"""

import re
from collections.abc import Iterator
from typing import Final

from octavo.editing import Edit
from octavo.mending.text import Text

_OPEN: Final = re.compile(
    r"^ {0,3}:{3,}[ \t]*(?:\{(?P<said>[^{}]*)\}|(?P<word>[\w-]+))"
    r"[ \t]*(?P<title>[^:\n]*?)[ \t]*:*[ \t]*$"
)
_CLOSE: Final = re.compile(r"^ {0,3}:{3,}[ \t]*$")
_CLASS: Final = re.compile(r"(?:^|\s)\.([\w-]+)")
_ID: Final = re.compile(r"(?:^|\s)#([\w:.-]+)")
_TITLE: Final = re.compile(r"\btitle\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_OPTION: Final = re.compile(r"^[ \t]*:[\w-]+:(?:[ \t]|$)")
_ALERT: Final = re.compile(
    r"^(?P<lead>[ \t]*>[ \t]*)\[!(?P<kind>NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_FOLDED: Final = re.compile(r"^[ \t]*(?P<sign>\?\?\?\+?|===[!+]?)(?=[ \t]+[\"\w])", re.MULTILINE)

_BLOCK: Final = re.compile(
    r"^(?P<strokes>/{3,})[ \t]*(?P<name>html|admonition|details|tab|note|attention|caution|danger|"
    r"error|tip|hint|warning|success|info|question|example|quote)[ \t]*(?:\|(?P<said>.*))?$"
)
_SETTING: Final = re.compile(r"^[ \t]{4,}\w+:")

KINDS: Final = frozenset(
    (
        *("note", "tip", "important", "warning", "caution", "attention", "danger", "error"),
        *("hint", "seealso", "admonition", "info", "example", "question", "success", "quote"),
        *("abstract", "summary", "todo", "exercise", "solution", "definition", "theorem", "proof"),
        *("lemma", "remark", "corollary", "dropdown", "margin", "sidebar"),
    )
)
"""Names of directives whose content is text that is set apart."""


def mend(text: Text) -> Iterator[Edit]:
    """Yield what makes elements of fenced divisions, and notices of the rest."""
    yield from _alerts(text)
    yield from _divisions(text)
    if text.dialect == "mkdocs":
        yield from _folded(text)
        yield from _generic(text)


def _alerts(text: Text) -> Iterator[Edit]:
    for alert in _ALERT.finditer(text.masked):
        words = f"{alert['lead']}**{alert['kind'].capitalize()}**\n{alert['lead'].rstrip()}"
        yield Edit(alert.start(), alert.end(), words)


def _folded(text: Text) -> Iterator[Edit]:
    for found in _FOLDED.finditer(text.masked):
        tab = " tab" if found["sign"].startswith("=") else ""
        yield Edit(found.start("sign"), found.end("sign"), f"!!!{tab}")


def _divisions(text: Text) -> Iterator[Edit]:
    depth, begun = 0, False
    for number, line in enumerate(text.masked.split("\n")):
        if begun and text.dialect == "myst" and _OPTION.match(line):
            yield text.edit(number, "")
            continue
        begun = False
        if not line.lstrip().startswith(":::"):
            continue
        if opening := _OPEN.match(line):
            depth, begun = depth + 1, True
            yield text.edit(number, _opened(opening))
        elif depth and _CLOSE.match(line):
            depth -= 1
            yield text.edit(number, "\n</div>\n")
    end = len(text.source.text)
    yield from (Edit(end, end, "\n</div>\n") for _ in range(depth))


def _generic(text: Text) -> Iterator[Edit]:
    """Yield elements in the place of pymdownx's generic blocks, which Octavo has others of."""
    open_: list[str] = []
    settings = False
    for number, line in enumerate(text.masked.split("\n")):
        if settings and _SETTING.match(line):
            yield text.edit(number, "")
            continue
        settings = False
        if opening := _BLOCK.match(line):
            open_.append(opening["strokes"])
            settings = True
            said = opening["said"] or ""
            html = opening["name"] == "html"
            classes = re.findall(r"\.([\w-]+)", said) if html else [opening["name"]]
            yield text.edit(number, element(classes, "" if html else said.strip()))
        elif open_ and line.strip() == open_[-1]:
            open_.pop()
            yield text.edit(number, "\n</div>\n")


def _opened(opening: re.Match[str]) -> str:
    said = opening["said"] or f".{opening['word']}"
    classes = _CLASS.findall(said)
    plain = said.strip()
    if not classes and re.fullmatch(r"[\w-]+", plain):  # MyST names a directive
        classes = [plain]
    title = _TITLE.search(said)
    words = (title[1] or title[2] or "") if title else opening["title"].strip()
    id_ = _ID.search(said)
    return element(classes, words, id_[1] if id_ else "")


def element(classes: list[str], title: str, id_: str = "") -> str:
    """Return how an element begins that holds text, set apart where its class says so."""
    kind = next((c.removeprefix("callout-") for c in classes), "")
    notice = kind in KINDS or any(c.startswith("callout") for c in classes)
    named = list(dict.fromkeys(["admonition", kind])) if notice else classes
    attributes = f' id="{id_}"' * bool(id_) + f' class="{" ".join(named)}"' * bool(named)
    heading = title or (kind.capitalize() if notice else "")
    shown = f'<p class="admonition-title" markdown="1">{heading}</p>\n\n' if heading else ""
    return f'\n<div{attributes} markdown="1">\n\n{shown}'
