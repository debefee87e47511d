r"""Formulas in the fences of TeX, put into those of Markdown's code, where no sign of them is lost.

``$x$``, ``\(x\)``, ``$$x$$``, ``\[x\]`` and the environments of LaTeX; ``{math}`` of MyST.
"""

import re
from collections.abc import Iterator
from typing import Final

from octavo.editing import Edit
from octavo.mending.crossref import named
from octavo.mending.text import Text

_ENVIRONMENT: Final = "equation|align|gather|eqnarray|multline|displaymath|math|flalign|alignat"
_MATH: Final = re.compile(
    r"(?P<escaped>\\[\\$])"
    r"|\$\$(?P<dollars>(?:[^$\\]|\\.|\$(?!\$))+?)\$\$"
    r"|\\\[(?P<square>.+?)\\\]"
    rf"|(?P<whole>\\begin\{{(?P<name>(?:{_ENVIRONMENT})\*?)\}}.+?\\end\{{(?P=name)\}})"
    r"|\\\((?P<round>.+?)\\\)"
    r"|(?<![\w$\\])\$"
    r"(?P<dollar>(?!\s)(?:[^$\\\n]|\\.|\n(?![ \t]*\n))*?(?:[^\s$\\]|\\[^\s]))\$(?![\d$])",
    re.DOTALL,
)
_ROLE: Final = re.compile(r"\{math\}(?P<ticks>`+)(?P<said>.+?)(?P=ticks)", re.DOTALL)
_LABEL: Final = re.compile(r"\\label\s*\{(?P<tex>[^{}]*)\}|\(\\#(?P<knitr>[\w:.-]+)\)")
_UNNUMBERED: Final = re.compile(r"\\(?:nonumber|notag)\b")
_AFTER: Final = re.compile(r"[ \t]*(?:\{#(?P<quarto>[\w:.-]+)[^{}\n]*\}|\((?P<myst>[\w:.-]+)\))")
_EMPTY_LINE: Final = re.compile(r"\n[ \t]*\n")
_PLAIN: Final = frozenset({"mdbook", "octavo"})
"""The dialects that have no such fences, unless they are told to."""


def mend(text: Text) -> Iterator[Edit]:
    """Yield what makes code of every formula."""
    if text.dialect == "myst":
        yield from _roles(text)
    if text.dialect in _PLAIN or not re.search(r"[$\\]", text.masked):
        return
    source = text.source.text
    for found in _MATH.finditer(text.masked):
        kind = found.lastgroup if found.lastgroup != "name" else "whole"
        if kind == "escaped" or kind is None:
            continue
        said = source[found.start(kind) : found.end(kind)]
        if _EMPTY_LINE.search(said) and kind not in {"dollars", "square", "whole"}:
            continue
        block = kind in {"dollars", "square", "whole"}
        label = _after(text, found.end()) if block else None
        end = label.end() if label else found.end()
        if label:
            said = f"\\label{{{label['quarto'] or label['myst']}}}\n{said.strip()}"
        yield Edit(found.start(), end, _code(text, found.start(), end, said, block=block))


def _after(text: Text, end: int) -> re.Match[str] | None:
    """Return the label behind a formula: in braces, or with MyST in parentheses."""
    label = _AFTER.match(text.masked, end)
    return label if label and (label["quarto"] or text.dialect == "myst") else None


def _roles(text: Text) -> Iterator[Edit]:
    for found in _ROLE.finditer(text.source.text):
        yield Edit(found.start(), found.end(), _inline(found["said"]))


def _code(text: Text, start: int, end: int, said: str, *, block: bool) -> str:
    lines = [line.strip(" \t>") for line in _UNNUMBERED.sub("", said).strip().split("\n")]
    tex = "\n".join(line for line in lines if line)
    begin = text.start(text.line(start))
    lead = text.source.text[begin:start]
    if not block or lead.strip() or not _LABEL.sub("", tex).strip():
        # in the midst of words, in a quotation or in a table
        return _inline(" ".join(_LABEL.sub("", tex).split()))
    tex = _LABEL.sub(lambda label: f"\\label{{{named(label['tex'] or label['knitr'])}}}", tex)
    inside = "".join(f"{lead}{line}\n" for line in tex.split("\n"))
    after = text.source.text[end : end + 1]
    rest = "" if after in {"\n", ""} else f"\n{lead}"
    return f"```math\n{inside}{lead}```{rest}"


def _inline(tex: str) -> str:
    said = " ".join(tex.split())
    ticks = "``" if "`" in said else "`"
    room = " " if said.startswith("`") or said.endswith("`") else ""
    return f"{ticks}{room}{said}{room}{ticks}{{.math}}" if said else ""
