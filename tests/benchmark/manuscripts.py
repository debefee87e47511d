"""What is built: manuscripts made on the spot, publications, and folders of Markdown."""

import re
import shutil
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final, TypeVar

STEMS: Final = (
    *("lan", "har", "mer", "sil", "tor", "vel", "ora", "gra", "pil", "umb", "cin", "quar"),
)
ENDS: Final = (
    *("tern", "bour", "idian", "ver", "nado", "vet", "nge", "nite", "grim", "rella"),
    *("namon", "ry"),
)

Thing = TypeVar("Thing")

_HEADING: Final = re.compile(r" {0,3}(#{1,6})(?=\s)")
_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})")
_FRONT: Final = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_RUNNING: Final = re.compile(r"[^\W\d_]+(?:,? [^\W\d_]+){5,}")
"""The beginning of a line that is nothing but words."""

_PUT: Final = "altered"
"""The word that takes the place of another."""


@dataclass(frozen=True)
class Manuscript:
    """A publication's folder, how it is called, and how many words it has."""

    name: str
    folder: Path
    words: int


# --- made on the spot ---


def grown(made: Path, words: int) -> Manuscript:
    """Return a manuscript of so many words, written into a folder of its own."""
    return Manuscript(f"{words:,} words", manuscript(made / f"{words}-words", words), words)


def manuscript(folder: Path, words: int) -> Path:
    """Write a manuscript of about so many words, the same for the same number."""
    random = Random(words)
    chapters = max(words // 2_000, 1)
    names = []
    for number in range(1, chapters + 1):
        text = "\n\n".join(_paragraphs(random, words // chapters))
        names.append(f"text/c{number:03}.md")
        path = folder / names[-1]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# Chapter {number}\n\n{text}\n", encoding="utf-8")
    _write_toml(folder, str(words), f"{words} words", names)
    return folder


def _paragraphs(random: Random, words: int) -> Iterator[str]:
    while words > 0:
        length = min(random.randint(40, 160), words)
        words -= length
        said = [random.choice(STEMS) + random.choice(ENDS) for _ in range(length)]
        yield " ".join(said).capitalize() + "."


def _write_toml(folder: Path, identifier: str, title: str, names: list[str]) -> None:
    body = ", ".join(_quoted(name) for name in names)
    (folder / "book.toml").write_text(
        f"[metadata]\nidentifier = {_quoted(f'urn:uuid:{identifier}')}\ntitle = {_quoted(title)}\n"
        'language = "en"\nmodified = 2026-01-01T00:00:00Z\n'
        f'[spine]\nfrontmatter = ["titlepage", "contents"]\nbodymatter = [{body}]\n',
        encoding="utf-8",
    )


def _quoted(text: str) -> str:
    """Return a text as TOML writes it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


# --- given ---


def given(folder: Path, made: Path) -> Manuscript:
    """Return a publication as it is, or a book made of a folder of Markdown.

    Raises:
        ValueError: when the folder is neither.
    """
    if not (folder / "book.toml").is_file():
        folder = bound(folder, made / folder.resolve().name)
    words = sum(len(path.read_text("utf-8").split()) for path in texts(folder))
    return Manuscript(folder.resolve().name, folder, words)


def bound(folder: Path, into: Path) -> Path:
    """Write a book made of the Markdown files of a folder, in order of name, a chapter each."""
    names = sorted(path.name for path in folder.glob("*.md"))
    if not names:
        raise ValueError(f"{folder}: no book.toml, and no Markdown")
    shutil.copytree(folder, into / "text", ignore=shutil.ignore_patterns(".*"))
    for name in names:
        path = into / "text" / name
        path.write_text(titled(path.read_text("utf-8"), path.stem), encoding="utf-8")
    _write_toml(into, folder.name, folder.name, [f"text/{name}" for name in names])
    return into


def titled(text: str, name: str) -> str:
    """Return a text whose first heading is of level 1; one without headings is called by a name."""
    text = _FRONT.sub("", text)
    lines = text.splitlines(keepends=True)
    fence = ""
    for number, line in enumerate(lines):
        if opened := _FENCE.match(line):
            if not fence:
                fence = opened[1]
            elif opened[1].startswith(fence):
                fence = ""
        elif fence:
            continue
        elif found := _HEADING.match(line):
            lines[number] = f"#{line[found.end() :]}"
            return "".join(lines)
        elif re.match(r"(=+|-+)\s*$", line) and number and lines[number - 1].strip():
            lines[number] = line.replace("-", "=")
            return "".join(lines)
    return f"# {name}\n\n{text}"


# --- both ---


def texts(folder: Path, *matters: str) -> list[Path]:
    """Return the texts of a publication as its spine has them, or those of some matters of it."""
    spine = tomllib.loads((folder / "book.toml").read_text("utf-8"))["spine"]
    chosen = matters or ("frontmatter", "bodymatter", "backmatter")
    named = [name for matter in chosen for name in _names(spine.get(matter, []))]
    return [folder / name for name in named]


def _names(said: Any) -> Iterator[str]:
    """Yield every name of a Markdown file, however deep it stands."""
    if isinstance(said, str):
        if said.endswith(".md"):
            yield said
    else:
        for each in said.values() if isinstance(said, dict) else said:
            yield from _names(each)


def change_a_word(folder: Path) -> None:
    """Put another word in the place of one in the middle of the middle chapter.

    Where no line of it begins with some words and nothing else, it is one of the next that has any.

    Raises:
        ValueError: when none has.
    """
    chapters = texts(folder, "bodymatter")
    for path in _from_the_middle(chapters):
        lines = path.read_text("utf-8").splitlines(keepends=True)
        for number in _from_the_middle(range(len(lines))):
            if found := _RUNNING.match(lines[number]):
                lines[number] = _altered(found[0]) + lines[number][found.end() :]
                path.write_text("".join(lines), encoding="utf-8")
                return
    raise ValueError(f"{folder}: no running text in which to change a word")


def _from_the_middle(things: Sequence[Thing]) -> list[Thing]:
    """Return things in another order: the middle one first, the first and the last at the end."""
    middle = len(things) // 2
    order = sorted(range(len(things)), key=lambda number: abs(number - middle))
    return [things[number] for number in order]


def _altered(line: str) -> str:
    words = line.split(" ")
    middle = len(words) // 2
    words[middle] = _PUT + ("," if words[middle].endswith(",") else "")
    return " ".join(words)


def switched(book: Path, said: str, edition: str = "print") -> Path:
    """Say something of an edition in a book.toml, in place of what it said, and return the book.

    An edition that the book did not have, it has then.
    """
    toml = book / "book.toml"
    text = toml.read_text(encoding="utf-8")
    head = re.compile(rf"^\[editions\.{re.escape(edition)}\][^\n]*\n", re.MULTILINE)
    if not head.search(text):
        text += f"\n[editions.{edition}]\n"
    found = head.search(text)
    assert found
    table, rest = _table(text[found.end() :])
    key = said.partition("=")[0].strip()
    if key:
        table = re.sub(rf"^{re.escape(key)}\s*=[^\n]*\n", "", table, flags=re.MULTILINE)
    toml.write_text(text[: found.end()] + said + table + rest, "utf-8")
    return book


def _table(text: str) -> tuple[str, str]:
    """Return a text up to the next table of TOML, and from there."""
    after = re.search(r"^\[", text, re.MULTILINE)
    cut = after.start() if after else len(text)
    return text[:cut], text[cut:]
