"""Code: fenced or indented, highlighted when its language is named.

::

    ```python
    print("Hello")
    ```

becomes ``<div class="code"><pre><code>`` with a ``<span>`` of one of Pygments' short classes for
every word of the language; how these look is the stylesheet's business. What other tools write
behind the language (``rust,ignore`` or ``{r, echo=FALSE}``) is read over. A fence against the text
of a paragraph ends it, and what follows the fence begins another.
"""

import re
from collections.abc import Iterator
from typing import Final

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

from octavo import xhtml
from octavo.xhtml import Element

_INFO: Final = re.compile(
    r"^(?P<fence>[ \t>]*(?:`{3,}|~{3,}))[ \t]*"
    r"(?:\{(?P<chunk>\w[\w+#-]*)[^`{}]*\}|(?P<language>[\w+#-][\w+#.-]*)[, \t][^`={}]*)$"
)
_TRAILING: Final = re.compile(r"[ \t]+(?=\n)")
_BEFORE_FENCES: Final = 30
"""The priority of pymdownx's fences is 25."""


class CodeExtension(Extension):
    """Teaches Python-Markdown to take the first word behind a fence for the language."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Read fences before pymdownx does."""
        md.preprocessors.register(_InfoStrings(md), "info-strings", _BEFORE_FENCES)


class _InfoStrings(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return [_INFO.sub(_language_alone, line) for line in lines]


def _language_alone(line: re.Match[str]) -> str:
    return f"{line['fence']}{line['chunk'] or line['language']}"


def finish(body: Element) -> None:
    """Lift blocks out of paragraphs, and take away what Pygments guards a blank first line with."""
    for mark in xhtml.find(body, ".//h:pre/h:span[not(node())]"):
        xhtml.replace(mark, [])
    for pre in xhtml.find(body, ".//h:pre"):
        _trim(pre)
    for block in xhtml.find(body, ".//h:p/h:div"):
        _lift(block)


def _trim(pre: Element) -> None:
    """Take away the spaces at the ends of lines; WeasyPrint fails where a line breaks at them."""
    after = "\n"
    for element, part in reversed(list(_pieces(pre))):
        text = getattr(element, part) or ""
        kept = _TRAILING.sub("", text)
        if after.startswith("\n"):
            kept = kept.rstrip(" \t")
        if kept != text:
            setattr(element, part, kept)
        after = kept or after


def _pieces(element: Element) -> Iterator[tuple[Element, str]]:
    """Yield the texts in an element in their order, as what holds each and how."""
    yield element, "text"
    for child in element:
        yield from _pieces(child)
        yield child, "tail"


def _lift(block: Element) -> None:
    """End the paragraph before a block, and begin another with what follows: a ``p`` holds none."""
    paragraph = block.getparent()
    if paragraph is None:
        return
    behind = paragraph.makeelement(paragraph.tag)
    behind.text, block.tail = (block.tail or "").lstrip(), None
    behind.extend(list(block.itersiblings()))
    paragraph.remove(block)
    if len(paragraph):
        paragraph[-1].tail = (paragraph[-1].tail or "").rstrip()
    else:
        paragraph.text = (paragraph.text or "").rstrip()
    parts = [block]
    if len(paragraph) or paragraph.text:
        parts.insert(0, paragraph)
    if len(behind) or behind.text:
        block.tail = "\n"
        parts.append(behind)
    xhtml.replace(paragraph, parts)
