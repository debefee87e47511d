"""Spans: words in brackets with attributes behind them, as in Pandoc.

::

    the [Blauhelme]{lang=de} of the [United Nations]{.index}

becomes ``<span lang="de" ...>Blauhelme</span>``; what the class ``index`` does is told in
``indexing``. Brackets without an attribute list stay what they are.
"""

import re
from typing import Any, Final
from xml.etree.ElementTree import Element

from markdown import Extension
from markdown.inlinepatterns import LinkInlineProcessor

_OPEN: Final = r"(?<!!)\[(?!\^)"
_LIST: Final = re.compile(r"\{:?[ ]*[^}\n ][^}\n]*\}")
_BEFORE_LINKS: Final = 172
"""Notes come at 175, references at 170; a list in braces tells a span from these."""


class SpanProcessor(LinkInlineProcessor):
    """Makes the span; Python-Markdown's attribute lists give it what stands in the braces."""

    def handleMatch(  # type: ignore[override] # noqa: N802 - Python-Markdown's signature
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        """Return the span, and where it begins and ends."""
        text, end, closed = self.getText(data, m.end(0))
        if not closed or not _LIST.match(data, end):
            return None, None, None
        span = Element("span")
        span.text = text
        return span, m.start(0), end


class SpanExtension(Extension):
    """Teaches Python-Markdown the span."""

    def extendMarkdown(self, md: Any) -> None:  # noqa: N802 - Python-Markdown's signature
        """Make the span known among the inline patterns."""
        md.inlinePatterns.register(SpanProcessor(_OPEN, md), "span", _BEFORE_LINKS)
        # Inside an element Python-Markdown goes on with the patterns behind the one that made it.
        md.inlinePatterns.register(SpanProcessor(_OPEN, md), "span-inside", _BEFORE_LINKS - 1)
