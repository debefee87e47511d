"""Stylesheets as assets, and the files that they name."""

from collections.abc import Iterable, Iterator, Mapping
from posixpath import dirname, join, normpath

import tinycss2
from tinycss2.ast import Node

from octavo.diagnostics import Location, PublishingError, error
from octavo.model import Asset, Styles


def stylesheets(styles: Styles, names: Iterable[str]) -> tuple[Asset, ...]:
    """Return the named stylesheets, in this order, as ``css/<name>``."""
    return tuple(
        Asset(f"css/{name}", "text/css", styles.stylesheets[name].encode()) for name in names
    )


def named_files(
    sheets: Iterable[Asset], files: Mapping[str, Asset], styles: Styles
) -> tuple[Asset, ...]:
    """Return the files that stylesheets name by ``url()``, each once, in order of its name.

    Raises:
        PublishingError: P004 for each name that no file has.
    """
    found: dict[str, Asset] = {}
    problems = []
    for sheet in sheets:
        for url, line in _urls(sheet.data.decode()):
            name = normpath(join(dirname(sheet.name), url))
            if name in files:
                found[name] = files[name]
            elif not url.startswith(("data:", "#")):
                place = Location(
                    styles.paths.get(sheet.name.removeprefix("css/"), sheet.name), line
                )
                problems.append(
                    error(
                        "P004",
                        f"no file {url}",
                        place,
                        f"have: {', '.join(sorted(files)) or 'none'}",
                    )
                )
    if problems:
        raise PublishingError(*problems)
    return tuple(found[name] for name in sorted(found))


def _urls(css: str) -> Iterator[tuple[str, int]]:
    yield from _urls_in(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True))


def _urls_in(nodes: Iterable[Node]) -> Iterator[tuple[str, int]]:
    """Yield each address in a tree of tokens, with its line."""
    for node in nodes:
        if node.type == "url":
            yield node.value, node.source_line
        elif node.type == "function" and node.lower_name == "url":
            yield from ((n.value, n.source_line) for n in node.arguments if n.type == "string")
        for part in ("prelude", "content", "arguments"):
            inner = getattr(node, part, None)
            if isinstance(inner, list) and not (
                node.type == "function" and node.lower_name == "url"
            ):
                yield from _urls_in(inner)
