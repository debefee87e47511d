"""The import test: who may know whom, and which library stands behind which wall."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "scripts" / "octavo"

LAYERS = (
    ("diagnostics", "cache", "memory", "interruptions"),
    ("workshop",),
    ("model",),
    ("xhtml", "editions", "concordance", "masking", "editing", "imaging"),
    ("places",),
    ("origins",),
    ("typography", "composer"),
    (
        "sources",
        "markup",
        "book",
        "layouts",
        "accessibility",
        "formats",
        "checks",
        "parity",
        "imposition",
        "leaks",
        "legibility",
        "evenness",
    ),
    ("settling", "outcome", "mending", "citations"),
    ("fitting",),
    ("press", "workers", "writing", "preload"),
    ("delivery",),
    ("catalogue", "progress", "registries", "importing"),
    ("cli",),
    ("__main__",),
)
"""From the ground up; a module imports from the layers below its own only."""

WALLS = {
    "markdown": "markup",
    "pymdownx": "markup typography.emoji",
    "jinja2": "layouts",
    "ebooklib": "formats.epub",
    "weasyprint": "formats.pdf",
    "pikepdf": "formats.pdf leaks.pdf",
    "pypdfium2": "formats.pdf.raster parity.pdf leaks.pdf legibility",
    "markdown_it": "mending.reading",
    "yaml": "sources.frontmatter citations.references",
    "pybtex": "citations.bibtex",
    "latexcodec": "citations.bibtex",
    "citeproc": "citations",
    "latex2mathml": "markup.formulas",
    "ziamath": "layouts.formulas",
    "pydantic": "sources",
    "tree_sitter": "sources.positions",
    "tree_sitter_toml": "sources.positions",
    "fontTools": "typography.faces",
    "uharfbuzz": "typography.faces",
    "pyphen": "typography.hyphenation formats.pdf.faces",
    "icu": "typography.collation",
    "rich": "progress",
    "argparse": "cli",
    "segno": "layouts.qr",
    "distributed": "workers",
}
"""A library, and the one place that may import it; PDFium makes a picture, and reads for proof."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        yield name.removesuffix(".__init__"), ast.parse(path.read_text())


def imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            if node.module == "octavo":
                yield from (f"octavo.{alias.name}" for alias in node.names)


def layer(unit: str) -> int:
    return next(number for number, units in enumerate(LAYERS) if unit in units)


MODULES = [(name, tree) for name, tree in modules() if name != "__init__"]


@pytest.mark.parametrize(("name", "tree"), MODULES, ids=[name for name, _ in MODULES])
def test_imports_point_downwards(name: str, tree: ast.Module) -> None:
    unit = name.split(".", maxsplit=1)[0]
    for imported in imports(tree):
        parts = imported.split(".")
        if parts[0] != "octavo" or len(parts) == 1 or parts[1] in {unit, "__version__"}:
            continue
        assert layer(parts[1]) < layer(unit), f"{name} imports {imported}"


@pytest.mark.parametrize(("name", "tree"), MODULES, ids=[name for name, _ in MODULES])
def test_libraries_stay_behind_their_walls(name: str, tree: ast.Module) -> None:
    for imported in imports(tree):
        walls = WALLS.get(imported.split(".")[0], name).split()
        assert any(name == wall or name.startswith(f"{wall}.") for wall in walls), (
            f"{name} imports {imported}, which belongs in {walls}"
        )


def test_every_wall_stands() -> None:
    used = {imported.split(".")[0] for _, tree in MODULES for imported in imports(tree)}
    assert set(WALLS) <= used


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["--version"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    program = (
        "import sys, octavo.cli\n"
        "try: octavo.cli.main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        f"heavy = {sorted(set(WALLS) - {'argparse'})!r} + ['lxml', 'PIL', 'octavo.press']\n"
        "print('loaded:', [name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True
    )
    assert done.stdout.endswith("loaded: []\n")


def test_functions_and_files_stay_small() -> None:
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text()
        assert text.count("\n") <= 400, f"{path.name} is too long"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                assert length <= 50, f"{path.name}: {node.name} has {length} lines"
