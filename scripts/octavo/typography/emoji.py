"""Signs by the codes that GitHub and others have for them, ``:sunny:``."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

_CODE: Final = re.compile(r"(?<![\w:/]):(?P<name>[a-z][\w+-]*):(?![\w:/])")


def emoji(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where codes stand in a text, and the sign that each is for."""
    for found in _CODE.finditer(text):
        if sign := _signs().get(found["name"]):
            yield found.start(), found.end(), sign


@cache
def _signs() -> Mapping[str, str]:
    from pymdownx import gemoji_db  # noqa: PLC0415 - large, and few books have a code

    signs = {
        name.strip(":"): "".join(chr(int(code, 16)) for code in said["unicode"].split("-"))
        for name, said in gemoji_db.emoji.items()
        if "unicode" in said
    }
    others = gemoji_db.aliases.items()
    return signs | {
        other.strip(":"): signs[name.strip(":")]
        for other, name in others
        if name.strip(":") in signs
    }
