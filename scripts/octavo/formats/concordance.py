"""A concordance of pages as a file, for libraries and teachers: ``<name>.concordance.csv``.

Comma-separated values (RFC 4180), in UTF-8: a page of the standard edition by its label, and the
labels of the first and the last page of the other that hold what stands on it.
"""

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Final

from octavo.concordance import Concordance
from octavo.model import Artifact

MEDIA_TYPE: Final = "text/csv"


def tabulate(name: str, rows: Iterable[Concordance]) -> Artifact:
    """Return a concordance as the file of an edition with a name."""
    text = StringIO()
    table = csv.writer(text)
    table.writerow(("standard page", "first page", "last page"))
    table.writerows((row.label, row.first, row.last) for row in rows)
    return Artifact(f"{name}.concordance.csv", MEDIA_TYPE, text.getvalue().encode())
