"""Imposition: finished pages on sheets that are folded or cut."""

from octavo.imposition.schemes import SCHEMES, Scheme
from octavo.imposition.sheets import impose, like_a_page

__all__ = ["SCHEMES", "Scheme", "impose", "like_a_page"]
