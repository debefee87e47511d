"""``python -m tests.validators ace build/crossroads/crossroads.epub``."""

import sys
from pathlib import Path

from tests.validators import ace, epubcheck, verapdf

VALIDATORS = {"epubcheck": epubcheck, "ace": ace, "verapdf": verapdf}

for finding in VALIDATORS[sys.argv[1]](Path(sys.argv[2])):
    print(finding.code, finding.message)
