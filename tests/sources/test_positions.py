"""On which line of book.toml a thing stands."""

import pytest

from octavo.sources.positions import Path, positions

TEXT = """\
top = 1 # a comment

[spine] # another
bodymatter = [
  # and one in a list
  "text/one.md",
  { part = "text/part.md", texts = [
    "text/two.md",
    { text = "text/three.md", leaf = "glossary" },
  ] },
]

[editions.print]
trim = { width = 148, height = 210 }

[[waivers]]
code = "S002"

[[waivers]]
"quoted key" = "T001"

[dotted]
one.two = 3
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("top",), 1),
        (("spine",), 3),
        (("spine", "bodymatter"), 4),
        (("spine", "bodymatter", 0), 6),
        (("spine", "bodymatter", 1), 7),
        (("spine", "bodymatter", 1, "part"), 7),
        (("spine", "bodymatter", 1, "texts", 0), 8),
        (("spine", "bodymatter", 1, "texts", 1), 9),
        (("editions",), 13),
        (("editions", "print"), 13),
        (("editions", "print", "trim", "height"), 14),
        (("waivers", 0), 16),
        (("waivers", 0, "code"), 17),
        (("waivers", 1), 19),
        (("waivers", 1, "quoted key"), 20),
        (("dotted", "one"), 23),
        (("dotted", "one", "two"), 23),
    ],
)
def test_position(path: Path, line: int) -> None:
    assert positions(TEXT)[path] == line


def test_lines_count_characters_of_more_than_one_byte_as_one_line() -> None:
    assert positions('a = "é\U0001f42b"\nb = 1\n')["b",] == 2
