"""What a worker loads before there is work for it; imported for that alone."""

import gc
from contextlib import redirect_stderr, redirect_stdout, suppress
from io import StringIO

from octavo.diagnostics import PublishingError
from octavo.formats import loaded

# A system without Pango makes e-books; who sets pages there is told (P007), by then and not now.
# So it is with a WeasyPrint that is not the one that is known.
silent = StringIO()
with suppress(PublishingError, RuntimeError), redirect_stdout(silent), redirect_stderr(silent):
    loaded("octavo.formats.pdf.typesetting").prepare()

# What is loaded stays: to look through it for what can be forgotten would only make it be copied.
gc.collect()
gc.freeze()
