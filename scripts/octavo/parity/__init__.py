"""The proof that source, e-book and print say the same.

The finished files are read again, by other libraries than wrote them: PDFium reads the pages and
lxml the e-book. What an edition leaves out on purpose is known and not reported.
"""

from octavo.parity.proof import Printed, Proof, begin_to_prove, prove

__all__ = ["Printed", "Proof", "begin_to_prove", "prove"]
