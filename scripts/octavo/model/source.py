"""A text of the publication, and where it was written."""

from dataclasses import dataclass

from octavo.diagnostics import Location


@dataclass(frozen=True)
class Source:
    """A text: ``path`` is relative to the publication's folder.

    It is a file as it stands, or made of one: ``file`` is then where it was written, if that is not
    its path, and ``lines`` are the lines of the file from which those of the text come, in order.
    """

    path: str
    text: str
    file: str = ""
    lines: tuple[int, ...] = ()

    def written(self, line: int) -> Location:
        """Return where a line of the text was written; 0 is the text as a whole."""
        inside = self.lines and 0 < line <= len(self.lines)
        return Location(self.file or self.path, self.lines[line - 1] if inside else line)
