"""The book of one edition: its leaves in order, numbered, every reference resolved."""

from octavo.book.audience import heard, suited
from octavo.book.composition import compose, front
from octavo.book.index import marks
from octavo.book.slugs import slugs

__all__ = ["compose", "front", "heard", "marks", "slugs", "suited"]
