"""The empty leaves that stand in a gathering for those that are set in others.

They are there for selectors to count, and are not shown, whatever a stylesheet says. To find the
style of each would be much of what a gathering costs in a book of many chapters.
"""

from typing import Any, Final

from weasyprint import css

from octavo.formats.pdf.amending import amend
from octavo.formats.pdf.gatherings import STUB

_ELEMENT: Final = """\
            etree_element = element.etree_element
"""
_STYLED: Final = """\
                computed_cache[key] = computed_styles[etree_element, None]
"""
_CHANGES: Final = {
    _ELEMENT: _ELEMENT
    + """\
            if octavo_is_stub(etree_element) and 'octavo' in computed_cache:
                computed_styles[etree_element, None] = computed_cache['octavo']
                continue
""",
    _STYLED: _STYLED
    + """\
            if octavo_is_stub(etree_element):
                computed_styles[etree_element, None]['display'] = ('none',)
                computed_cache['octavo'] = computed_styles[etree_element, None]
""",
}


def share_stub_styles() -> None:
    """Have WeasyPrint give all stubs the style of the first; once for the process.

    Raises:
        RuntimeError: when this WeasyPrint is not the one that is known.
    """
    vars(css).setdefault("octavo_is_stub", _is_stub)
    amend(css.StyleFor, "__init__", _CHANGES)


def _is_stub(element: Any) -> bool:
    return len(element) == 0 and not element.text and element.get("hidden") == STUB
