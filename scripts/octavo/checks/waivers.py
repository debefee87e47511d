"""Warnings that the author knows of and accepts."""

from collections.abc import Iterable

from octavo.diagnostics import Diagnostic, Severity, warning
from octavo.model import Waiver


def waive(found: Iterable[Diagnostic], waivers: Iterable[Waiver]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics without the warnings that are waived.

    An error cannot be waived. A waiver that waives nothing is itself reported, as M005: it has
    outlived its reason, or was never right.
    """
    found, waivers = tuple(found), tuple(waivers)
    idle = (w for w in waivers if not any(_waives(w, diagnostic) for diagnostic in found))
    return (*unwaived(found, waivers), *(_unused(waiver) for waiver in idle))


def unwaived(found: Iterable[Diagnostic], waivers: Iterable[Waiver]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics without the warnings that are waived, and say nothing of waivers."""
    waivers = tuple(waivers)
    return tuple(d for d in found if not any(_waives(waiver, d) for waiver in waivers))


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
