"""Features of fonts, such as old-style figures: asked for with every text, and then forgotten.

WeasyPrint has Pango keep what asks for them until the process ends: more than a megabyte for every
twenty pages.
"""

from typing import Final

from weasyprint.text.line_break import Layout

from octavo.formats.pdf.amending import amend

_KEPT: Final = """\
            attr = style.font_config.font_features.setdefault(
                features, pango.pango_attr_font_features_new(features))
            attr_list = pango.pango_attr_list_new()
"""
_FORGOTTEN: Final = """\
            attr = pango.pango_attr_font_features_new(features)
            attr_list = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
"""


def forget_features() -> None:
    """Have a text that is done with leave nothing behind, once for the process.

    Raises:
        RuntimeError: when this WeasyPrint is not the one that is known.
    """
    amend(Layout, "setup", {_KEPT: _FORGOTTEN})
