"""Secrets looked for in a finished file."""

from collections.abc import Iterator

from octavo.diagnostics import Diagnostic, error
from octavo.leaks.reading import strings
from octavo.leaks.secrets import Passage, Secrets
from octavo.model import Artifact

_SHOWN = 16


def leaks(artifact: Artifact, secrets: Secrets) -> Iterator[Diagnostic]:
    """Yield an X005 for every passage of which a file says something, at the first place."""
    met: set[Passage] = set()
    for place, text in strings(artifact):
        for passage in secrets.in_text(text):
            if passage not in met:
                met.add(passage)
                yield _leak(artifact, place, passage)


def _leak(artifact: Artifact, place: str, passage: Passage) -> Diagnostic:
    words = passage.text.split()
    said = " ".join(words if len(words) <= _SHOWN else [*words[:_SHOWN], "…"])
    message = f"{artifact.name} tells what its readers must not get: “{said}” ({place})"
    hint = "look for the words there: a file's own metadata, a stylesheet, another text"
    return error("X005", message, passage.location, hint)
