"""The composer: lines and pages chosen as a typesetter would, in numbers alone.

It knows no face and no library. What sets pages tells it how wide things are, and is told where to
break.
"""

from octavo.composer.pages import FEWEST, Foot, changes, turned
from octavo.composer.paragraph import Measure, Row, Setting, Text, best, fit
from octavo.composer.properties import PROPERTIES, adapted, read
from octavo.composer.rivers import Gap, rivers

__all__ = [
    "FEWEST",
    "PROPERTIES",
    "Foot",
    "Gap",
    "Measure",
    "Row",
    "Setting",
    "Text",
    "adapted",
    "best",
    "changes",
    "fit",
    "read",
    "rivers",
    "turned",
]
