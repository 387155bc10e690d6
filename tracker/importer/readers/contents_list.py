"""The list of contents in front of a long paper, which repeats its headings with page numbers."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from tracker.domain.folding import fold
from tracker.importer.blocks import Block, Contents, Paragraph

_TITLE = "muc luc"
_TO_PAGE = re.compile(r"(?:\.{3,}|…+|\t)[\s.…]*\d{1,3}\s*$")


def set_aside(contents: Contents) -> Contents:
    """The contents without the lines under "MỤC LỤC", which go to what was dropped."""
    listed = _listed(contents.blocks)
    if not listed:
        return contents
    places = {id(line) for line in listed}
    kept = tuple(block for block in contents.blocks if id(block) not in places)
    return replace(contents, blocks=kept, dropped=(*contents.dropped, *listed))


def _listed(blocks: Sequence[Block]) -> list[Paragraph]:
    for place, block in enumerate(blocks):
        if isinstance(block, Paragraph) and fold(block.text).strip(" .:") == _TITLE:
            lines = list(takewhile(_tells_page, blocks[place + 1 :]))
            return [block, *(one for one in lines if isinstance(one, Paragraph))] if lines else []
    return []


def _tells_page(block: Block) -> bool:
    return isinstance(block, Paragraph) and bool(_TO_PAGE.search(block.raw))
