"""``python -m tests.validators ace build/crossroads/crossroads.epub``."""

import sys
from collections.abc import Callable
from pathlib import Path

from tests.validators import Finding, ace, epubcheck, verapdf

VALIDATORS: dict[str, Callable[[Path], list[Finding]]] = {
    "epubcheck": epubcheck,
    "ace": ace,
    "verapdf": verapdf,
}

for finding in VALIDATORS[sys.argv[1]](Path(sys.argv[2])):
    print(finding.code, finding.message)
