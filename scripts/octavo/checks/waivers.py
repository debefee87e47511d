"""Warnings that the author knows of and accepts."""

from collections.abc import Iterable

from octavo.diagnostics import Diagnostic, Severity, warning
from octavo.model import Waiver


def waive(found: Iterable[Diagnostic], waivers: Iterable[Waiver]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics without the warnings that are waived.

    An error cannot be waived. A waiver that waives nothing is itself reported, as M005: it has
    outlived its reason, or was never right.
    """
    used: set[Waiver] = set()
    kept: list[Diagnostic] = []
    waivers = tuple(waivers)
    for diagnostic in found:
        matching = [waiver for waiver in waivers if _waives(waiver, diagnostic)]
        used.update(matching)
        if not matching:
            kept.append(diagnostic)
    unused = (waiver for waiver in waivers if waiver not in used)
    return (*kept, *(_unused(waiver) for waiver in unused))


def _waives(waiver: Waiver, diagnostic: Diagnostic) -> bool:
    return (
        diagnostic.severity is Severity.WARNING
        and diagnostic.code == waiver.code
        and waiver.path in {"", diagnostic.location.path}
    )


def _unused(waiver: Waiver) -> Diagnostic:
    return warning(
        "M005",
        f"the waiver of {waiver.code} waives nothing",
        waiver.location,
        "take it away; only warnings can be waived",
    )
