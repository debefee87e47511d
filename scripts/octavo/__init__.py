"""Octavo turns one Markdown manuscript into an e-book and a typeset page."""

__version__ = "0.1.0"
