"""What an address in a text is: a place in the book, a file of the folder, or somewhere else."""

import re
from collections.abc import Iterable
from posixpath import dirname, isabs, join, normpath
from typing import Final
from urllib.parse import unquote

_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


def scheme(address: str) -> str:
    """Return the scheme of an address in lower case, ``//`` for a host without one, or nothing."""
    if address.startswith("//"):
        return "//"
    match = _SCHEME.match(address)
    return match[1].lower() if match else ""


def is_local(address: str) -> bool:
    """Return whether an address names a file, rather than a place on the network or in the text."""
    return not scheme(address) and not address.startswith("#")


def path_of(text: str, address: str) -> str:
    """Return the path, relative to the publication's folder, that an address in a text means."""
    return normpath(join(dirname(text), unquote(address).partition("#")[0]))


def leads_out(text: str, address: str) -> bool:
    """Return whether an address names a file outside the folder, be it only by its spelling."""
    return is_local(address) and (
        isabs(unquote(address)) or path_of(text, address).startswith("..")
    )


def is_below(path: str, places: Iterable[str]) -> bool:
    """Return whether a path is one of some places, or leads through one."""
    return any(path == place or path.startswith(f"{place}/") for place in places)
