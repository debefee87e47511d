"""What our ``/// name`` blocks have in common; the syntax is pymdownx's."""

from typing import Any, ClassVar
from xml.etree.ElementTree import Element, SubElement

from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block, type_string

EPUB_TYPE = "epub:type"


class Attributed(Block):  # type: ignore[misc] # pymdownx has no types
    """A block whose words are somebody's: the option ``attribution`` says whose."""

    OPTIONS: ClassVar[dict[str, Any]] = {"attribution": ("", type_string)}

    def on_end(self, block: Element) -> None:
        """Put the attribution last, as Markdown of its own."""
        if self.options["attribution"]:
            SubElement(block, "p", {"class": "attribution"}).text = self.options["attribution"]


class OneBlock(BlocksExtension):  # type: ignore[misc] # pymdownx has no types
    """A Python-Markdown extension that is one kind of block."""

    block: ClassVar[type[Block]]

    def extendMarkdownBlocks(self, md: Any, block_mgr: Any) -> None:  # noqa: ARG002, N802 - pymdownx's signature
        """Make the block known to the parser of blocks."""
        block_mgr.register(self.block, self.getConfigs())
