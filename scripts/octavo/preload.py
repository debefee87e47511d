"""What a worker loads before there is work for it; imported for that alone."""

import gc
from contextlib import redirect_stderr, redirect_stdout, suppress
from io import StringIO

# A system without Pango makes e-books; who sets pages there is told (P007), by then and not now.
# So it is with a WeasyPrint that is not the one that is known.
with suppress(OSError, RuntimeError), redirect_stdout(StringIO()), redirect_stderr(StringIO()):
    from octavo.formats.pdf.typesetting import prepare

    prepare()

# What is loaded stays: to look through it for what can be forgotten would only make it be copied.
gc.collect()
gc.freeze()
