"""Where the time of a build goes, step by step, as shares of one run.

    scripts/bench [FOLDER ...]

Without folders it builds manuscripts of growing size, made on the spot and always the same. What
knowing the printed page costs is summed up: the pages as data, the page marks, the rules for pages,
and the proof that sources, e-book and print say the same. What composing costs is the print edition
with the composer by that without.
"""

import argparse
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

from octavo.press import Outcome, make

SIZES = (2_000, 10_000, 50_000)
PAGES = ("read the pages", "mark the pages", "look at the pages", "describe", "compare")
"""Steps that are there because the e-book knows the printed page; how their names begin."""

STEMS = ("lan", "har", "mer", "sil", "tor", "vel", "ora", "gra", "pil", "umb", "cin", "quar")
ENDS = (
    "tern",
    "bour",
    "idian",
    "ver",
    "nado",
    "vet",
    "nge",
    "nite",
    "grim",
    "rella",
    "namon",
    "ry",
)


class Clock:
    """Takes the progress of a build and adds up the seconds of every step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._step, self._since = "start", perf_counter()

    def __call__(self, message: str) -> None:
        now = perf_counter()
        self.seconds[self._step] += now - self._since
        self._step, self._since = _step(message), now


def _step(message: str) -> str:
    edition, _, what = message.partition(": ")
    if not what:
        return message.partition(" ")[0]
    if what.startswith("creating layout"):
        what = "creating layout"
    return f"{edition}: {what.partition(' - ')[0]}"


def manuscript(folder: Path, words: int) -> Path:
    """Write a manuscript of about so many words, the same for the same number."""
    random = Random(words)
    chapters = max(words // 2_000, 1)
    names = []
    for number in range(1, chapters + 1):
        text = "\n\n".join(_paragraphs(random, words // chapters))
        names.append(f'"text/c{number:03}.md"')
        path = folder / "text" / f"c{number:03}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# Chapter {number}\n\n{text}\n", encoding="utf-8")
    (folder / "book.toml").write_text(
        f'[metadata]\nidentifier = "urn:uuid:{words}"\ntitle = "{words} words"\nlanguage = "en"\n'
        "modified = 2026-01-01T00:00:00Z\n"
        f'[spine]\nfrontmatter = ["titlepage", "contents"]\nbodymatter = [{", ".join(names)}]\n',
        encoding="utf-8",
    )
    return folder


def _paragraphs(random: Random, words: int) -> Iterator[str]:
    while words > 0:
        length = min(random.randint(40, 160), words)
        words -= length
        said = [random.choice(STEMS) + random.choice(ENDS) for _ in range(length)]
        yield " ".join(said).capitalize() + "."


def measure(folder: Path) -> tuple[Outcome, dict[str, float]]:
    """Build a folder without writing it; return what came of it, and the seconds of every step."""
    clock = Clock()
    outcome = make(folder, (), clock)
    clock("done")
    return outcome, dict(clock.seconds)


def report(folder: Path, outcome: Outcome, seconds: dict[str, float]) -> None:
    """Print a table of the steps of one build, the longest first."""
    total = sum(seconds.values())
    figures = ", ".join(f"{name} {count:,}" for name, count in outcome.figures[:2])
    print(f"\n{folder.name}: {figures}: {total:.1f} s")
    for step, spent in sorted(seconds.items(), key=lambda item: -item[1]):
        if spent / total >= 0.005:
            print(f"  {spent:8.2f} s {spent / total:6.1%}  {step}")
    pages = sum(s for step, s in seconds.items() if _is_for_pages(step))
    print(f"  {pages:8.2f} s {pages / total:6.1%}  for knowing the printed page, all in all")


def _is_for_pages(step: str) -> bool:
    return step.rpartition(": ")[2].startswith(PAGES)


def switched(book: Path, said: str) -> Path:
    """Say something of the print edition in a book.toml, and return the book."""
    toml = book / "book.toml"
    text = toml.read_text(encoding="utf-8")
    if "[editions.print]" not in text:
        text += "\n[editions.print]\n"
    toml.write_text(text.replace("[editions.print]\n", f"[editions.print]\n{said}"), "utf-8")
    return book


def composing(folder: Path) -> float:
    """Return how many times as long a print edition takes composed as broken line by line.

    It is the median of three builds of each, one after the other.
    """
    with tempfile.TemporaryDirectory() as made:
        off = Path(made) / folder.name
        shutil.copytree(folder, off)
        switched(off, 'composer = "off"\n')
        ratios = [_seconds(folder) / _seconds(off) for _ in range(3)]
    return median(ratios)


def _seconds(folder: Path) -> float:
    clock = Clock()
    make(folder, ("print",), clock)
    clock("done")
    return sum(clock.seconds.values())


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the folders given, or manuscripts that grow."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description="Where the time goes.")
    parser.add_argument("folders", nargs="*", type=Path)
    folders = parser.parse_args(arguments).folders
    with tempfile.TemporaryDirectory() as made:
        grown = [manuscript(Path(made) / f"{size}-words", size) for size in SIZES]
        for folder in folders or grown:
            report(folder, *measure(folder))
            print(f"  {composing(folder):8.2f} times as long composed as broken line by line")


if __name__ == "__main__":
    main()
