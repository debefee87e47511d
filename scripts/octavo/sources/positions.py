"""On which line of a TOML file each key and each element of an array stands."""

from collections.abc import Iterator, Mapping

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

Path = tuple[str | int, ...]
"""The way to a value: keys and places in arrays, such as ``("spine", "bodymatter", 3)``."""


def positions(text: str) -> Mapping[Path, int]:
    """Return the line, counted from 1, of every value of a TOML document by its path."""
    tree = Parser(Language(tree_sitter_toml.language())).parse(text.encode())
    found: dict[Path, int] = {}
    tables: dict[Path, int] = {}
    for node in tree.root_node.children:
        for path, line in _statement(node, tables):
            found.setdefault(path, line)
    return found


def _statement(node: Node, tables: dict[Path, int]) -> Iterator[tuple[Path, int]]:
    """Yield the positions in a pair, a table, or an element of an array of tables."""
    if node.type == "pair":
        yield from _pair(node, ())
    elif node.type in {"table", "table_array_element"}:
        path: Path = _key(next(child for child in node.named_children if "key" in child.type))
        if node.type == "table_array_element":
            tables[path] = tables.get(path, -1) + 1
            yield path, _line(node)
            path = (*path, tables[path])
        yield from _prefixes(path, node)
        for child in node.named_children:
            if child.type == "pair":
                yield from _pair(child, path)


def _pair(node: Node, above: Path) -> Iterator[tuple[Path, int]]:
    key, value = (child for child in node.named_children if child.type != "comment")
    path = (*above, *_key(key))
    yield from _prefixes(path, node)
    yield from _value(value, path)


def _prefixes(path: Path, node: Node) -> Iterator[tuple[Path, int]]:
    """Yield the position of a path and of every table around it that nothing else opens."""
    yield from ((path[:length], _line(node)) for length in range(1, len(path) + 1))


def _value(node: Node, path: Path) -> Iterator[tuple[Path, int]]:
    children = [child for child in node.named_children if child.type != "comment"]
    if node.type == "array":
        for place, child in enumerate(children):
            yield (*path, place), _line(child)
            yield from _value(child, (*path, place))
    elif node.type == "inline_table":
        for child in children:
            yield from _pair(child, path)


def _key(node: Node) -> Path:
    if node.type == "dotted_key":
        return tuple(part for child in node.named_children for part in _key(child))
    text = (node.text or b"").decode()
    return (text.strip("\"'"),)


def _line(node: Node) -> int:
    return node.start_point[0] + 1
