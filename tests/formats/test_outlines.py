"""Outlines of drawings that come again: they are drawn as they were the first time."""

from io import BytesIO

import pikepdf
import pytest
import weasyprint
from weasyprint.svg import TAGS

from octavo.formats.pdf.typesetting import prepare

OUTLINES = (
    "M1 1 L9 1 L9 9 Z",
    "M1 1 C 2 8 7 8 9 1 S 3 3 1 1",
    "m1 1 l3 0 0 3 -3 0z m5 5 a2 2 0 1 1 1 1",
    "M0 5 Q 2 0 4 5 T 8 5",
    "",
)
LOOKS = (
    'fill="black"',
    'fill="none" stroke="#1f5f8b" stroke-width="0.5"',
    'fill="red" transform="translate(2 3) rotate(20) scale(0.5)"',
    'fill="black" fill-rule="evenodd" opacity="0.4"',
    'stroke="black" marker-end="url(#tip)"',
)


@pytest.mark.slow
def test_an_outline_that_comes_again_is_drawn_as_the_first_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    prepare()
    paths = "".join(f'<path {look} d="{d}"/>' for look in LOOKS for d in OUTLINES)
    tip = '<marker id="tip" markerWidth="4" markerHeight="4"><path d="M0 0 L4 2 L0 4 Z"/></marker>'
    drawing = f'<svg viewBox="0 0 10 10"><defs>{tip}</defs>{paths}</svg>'
    sizes = "".join(f'<div style="font-size: {size}px">{drawing}</div>' for size in (8, 20))
    remembered = drawn(sizes)
    monkeypatch.setitem(TAGS, "path", TAGS["path"].__wrapped__)
    assert remembered == drawn(sizes)
    assert remembered.count(b" l\n") > 2 * len(LOOKS)


def drawn(body: str) -> bytes:
    """Return what draws a page."""
    made = weasyprint.HTML(string=f"<body>{body}").write_pdf()
    with pikepdf.open(BytesIO(made)) as file:
        return bytes(file.pages[0].Contents.read_bytes())
