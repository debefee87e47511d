"""The command: ``scripts/bench``."""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmark.contestants import RIVALS, absent, taking_part
from tests.benchmark.manuscripts import Manuscript, given, grown

if TYPE_CHECKING:
    from tests.benchmark.rounds import Results

SIZES = (10_000, 50_000, 200_000, 560_000)


def _numbers(text: str) -> tuple[int, ...]:
    numbers = tuple(int(number.replace("_", "")) for number in text.split(",") if number)
    if not numbers or min(numbers) < 1:
        raise argparse.ArgumentTypeError("must be numbers of words, such as 10000,50000")
    return numbers


def _names(text: str) -> tuple[str, ...]:
    names = tuple(name for name in text.split(",") if name)
    if unknown := sorted(set(names) - set(RIVALS)):
        raise argparse.ArgumentTypeError(f"{', '.join(unknown)} is none of {', '.join(RIVALS)}")
    return names


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/bench",
        description="Measure what builds cost, as whole processes, beside what others cost.",
    )
    add = parser.add_argument
    add(
        "folders", nargs="*", type=Path, metavar="FOLDER",
        help="publications, or folders of Markdown (default: manuscripts made on the spot)",
    )  # fmt: skip
    add(
        "--sizes", type=_numbers, metavar="N,N",
        help="words of the manuscripts made on the spot (default: 10000,50000,200000,560000; "
        "none where folders are given)",
    )  # fmt: skip
    add("--runs", type=_count, default=3, metavar="N", help="rounds (default: 3)")
    add("--jobs", type=_count, default=2, metavar="N", help="told to octavo build (default: 2)")
    add("--json", type=Path, metavar="FILE", help="write all runs and their medians")
    add("--svg", type=Path, metavar="FILE", help="draw the cost against the number of words")
    add(
        "--against", type=_names, default=RIVALS, metavar="NAME,NAME",
        help=f"others to measure where they are installed (default: {','.join(RIVALS)})",
    )  # fmt: skip
    add("--steps", action="store_true", help="show the shares of the steps of one build instead")
    return parser


def _manuscripts(options: argparse.Namespace, made: Path) -> Iterator[Manuscript]:
    """Yield the folders given, and manuscripts of the sizes asked for, the smallest first."""
    for folder in dict.fromkeys(path.resolve() for path in options.folders):
        yield given(folder, made / "given")
    for size in sorted(options.sizes or (() if options.folders else SIZES)):
        yield grown(made, size)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what is asked for, and say what came of it."""
    parser = _parser()
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="bench-") as made:
        try:
            manuscripts = tuple(_manuscripts(options, Path(made)))
        except (ValueError, OSError) as problem:
            parser.error(str(problem))
        names = [each.name for each in manuscripts]
        if len(set(names)) < len(names):
            parser.error(f"two manuscripts are called alike: {', '.join(names)}")
        if options.steps:
            from tests.benchmark.steps import show

            for manuscript in manuscripts:
                show(manuscript.folder)
        else:
            _measure(manuscripts, options)


def _measure(manuscripts: tuple[Manuscript, ...], options: argparse.Namespace) -> None:
    """Run all rounds; what is asked for as a file is written after each manuscript."""
    if find_spec("psutil") is None:
        sys.exit("scripts/bench needs psutil: .venv/bin/python -m pip install psutil")
    from tests.benchmark.report import table, verdicts
    from tests.benchmark.rounds import Results, compete

    for line in absent(options.against):
        _tell(line)
    contestants = taking_part(options.against)
    results = Results(manuscripts)
    for manuscript in manuscripts:
        compete(results, manuscript, contestants, options.runs, options.jobs, _tell)
        _write(results, options)
    for line in table(results):
        print(line)
    print("\nWhat must hold")
    for verdict in verdicts(results):
        print(verdict)
    for failure in results.failures:
        print(f"\nnot measured: {failure}")


def _write(results: "Results", options: argparse.Namespace) -> None:
    from tests.benchmark.curves import draw
    from tests.benchmark.report import data

    if options.json:
        text = json.dumps(data(results), indent=2, ensure_ascii=False)
        options.json.write_text(f"{text}\n", encoding="utf-8")
    if options.svg:
        options.svg.write_text(draw(results), encoding="utf-8")


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
