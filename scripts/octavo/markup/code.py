"""Code: fenced or indented, highlighted when its language is named.

::

    ```python
    print("Hello")
    ```

becomes ``<div class="code"><pre><code>`` with a ``<span>`` of one of Pygments' short classes for
every word of the language; how these look is the stylesheet's business. What other tools write
behind the language (``rust,ignore`` or ``{r, echo=FALSE}``) is read over.
"""

import re
from typing import Final

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

from octavo import xhtml

_INFO: Final = re.compile(
    r"^(?P<fence>[ \t>]*(?:`{3,}|~{3,}))[ \t]*"
    r"(?:\{(?P<chunk>\w[\w+#-]*)[^`{}]*\}|(?P<language>[\w+#-][\w+#.-]*)[, \t][^`={}]*)$"
)
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


def finish(body: xhtml.Element) -> None:
    """Take the empty mark away with which Pygments guards a blank first line from browsers."""
    for mark in xhtml.find(body, ".//h:pre/h:span[not(node())]"):
        xhtml.replace(mark, [])
