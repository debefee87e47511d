"""The cache on disk: what comes out is what went in, or nothing."""

import multiprocessing
import os
import random
import resource
import shutil
import stat
import sys
import time
from collections.abc import Callable
from dataclasses import make_dataclass
from datetime import UTC, date, datetime
from enum import Enum, Flag, StrEnum
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from unittest.mock import Mock

import pytest

from octavo import cache
from octavo.cache import Cache, key, temporary, user_folder, versions
from octavo.model import Place

DAY = 24 * 3600


Page = make_dataclass("Page", ["leaf", "offset", "note"], frozen=True)
Loose = make_dataclass("Loose", ["name"])
Colour = StrEnum("Colour", {"RED": "red"})
Shade = Enum("Shade", {"RED": "red"})
Right = Flag("Right", ["READ", "WRITE", "SHOW"])


class Trap:
    """Unpickled, it creates a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.path,)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def entry(folder: Path, name: str) -> Path:
    return folder / name[:2] / name


def test_what_was_put_in_comes_out(tmp_path: Path) -> None:
    with Cache(tmp_path / "below" / "cache") as kept:
        for data in (b"", b"page", bytes(range(256)) * 1000):
            kept.put(key(data), data)
            assert kept.get(key(data)) == data
        kept.put(key("v"), b"long and old")
        kept.put(key("v"), b"new")
        assert kept.get(key("v")) == b"new"
        assert kept.get(key("another")) is None
    assert Cache(tmp_path / "below" / "cache").get(key(b"page")) == b"page"


def test_a_value_comes_back_equal(tmp_path: Path) -> None:
    value = {"leaves": (Place("a", 1), Place("b", 2)), "on": date(2026, 1, 1)}
    Cache(tmp_path).keep(key("v"), value)
    assert Cache(tmp_path).load(key("v")) == value
    assert Cache(tmp_path).load(key("w")) is None


@pytest.mark.parametrize("name", ["", "v", "../" + "a" * 61, "A" * 64, "a" * 64 + "\n"])
def test_a_name_that_is_no_key_is_refused(tmp_path: Path, name: str) -> None:
    kept = Cache(tmp_path)
    with pytest.raises(ValueError, match="no key"):
        kept.put(name, b"")
    with pytest.raises(ValueError, match="no key"):
        kept.get(name)


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "a flipped byte of the payload": lambda data: data[:-3] + bytes([data[-3] ^ 1]) + data[-2:],
    "a flipped byte of the checksum": lambda data: data[:20] + bytes([data[20] ^ 1]) + data[21:],
    "cut short": lambda data: data[:-1],
    "cut within the head": lambda data: data[:30],
    "longer": lambda data: data + b"\0",
    "empty": lambda _: b"",
    "another format": lambda data: data.replace(b"octavo cache 1\n", b"octavo cache 2\n"),
    "garbage": lambda data: b"\xff" * len(data),
    "a pickle alone": lambda data: data[data.index(b"\n", 20) + 1 :],
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_is_damaged_is_removed(tmp_path: Path, damage: str) -> None:
    kept = Cache(tmp_path / "cache")
    path = entry(tmp_path / "cache", key("v"))
    trap = tmp_path / "sprung"
    kept.keep(key("v"), Trap(trap))
    kept.load(key("v"))
    assert trap.exists()
    trap.unlink()
    path.write_bytes(DAMAGE[damage](path.read_bytes()))
    whole = path.read_bytes()
    assert kept.get(key("v")) is None
    assert not path.exists()
    path.write_bytes(whole)
    assert kept.load(key("v")) is None
    assert not path.exists()
    assert not trap.exists()


@pytest.mark.parametrize("data", [b"", b"cbuiltins\nint\n(Vno number\ntR.", b"cno.module\nx\n."])
def test_what_cannot_be_unpickled_is_none(tmp_path: Path, data: bytes) -> None:
    kept = Cache(tmp_path)
    kept.put(key("v"), data)
    assert kept.load(key("v")) is None
    assert files(tmp_path) == []


def test_what_cannot_be_pickled_is_not_kept(tmp_path: Path) -> None:
    nested: list[object] = []
    for _ in range(100_000):
        nested = [nested]
    for value in (lambda: None, nested):
        Cache(tmp_path).keep(key("v"), value)
        assert files(tmp_path) == []


def test_only_what_the_user_wrote_is_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "cache"
    kept = Cache(folder)
    kept.put(key("v"), b"page")
    path = entry(folder, key("v"))
    modes = [stat.S_IMODE(place.stat().st_mode) for place in (folder, path.parent, path)]
    assert modes == [0o700, 0o700, 0o600]
    with monkeypatch.context() as patch:
        patch.setattr(os, "getuid", Mock(return_value=os.getuid() + 1))
        assert kept.get(key("v")) is None
    for place, mode in ((path, 0o620), (path.parent, 0o702)):
        before = place.stat().st_mode
        place.chmod(mode)
        assert kept.get(key("v")) is None
        place.chmod(before)
    assert kept.get(key("v")) == b"page"
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    assert kept.get(key("v")) is None
    kept.put(key("v"), b"page")
    assert kept.get(key("v")) == b"page"


TEXTS = ("abc", b"abc", ("abc",), ["abc"], ("ab", "c"), ("a", "bc"), ("abc", ""), "", "\ud800")
NUMBERS = (0, 0.0, -0.0, False, 1, 1.0, True, "1", "True", 2**70, float("nan"), None, "None")
EMPTY: tuple[object, ...] = ((), [], ((),), {}, frozenset[str](), b"")
SETS = ({"a": 1}, {"a": (1,)}, (("a", 1),), *map(frozenset, ("a", "ab", ["ab"])))
VALUES = (Place("a", 1), Place("a", 2), Page("a", 1, ""), "red", Colour.RED, Shade.RED, *Right)
OTHERS = (~Right.READ, "a/b", Path("a/b"), PurePosixPath("a/b"))
DATES = (date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC), datetime.fromisoformat("2026-01-01"))


def test_different_parts_have_different_keys() -> None:
    values = (*TEXTS, *NUMBERS, *EMPTY, *SETS, *VALUES, *OTHERS, *DATES)
    made = [key(value) for value in values]
    assert len(set(made)) == len(values)
    assert made == [key(value) for value in values]
    assert key("ab", "c") != key("a", "bc") != key("abc") != key(("abc",)) != key()


def test_order_does_not_matter_where_there_is_none() -> None:
    assert key({"a": 1, "b": 2}) == key({"b": 2, "a": 1})
    assert key({"a": 1}) == key(MappingProxyType({"a": 1}))
    assert key({1: "a", "1": "b"}) == key({"1": "b", 1: "a"})
    names = [f"name {number}" for number in range(50)]
    assert key(frozenset(names)) == key(frozenset(reversed(names)))
    assert key(["a", "b"]) != key(["b", "a"])


@pytest.mark.parametrize(
    "value", [object(), {1, 2}, bytearray(b"a"), Loose("a"), Place, len, 1j, iter([]), [{"a": {1}}]]
)
def test_what_is_not_frozen_has_no_key(value: object) -> None:
    with pytest.raises(TypeError, match="no key"):
        key(value)


def test_the_same_key_in_another_process() -> None:
    parts = (frozenset(["a", "b", "c"]), {"x": Path("a")}, "é", 1.5)
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(key, parts) == key(*parts)


def test_another_version_has_another_key(monkeypatch: pytest.MonkeyPatch) -> None:
    before = key("a")
    monkeypatch.setattr(cache, "versions", lambda: "another")
    assert key("a") != before


def test_versions_change_with_whatever_makes_a_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = versions.__wrapped__  # past what a process remembers
    seen = [now()]
    assert seen == [versions()]
    for name in ("_PACKAGE", "_HOUSE"):
        folder = tmp_path / name / "css"
        (folder / "__pycache__").mkdir(parents=True)
        monkeypatch.setattr(cache, name, folder.parent)
        for text in ("a {}", "b {}"):
            (folder / "book.css").write_text(text)
            seen.append(now())
        (folder / "book.css").rename(folder / "page.css")
        seen.append(now())
        (folder / "__pycache__" / "a.pyc").write_bytes(b"")
        assert now() == seen[-1]
    for number in ("98", "99"):
        monkeypatch.setattr(cache, "version", {"weasyprint": number}.get)
        seen.append(now())
    monkeypatch.setattr(cache, "_library", lambda symbol, _: symbol)
    seen.append(now())
    assert len(set(seen)) == len(seen)


def test_versions_know_the_house_and_the_libraries() -> None:
    from octavo.sources.styles import HOUSE
    from octavo.typography.faces import FACES

    assert cache._HOUSE == HOUSE  # noqa: SLF001 - cache.py may not import it
    assert set(FACES) <= set(cache.DISTRIBUTIONS.split())
    if sys.platform in {"linux", "darwin"}:
        pango = cache._library("pango_version", cache.LIBRARIES["pango_version"])  # noqa: SLF001
        assert pango is not None
        assert pango[0].startswith("libpango-1.0.")


@pytest.mark.parametrize("limit", [0, 1, 10_000, 100_000])
def test_the_limit_holds(tmp_path: Path, limit: int) -> None:
    kept = Cache(tmp_path, limit)
    for number in range(200):
        kept.put(key(number), bytes(number * 10))
        assert sum(path.stat().st_size for path in files(tmp_path)) <= limit
    kept.close()
    if limit > 10_000:
        assert kept.get(key(199)) == bytes(1990)
        assert kept.get(key(0)) is None


def test_many_that_write_little_keep_the_limit(tmp_path: Path) -> None:
    for number in range(100):
        with Cache(tmp_path, 20_000) as kept:
            kept.put(key(number), bytes(500))
    assert sum(path.stat().st_size for path in files(tmp_path)) <= 20_000


def test_what_was_used_lately_survives(tmp_path: Path) -> None:
    kept = Cache(tmp_path, 10_000)
    for number in range(9):
        kept.put(key(number), bytes(900))
        then = time.time() - (20 - number) * DAY
        os.utime(entry(tmp_path, key(number)), (then, then))
    assert kept.get(key(0)) == bytes(900)
    assert kept.get(key(2)) == bytes(900)
    with kept:
        kept.put(key("new"), bytes(3000))
    left = [number for number in range(9) if kept.get(key(number))]
    assert {0, 2} <= set(left) < set(range(9))
    assert left[2:] == list(range(left[2], 9))
    assert kept.get(key("new"))


def test_an_entry_is_touched_once_a_day(tmp_path: Path) -> None:
    kept = Cache(tmp_path)
    kept.put(key("v"), b"page")
    path = entry(tmp_path, key("v"))
    for age, touched in ((DAY / 2, False), (DAY * 2, True), (-DAY * 400, True)):
        then = time.time() - age
        os.utime(path, (then, then))
        kept.get(key("v"))
        assert (abs(path.stat().st_mtime - time.time()) < 60) is touched


def test_only_its_own_files_are_removed(tmp_path: Path) -> None:
    kept = Cache(tmp_path, 1000)
    shelf = tmp_path / "ab"
    shelf.mkdir()
    theirs = [tmp_path / "notes.txt", shelf / "notes.txt", tmp_path / ("a" * 64)]
    old, young = shelf / "x.unfinished", shelf / "y.unfinished"
    for path in (*theirs, old, young):
        path.write_bytes(bytes(2000))
    for path in (*theirs, old):
        os.utime(path, (0, 0))
    with kept:
        kept.put(key("v"), b"page")
    assert kept.get(key("v")) == b"page"
    assert all(path.exists() for path in (*theirs, young))
    assert not old.exists()


def test_the_folder_goes_while_in_use(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    with Cache(folder) as kept:
        kept.put(key("v"), b"page")
        shutil.rmtree(folder)
        assert kept.get(key("v")) is None
        kept.put(key("v"), b"page")
        assert kept.get(key("v")) == b"page"
        shutil.rmtree(folder)


def test_a_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with Cache(tmp_path / "file" / "cache") as kept:
        kept.put(key("v"), b"page")
        assert kept.get(key("v")) is None
        assert kept.load(key("v")) is None


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_is_read_only(tmp_path: Path) -> None:
    with Cache(tmp_path) as kept:
        kept.put(key("v"), b"page")
        shelf = entry(tmp_path, key("v")).parent
        for place in (shelf, tmp_path):
            place.chmod(0o500)
        for name in ("v", "w"):
            kept.put(key(name), b"another")
        assert (kept.get(key("v")), kept.get(key("w"))) == (b"page", None)
        entry(tmp_path, key("v")).write_bytes(b"damaged")
        assert kept.get(key("v")) is None
    for place in (tmp_path, shelf):
        place.chmod(0o700)


def test_a_disk_that_is_full_keeps_what_it_had(tmp_path: Path) -> None:
    kept = Cache(tmp_path)
    kept.put(key("v"), b"page")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, before[1]))  # of a file: it fails midway
    try:
        for name in ("v", "w"):
            kept.put(key(name), bytes(100_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert kept.get(key("v")) == b"page"
    assert kept.get(key("w")) is None
    assert len(files(tmp_path)) == 1


def hammer(folder: Path, seed: int) -> tuple[int, int]:
    """Return how many reads found something, and how many a wrong value."""
    until = time.time() + 1.5
    chance = random.Random(seed)
    kept = Cache(folder, 400_000)
    found = wrong = 0
    while time.time() < until:
        number = chance.randrange(12)
        action = chance.random()
        if action < 0.4:
            kept.put(key(number), bytes([number]) * chance.randrange(1, 100_000))
        elif action < 0.42:
            entry(folder, key(number)).unlink(missing_ok=True)
        elif action < 0.45:
            kept.close()
        else:
            data = kept.get(key(number))
            found += data is not None
            wrong += data is not None and data != bytes([number]) * len(data)
    return found, wrong


def test_processes_share_a_folder(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        done = pool.starmap(hammer, [(tmp_path / "cache", seed) for seed in range(3)])
    assert all(found > 10 and wrong == 0 for found, wrong in done), done
    assert all(len(path.name) == 64 for path in files(tmp_path))


def test_a_temporary_cache_goes_with_the_build() -> None:
    with temporary() as kept:
        kept.put(key("v"), b"page")
        assert kept.get(key("v")) == b"page"
    assert kept.get(key("v")) is None


def test_the_user_s_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert user_folder() == tmp_path / "octavo"
    monkeypatch.setenv("HOME", str(tmp_path))
    for unset in ("", "relative"):
        monkeypatch.setenv("XDG_CACHE_HOME", unset)
        monkeypatch.setattr(sys, "platform", "linux")
        assert user_folder() == tmp_path / ".cache" / "octavo"
        monkeypatch.setattr(sys, "platform", "darwin")
        assert user_folder() == tmp_path / "Library" / "Caches" / "octavo"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", Mock(side_effect=RuntimeError))
    assert user_folder().is_absolute()
