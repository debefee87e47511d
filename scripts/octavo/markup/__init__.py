"""From Markdown to a chapter: well-formed XHTML, and everything in it that others refer to."""

from octavo.markup.extensions import EXTENSIONS
from octavo.markup.parsing import parse

__all__ = ["EXTENSIONS", "parse"]
