"""How a paragraph on a page can be set otherwise, so that the page ends well."""

from collections.abc import Mapping
from dataclasses import dataclass

from octavo.formats.pdf.paragraphs import Asked, Composed, Composing, Composition, Ending


@dataclass(frozen=True)
class Turn:
    """A paragraph that can be set in another number of lines, from where it begins on a page."""

    composing: Composing
    composed: Composed
    asked: Asked

    def costs(self) -> Mapping[int, float]:
        """Return what a line more or fewer costs, where it can be had."""
        if self.asked.key not in self.composed.compositions:
            self.composed.compose_rest(self.composing, self.asked)
        found = self.composed.compositions.get(self.asked.key)
        if found is None:
            return {}
        here = found.settings[found.lines].cost
        return {
            step: found.settings[found.lines + step].cost - here
            for step in (-1, 1)
            if found.lines + step in found.settings
            and max(found.settings[found.lines + step].ratios) <= found.composer.tolerance
        }

    def by(self, step: int) -> None:
        """Set it in so many lines more."""
        lines = self.composed.compositions[self.asked.key].lines
        self.composed.lay(self.asked.key, lines + step)


@dataclass
class Rebreak:
    """A paragraph that can be set without one of its breaks."""

    composed: Composed
    asked: Asked
    ending: Ending | None
    before: Composition | None = None

    def by(self, step: int) -> None:
        """Set it so, or as it was (-1)."""
        if step > 0:
            self.before = self.composed.avoid(self.asked.key, self.ending)
        elif self.before:
            self.composed.compositions[self.asked.key] = self.before
            self.composed.lay(self.asked.key, self.before.lines)
