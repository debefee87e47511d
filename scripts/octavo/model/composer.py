"""How the lines of an edition are composed, in a typesetter's words."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Composer:
    """What the composer of paragraphs may do.

    ``on`` is whether paragraphs are composed at all, or broken line by line. ``tolerance`` is how
    far a line may be stretched before a worse paragraph is taken, 1 for as much as its spaces give
    well; ``hyphen_penalty`` what a hyphen at a line's end costs, 50 in TeX; ``ladder`` how many
    lines in a row may have one; ``tracking`` by how much letters may stand closer or wider, in
    hundredths of the size; ``looseness`` how many lines more or fewer than best a paragraph should
    have; ``margins`` whether punctuation hangs into the margins.
    """

    on: bool = True
    tolerance: float = 2
    hyphen_penalty: float = 50
    ladder: int = 2
    tracking: float = 1
    looseness: int = 0
    margins: bool = True


@dataclass(frozen=True)
class Hangs:
    """Optical margins: the shares of their widths by which the glyphs of a face hang out."""

    left: Mapping[str, float] = field(default_factory=dict)
    right: Mapping[str, float] = field(default_factory=dict)
