"""The marks that an author makes in a text, and the place of each.

What is found is what Python-Markdown will find, less what it makes of it: code and comments are
masked, and each mark has its kind, its value (an address, an id, a label), and its offset.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final


class Sign(Enum):
    """What an author can mark."""

    LINK = auto()
    IMAGE = auto()
    ID = auto()
    LANGUAGE = auto()
    CALL = auto()
    TAG = auto()
    HANDLER = auto()


@dataclass(frozen=True)
class Mark:
    """One mark: what it is, the word in it, and where it stands."""

    sign: Sign
    value: str
    offset: int


_BRACKET: Final = re.compile(
    r"\\.|!?\[\^(?P<call>[^\]\n]+)\](?!:(?<=^...:))|(?P<open>!?\[)|(?P<close>\])|(?P<gap>\n[ \t]*\n)",
    re.DOTALL,
)
_DESTINATION: Final = re.compile(
    r"\(\s*(?:<(?P<angled>[^<>\n]*)>|(?P<bare>(?:[^\s()\\]|\\.|\((?:[^\s()]|\([^\s()]*\))*\))*))"
)
_LABEL: Final = re.compile(r" ?\[([^\[\]]*)\]")
_REFERENCE: Final = re.compile(
    r"^ {0,3}\[(?!\^)([^\[\]\n]+)\]:[ \t]*\n?[ \t]*<?([^\s<>]+)>?", re.MULTILINE
)
_AUTOMATIC: Final = re.compile(r"<((?:[Ff]|[Hh][Tt])[Tt][Pp][Ss]?://[^<>]*)>|<([^<>\s]+@[^<>\s]+)>")
_TAG: Final = re.compile(r"(?<!\\)<([A-Za-z][\w.:-]*)((?:\s[^<>]*)?)/?>")
_ATTRIBUTE: Final = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_LIST: Final = re.compile(r"\{:?[ \t]*([^{}\n]*)\}")
_ATTRS: Final = re.compile(r"^[ \t]+attrs:[ \t]*\{([^{}\n]*)\}", re.MULTILINE)
_PAIR: Final = re.compile(r"""([\w:-]+):[ \t]*(?:"([^"]*)"|'([^']*)'|([^\s"',}]+))""")
