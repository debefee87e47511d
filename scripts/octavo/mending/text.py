"""A text that is to be mended, as a mender sees it."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from octavo.diagnostics import Diagnostic, warning
from octavo.editing import Edit
from octavo.masking import masked
from octavo.mending.reading import Block, blocks
from octavo.model import Source


@dataclass(frozen=True)
class Text:
    """A text, what it is called where it has no heading, and its dialect.

    ``images`` are the paths of the images that the book has, ``damaged`` those of which its author
    knows already that they cannot be read.
    """

    source: Source
    called: str
    dialect: str
    images: frozenset[str] = frozenset()
    damaged: frozenset[str] = frozenset()

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of the text."""
        return blocks(self.source.text)

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines of the text without their ends."""
        return tuple(self.source.text.split("\n"))

    @cached_property
    def masked(self) -> str:
        """The text with its code and its comments blanked."""
        return masked(self.source.text)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        starts = [0]
        for line in self.lines:
            starts.append(starts[-1] + len(line) + 1)
        return tuple(starts)

    def start(self, line: int) -> int:
        """Return the offset at which a line begins, counted from 0; the last ends the text."""
        return min(self._starts[line], len(self.source.text))

    def line(self, offset: int) -> int:
        """Return the line of a character, counted from 0."""
        return bisect_right(self._starts, offset) - 1

    def edit(self, line: int, new: str) -> Edit:
        """Return the change of one line."""
        return Edit(self.start(line), self.start(line) + len(self.lines[line]), new)

    def say(self, code: str, message: str, line: int, hint: str) -> Diagnostic:
        """Return a warning about a line, counted from 0."""
        return warning(code, message, self.source.written(line + 1), hint)


Mender = Callable[[Text], Iterator[Edit | Diagnostic]]
"""What changes in a text that Octavo would not read as its author's own tool does."""
