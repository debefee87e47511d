"""Blocks that Python-Markdown does not have: lines of pandoc, examples, tags of Liquid."""

import re
from collections.abc import Iterator
from typing import Final

from octavo.editing import Edit
from octavo.mending.text import Text

_CONTENTS: Final = re.compile(
    r"^[ \t]*(?:\[TOC\]|\[\[_?TOC_?\]\]|\{:toc\}|\{\{\s*toc\s*\}\}|\[toc\]|"
    r"\\(?:newpage|pagebreak|clearpage|tableofcontents|mainmatter|frontmatter|backmatter))[ \t]*$",
    re.MULTILINE,
)
_LINES: Final = re.compile(r"(?:^\|(?: [^\n]*)?\n(?:^ [^\n]*\n)*){2,}", re.MULTILINE)
_RULE: Final = re.compile(r"^\|?[ \t]*:?-{2,}", re.MULTILINE)
_LIQUID: Final = re.compile(
    r"\{%-?\s*(?P<tag>(?:end)?(?:highlight|raw))(?:\s+(?P<said>[^%]*?))?\s*-?%\}"
    r"|\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}",
    re.DOTALL,
)
_EXAMPLE: Final = re.compile(r"^(?P<lead>[ ]{0,3})\(@[\w-]*\)(?=[ \t]+\S)", re.MULTILINE)


def mend(text: Text) -> Iterator[Edit]:
    """Yield what Python-Markdown reads in the place of these."""
    yield from _liquid(text)
    yield from (Edit(m.start(), m.end(), "") for m in _CONTENTS.finditer(text.masked))
    for found in _LINES.finditer(text.masked):
        if not _RULE.search(found[0]) and "|" not in re.sub(
            r"^\|", "", found[0], flags=re.MULTILINE
        ):
            yield Edit(
                found.start(), found.end(), _verse(text.source.text[found.start() : found.end()])
            )
    for count, found in enumerate(_EXAMPLE.finditer(text.masked), 1):
        yield Edit(found.start(), found.end(), f"{found['lead']}{count}.")


def _liquid(text: Text) -> Iterator[Edit]:
    """Yield the fences that Jekyll writes otherwise, and what is for its own eyes."""
    for found in _LIQUID.finditer(text.masked):
        tag = found["tag"] or ""
        fence = "```" if "highlight" in tag else ""
        language = (found["said"] or "").split()[:1] if tag == "highlight" else []
        yield Edit(found.start(), found.end(), fence + "".join(language))


def _verse(said: str) -> str:
    lines: list[str] = []
    for line in said.rstrip("\n").split("\n"):
        if line.startswith("|"):
            lines.append(line[2:].rstrip())
        else:
            lines[-1] += f" {line.strip()}"
    return "/// verse\n" + "\n".join(lines) + "\n///\n"
