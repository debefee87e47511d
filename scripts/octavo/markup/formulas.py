r"""Formulas in TeX: MathML, which says the TeX to whoever cannot see it.

::

    Where `E = mc^2`{.math} holds,

    ```math
    \label{sum} \sum_{i=1}^{n} x_i
    ```

becomes ``<math alttext="E = mc^2">`` and ``<div class="math"><math display="block">``. As code no
sign of TeX is taken for one of Markdown. What cannot be read stays code (S020). A formula with a
label is numbered, and can be referred to: it has ``<span class="equation" id="sum"/>`` beside it.
"""

import re
from collections.abc import Iterator
from html import escape
from typing import Any, Final

from latex2mathml.converter import convert
from latex2mathml.exceptions import (
    DenominatorNotFoundError,
    DoubleSubscriptsError,
    DoubleSuperscriptsError,
    ExtraLeftOrMissingRightError,
    InvalidAlignmentError,
    InvalidStyleForGenfracError,
    InvalidWidthError,
    LimitsMustFollowMathOperatorError,
    MissingEndError,
    MissingSuperScriptOrSubscriptError,
    NoAvailableTokensError,
    NumeratorNotFoundError,
)

from octavo import xhtml
from octavo.diagnostics import Diagnostic, Location, warning
from octavo.markup.survey import Survey
from octavo.xhtml import MATHML, Element

LANGUAGE: Final = "math"
"""The language of a fence that holds a formula, and the class of code that is one."""

EQUATION: Final = "equation"
"""The class of what has the number of a formula."""

_LABEL: Final = re.compile(r"\\label\s*\{(?P<name>[^{}]*)\}\s*")

_FAILURES: Final = (
    DenominatorNotFoundError, DoubleSubscriptsError, DoubleSuperscriptsError,
    ExtraLeftOrMissingRightError, InvalidAlignmentError, InvalidStyleForGenfracError,
    InvalidWidthError, LimitsMustFollowMathOperatorError, MissingEndError,
    MissingSuperScriptOrSubscriptError, NoAvailableTokensError, NumeratorNotFoundError,
    IndexError, KeyError, ValueError, TypeError, AttributeError, RecursionError,
)  # fmt: skip
"""What latex2mathml raises for TeX that it cannot read: its own, and what it stumbles over."""


def fence(source: str, *_: Any, **__: Any) -> str:
    """Return what superfences puts in the place of a fence of TeX."""
    return f'<div class="{LANGUAGE}"><code class="{LANGUAGE}">{escape(source)}</code></div>'


def finish(body: Element) -> None:
    """Make MathML of every formula that can be read."""
    for code in xhtml.find(body, f".//h:code[@class='{LANGUAGE}']"):
        parent = code.getparent()
        block = parent is not None and parent.get("class") == LANGUAGE
        tex = "".join(map(str, code.itertext()))
        made = _mathml(_LABEL.sub("", tex), block=block)
        if made is not None:
            labels = _LABEL.findall(tex) if block else []
            xhtml.replace(code, [*(_numbered(code, name) for name in labels), made])


def _numbered(code: Element, label: str) -> Element:
    """Return what has the number of a formula that is labelled."""
    id_ = re.sub(r"[^\w.-]", "-", label.strip())
    return code.makeelement(f"{{{xhtml.XHTML}}}span", {"id": id_, "class": EQUATION})


def unread(body: Element, survey: Survey) -> Iterator[Diagnostic]:
    """Yield an S020 for every formula that stayed code."""
    for code in xhtml.find(body, f".//h:code[@class='{LANGUAGE}']"):
        said = " ".join("".join(map(str, code.itertext())).split())
        at = survey.source.find(said[:20])
        place = survey.at(at) if at >= 0 else Location(survey.path)
        hint = "look for a brace that nothing closes, or a command without what belongs to it"
        yield warning("S020", f"a formula that cannot be read: {said[:60]}", place, hint)


def _mathml(tex: str, *, block: bool) -> Element | None:
    said = " ".join(tex.split())
    try:
        made = xhtml.parse(convert(said, display="block" if block else "inline"))
    except (*_FAILURES, xhtml.MalformedError):
        return None
    made.set("alttext", said)
    for element in made.iter(f"{{{MATHML}}}mi"):
        element.text = (element.text or "").replace("\\", "")  # a command that it does not know
    return made
