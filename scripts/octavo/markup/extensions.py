"""The Markdown that Octavo reads, one extension a line.

An extension of ours is a file of this folder whose docstring shows its syntax and its XHTML. It
either teaches Python-Markdown a syntax (``teach``) or works on the tree that comes
out (``finish``).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from markdown.extensions.smarty import SmartyExtension
from pymdownx.blocks.caption import CaptionExtension

from octavo import xhtml
from octavo.markup import (
    admonition,
    audience,
    code,
    composing,
    crossref,
    epigraph,
    facts,
    figures,
    formulas,
    interview,
    lines,
    part,
    pullquote,
    spans,
    tasks,
    verse,
)
from octavo.markup.apostrophes import SUBSTITUTIONS

Taught = Any
"""A Python-Markdown extension, or the name of one."""


@dataclass(frozen=True)
class Extension:
    """One piece of syntax: ``teach`` makes the Python-Markdown extension, ``finish`` the tree."""

    description: str
    teach: Callable[[], Taught] | None = None
    finish: Callable[[xhtml.Element], None] | None = None


EXTENSIONS: Final[Mapping[str, Extension]] = {
    "abbreviations": Extension("*[UN]: United Nations", lambda: "abbr"),
    "admonitions": Extension('!!! note "Title"', lambda: "admonition", admonition.finish),
    "attributes": Extension("{#id .class key=value}", lambda: "attr_list"),
    "audience": Extension(
        "/// audience | facilitator, {audience=facilitator}",
        audience.AudienceExtension,
        audience.finish,
    ),
    "captions": Extension(
        "/// caption after an image or a table",
        lambda: CaptionExtension(types=["caption"], auto=False),
        figures.finish,
    ),
    "code": Extension("```python, the language of a fence", code.CodeExtension, code.finish),
    "composing": Extension("{looseness=-1 composer=off}, on paper", finish=composing.finish),
    "crossref": Extension("[](#id), filled with number and title", finish=crossref.finish),
    "definitions": Extension("Term, then : definition", lambda: "def_list"),
    "epigraph": Extension("/// epigraph", epigraph.EpigraphExtension),
    "facts": Extension("/// facts, figures set large", facts.FactsExtension),
    "fences": Extension("``` before and after code, in lists too", lambda: "pymdownx.superfences"),
    "highlighting": Extension("code marked up by Pygments", lambda: "pymdownx.highlight"),
    "formulas": Extension("`E = mc^2`{.math}, and fences of math", finish=formulas.finish),
    "html": Extension("Markdown inside HTML with markdown=1", lambda: "md_in_html"),
    "interview": Extension("/// interview", interview.InterviewExtension),
    "lines": Extension("/// lines | 6, to write on", lines.LinesExtension),
    "lists": Extension("lists that begin where they say", lambda: "sane_lists"),
    "notes": Extension("a call[^label] and its [^label]: note", lambda: "footnotes"),
    "part": Extension("# Title {.part}, a text that opens a part", finish=part.finish),
    "pullquote": Extension("/// pullquote", pullquote.PullQuoteExtension),
    "smarty": Extension(
        "quotes and dashes by the book's language",
        lambda: SmartyExtension(substitutions=dict(SUBSTITUTIONS)),
    ),
    "spans": Extension("[words]{.class lang=fr}, [term]{.index}", spans.SpanExtension),
    "subscript": Extension("H~2~O and ~~struck~~", lambda: "pymdownx.tilde"),
    "superscript": Extension("x^2^", lambda: "pymdownx.caret"),
    "tables": Extension("| pipe | tables |", lambda: "tables"),
    "tasks": Extension("- [x] done, - [ ] to do", lambda: "pymdownx.tasklist", tasks.finish),
    "verse": Extension("/// verse", verse.VerseExtension),
}
"""Every extension that is read, by name."""

CONFIGURATION: Final[Mapping[str, Mapping[str, object]]] = {
    # Notes stand where their medium has them, and nowhere else.
    "footnotes": {"PLACE_MARKER": "\ufdd0notes\ufdd1"},
    "pymdownx.caret": {"insert": False, "smart_insert": False},
    "pymdownx.superfences": {
        "custom_fences": [
            {"name": formulas.LANGUAGE, "class": formulas.LANGUAGE, "format": formulas.fence}
        ]
    },
    "pymdownx.highlight": {"css_class": "code", "guess_lang": False},
}
"""The settings of those that Python-Markdown loads by name."""
