r"""References to what is numbered, in the words of each tool, as Octavo has them.

``@fig-roads`` of Quarto, ``\@ref(fig:roads)`` of bookdown, ``\ref{roads}`` and ``\eqref{law}`` of
LaTeX. ``[](#id)`` says "Figure 3", and ``[](#id){.number}`` the number alone.
"""

import re
from collections.abc import Iterator
from typing import Final

from octavo.editing import Edit
from octavo.mending.text import Text

_KINDS: Final = "fig|tbl|sec|eq|lst|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem|alg|tip|nte|wrn|imp|cau"
_NAME: Final = rf"(?:{_KINDS})-[\w-]+"
_SEVERAL: Final = re.compile(rf"\[(?P<all>-?@{_NAME}(?:\s*[;,]\s*-?@{_NAME})+)\](?![(\[])")
_QUARTO: Final = re.compile(
    rf"\[(?P<before>[^\[\]@\n]*?)(?P<alone>-?)@(?P<inner>{_NAME})\](?![(\[])"
    rf"|(?<![\w@\\/])(?P<bare>-?)@(?P<name>{_NAME})"
)
_LATEX: Final = re.compile(
    r"\\@ref\((?P<knitr>[\w:.-]+)\)"
    r"|\\(?P<command>eqref|ref|autoref|cref|Cref)\{(?P<label>[^{}\n]+)\}"
)
_WHOLE: Final = frozenset({"autoref", "cref", "Cref"})
_PLAIN: Final = frozenset({"mdbook", "mkdocs"})
"""The dialects of which these are no part."""


def mend(text: Text) -> Iterator[Edit]:
    """Yield what says the number, or the name, of what is referred to."""
    if text.dialect == "quarto":
        for found in _SEVERAL.finditer(text.masked):
            names = re.findall(rf"@({_NAME})", found["all"])
            yield Edit(found.start(), found.end(), ", ".join(f"[](#{name})" for name in names))
        for found in _QUARTO.finditer(text.masked):
            yield Edit(found.start(), found.end(), _quarto(found))
    if text.dialect not in _PLAIN and "\\" in text.masked:
        for found in _LATEX.finditer(text.masked):
            yield Edit(found.start(), found.end(), _latex(found))


def named(label: str) -> str:
    """Return the id that a label becomes."""
    return re.sub(r"[^\w.-]", "-", label.strip())


def number(label: str) -> str:
    """Return a reference that says a number and no more."""
    return f"[](#{named(label)}){{.number}}"


def _quarto(found: re.Match[str]) -> str:
    name = found["inner"] or found["name"]
    before = found["before"] or ""
    if before.strip() or found["alone"] or found["bare"]:
        return f"{before}{number(name)}"
    return f"[](#{name})"


def _latex(found: re.Match[str]) -> str:
    if found["knitr"]:
        return number(found["knitr"])
    if found["command"] in _WHOLE:
        return f"[](#{named(found['label'])})"
    told = number(found["label"])
    return f"({told})" if found["command"] == "eqref" else told
