"""WeasyPrint's own functions with a line changed, where it has no other door.

Each change is one condition in the middle of a long function, which is therefore compiled again
from its own source. A WeasyPrint in which the line does not stand as it is known is refused.
"""

import inspect
from types import ModuleType
from typing import Final

_AMENDED: Final = "octavo_amended"


def amend(module: ModuleType, function: str, line: str, amended: str, *users: ModuleType) -> None:
    """Put ``amended`` in the place of a line of a module's function, once for the process.

    ``users`` are the modules that have imported the function by its name.

    Raises:
        RuntimeError: when this WeasyPrint is not the one that is known.
    """
    done: set[str] = vars(module).setdefault(_AMENDED, set())
    if f"{function}: {line}" in done:
        return
    if any(each.startswith(f"{function}:") for each in done):
        raise RuntimeError(f"{function} has been amended already, by another line")
    source = inspect.getsource(vars(module)[function])
    if source.count(line) != 1:
        raise RuntimeError(f"this WeasyPrint has another {function}")
    exec(  # noqa: S102 - WeasyPrint's own source, one line of it changed
        compile(source.replace(line, amended), str(module.__file__), "exec"), vars(module)
    )
    for user in users:
        setattr(user, function, vars(module)[function])
    done.add(f"{function}: {line}")
