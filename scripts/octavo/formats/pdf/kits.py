"""What documents with the same stylesheets share in a process: CSS, fonts, the widths of words.

A book is set in gatherings, and every one of them asks for the same.
"""

import logging
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

from weasyprint import css
from weasyprint.css.counters import CounterStyle
from weasyprint.text.fonts import FontConfiguration

from octavo import xhtml
from octavo.formats.pdf.amending import surround
from octavo.formats.pdf.faces import Faces
from octavo.model import Rendition

_MOST: Final = 2
"""So many kits are kept; each holds its fonts open."""

_kept: OrderedDict[str, "Kit"] = OrderedDict()


@dataclass
class Kit:
    """Parsed stylesheets, what was said while they were parsed, fonts, and faces."""

    faces: Faces
    fonts: Any = field(default_factory=FontConfiguration)
    counters: Any = field(default_factory=CounterStyle)
    profiles: dict[str, Any] = field(default_factory=dict)
    sheets: list[Any] | None = None
    said: list[logging.LogRecord] = field(default_factory=list)


def kit_of(rendition: Rendition) -> Kit:
    """Return the kit of a rendition: that of an earlier one with the same stylesheets, or a new."""
    share_stylesheets()
    name = digest(rendition)
    kit = _kept.pop(name, None)
    if kit is None:
        kit = Kit(Faces(rendition.hangs if rendition.edition.composer.margins else {}))
        kit.fonts.octavo_kit = kit
    _kept[name] = kit
    while len(_kept) > _MOST:
        _, old = _kept.popitem(last=False)
        old.fonts.octavo_kit = None  # what does not refer to itself goes at once, with its files
    return kit


def digest(rendition: Rendition) -> str:
    """Return a name for all that a kit is made from."""
    root = xhtml.parse(rendition.documents[0].xhtml)
    own = "".join(style.text or "" for style in xhtml.find(root, "./h:head/h:style"))
    linked = [link.get("href") for link in xhtml.find(root, "./h:head/h:link")]
    fonts = [each for each in rendition.assets if each.media_type.startswith("font/")]
    made = sha256(repr((own, linked, sorted(rendition.hangs.items()))).encode())
    made.update(repr(rendition.edition.composer).encode())
    for asset in (*rendition.stylesheets, *fonts):
        made.update(asset.name.encode())
        made.update(sha256(asset.data).digest())
    return made.hexdigest()


def share_stylesheets() -> None:
    """Have WeasyPrint parse the stylesheets of a kit once; once for the process.

    Raises:
        RuntimeError: when something else stands around what finds them.
    """
    surround(css, "find_stylesheets", _shared)


def _shared(own: Callable[..., Any], *arguments: Any) -> Any:
    """Surround ``find_stylesheets``: say again what was said when they were parsed."""
    kit: Kit | None = vars(arguments[4]).get("octavo_kit")
    if kit is None:
        return own(*arguments)
    logger = logging.getLogger("weasyprint")
    if kit.sheets is None:
        with _recorded(logger, kit.said):
            kit.sheets = list(own(*arguments))
    else:
        for record in kit.said:
            logger.handle(record)
    return kit.sheets


class _Recorder(logging.Handler):
    def __init__(self, said: list[logging.LogRecord]) -> None:
        super().__init__(logging.WARNING)
        self._said = said

    def emit(self, record: logging.LogRecord) -> None:
        self._said.append(record)


@contextmanager
def _recorded(logger: logging.Logger, said: list[logging.LogRecord]) -> Iterator[None]:
    recorder = _Recorder(said)
    logger.addHandler(recorder)
    try:
        yield
    finally:
        logger.removeHandler(recorder)
