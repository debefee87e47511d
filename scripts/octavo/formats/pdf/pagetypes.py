"""The styles of pages: computed once for all pages that the same rules are for.

WeasyPrint 70 computes them anew for every page, and to find those of its margins goes through the
styles of all pages before.
"""

from collections.abc import Callable
from typing import Any

from weasyprint.layout import page as page_layout

from octavo.formats.pdf.amending import surround


def share_page_styles() -> None:
    """Have WeasyPrint compute the styles of like pages once; once for the process.

    Raises:
        RuntimeError: when something else stands around what computes them.
    """
    surround(page_layout, "set_page_type_computed_styles", _compute)


def compute_styles(type_: Any, html: Any, style_for: Any) -> None:
    """Compute the styles of a page of a type, or take those of a page that is alike."""
    page_layout.set_page_type_computed_styles(type_, html, style_for)


def _compute(own: Callable[..., Any], type_: Any, html: Any, style_for: Any) -> None:
    """Surround ``set_page_type_computed_styles``: look for a page with the same rules first."""
    rules: frozenset[Any] | None = vars(style_for).get("octavo_rules")
    if rules is None:
        rules = style_for.octavo_rules = frozenset(
            selector[2]
            for sheet, *_ in style_for._sheets  # noqa: SLF001 - pinned
            for _, selectors, _ in sheet.page_rules
            for selector in selectors
        )
        style_for.octavo_alike = {}
    matches = style_for._page_type_match  # noqa: SLF001 - pinned
    met = frozenset(rule for rule in rules if matches(rule, type_))
    computed = style_for.get_computed_styles()
    alike: dict[Any, dict[Any, Any]] = style_for.octavo_alike
    if met not in alike:
        own(type_, html, style_for)
        pseudo = {key[1] for key in style_for.get_cascaded_styles() if key[0] == type_}
        alike[met] = {name: computed[type_, name] for name in (None, *pseudo - {None})}
    for name, style in alike[met].items():
        computed[type_, name] = style
