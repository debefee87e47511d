"""An interview: who asks, who answers, and what they say.

::

    /// interview
    UN News
    : Asked what the challenges were, ...

    Jean-Pierre Lacroix
    : He said that ...

        A second paragraph of the answer.
    ///

Whoever speaks first asks; the option ``asks: Name`` says otherwise. It becomes
``<section class="interview" epub:type="qna" role="doc-qna">``, in it for every turn
``<div class="question">`` or ``<div class="answer">`` with ``<p class="speaker">`` before its
paragraphs. The option ``label`` gives the section a name for screen readers.
"""

from collections.abc import Iterator
from typing import Any, ClassVar
from xml.etree.ElementTree import Element, SubElement

from pymdownx.blocks.block import Block, type_string

from octavo.markup.blocks import EPUB_TYPE, OneBlock


class Interview(Block):  # type: ignore[misc] # pymdownx has no types
    """The block ``/// interview``."""

    NAME = "interview"
    OPTIONS: ClassVar[dict[str, Any]] = {"asks": ("", type_string), "label": ("", type_string)}

    def on_create(self, parent: Element) -> Element:
        """Return the element that holds the turns."""
        semantics = {"class": "interview", EPUB_TYPE: "qna", "role": "doc-qna"}
        if self.options["label"]:
            semantics["aria-label"] = self.options["label"]
        return SubElement(parent, "section", semantics)

    def on_end(self, block: Element) -> None:
        """Turn the definition lists into turns."""
        turns = [turn for element in block if element.tag == "dl" for turn in _turns(element)]
        asks = self.options["asks"] or (turns[0][0].text if turns else "")
        for child in [child for child in block if child.tag == "dl"]:
            block.remove(child)
        for speaker, said in turns:
            kind = "question" if speaker.text == asks else "answer"
            _add_turn(block, kind, speaker, said)


def _turns(definitions: Element) -> Iterator[tuple[Element, list[Element]]]:
    """Yield each term of a definition list with its definitions."""
    speaker: Element | None = None
    said: list[Element] = []
    for element in definitions:
        if element.tag == "dt":
            if speaker is not None:
                yield speaker, said
            speaker, said = element, []
        else:
            said.append(element)
    if speaker is not None:
        yield speaker, said


def _add_turn(interview: Element, kind: str, speaker: Element, said: list[Element]) -> None:
    turn = SubElement(interview, "div", {"class": kind})
    SubElement(turn, "p", {"class": "speaker"}).text = speaker.text
    for definition in said:
        if (definition.text or "").strip():
            SubElement(turn, "p").text = definition.text
        turn.extend(list(definition))


class InterviewExtension(OneBlock):
    """Teaches Python-Markdown the interview."""

    block = Interview
