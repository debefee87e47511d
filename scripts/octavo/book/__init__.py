"""The book of one edition: its leaves in order, numbered, every reference resolved."""

from octavo.book.audience import heard, suited
from octavo.book.composition import compose
from octavo.book.index import marks
from octavo.book.slugs import slugs

__all__ = ["compose", "heard", "marks", "slugs", "suited"]
