"""The ``octavo`` command: arguments in, paths and diagnostics out, and an exit status.

0 is good, 1 means that a publication has errors, 2 that the command was used wrongly. Paths go to
stdout, everything said to a person to stderr. Nothing heavy is imported before it is needed.
"""

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from octavo import __version__
from octavo.diagnostics import Diagnostic, PublishingError, Severity
from octavo.interruptions import undisturbed

if TYPE_CHECKING:
    from octavo.catalogue import Means
    from octavo.evenness import Evenness
    from octavo.sources import Reading

GOOD: Final = 0
ERRORS: Final = 1

FEW: Final = 5
"""How many warnings of one kind a build tells."""

MANUSCRIPTS: Final = Path("manuscript")
OUTPUT: Final = Path("build")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status.

    Raises:
        SystemExit: with status 2 when the arguments make no sense; with 0 for help and version.
    """
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except PublishingError as problem:
        _say(problem.diagnostics)
        return ERRORS
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our words has gone; what is still in the buffer must not be tried again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="octavo", description="Turn a Markdown manuscript into an e-book and a typeset PDF."
    )
    parser.add_argument("--version", action="version", version=f"octavo {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_build(commands.add_parser("build", help="make the editions of publications"))
    _add_check(commands.add_parser("check", help="look for what is wrong, and write nothing"))
    _add_new(commands.add_parser("new", help="start a manuscript that builds at once"))
    _add_import(commands.add_parser("import", help="keep another tool's folder as a manuscript"))
    listing = commands.add_parser("list", help="show what this Octavo knows")
    listing.set_defaults(run=_list)
    return parser


def _add_build(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folders", nargs="*", type=Path, metavar="FOLDER",
        help="publications to build (default: every folder of manuscript/)",
    )  # fmt: skip
    parser.add_argument(
        "--edition", action="append", default=[], dest="editions", metavar="NAME",
        help="build this edition only; may be given again (default: all)",
    )  # fmt: skip
    parser.add_argument(
        "--output", type=Path, default=OUTPUT, metavar="DIR", help="where to write (default: build)"
    )
    _add_way(parser)
    _add_means(parser)
    talk = parser.add_mutually_exclusive_group()
    talk.add_argument("--quiet", action="store_true", help="no progress and no warnings")
    talk.add_argument("--verbose", action="store_true", help="say every step, terminal or not")
    parser.set_defaults(run=_build)


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the publication to check")
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="how to say it (default: text)"
    )
    _add_way(parser)
    _add_means(parser)
    parser.set_defaults(run=_check)


def _add_way(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--from", default="", dest="way", metavar="KIND",
        help="the kind of folder: octavo list names them (default: told by what it holds)",
    )  # fmt: skip
    parser.add_argument(
        "--fetch", action="store_true",
        help="fetch the images on the web that the texts of another tool show",
    )  # fmt: skip


def _add_means(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--jobs", type=_positive, default=os.cpu_count() or 1, metavar="N",
        help="processes to work with (default: the number of processors)",
    )  # fmt: skip
    parser.add_argument(
        "--no-cache", action="store_true", help="make everything anew, and keep nothing of it"
    )
    parser.add_argument(
        "--scheduler", default="", metavar="ADDRESS",
        help="work with the workers of a Dask scheduler, tcp://HOST:PORT",
    )  # fmt: skip


def _add_new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", type=Path, metavar="FOLDER", help="a folder that is not there yet"
    )
    parser.set_defaults(run=_new)


def _add_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the folder to read")
    parser.add_argument("new", type=Path, metavar="NEW", help="a folder that is not there yet")
    _add_way(parser)
    parser.set_defaults(run=_import)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


# --- the commands ---


def _build(options: argparse.Namespace) -> int:
    # The press loads everything; help must not.
    with undisturbed():
        from octavo.catalogue import Order, build  # noqa: PLC0415
        from octavo.progress import reporter  # noqa: PLC0415

    order = Order(
        folders=options.folders or _manuscripts(),
        editions=options.editions,
        output=options.output,
        means=_means(options),
        reading=_reading(options),
    )
    complete = True
    with reporter(quiet=options.quiet, verbose=options.verbose) as progress:
        for built in build(order, progress):
            complete = complete and bool(built.paths)
            kept = [d for d in built.diagnostics if not options.quiet or _is_error(d)]
            _say(_few(kept))
            if len(kept) > len(_few(kept)):
                more = len(kept) - len(_few(kept))
                print(f"{built.folder}: {more} more: octavo check shows them", file=sys.stderr)
            for path in built.paths:
                print(path)
            for remark in () if options.quiet else built.remarks:
                print(remark, file=sys.stderr)
    return GOOD if complete else ERRORS


def _reading(options: argparse.Namespace) -> "Reading":
    from octavo.sources import Reading  # noqa: PLC0415

    return Reading(_epoch(), options.way, options.fetch)


def _check(options: argparse.Namespace) -> int:
    with undisturbed():
        from octavo.catalogue import Order, check  # noqa: PLC0415
        from octavo.progress import reporter  # noqa: PLC0415

    order = Order((options.folder,), means=_means(options), reading=_reading(options))
    with reporter(quiet=False, verbose=False) as progress:
        outcome = check(options.folder, order, progress)
    found, figures = outcome.diagnostics, outcome.figures
    if options.format == "json":
        even = [asdict(each) for each in outcome.evenness]
        report = {
            "diagnostics": list(map(_record, found)),
            "proof": dict(figures),
            "evenness": even,
        }
        print(json.dumps(report, indent=2, ensure_ascii=False))
    else:
        for diagnostic in found:
            print(diagnostic)
        for each in outcome.evenness:
            print(_even(each))
        if figures:
            print(_proof(figures))
        print(_summary(options.folder, found))
    return ERRORS if any(_is_error(d) for d in found) else GOOD


def _new(options: argparse.Namespace) -> int:
    from octavo.sources.starter import start  # noqa: PLC0415

    for path in start(options.folder):
        print(path)
    print(f"now: octavo build {options.folder}", file=sys.stderr)
    return GOOD


def _import(options: argparse.Namespace) -> int:
    from octavo.importing import keep  # noqa: PLC0415

    paths, found = keep(options.folder, options.new, _reading(options))
    _say(found)
    for path in paths:
        print(path)
    print(f"now: octavo build {options.new}", file=sys.stderr)
    return GOOD


def _list(_: argparse.Namespace) -> int:
    from octavo.registries import registries  # noqa: PLC0415

    for title, rows in registries():
        print(f"{title}:")
        width = max((len(name) for name, _ in rows), default=0)
        for name, meaning in rows:
            print(f"  {name:<{width}}  {meaning}".rstrip())
    return GOOD


# --- what the commands share ---


def _manuscripts() -> list[Path]:
    """Return every folder of ``manuscript/``, in order of name."""
    if not MANUSCRIPTS.is_dir():
        _parser().error("no folder given, and there is no manuscript/ here")
    return sorted(path for path in MANUSCRIPTS.iterdir() if path.is_dir())


def _means(options: argparse.Namespace) -> "Means":
    from octavo.catalogue import Means  # noqa: PLC0415

    return Means(options.jobs, options.scheduler, kept=not options.no_cache)


def _epoch() -> int | None:
    """Return SOURCE_DATE_EPOCH, by which builds state their date when nothing else does."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(given) if given.isdecimal() else None


def _is_error(diagnostic: Diagnostic) -> bool:
    return diagnostic.severity is Severity.ERROR


def _say(diagnostics: Iterable[Diagnostic]) -> None:
    for diagnostic in diagnostics:
        print(diagnostic, file=sys.stderr)


def _few(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return all errors, and the first few warnings of every kind."""
    counted: Counter[str] = Counter()
    kept = []
    for diagnostic in found:
        counted[diagnostic.code] += 1
        if _is_error(diagnostic) or counted[diagnostic.code] <= FEW:
            kept.append(diagnostic)
    return kept


def _record(diagnostic: Diagnostic) -> dict[str, object]:
    return asdict(diagnostic)


def _proof(figures: Sequence[tuple[str, int]]) -> str:
    """Return what the proof compared, in a line."""
    counted = ", ".join(f"{name} {count:,}" for name, count in figures)
    return f"compared in sources, e-book and print: {counted}"


def _even(figures: "Evenness") -> str:
    """Return how evenly an edition is set, in a line, and below it its uneven lines."""
    hyphens = 100 * figures.hyphens / figures.lines
    told = [
        f"{figures.edition}: {figures.lines:,} justified lines",
        f"word spaces {figures.mean:.3f} em ± {figures.spread:.3f}",
        f"{len(figures.loose)} loose, {len(figures.tight)} tight",
        f"{hyphens:.1f} hyphens in 100 lines, {figures.ladders} ladders",
        f"{figures.rivers} rivers",
    ]
    if figures.spreads:
        faults = f"{figures.off_grid} off the grid, {figures.uneven} of uneven depth"
        told.append(f"of {figures.spreads} spreads {faults}")
    uneven = (
        f"    {each.location}: page {each.page}, word spaces {each.space:.2f} em"
        for each in (*figures.loose, *figures.tight)
    )
    return "\n".join(("; ".join(told), *uneven))


def _summary(folder: Path, found: Sequence[Diagnostic]) -> str:
    errors = sum(1 for diagnostic in found if _is_error(diagnostic))
    return f"{folder}: {errors} errors, {len(found) - errors} warnings"
