"""Leaders, the dots from an entry to its page: one text, where WeasyPrint sets every dot by itself.

To set, draw, tag and save thirty texts an entry is most of what a table of contents costs.
"""

from collections.abc import Callable
from copy import copy
from typing import Any

from weasyprint.layout import inline
from weasyprint.layout.leader import leader_index

from octavo.formats.pdf.amending import surround


def join_leaders() -> None:
    """Have WeasyPrint set a leader as one text, once for the process.

    Raises:
        RuntimeError: when something else stands around what sets them.
    """
    surround(inline, "handle_leader", _joined)


def _joined(own: Callable[..., Any], context: Any, line: Any, block: Any) -> None:
    """Surround ``handle_leader``: the texts it has set end to end are one."""
    own(context, line, block)
    _, leader = leader_index(line)
    if leader is None or len(leader.children) < 2:
        return
    texts = leader.children
    joined = min(texts, key=lambda text: text.position_x).copy()
    joined.width = sum(text.width for text in texts)
    joined.text = joined.text * len(texts)
    joined.pango_layout = copy(joined.pango_layout)
    joined.pango_layout.text = joined.pango_layout.text * len(texts)
    leader.children = (joined,)
