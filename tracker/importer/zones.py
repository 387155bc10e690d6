"""The parts of an office document: letterhead, title, body, and what follows it."""

import re
from dataclasses import dataclass
from itertools import chain

from tracker.domain.folding import fold
from tracker.importer.blocks import Block, Heading, Paragraph, Table
from tracker.importer.numbering import label_of
from tracker.importer.period import has_period

_TITLE = re.compile(
    r"(du thao )?(chuong trinh|ke hoach|lich|du kien chuong trinh) (cong tac|lam viec|trong tam)\b"
)
_TAIL = re.compile(r"noi nhan\b|(tl|tm|kt|tuq|q)\. ?[a-z]")
_TITLE_LENGTH = 200


@dataclass(frozen=True)
class Zones:
    """A document cut into parts; without a title, `title_lines` is empty.

    The letterhead and signature lines lack final marks, so they are cut off before any
    broken sentence is joined.
    """

    letterhead: tuple[Paragraph, ...]
    title_lines: tuple[Paragraph, ...]
    body: tuple[Block, ...]
    tail: tuple[Paragraph, ...]

    @property
    def title(self) -> str:
        return " ".join(line.text for line in self.title_lines)


def cut(blocks: tuple[Block, ...]) -> Zones:
    """Find the title and the closing part; what lies between is the body."""
    opened = list(chain.from_iterable(_opened(block) for block in blocks))
    start = next((i for i, block in enumerate(opened) if _is_title(block)), None)
    if start is None:
        return _untitled(opened)
    title = _title_lines(opened[start:])
    body_start = start + len(title)
    end = _tail_start(opened, body_start)
    return Zones(
        letterhead=_paragraphs(opened[:start]),
        title_lines=tuple(title),
        body=tuple(opened[body_start:end]),
        tail=_paragraphs(opened[end:]),
    )


def _untitled(blocks: list[Block]) -> Zones:
    """Without a title every line may be letterhead as well as body; the tail is still known."""
    end = _tail_start(blocks, 0)
    first = next((i for i, block in enumerate(blocks[:end]) if _is_numbered(block)), end)
    return Zones(_paragraphs(blocks[:first]), (), tuple(blocks[:end]), _paragraphs(blocks[end:]))


def _opened(block: Block) -> list[Block]:
    """A table that only arranges the letterhead or the signature is read as lines."""
    if isinstance(block, Table):
        lines = block.down_the_columns()
        if any(_is_letterhead(line) or _opens_tail(line) for line in lines):
            return list(lines)
    return [block]


def _is_letterhead(line: Paragraph) -> bool:
    folded = fold(line.text)
    return folded.startswith(("cong hoa xa hoi chu nghia", "so:", "so /", "doc lap - tu do"))


def _is_title(block: Block) -> bool:
    if not isinstance(block, Paragraph) or len(block.text) > _TITLE_LENGTH:
        return False
    is_sentence = block.text.endswith((";", ".", ","))
    return not is_sentence and bool(_TITLE.match(fold(block.text)))


def _title_lines(blocks: list[Block]) -> list[Paragraph]:
    first, following = blocks[0], blocks[1] if len(blocks) > 1 else None
    lines = [first] if isinstance(first, Paragraph) else []
    if isinstance(following, Paragraph) and _completes_title(lines[0], following):
        lines.append(following)
    return lines


def _completes_title(title: Paragraph, following: Paragraph) -> bool:
    is_short = len(following.text) <= 80 and not following.text.endswith((":", ".", ";"))
    return is_short and not has_period(title.text) and has_period(following.text)


def _tail_start(blocks: list[Block], start: int) -> int:
    places = range(start, len(blocks))
    return next((i for i in places if _opens_tail(blocks[i])), len(blocks))


def _opens_tail(block: Block) -> bool:
    return isinstance(block, Paragraph) and bool(_TAIL.match(fold(block.text)))


def _is_numbered(block: Block) -> bool:
    if isinstance(block, Heading) and has_period(block.text):
        return True
    return isinstance(block, Paragraph) and label_of(block.text)[0] is not None


def _paragraphs(blocks: list[Block]) -> tuple[Paragraph, ...]:
    return tuple(block for block in blocks if isinstance(block, Paragraph))
