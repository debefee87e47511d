"""What this Octavo knows, read from the registries themselves."""

from collections.abc import Iterator, Sequence

from octavo.checks import CHECKS
from octavo.diagnostics import STAGE_CODES
from octavo.editions import DESCRIPTIONS, EDITIONS
from octavo.formats import FORMATS
from octavo.markup import EXTENSIONS
from octavo.sources import SOURCES
from octavo.sources.styles import leaves

Rows = Sequence[tuple[str, str]]


def registries() -> Iterator[tuple[str, Rows]]:
    """Yield the title and the rows of each registry, a name and its meaning a row."""
    yield "formats", [(f.name, f.description) for f in FORMATS.values()]
    yield "editions", [(name, DESCRIPTIONS[name]) for name in EDITIONS]
    yield "sources", [(name, way.description) for name, way in SOURCES.items()]
    yield "extensions", [(name, e.description) for name, e in EXTENSIONS.items()]
    yield "checks", sorted(dict(_checks()).items())
    yield "leaves", [(name, "") for name in leaves()]


def _checks() -> Iterator[tuple[str, str]]:
    yield from STAGE_CODES.items()
    for checks in CHECKS.values():
        for check in checks:
            code, _, meaning = _first_line(check).partition(": ")
            yield code, meaning.rstrip(".")


def _first_line(documented: object) -> str:
    return (documented.__doc__ or "").strip().partition("\n")[0]
