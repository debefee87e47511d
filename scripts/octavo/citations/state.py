"""What citeproc-py is setting, and what is known of it: its own elements cannot be told."""

from dataclasses import dataclass, field
from typing import Any, Final

OPEN, SAID, CLOSE = "\ue000", "\ue001", "\ue002"
"""What stands before the number of a work, before what is said of it, and after."""

NOBODY: Final = "\ue003"
"""What stands for authors who go unnamed."""


@dataclass
class Group:
    """Whether anything in a group asked for a variable, and whether it had a value."""

    called: bool = False
    filled: bool = False


@dataclass
class Now:
    """What is being set: the groups that are open, and what is known of the work.

    ``again`` tells that it was cited before, ``authors`` who wrote it, once they have been set, and
    ``hidden`` that they go unnamed; ``before`` are those of the work before in the list, and
    ``substitute`` stands for them; ``sorting`` tells that what is set is to be sorted by, ``said``
    which variables have been used where authors are not known.
    """

    groups: list[Group] = field(default_factory=list)
    again: bool = False
    authors: str | None = None
    hidden: bool = False
    before: str = ""
    substitute: str = ""
    sorting: bool = False
    said: set[tuple[str, str]] | None = None

    def begin(self, substitute: str = "", *, hidden: bool = False) -> None:
        """Forget who wrote the work before, save to compare with it."""
        self.before, self.authors = self.authors or "", None
        self.substitute, self.hidden = substitute, hidden


now: Final = Now()


def begin_list() -> None:
    """Forget who wrote the work before: what follows is a list of works from its beginning."""
    now.authors, now.before = None, ""


def begin_entry(substitute: str) -> None:
    """Say that what follows is an entry; ``substitute`` stands for authors who are the same."""
    now.begin(substitute)


class Cited(list[Any]):
    """The works that have been cited, in their order, and their keys."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: set[str] = set()

    def append(self, item: Any) -> None:
        """Add a work that is cited."""
        super().append(item)
        self.keys.add(item.key)


class Year(int):
    """A year with a letter after it, by which nothing is sorted."""

    letters: str

    @classmethod
    def of(cls, year: int, letters: str) -> "Year":
        """Return a year with letters after it."""
        made = cls(year)
        made.letters = letters
        return made

    def __abs__(self) -> "Year":
        return Year.of(int.__abs__(self), self.letters)

    def __str__(self) -> str:
        return f"{int(self)}{'' if now.sorting else self.letters}"
