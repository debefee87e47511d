"""A folder of another tool, written down as Octavo's own: what was mended stands there then.

The texts lie in ``text/``, as they lay in the folder, and images where the texts show them.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from posixpath import dirname, join, normpath, relpath
from typing import Final
from urllib.parse import quote, unquote

from octavo.citations import spelt_out
from octavo.diagnostics import Diagnostic, Location, PublishingError, error
from octavo.editing import Edit, edited
from octavo.markup.marks import Mark, Sign, marks
from octavo.masking import masked
from octavo.mending import mend
from octavo.model import Asset, Citations, Listed, Manuscript, Matter, Metadata, Source, SpineItem
from octavo.sources import AS_IT_IS, Reading, read_as

_TEXTS: Final = "text"
_ID: Final = re.compile(
    r"""\{:?[^{}\n]*?\#(?P<short>[^\s{}]+)[^{}\n]*\}|\bid\s*=\s*["']?(?P<long>[^"'\s<>]+)"""
)
_SUFFIXES: Final[Mapping[str, str]] = {"image/jpeg": ".jpg", "image/svg+xml": ".svg"}


def keep(
    folder: Path, new: Path, reading: Reading = AS_IT_IS
) -> tuple[tuple[Path, ...], tuple[Diagnostic, ...]]:
    """Write a folder as a manuscript of Octavo's, and return the paths and what there is to say.

    Raises:
        PublishingError: M007 when something is at that place already; with everything that is
            wrong with the folder.
    """
    if new.exists() and (not new.is_dir() or any(new.iterdir())):
        message, hint = "there is something here already", "name a new folder"
        raise PublishingError(error("M007", message, Location(str(new)), hint))
    made = spelt_out(mend(read_as(folder, reading)))
    files = {**_texts(made), **_images(made), **_cited(made), "book.toml": _toml(made).encode()}
    for name, data in files.items():
        path = new / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tuple(new / name for name in sorted(files)), made.found


def _new(path: str) -> str:
    """Return where a text lies in the new folder."""
    return str(PurePosixPath(_TEXTS, path).with_suffix(".md"))


def _shown(path: str, asset: Asset) -> str:
    """Return where an image lies in the new folder, with a suffix that says what it is."""
    whole = PurePosixPath(normpath(join(_TEXTS, path)))
    kind = _SUFFIXES.get(asset.media_type, f".{asset.media_type.partition('/')[2]}")
    said = {".jpeg": ".jpg"}.get(whole.suffix.lower(), whole.suffix.lower())
    return str(whole if said == kind else whole.with_name(f"{whole.name}{kind}"))


def _images(made: Manuscript) -> dict[str, bytes]:
    return {_shown(path, asset): asset.data for path, asset in made.assets.items()}


def _cited(made: Manuscript) -> dict[str, bytes]:
    """Return the files that the book cites with, where they lay."""
    told = made.citations
    files = (*told.references, *filter(None, [told.csl])) if told else ()
    return {file.path: file.text.encode() for file in files}


# --- texts ---


def _texts(made: Manuscript) -> dict[str, bytes]:
    """Return the texts under their new names, what they lead to and show named anew."""
    given = _ids(made.sources)
    return {
        _new(path): edited(source, _edits(source, made, given)).text.encode()
        for path, source in made.sources.items()
    }


def _ids(sources: Mapping[str, Source]) -> Mapping[tuple[str, str], str]:
    """Return the new names of ids that another text has too, for in a book each is there once."""
    met: Counter[str] = Counter()
    found: dict[tuple[str, str], str] = {}
    for path, source in sources.items():
        for each in _ID.finditer(masked(source.text)):
            name = each["short"] or each["long"]
            met[name] += 1
            if met[name] > 1:
                found[path, name] = f"{name}-{met[name]}"
    return found


def _edits(
    source: Source, made: Manuscript, given: Mapping[tuple[str, str], str]
) -> Iterator[Edit]:
    plain = masked(source.text)
    for each in _ID.finditer(plain):
        part = "short" if each["short"] else "long"
        if new := given.get((source.path, each[part])):
            yield Edit(each.start(part), each.end(part), new)
    for mark in marks(plain):
        if mark.sign in {Sign.LINK, Sign.IMAGE} and not re.match(r"[\w+.-]+:|//", mark.value):
            yield from _led(source, mark, _address(source.path, mark.value, made, given))


def _led(source: Source, mark: Mark, address: str) -> Iterator[Edit]:
    """Yield the change of an address where it stands in a mark."""
    at = source.text.find(mark.value, mark.close or mark.offset, mark.end or None)
    if at >= 0 and address != mark.value:
        yield Edit(at, at + len(mark.value), address)


def _address(path: str, said: str, made: Manuscript, given: Mapping[tuple[str, str], str]) -> str:
    there, _, name = said.partition("#")
    whole = normpath(join(dirname(path), unquote(there))) if there else path
    name = given.get((whole, name), name)
    new = there
    if whole in made.sources and there:
        new = relpath(_new(whole), dirname(_new(path)))
    elif whole in made.assets:
        new = relpath(_shown(whole, made.assets[whole]), dirname(_new(path)))
    new = quote(unquote(new), safe="/~.-_()")
    return f"{new}#{name}" if name else new


# --- book.toml ---


def _toml(made: Manuscript) -> str:
    """Return the ``book.toml`` of a manuscript."""
    lines = ["[metadata]", *_metadata(made.metadata)]
    if made.cover:
        lines.append(f"cover = {_string(_shown(made.cover, made.assets[made.cover]))}")
    lines += ["", "[spine]"]
    for matter in Matter:
        items = [item for item in made.spine if item.matter is matter]
        inside = "".join(f"  {_item(item)},\n" for item in items)
        lines += [f"{matter} = [\n{inside}]"] if items else []
    lines += ["", *_citations(made.citations)] if made.citations else []
    return "\n".join((*lines, "", "[editions.ebook]", "", "[editions.print]", ""))


def _citations(told: Citations) -> Iterator[str]:
    yield "[citations]"
    yield f"references = [{', '.join(_string(file.path) for file in told.references)}]"
    if told.csl or told.style:
        yield f"style = {_string(told.csl.path if told.csl else told.style)}"
    if told.listed is not Listed.BOOK:
        yield f"listed = {_string(told.listed)}"
    if told.nocite:
        yield f"nocite = [{', '.join(map(_string, told.nocite))}]"
    if told.title:
        yield f"title = {_string(told.title)}"


def _metadata(metadata: Metadata) -> Iterator[str]:
    keys = ("identifier", "title", "subtitle", "language", "publisher", "rights", "description")
    for key in keys:
        if value := getattr(metadata, key):
            yield f"{key} = {_string(value)}"
    if metadata.date:
        whole = re.fullmatch(r"\d{4}-\d\d-\d\d", metadata.date)
        yield f"date = {metadata.date if whole else _string(metadata.date)}"
    if metadata.creators:
        people = ", ".join(f"{{ name = {_string(each.name)} }}" for each in metadata.creators)
        yield f"creators = [{people}]"


def _item(item: SpineItem) -> str:
    text = _string(_new(item.path)) if item.path else ""
    if item.leaf == "part":
        texts = ", ".join(_item(each) for each in item.items)
        return f"{{ part = {text or _string(item.title)}, texts = [{texts}] }}"
    return text or _string(item.leaf)


def _string(text: str) -> str:
    """Return a text as TOML writes it, which is as JSON does."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
