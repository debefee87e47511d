"""WeasyPrint's own functions with a line or two changed, where it has no other door.

Each change is a condition in the middle of a long function, which is therefore compiled again from
its own source. A WeasyPrint in which the lines do not stand as they are known is refused.
"""

import inspect
import sys
from collections.abc import Callable, Mapping
from functools import partial, update_wrapper
from textwrap import dedent
from types import ModuleType
from typing import Any, Final

_AMENDED: Final = "octavo_amended"
_SURROUNDED: Final = "octavo_surrounded"


def amend(
    owner: ModuleType | type, function: str, changes: Mapping[str, str], *users: ModuleType
) -> None:
    """Put other lines in the place of those of a module's or class's, once for the process.

    ``users`` are the modules that have imported the function by its name.

    Raises:
        RuntimeError: when this WeasyPrint is not the one that is known.
    """
    module = owner if isinstance(owner, ModuleType) else sys.modules[owner.__module__]
    done: dict[str, Mapping[str, str]] = vars(module).setdefault(_AMENDED, {})
    name = f"{owner.__name__}.{function}"
    if done.get(name) == changes:
        return
    source = inspect.getsource(vars(owner)[function])
    if name in done or any(source.count(line) != 1 for line in changes):
        raise RuntimeError(f"this WeasyPrint has another {function}")
    for line, amended in changes.items():
        source = source.replace(line, amended)
    made: dict[str, Any] = {}
    exec(  # noqa: S102 - WeasyPrint's own source, few lines of it changed
        compile(dedent(source), str(module.__file__), "exec"), vars(module), made
    )
    for user in (owner, *users):
        setattr(user, function, made[function])
    done[name] = changes


def surround(module: ModuleType, function: str, by: Callable[..., Any]) -> None:
    """Call another function in the place of a module's, once for the process.

    It is given the module's own function and then what that would have been given.

    Raises:
        RuntimeError: when another one stands around it already.
    """
    done: dict[str, Any] = vars(module).setdefault(_SURROUNDED, {})
    if done.get(function) is by:
        return
    if function in done:
        raise RuntimeError(f"something else stands around {function}")
    own = vars(module)[function]
    setattr(module, function, update_wrapper(partial(by, own), own))
    done[function] = by
