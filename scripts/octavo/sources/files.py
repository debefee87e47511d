"""The files of a publication's folder, and the fence around it.

Nothing outside the folder is read, be it by a path with ``..`` or by a symbolic link, save image
folders beside it that ``book.toml`` allows.
"""

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from hashlib import sha256
from os.path import normpath, realpath, relpath
from pathlib import Path
from typing import Final

from octavo.diagnostics import Diagnostic, Location, PublishingError, error
from octavo.model import Asset, Matter, Source, SpineItem

IMAGE_TYPES: Final[Mapping[str, str]] = {
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
"""The images that EPUB 3.3 has among its core media types, by suffix."""

_PLAIN: Final = re.compile(r"[A-Za-z0-9._/~-]+")

ASIDE: Final = frozenset({"styles", "handouts", "node_modules"})
"""Folders of a publication that hold no text or image of the book."""


class Files:
    """The files of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._root = _real(folder)
        self._read: list[Path] = []

    def text(self, path: str) -> str:
        """Return a text file, without its byte order mark, its lines ended by line feeds.

        Raises:
            PublishingError: S003 when it is not UTF-8, with the offset of the first bad byte.
        """
        file = self.folder / path
        try:
            data = file.read_bytes()
        except OSError as problem:
            raise PublishingError(_unreadable(path, problem)) from problem
        self._read.append(file)
        try:
            text = data.decode().removeprefix("\ufeff")
        except UnicodeDecodeError as problem:
            line = data.count(b"\n", 0, problem.start) + 1
            message = f"not UTF-8: byte {problem.start} is {data[problem.start]:#04x}"
            raise PublishingError(
                error("S003", message, Location(path, line), "save the file as UTF-8")
            ) from problem
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def anyhow(self, path: str) -> str:
        """Return a text file that is not UTF-8, as UTF-16 where it says so, else as Windows does.

        What is no letter there becomes Unicode's sign for that.
        """
        data = (self.folder / path).read_bytes()
        self._read.append(self.folder / path)
        wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        text = data.decode("utf-16" if wide else "cp1252", errors="replace")
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def within(self, path: str, place: Location | None = None) -> str:
        """Return a text file that lies in the folder; ``place`` is where it is named, if anywhere.

        Raises:
            PublishingError: X001, X003 or S001 when there is none, S003 when it is not UTF-8.
        """
        barred = self._barred(SpineItem("chapter", Matter.BODY, place or Location(path), path))
        if barred:
            raise PublishingError(barred)
        return self.text(path)

    def texts(self, items: Iterable[SpineItem], problems: list[Diagnostic]) -> Mapping[str, Source]:
        """Return the texts of a spine by path; what cannot be read goes to ``problems``."""
        sources = {}
        for item in items:
            barred = self._barred(item)
            if barred:
                problems.append(barred)
                continue
            try:
                sources[item.path] = Source(item.path, self.text(item.path))
            except PublishingError as problem:
                problems += problem.diagnostics
        return sources

    def assets(
        self,
        beside: Mapping[str, Location],
        problems: list[Diagnostic],
        types: Mapping[str, str] = IMAGE_TYPES,
    ) -> Mapping[str, Asset]:
        """Return the images of the folder, and of the folders beside it, by relative path.

        Args:
            beside: where each of the folders beside it is named, by its path.
            problems: what cannot be read goes here.
            types: the media types of the images to read, by suffix.
        """
        found = {}
        for folder, place in beside.items():
            barred = self._barred_folder(folder, place)
            if barred:
                problems.append(barred)
                continue
            for path, kind in self._images(self.folder / folder, types):
                inside = path.removeprefix("../")
                found[path] = self._asset(path, f"beside/{inside}", kind)
        own = self._images(self.folder, types)
        return found | {path: self._asset(path, path, kind) for path, kind in own}

    def named(self, suffixes: Sequence[str]) -> Iterator[str]:
        """Yield the paths of the files whose names end in one of some suffixes."""
        for file in self._walk(self.folder):
            if file.suffix.lower() in suffixes:
                yield self._path(file)

    def like(self, path: str, suffixes: Sequence[str]) -> str:
        """Return the path of a text that is named with its suffix or without, empty if none is."""
        named = normpath(path)
        for name in (named, *(f"{named}{suffix}" for suffix in suffixes)):
            if Path(name).suffix.lower() in suffixes and (self.folder / name).is_file():
                return name
        stem = Path(named).with_suffix("")
        others = (f"{stem.as_posix()}{suffix}" for suffix in suffixes)
        return next((name for name in others if (self.folder / name).is_file()), "")

    def unlisted(self, listed: set[str]) -> tuple[str, ...]:
        """Return the texts of the folder that the spine does not name."""
        texts = (self._path(file) for file in self._walk(self.folder) if file.suffix == ".md")
        aside = {"README.md", "CHANGELOG.md"}
        return tuple(path for path in texts if path not in listed and path not in aside)

    def astray(self) -> tuple[str, ...]:
        """Return the paths of the symbolic links that lead out of the folder."""
        links = (file for file in sorted(self.folder.rglob("*")) if file.is_symlink())
        return tuple(
            self._path(file) for file in links if not _real(file).is_relative_to(self._root)
        )

    def newest(self) -> int:
        """Return when the newest of the files read was changed, in seconds since 1970."""
        return max((int(file.stat().st_mtime) for file in self._read), default=0)

    def _barred(self, item: SpineItem) -> Diagnostic | None:
        """Return why a text may or can not be read, if so."""
        file = self.folder / item.path
        if not Path(normpath(self._root / item.path)).is_relative_to(self._root):
            hint = "keep the texts of a book in its folder"
            return error("X001", f"{item.path} lies outside the folder", item.location, hint)
        if not _real(file).is_relative_to(self._root):
            hint = "put the file itself there"
            return error(
                "X003", f"{item.path} is a symbolic link that leads out", item.location, hint
            )
        if not file.is_file():
            return error("S001", f"no text {item.path}", item.location, self._like(item.path))
        return None

    def _barred_folder(self, folder: str, place: Location) -> Diagnostic | None:
        """Return why an image folder beside the book may or can not be read, if so."""
        neighbourhood = self._root.parent
        if not Path(normpath(self._root / folder)).is_relative_to(neighbourhood):
            hint = "an image folder may stand beside the book's own folder: ../images"
            return error("X001", f"{folder} does not lie beside the book", place, hint)
        if not _real(self.folder / folder).is_relative_to(neighbourhood):
            hint = "put the folder itself there"
            return error("X003", f"{folder} is a symbolic link that leads out", place, hint)
        if not (self.folder / folder).is_dir():
            hint = "name a folder that is there, relative to book.toml"
            return error("M004", f"no image folder {folder}", place, hint)
        return None

    def _like(self, path: str) -> str:
        texts = [self._path(file) for file in self._walk(self.folder) if file.suffix == ".md"]
        near = get_close_matches(path, texts, n=1)
        return f"did you mean {near[0]}?" if near else "write it, or take it out of the spine"

    def _images(self, folder: Path, types: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        for file in self._walk(folder):
            if kind := types.get(file.suffix.lower()):
                yield self._path(file), kind

    def _asset(self, path: str, name: str, kind: str) -> Asset:
        file = self.folder / path
        self._read.append(file)
        return Asset(_plain(name), kind, file.read_bytes())

    def _walk(self, folder: Path, above: frozenset[Path] = frozenset()) -> Iterator[Path]:
        """Yield the files below a folder that lie there, in order of their names.

        A link to a folder that holds it is not followed: its files are met already.
        """
        above |= {_real(folder)}
        for entry in sorted(folder.iterdir()):
            if entry.name.startswith(".") or entry.name in ASIDE:
                continue
            real = _real(entry)
            if entry.is_symlink() and not real.is_relative_to(self._root):
                continue
            if entry.is_dir() and real not in above:
                yield from self._walk(entry, above)
            elif entry.is_file():
                yield entry

    def _path(self, file: Path) -> str:
        return Path(relpath(file, self.folder)).as_posix()


def fetched_path(address: str) -> str:
    """Return the path in a book of an image that was fetched from an address on the web."""
    return f"fetched/{sha256(address.encode()).hexdigest()[:16]}"


def _plain(name: str) -> str:
    """Return a name that every archive and every address can have, the same for the same name."""
    if _PLAIN.fullmatch(name):
        return name
    return f"images/{sha256(name.encode()).hexdigest()[:16]}{Path(name).suffix.lower()}"


def _real(path: Path) -> Path:
    """Return where a path leads; unlike ``Path.resolve`` it does not fail on a circle of links."""
    return Path(realpath(path))


def _unreadable(path: str, problem: OSError) -> Diagnostic:
    message = f"{path} cannot be read: {problem.strerror}"
    return error("S001", message, Location(path), "give yourself leave to read it")
