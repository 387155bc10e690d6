"""Sentences that a page end or converter broke are made whole again; no word is changed."""

import re
from collections.abc import Iterable
from itertools import zip_longest

from tracker.importer.blocks import Block, Heading, Paragraph, Table
from tracker.importer.layout.cells import is_stretch
from tracker.importer.layout.numbering import SECTION_STYLES, Style, label_of
from tracker.importer.meaning.unit_names import is_unit_shaped

_BEGINS_ANEW = re.compile(
    r"(?:(?:cơ\s+quan|đơn\s+vị|cấp|lãnh\s+đạo)\s+[^:.;]{2,40}|phối\s+hợp|chủ\s+trì|thời\s+(?:gian|hạn)[^:.;]{0,30}"
    r"|địa\s+điểm|thành\s+phần)\s*:",
    re.IGNORECASE,
)
_ROLE = re.compile(r"\s+(?:chủ\s+trì|phối\s+hợp|chuẩn\s+bị)|[,;.]", re.IGNORECASE)
# After these words a unit's name belongs to the sentence.
_OPEN = re.compile(
    r"(?:,|[-–]|\b(?:với|của|và|các|tại|cho|do|là|gửi|trình|báo\s+cáo|giao|cùng|từ|về|theo|thuộc|đến))$",
    re.IGNORECASE,
)
_LONGEST_UNITS = 120
_TERMINAL = tuple('.:;!?…”)/"»')
# No office paragraph is longer: beyond it the file is not prose and joining would never end.
_LONGEST = 20_000
_CONTINUED_ELSEWHERE = re.compile(
    r"\W*\(?\s*(?:xem tiếp|tiếp theo)\s+trang\s+\d+\W*", re.IGNORECASE
)


class Repaired(Paragraph):
    """A paragraph made of several broken ones."""


def repair(blocks: Iterable[Block]) -> list[Block]:
    """Join what is broken in mid-sentence; drop captions and page references in between."""
    whole: list[Block] = []
    for block in _without_interruptions(list(blocks)):
        above = whole[-1] if whole else None
        if isinstance(above, Paragraph) and isinstance(block, Paragraph) and _goes_on(above, block):
            whole[-1] = _joined(above, block)
        else:
            whole.append(block)
    return whole


def _goes_on(above: Paragraph, block: Paragraph) -> bool:
    if isinstance(above, Heading) or isinstance(block, Heading) or len(above.text) > _LONGEST:
        return False
    if _is_caption_beside(above, block) or not _may_resume(block) or _is_title(above, block):
        return False
    label, _ = label_of(above.text)
    is_shouted = block.text.isupper() and len(block.text.split()) > 2
    if is_shouted and not above.text.isupper():
        return False
    if label and _names_units(above, block):
        return False
    # A wrapped line of the same paragraph may follow a semicolon; a new paragraph may not.
    return _is_open(above) or (block.continues and block.text[:1].islower())


def _is_title(above: Paragraph, block: Paragraph) -> bool:
    """A numbered heading or a line in capitals ends without a mark and yet is complete."""
    label, _ = label_of(above.text)
    if label and label.style in SECTION_STYLES:
        return not block.text[:1].islower()
    return above.text.isupper() and not block.text.isupper()


def _is_open(paragraph: Paragraph) -> bool:
    return not paragraph.text.rstrip("* ").endswith(_TERMINAL)


def _may_resume(block: Paragraph) -> bool:
    label, words = label_of(block.text)
    if label is None:
        return not _stands_alone(block.text)
    # "- xã hội năm 2025": the dash inside "kinh tế - xã hội" stood first on the new page.
    return label.style is Style.BULLET and label.text in "-–—" and words[:1].islower()


def _stands_alone(text: str) -> bool:
    """A line that is no end of a sentence: "Tuần 2 (từ 09/3 đến 13/3)", "Cơ quan chủ trì: …"."""
    if not text[:1].isupper():
        return False
    return is_stretch(text) or bool(_BEGINS_ANEW.match(text))


def _names_units(above: Paragraph, block: Paragraph) -> bool:
    """A short line under an item that only says who does it: "Sở X chủ trì, Sở Y phối hợp"."""
    is_line = len(block.text) <= _LONGEST_UNITS and is_unit_shaped(_ROLE.split(block.text)[0])
    is_whole = above.text.count("(") == above.text.count(")") and not _OPEN.search(above.text)
    return is_line and is_whole and block.text.count("(") == block.text.count(")")


def _is_caption_beside(above: Paragraph, block: Paragraph) -> bool:
    return block.italic and not above.italic and not block.continues


def _joined(above: Paragraph, block: Paragraph) -> Paragraph:
    wrapped = block.continues and not isinstance(above, Repaired)
    kind = Paragraph if wrapped else Repaired
    sure = (above.confidence, block.confidence)
    return kind(
        f"{above.text} {block.text}",
        f"{above.raw}\n{block.raw}",
        above.where,
        bold=above.bold and block.bold,
        italic=above.italic and block.italic,
        continues=above.continues,
        confidence=min((one for one in sure if one is not None), default=None),
    )


def _without_interruptions(blocks: list[Block]) -> list[Block]:
    kept: list[Block] = []
    blocks = [block for block in blocks if not _is_page_reference(block)]
    for block, following in zip_longest(blocks, blocks[1:]):
        if not (kept and _is_caption_between(kept[-1], block, following)):
            kept.append(block)
    return kept


def _is_page_reference(block: Block) -> bool:
    return isinstance(block, Paragraph) and bool(_CONTINUED_ELSEWHERE.fullmatch(block.text))


def _is_caption_between(above: Block, block: Block, following: Block | None) -> bool:
    """A photograph's caption that stands between the two halves of a sentence."""
    if isinstance(above, Heading | Table) or isinstance(block, Heading | Table):
        return False
    if not isinstance(following, Paragraph) or label_of(block.text)[0]:
        return False
    is_between_halves = _is_open(above) and following.text[:1].islower()
    return _is_caption_beside(above, block) and is_between_halves
