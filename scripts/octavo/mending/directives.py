"""Directives of MyST: fences that name what their content is, with options in their first lines."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from octavo.diagnostics import Diagnostic
from octavo.editing import Edit
from octavo.mending.crossref import named
from octavo.mending.divs import KINDS, element
from octavo.mending.figures import captioned
from octavo.mending.reading import Block
from octavo.mending.text import Text

_DIRECTIVE: Final = re.compile(r"^\{(?P<name>[\w:-]+)\}[ \t]*(?P<title>.*)$")
_OPTION: Final = re.compile(r"^:(?P<name>[\w-]+):[ \t]*(?P<value>.*)$")


@dataclass(frozen=True)
class _Directive:
    """A directive: its name, what stands beside it, its options, and its content in a line.

    It has lines of content from ``first`` to before ``last``; ``sign`` is what its fence is of.
    """

    name: str
    title: str
    options: Mapping[str, str]
    words: str
    first: int
    last: int
    sign: str


Around = tuple[str, str]
"""What stands before the content of a directive and after it, a line or more each."""


def mend(text: Text) -> Iterator[Edit | Diagnostic]:
    """Yield what becomes of every directive; one that is not known is set apart, and told."""
    if text.dialect != "myst":
        return
    for block in text.blocks:
        found = _DIRECTIVE.match(block.info) if block.kind == "fence" else None
        if found is None or block.inside:
            continue
        directive = _read(text, block, found["name"], found["title"].strip())
        start, end = text.start(block.first), text.start(block.last)
        if whole := _WHOLE.get(directive.name):
            yield Edit(start, end, whole(directive))
            continue
        if directive.name not in _AROUND:
            message = f"a directive that is not known, {directive.name!r}: its text is set apart"
            yield text.say("S019", message, block.first, "say it in Markdown that is known")
        before, after = _AROUND.get(directive.name, _unknown)(directive)
        yield Edit(start, text.start(directive.first), f"{before}\n")
        yield Edit(text.start(directive.last), end, f"{after}\n")


def _read(text: Text, block: Block, name: str, title: str) -> _Directive:
    first, last = block.first + 1, max(block.last - 1, block.first + 1)
    options: dict[str, str] = {}
    while first < last and (option := _OPTION.match(text.lines[first])):
        options[option["name"]] = option["value"].strip()
        first += 1
    words = " ".join(" ".join(text.lines[first:last]).split())
    return _Directive(name, title, options, words, first, last, block.sign)


def _apart(made: _Directive) -> Around:
    return element([made.name], made.title), "\n</div>\n"


def _unknown(made: _Directive) -> Around:
    return element(["admonition"], f"{made.name} {made.title}".strip()), "\n</div>\n"


def _code(made: _Directive) -> Around:
    return f"{made.sign}{made.title.split()[0] if made.title else ''}", made.sign


def _plain(made: _Directive) -> Around:
    return made.sign, made.sign


def _math(made: _Directive) -> Around:
    label = made.options.get("label", "")
    named_ = f"\n\\label{{{named(label)}}}" if label else ""
    return f"{made.sign}math{named_}", made.sign


def _figure(made: _Directive) -> str:
    image = f"![{made.options.get('alt', made.words)}]({made.title})\n"
    caption = captioned(made.words, made.options.get("name", ""))
    return f"{image}\n{caption}" if made.words else image


def _works(_: _Directive) -> str:
    return '<div id="refs"></div>\n'


def _nothing(_: _Directive) -> str:
    return ""


_AROUND: Final[Mapping[str, Callable[[_Directive], Around]]] = {
    **dict.fromkeys(KINDS, _apart),
    **dict.fromkeys(("code-block", "code", "code-cell", "sourcecode"), _code),
    **dict.fromkeys(("plot", "mermaid", "graphviz", "raw", "eval-rst", "autoclass"), _plain),
    **dict.fromkeys(("automodule", "ipython", "jupyter"), _plain),
    **dict.fromkeys(("math", "math:numref"), _math),
}
"""What stands around the content of each directive that is known."""

_WHOLE: Final[Mapping[str, Callable[[_Directive], str]]] = {
    **dict.fromkeys(("figure", "image", "figure-md"), _figure),
    **dict.fromkeys(("toctree", "tableofcontents", "contents", "index"), _nothing),
    "bibliography": _works,
}
"""What takes the place of each of which nothing stays as it is."""
