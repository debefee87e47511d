"""Lines as a finished PDF shows them, read by PDFium, which knows of no composer.

    python -m tests.formats.lines [--size PT] FILE.pdf ...

prints of every file how wide its word spaces are, how many lines are loose, and how many hyphens
end them. A line is taken for justified when it ends at the right edge of its column, or hangs out
of it; word spaces are in sizes of the type (em).
"""

import argparse
import ctypes
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, pstdev

import pypdfium2
import pypdfium2.raw as pdfium

LOOSE = 0.4
_HYPHENS = (0x02, 0xFFFE, 0x2010, 0xAD, 0x2D)


@dataclass
class Line:
    """A line: where it begins and ends, its baseline from below (pt), its word spaces (pt)."""

    left: float
    right: float
    baseline: float
    at: float
    text: str = ""
    spaces: list[float] = field(default_factory=list)
    parted: bool = False

    def add(self, character: str, left: float, right: float) -> None:
        if self.parted:
            self.spaces.append(left - self.right)
            self.text += " "
            self.parted = False
        self.text += character
        self.at, self.right = left, max(self.right, right)


def lines(page: pypdfium2.PdfPage, size: float) -> Iterator[Line]:
    """Yield the lines of a page that are set in a size (pt), in its order."""
    line: Line | None = None
    for character, left, baseline, right, drawn in _glyphs(page):
        if character.isspace():
            if line:
                line.parted = True
            continue
        goes_on = line and abs(baseline - line.baseline) < size / 2 and left >= line.at - size / 20
        if goes_on and line:
            line.add(character, left, right)
        elif abs(drawn - size) < 0.3:
            if line:
                yield line
            line = Line(left, right, baseline, left, character)
    if line:
        yield line


def _glyphs(page: pypdfium2.PdfPage) -> Iterator[tuple[str, float, float, float, float]]:
    text, box, matrix = page.get_textpage(), pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code in {10, 13}:
            continue
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        pdfium.FPDFText_GetMatrix(text, index, matrix)
        drawn = pdfium.FPDFText_GetFontSize(text, index) * (matrix.c**2 + matrix.d**2) ** 0.5
        character = "-" if code in _HYPHENS else chr(code)
        yield character, x.value, y.value, box.right, drawn


@dataclass(frozen=True)
class Figures:
    """How evenly the justified lines of a file are set; shares are in hundred lines."""

    pages: int
    lines: int
    space: float
    spread: float
    loose: float
    hyphens: float
    ladders: int

    def __str__(self) -> str:
        return (
            f"{self.pages} pages, {self.lines:,} justified lines: "
            f"word spaces {self.space:.3f} em ± {self.spread:.4f}, {self.loose:.2f} % loose, "
            f"{self.hyphens:.1f} hyphens in 100 lines, {self.ladders} runs of more than 2"
        )


def justified(pages: Sequence[Sequence[Line]]) -> Iterator[Line]:
    """Yield the lines that are justified."""
    for side in (0, 1):
        of_side = [line for page in pages[side::2] for line in page]
        edges = Counter(round(line.right) for line in of_side)
        most = max(edges.values(), default=0)
        rights = [edge for edge, count in edges.items() if count >= most / 2]
        for line in of_side:
            if line.spaces and any(-1.2 <= line.right - edge < 7 for edge in rights):
                yield line


def figures(data: bytes, size: float = 10) -> Figures:
    """Return the figures of a PDF whose text is set in a size (pt)."""
    with pypdfium2.PdfDocument(data) as pdf:
        pages = [list(lines(page, size)) for page in pdf]
    spaces = [mean(line.spaces) / size for line in justified(pages)]
    runs, run = 0, 0
    for line in (line for page in pages for line in page):
        run = run + 1 if line.text.endswith("-") else 0
        runs += run == 3
    ended = sum(line.text.endswith("-") for page in pages for line in page)
    return Figures(
        len(pages),
        len(spaces),
        mean(spaces),
        pstdev(spaces),
        100 * sum(space > LOOSE for space in spaces) / len(spaces),
        100 * ended / len(spaces),
        runs,
    )


def main() -> None:
    """Print the figures of the files given."""
    parser = argparse.ArgumentParser(prog="python -m tests.formats.lines")
    parser.add_argument("--size", type=float, default=10)
    parser.add_argument("files", nargs="+", type=Path)
    given = parser.parse_args()
    for file in given.files:
        print(f"{file.name}: {figures(file.read_bytes(), given.size)}")


if __name__ == "__main__":
    main()
