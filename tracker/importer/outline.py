"""The outline of a programme: sections under their headings, items under their sections."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import zip_longest

from tracker.importer.blocks import Block, Heading, Paragraph, Table, Where
from tracker.importer.meetings import announces_meeting
from tracker.importer.numbering import SECTION_STYLES, Label, Style, label_of
from tracker.importer.owners import ends_in_owner

_HEADING_LENGTH = 250
_LEVELS = {Style.PART: 0, Style.LETTER: 1, Style.ROMAN: 2}
_UNNUMBERED_LEVEL = 1
_SUBSECTION_LEVEL = 3


@dataclass
class Entry:
    """One item as it stands: its label and its paragraphs, the first without the label."""

    label: Label | None
    first: Paragraph
    words: str
    more: list[Paragraph] = field(default_factory=list)

    @property
    def lines(self) -> tuple[Paragraph, ...]:
        return (self.first, *self.more)

    @property
    def text(self) -> str:
        return "\n".join([self.words, *(paragraph.text for paragraph in self.more)])

    @property
    def raw(self) -> str:
        return "\n\n".join(paragraph.raw for paragraph in self.lines)

    @property
    def has_owner(self) -> bool:
        return ends_in_owner(self.more[-1].text if self.more else self.words)


@dataclass
class Section:
    """A heading and what stands under it; `above` is the chain of headings it belongs to."""

    label: Label | None
    words: str
    where: Where
    level: int
    above: tuple["Section", ...] = ()
    entries: list[Entry] = field(default_factory=list)
    prose: list[Paragraph] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    @property
    def printed(self) -> str:
        return f"{self.label.text} {self.words}" if self.label else self.words

    @property
    def path(self) -> tuple["Section", ...]:
        return (*self.above, self)


def outline(blocks: Iterable[Block]) -> list[Section]:
    """The sections in order; what stands before the first heading is a section of its own."""
    blocks = list(blocks)
    builder = _Builder()
    for block, following in zip_longest(blocks, blocks[1:]):
        builder.add(block, following)
    return builder.sections


class _Builder:
    def __init__(self) -> None:
        preamble = Section(None, "", Where(1, 1), level=-1)
        self.sections = [preamble]
        self._style: Style | None = None

    @property
    def _here(self) -> Section:
        return self.sections[-1]

    def add(self, block: Block, following: Block | None) -> None:
        if isinstance(block, Table):
            self._here.tables.append(block)
            return
        label, words = label_of(block.text)
        level = _heading_level(block, label, words, following=following)
        if level is not None:
            self._open(Section(label, words.strip(), block.where, level))
        else:
            self._add_line(block, label, words)

    def _open(self, section: Section) -> None:
        chain = (*self._here.above, self._here)
        section.above = tuple(one for one in chain if -1 < one.level < section.level)
        self.sections.append(section)
        self._style = None

    def _add_line(self, block: Paragraph, label: Label | None, words: str) -> None:
        entries = self._here.entries
        if label and self._style in (None, label.style):
            self._style = label.style
            entries.append(Entry(label, block, words))
        elif not entries:
            self._here.prose.append(block)
        elif entries[-1].has_owner and ends_in_owner(block.text):
            # Two owners cannot share an item: the second one's number was lost.
            entries.append(Entry(None, block, block.text))
        else:
            entries[-1].more.append(block)


def _heading_level(
    block: Paragraph, label: Label | None, words: str, *, following: Block | None
) -> int | None:
    if len(block.text) > _HEADING_LENGTH or ends_in_owner(block.text):
        return None
    if label is None:
        return _UNNUMBERED_LEVEL if _is_title_like(block) else None
    if label.style in SECTION_STYLES:
        return _LEVELS[label.style]
    opens = _opens_subsection(block, label, words, following=following)
    return _SUBSECTION_LEVEL if opens else None


def _is_title_like(block: Paragraph) -> bool:
    """A heading without a number: marked, wholly bold, or wholly in capitals."""
    if isinstance(block, Heading):
        return True
    is_capitals = block.text.isupper() and len(block.text.split()) > 2
    return (block.bold or is_capitals) and not block.text.endswith((".", ";", ",", ":"))


def _opens_subsection(
    block: Paragraph, label: Label, words: str, *, following: Block | None
) -> bool:
    """Whether "1. Lĩnh vực kinh tế" has "1.1. …" or dashes under it: a heading, not an item."""
    if label.style is not Style.ARABIC or not isinstance(following, Paragraph):
        return False
    below, _ = label_of(following.text)
    if below is None:
        return False
    if below.style is Style.DECIMAL:
        return below.name.startswith(f"{label.name}.")
    is_marked = block.bold or isinstance(block, Heading) or announces_meeting(words)
    return is_marked and below.style is not label.style
