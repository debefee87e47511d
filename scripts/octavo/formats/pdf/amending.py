"""WeasyPrint's own functions with a line or two changed, where it has no other door.

Each change is a condition in the middle of a long function, which is therefore compiled again from
its own source. A WeasyPrint in which the lines do not stand as they are known is refused.
"""

import inspect
from collections.abc import Mapping
from types import ModuleType
from typing import Final

_AMENDED: Final = "octavo_amended"


def amend(
    module: ModuleType, function: str, changes: Mapping[str, str], *users: ModuleType
) -> None:
    """Put other lines in the place of those of a module's function, once for the process.

    ``users`` are the modules that have imported the function by its name.

    Raises:
        RuntimeError: when this WeasyPrint is not the one that is known.
    """
    done: dict[str, Mapping[str, str]] = vars(module).setdefault(_AMENDED, {})
    if done.get(function) == changes:
        return
    source = inspect.getsource(vars(module)[function])
    if function in done or any(source.count(line) != 1 for line in changes):
        raise RuntimeError(f"this WeasyPrint has another {function}")
    for line, amended in changes.items():
        source = source.replace(line, amended)
    exec(  # noqa: S102 - WeasyPrint's own source, few lines of it changed
        compile(source, str(module.__file__), "exec"), vars(module)
    )
    for user in users:
        setattr(user, function, vars(module)[function])
    done[function] = changes
