"""How a letter looks to a mail program that shows HTML: the same words, its addresses as buttons."""

import re
from dataclasses import dataclass, field

# A line that ends in a colon with an address alone below it: "I will attend:" and its link.
LINK = re.compile(r"^(?P<label>[^\n]{1,80}):\n(?P<url>https?://\S+)$")


@dataclass
class Block:
    """A paragraph, or a row of buttons as (label, address)."""

    text: str = ""
    buttons: list[tuple[str, str]] = field(default_factory=list)


def blocks_of(text: str) -> list[Block]:
    """The paragraphs of a letter; addresses that follow each other with their labels stand in one row of buttons."""
    blocks: list[Block] = []
    for paragraph in re.split(r"\n{2,}", text.strip()):
        link = LINK.match(paragraph)
        if link is None:
            blocks.append(Block(paragraph))
        elif blocks and blocks[-1].buttons:
            blocks[-1].buttons.append((link["label"], link["url"]))
        else:
            blocks.append(Block(buttons=[(link["label"], link["url"])]))
    return blocks
