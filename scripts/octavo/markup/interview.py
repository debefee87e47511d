"""An interview: who asks, who answers, and what they say.

::

    /// interview
        label: The first question
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
        """Turn the definition lists into turns, each where it stands."""
        first = block.find("dl/dt")
        asks = str(self.options["asks"] or (first is not None and first.text) or "")
        children = list(block)
        for child in children:
            block.remove(child)
        for child in children:
            block.extend(_turns(child, asks) if child.tag == "dl" else [child])


def _turns(definitions: Element, asks: str) -> Iterator[Element]:
    """Yield what each speaker says."""
    turn = Element("div")
    for element in definitions:
        if element.tag == "dt":
            turn = Element("div", {"class": "question" if element.text == asks else "answer"})
            SubElement(turn, "p", {"class": "speaker"}).text = element.text
            yield turn
        else:
            _say(turn, element)


def _say(turn: Element, definition: Element) -> None:
    """Add what is said; the words of a definition without empty lines stand in no paragraph."""
    if (definition.text or "").strip():
        SubElement(turn, "p").text = definition.text
    turn.extend(list(definition))


class InterviewExtension(OneBlock):
    """Teaches Python-Markdown the interview."""

    block = Interview
