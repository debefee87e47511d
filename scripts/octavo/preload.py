"""What a worker loads before there is work for it; imported for that alone."""

import gc
from contextlib import redirect_stderr, redirect_stdout, suppress
from io import StringIO

import octavo.markup

# A system without Pango makes e-books; who sets pages there is told (P007), by then and not now.
with suppress(OSError), redirect_stdout(StringIO()), redirect_stderr(StringIO()):
    import octavo.formats.pdf.heads  # noqa: F401

# What is loaded stays: to look through it for what can be forgotten would only make it be copied.
gc.collect()
gc.freeze()
