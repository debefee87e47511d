"""What was made before, kept on disk by what it was made from.

A key names everything that a value depends on, Octavo and its libraries included; so an entry is
never out of date, only unused, and then it goes. An entry is one file, ``<folder>/aa/<key>``: a
line that says the format, a line with the payload's SHA-256 and its length, the payload. It comes
whole, by a rename, or not at all. Processes share a folder without locks: whatever one takes away
from another is made again.
"""

import ctypes
import hashlib
import os
import pickle
import platform
import random
import re
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import fields
from datetime import date, datetime
from datetime import time as clock
from enum import Enum, Flag
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from io import FileIO
from pathlib import Path, PurePath
from typing import Any, Final, Self

LIMIT: Final = 1 << 30
"""How many bytes a cache holds unless told otherwise."""

MAGIC: Final = b"octavo cache 1\n"
"""How an entry begins; the number changes with the format."""

DISTRIBUTIONS: Final = (
    "brotli cssselect2 ebooklib font-source-sans-pro font-source-serif-pro fontpkg-source-code-pro "
    "fonttools icukit-pyicu jinja2 lxml markdown markupsafe pikepdf pillow pydantic pydyf pygments "
    "pyicu pymdown-extensions pypdfium2 pyphen segno tinycss2 tinyhtml5 tree-sitter "
    "tree-sitter-toml uharfbuzz weasyprint webencodings zopfli"
)
"""Whatever has a hand in what a build makes."""

LIBRARIES: Final[Mapping[str, tuple[str, ...]]] = {
    "pango_version": ("libpango-1.0.so.0", "libpango-1.0.0.dylib"),
    "hb_version": ("libharfbuzz.so.0", "libharfbuzz.0.dylib"),
    "FcGetVersion": ("libfontconfig.so.1", "libfontconfig.1.dylib"),
    "FT_Library_Version": ("libfreetype.so.6", "libfreetype.6.dylib"),
    "fribidi_debug_status": ("libfribidi.so.0", "libfribidi.0.dylib"),
}
"""What sets the words, by a symbol that finds its file, under the names that loaders know."""

_PACKAGE: Final = Path(__file__).resolve().parent
_HOUSE: Final = next(
    folder
    for folder in (_PACKAGE / "styles", _PACKAGE.parents[1] / "styles", _PACKAGE)
    if folder.is_dir()
)

_HEAD: Final = len(MAGIC) + 64 + 1 + 20 + 1
_SHARE: Final = 32
_UNFINISHED: Final = ".unfinished"
_HOUR: Final = 3600
_DAY: Final = 24 * _HOUR
_KEY: Final = re.compile("[0-9a-f]{64}")


class Cache:
    """What was made before, by a key that names everything it was made from."""

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        self._folder = folder
        self._limit = limit
        self._room = limit - limit // _SHARE
        # Chance has many processes that write little trim as often as one that writes much.
        self._due = random.uniform(0, limit / _SHARE)  # noqa: S311
        self._written = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of what is used least, if anything was put in since that was last done."""
        if self._written:
            self._trim()

    def get(self, key: str) -> bytes | None:
        """Return what was put in, or None; what is damaged is removed.

        Raises:
            ValueError: for a key that ``key()`` did not make.
        """
        path = self._path(key)
        try:
            payload = _read(path)
        except OSError:
            return None
        if payload is None:
            _remove(path)
        return payload

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes, if the disk will have them and they leave room for others.

        Raises:
            ValueError: for a key that ``key()`` did not make.
        """
        path = self._path(key)
        size = _HEAD + len(data)
        if size > self._room:
            return
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.parent.mkdir(mode=0o700, exist_ok=True)
            _write(path, data)
            self._written = True
            self._due -= size
            if self._due <= 0:
                self._trim()

    def has(self, key: str) -> bool:
        """Return whether there is an entry, be it whole or not."""
        return os.path.isfile(self._path(key))  # noqa: PTH113 - that raises nothing

    def load(self, key: str) -> object | None:
        """Return the value that was kept, or None; nothing is unpickled that is not whole."""
        data = self.get(key)
        try:
            # A whole file, and the user's own.
            return None if data is None else pickle.loads(data)  # noqa: S301
        except Exception:  # noqa: BLE001 - a class of an entry may raise what it likes
            _remove(self._path(key))
            return None

    def keep(self, key: str, value: object) -> None:
        """Keep a value; one that cannot be pickled is not kept."""
        try:
            data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        except Exception:  # noqa: BLE001 - as above, and whatever is nested too deep
            return
        self.put(key, data)

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError(f"no key of a cache: {key!r}")
        return self._folder / key[:2] / key

    def _trim(self) -> None:
        """Remove the entries that were used longest ago, until there is room to write again."""
        self._due = self._limit / _SHARE
        self._written = False
        entries = sorted(self._entries())
        total = sum(size for _, size, _ in entries)
        for _, size, path in entries:
            if total <= self._room:
                break
            _remove(Path(path))
            total -= size

    def _entries(self) -> Iterator[tuple[float, int, str]]:
        """Yield when each entry was used, its size and its path; what was left unfinished goes."""
        now = time.time()
        for shelf in _listed(self._folder):
            if not re.fullmatch("[0-9a-f]{2}", shelf.name):
                continue
            for file in _listed(shelf.path):
                with suppress(OSError):
                    status = file.stat(follow_symlinks=False)
                    if _KEY.fullmatch(file.name):
                        # A clock that was wrong once keeps no entry for ever.
                        yield min(status.st_mtime, now), status.st_size, file.path
                    elif file.name.endswith(_UNFINISHED) and now - status.st_mtime > _HOUR:
                        _remove(Path(file.path))


def user_folder() -> Path:
    """Return where this user's cache belongs, by the custom of the system."""
    named = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if named.is_absolute():
        return named / "octavo"
    try:
        home = Path.home()
    except RuntimeError:  # a user without a home, as in a container
        return Path(tempfile.gettempdir()) / f"octavo-{_user()}"
    return home / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "octavo"


@contextmanager
def temporary() -> Iterator[Cache]:
    """Give a cache that lives as long as a build."""
    with tempfile.TemporaryDirectory(prefix="octavo-", ignore_cleanup_errors=True) as folder:
        yield Cache(Path(folder))


def key(*parts: object) -> str:
    """Return the key of what is made from these parts by this Octavo, on this system.

    Parts of different types are different, mappings aside: 1 is neither True nor "1". A subclass
    differs from its base.

    Raises:
        TypeError: for what is not frozen, or has no canonical form.
    """
    return _digest(versions(), parts)


@cache
def versions() -> str:
    """Return a digest of Octavo, its styles, its libraries and Python: all that is no argument."""
    return _digest(
        _files(_PACKAGE),
        _files(_HOUSE),
        sys.version,
        sys.platform,
        platform.machine(),
        tuple((name, _version(name)) for name in DISTRIBUTIONS.split()),
        tuple(_library(symbol, names) for symbol, names in LIBRARIES.items()),
    )


def _files(folder: Path) -> tuple[tuple[str, bytes], ...]:
    """Return the files of a folder; they are so few that contents cost no more than dates."""
    return tuple(
        (path.relative_to(folder).as_posix(), path.read_bytes())
        for path in sorted(folder.rglob("[!.]*"))
        if path.parent.name != "__pycache__" and path.is_file()
    )


def _version(distribution: str) -> str | None:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return None


class _Found(ctypes.Structure):
    """What ``dladdr`` tells of an address: ``Dl_info``."""

    _fields_ = (
        ("file", ctypes.c_char_p),
        ("base", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("address", ctypes.c_void_p),
    )


def _library(symbol: str, names: tuple[str, ...]) -> tuple[str, int, int] | None:
    """Return the file that a library is loaded from, with its version in its name."""
    for name in names:
        # TypeError: Windows has no library without a name; there, none is found.
        with suppress(OSError, AttributeError, TypeError):
            address = ctypes.cast(getattr(ctypes.CDLL(name), symbol), ctypes.c_void_p)
            found = _Found()
            ctypes.CDLL(None).dladdr(address, ctypes.byref(found))
            path = Path(os.fsdecode(found.file or b"")).resolve(strict=True)
            status = path.stat()
            return path.name, status.st_size, status.st_mtime_ns
    return None


def _digest(*values: object) -> str:
    digest = hashlib.sha256()
    _feed(digest.update, values)
    return digest.hexdigest()


def _feed(write: Callable[[bytes], object], value: object) -> None:
    """Write a value so that no other writes the same: its type, its length, its content."""
    kind: type = type(value)
    if (names := _field_names(kind)) is not None:
        write(b"%s\0%s\0" % (_name(kind), ",".join(names).encode()))
        for name in names:
            _feed(write, getattr(value, name))
    elif (text := _atom(value)) is not None:
        write(b"%s\0%d\0%s" % (_name(kind), len(text), text))
    elif isinstance(value, tuple | list):
        write(b"%s\0%d\0" % (_name(kind), len(value)))
        for item in value:
            _feed(write, item)
    elif isinstance(value, Mapping):
        items = {_written(name): item for name, item in value.items()}
        write(b"mapping\0%d\0" % len(items))
        for text in sorted(items):
            write(text)
            _feed(write, items[text])
    elif isinstance(value, frozenset):
        write(b"%s\0%d\0" % (_name(kind), len(value)))
        for text in sorted(map(_written, value)):
            write(text)
    else:
        raise TypeError(f"no key can be made from a {_name(kind).decode()}")


def _atom(value: object) -> bytes | None:
    """Return the content of what has no parts, or None."""
    text: bytes | None = None
    match value:
        case None:
            text = b""
        case Enum():
            text = str(value.value if isinstance(value, Flag) else value.name).encode()
        case str():
            text = str.encode(value, errors="surrogatepass")
        case bytes():
            text = bytes(value)
        case int():
            text = b"%x" % value
        case float():
            text = float.hex(value).encode()
        case PurePath():
            text = os.fsencode(value)
        case datetime() | date() | clock():
            text = value.isoformat().encode()
    return text


def _written(value: object) -> bytes:
    pieces: list[bytes] = []
    _feed(pieces.append, value)
    return b"".join(pieces)


@cache
def _name(kind: type) -> bytes:
    return f"{kind.__module__}.{kind.__qualname__}".encode()


@cache
def _field_names(kind: Any) -> tuple[str, ...] | None:
    """Return the names of a frozen dataclass's fields, or None for any other type."""
    frozen = getattr(getattr(kind, "__dataclass_params__", None), "frozen", False)
    return tuple(field.name for field in fields(kind)) if frozen else None


def _head(payload: bytes) -> bytes:
    digest = hashlib.sha256(payload).hexdigest().encode()
    return b"%s%s %020d\n" % (MAGIC, digest, len(payload))


def _write(path: Path, payload: bytes) -> None:
    """Write an entry beside its place, then move it there."""
    number, name = tempfile.mkstemp(_UNFINISHED, dir=path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(_head(payload))
            file.write(payload)
        Path(name).replace(path)
    finally:
        _remove(Path(name))


def _read(path: Path) -> bytes | None:
    """Return the payload of an entry; None if it is not whole.

    Raises:
        OSError: where there is none, or none to believe.
    """
    if not _own(path.parent.stat()):
        raise PermissionError(path.parent)
    no_link = getattr(os, "O_NOFOLLOW", 0)
    with FileIO(path, opener=lambda name, flags: os.open(name, flags | no_link)) as file:
        status = os.fstat(file.fileno())
        if not (_own(status) and stat.S_ISREG(status.st_mode)):
            raise PermissionError(path)
        head, payload = file.read(_HEAD), file.readall()
    if head != _head(payload):
        return None
    if abs(time.time() - status.st_mtime) > _DAY:
        with suppress(OSError):
            os.utime(path)
    return payload


def _own(status: os.stat_result) -> bool:
    """Return whether nobody but this user can have written there, as far as the system tells."""
    return os.name != "posix" or (status.st_uid == _user() and not status.st_mode & 0o022)


def _user() -> int:
    return os.getuid() if os.name == "posix" else 0


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def _listed(folder: str | Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return list(found)
    except OSError:
        return []
