"""The index: that its ranges end, its references lead somewhere, and it is printed at all."""

from collections.abc import Iterator

from octavo import xhtml
from octavo.diagnostics import Diagnostic, error, warning
from octavo.model import Draft, IndexMark, IndexRole

Path = tuple[str, ...]


def broken_range(draft: Draft) -> Iterator[Diagnostic]:
    """R006: a range of the index that does not end where it began, in one text."""
    for chapter in draft.chapters.values():
        begun: dict[Path, list[IndexMark]] = {}
        for mark in chapter.index:
            if mark.role is IndexRole.BEGIN:
                begun.setdefault(_path(mark.entry), []).append(mark)
            elif mark.role is IndexRole.END:
                if begun.get(_path(mark.entry)):
                    begun[_path(mark.entry)].pop()
                else:
                    yield _broken(mark, "ends and has not begun", ".begin before it")
        for mark in (mark for marks in begun.values() for mark in marks):
            yield _broken(mark, "begins and never ends", ".end in the same text")


def lost_reference(draft: Draft) -> Iterator[Diagnostic]:
    """R007: an entry of the index that refers to one that is not there."""
    marks = [mark for chapter in draft.chapters.values() for mark in chapter.index]
    paths = {_path(mark.entry)[: n + 1] for mark in marks for n in range(len(mark.entry))}
    for mark in marks:
        for target in mark.targets:
            if _path(target) not in paths:
                message = f"the index has no entry {_shown(target)!r} to refer to"
                hint = "mark the entry, or write it as it is marked"
                yield error("R007", message, mark.location, hint)


def unprinted_index(draft: Draft) -> Iterator[Diagnostic]:
    """R008: entries for an index that the book does not have."""
    if any(item.leaf == "index" for item in draft.manuscript.spine):
        return
    first = next((mark for chapter in draft.chapters.values() for mark in chapter.index), None)
    if first:
        hint = 'add "index" to the back matter of the spine'
        yield warning(
            "R008", "the text marks entries, and the book has no index", first.location, hint
        )


def _path(entry: Path) -> Path:
    return tuple(xhtml.text_of(heading).casefold() for heading in entry)


def _shown(entry: Path) -> str:
    return " > ".join(xhtml.text_of(heading) for heading in entry)


def _broken(mark: IndexMark, what: str, wanted: str) -> Diagnostic:
    message = f"the range of {_shown(mark.entry)!r} {what}"
    return error("R006", message, mark.location, f"write a mark with the same entry and {wanted}")
