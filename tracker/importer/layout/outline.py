"""The outline of a programme: sections under their headings, items under their sections."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from tracker.importer.blocks import Block, Heading, Paragraph, Table, Where
from tracker.importer.layout.cells import is_stretch
from tracker.importer.layout.closing import are_last_words
from tracker.importer.layout.numbering import SECTION_STYLES, Label, Style, label_of
from tracker.importer.layout.tables import Grouped, Listed, Ruled, spread
from tracker.importer.meaning.meetings import announces_meeting
from tracker.importer.meaning.owners import ends_in_owner, names_owner
from tracker.importer.meaning.unit_names import is_field, is_group_heading, is_unit_shaped

_HEADING_LENGTH = 250
_LEVELS = {Style.PART: 0, Style.LETTER: 1, Style.ROMAN: 2}
# "4. Giao Sở Tài chính:" above what it is told to do.
_TO = re.compile(r"^(?:giao|yêu\s+cầu|đề\s+nghị)\s+", re.IGNORECASE)
_UNNUMBERED_LEVEL = 1
_SUBSECTION_LEVEL = 3


@dataclass
class Entry:
    """One item as it stands: its label and its paragraphs, the first without the label."""

    label: Label | None
    first: Paragraph
    words: str
    more: list[Paragraph] = field(default_factory=list)
    # The lines above its point: "1. Xây dựng các văn bản:" over "a) Kế hoạch A (Sở X)".
    above: tuple[str, ...] = ()
    # Its series goes on after a list that stood in between.
    resumed: bool = False

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
        """Whether it says who prepares it; in a table of tasks somebody always does."""
        if isinstance(self.first, Listed):
            return True
        return ends_in_owner(self.more[-1].text if self.more else self.words)


@dataclass
class Section:
    """A heading and what stands under it; `above` is the chain of headings it belongs to.

    A section is `resumed` when it goes on after a list that stood in it.
    """

    label: Label | None
    words: str
    where: Where
    level: int
    above: tuple["Section", ...] = ()
    entries: list[Entry] = field(default_factory=list)
    prose: list[Paragraph] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    ruled: list[Paragraph] = field(default_factory=list)
    resumed: bool = False
    # Only some of its points are items, so their numbers have gaps.
    picked: bool = False

    @property
    def printed(self) -> str:
        return f"{self.label.text} {self.words}".strip() if self.label else self.words

    @property
    def below(self) -> str:
        """The line right under the heading, before the first item."""
        return self.prose[0].text if self.prose else ""

    @property
    def path(self) -> tuple["Section", ...]:
        return (*self.above, self)


def outline(blocks: Iterable[Block]) -> list[Section]:
    """The sections in order; what stands before the first heading is a section of its own."""
    blocks = list(spread(blocks))
    builder = _Builder()
    for block, following in zip_longest(blocks, blocks[1:]):
        builder.add(block, following)
    for section in builder.sections:
        section.entries = _apart(section.entries)
    return builder.sections


def _apart(entries: list[Entry]) -> list[Entry]:
    """Where one item falls into its points, its neighbours do so with a single owner."""
    points = [_points_apart(entry) for entry in entries]
    if any(len(one) > 1 for one in points):
        points = [_points_apart(entry, owners=1) for entry in entries]
    return [one for of in points for one in of]


def _points_apart(entry: Entry, *, owners: int = 2) -> list[Entry]:
    """The points of an item that name their own units are items; others are its text.

    An item with a unit of its own over points with theirs stays an item beside them.
    """
    labels = [label_of(line.text)[0] for line in entry.more]
    if entry.label is None or not labels or labels[0] is None:
        return [entry]
    owned = sum(names_owner(line.text) for line in entry.more)
    if names_owner(entry.words):
        is_apart = owned * 2 >= len(labels)
        return [replace(entry, more=[]), *_points_of(entry, labels)] if is_apart else [entry]
    return [entry] if owned < min(owners, len(labels)) else _points_of(entry, labels)


def _points_of(entry: Entry, labels: list[Label | None]) -> list[Entry]:
    first = labels[0]
    if first is None:
        return []
    starts = [at for at, one in enumerate(labels) if one and _is_of(one, first)]
    lines = [entry.more[start:end] for start, end in zip_longest(starts, starts[1:])]
    points = [_point(entry, place, of) for place, of in enumerate(lines, 1)]
    return _apart(points)


def _is_of(label: Label, first: Label) -> bool:
    """Whether two labels are of one series; bullets are told apart by their mark."""
    is_bullet = first.style is Style.BULLET
    return label.style is first.style and (not is_bullet or label.text == first.text)


def _point(entry: Entry, place: int, lines: list[Paragraph]) -> Entry:
    over = entry.label.name if entry.label else ""
    intro = f"{entry.label.text if entry.label else ''} {entry.words}".strip()
    label, words = label_of(lines[0].text)
    name = f"{over}.{(label.name if label else '') or place}"
    style = label.style if label else Style.BULLET
    printed = label.text if label else ""
    point = Label(style, name, None, printed)
    return Entry(point, lines[0], words, lines[1:], above=(*entry.above, intro))


class _Builder:
    def __init__(self) -> None:
        preamble = Section(None, "", Where(1, 1), level=-1)
        self.sections = [preamble]
        self._style: Style | None = None
        self._numbered: Label | None = None
        self._ground = preamble
        self._groups: list[str] = []

    @property
    def _here(self) -> Section:
        return self.sections[-1]

    def add(self, block: Block, following: Block | None) -> None:
        if isinstance(block, Table):
            self._here.tables.append(block)
        elif isinstance(block, Ruled):
            self._here.ruled.append(block)
        elif isinstance(block, Listed):
            self._add_listed(block)
        elif isinstance(block, Grouped):
            self._add_group(block)
        else:
            self._add_printed(block, following)

    def _add_listed(self, block: Listed) -> None:
        """A task of a table; "a" under "1" is "1.a"."""
        if block.label and self._leaves(block.label):
            self._resume()
            self._groups = self._groups[:-1]
        label, above = block.label, self._numbered
        is_small = label is not None and label.style is Style.SMALL
        if label and is_small and above:
            label = replace(label, name=f"{above.name}.{label.name}")
        elif label and not is_small and label.style is not Style.BULLET:
            self._numbered = label
        self._here.entries.append(Entry(label, block, block.words))

    def _leaves(self, label: Label) -> bool:
        """Whether "3" comes after the parts of "2", which is a heading without a unit."""
        above, entries = self._here.label, self._here.entries
        if not above or not _counts(above) or not _counts(label):
            return False
        is_next = above.number is not None and label.number == above.number + 1
        return is_next and not any(_counts(one.label) for one in entries)

    def _add_group(self, block: Grouped) -> None:
        """A heading inside a table: the kinds of headings lie in each other as first met."""
        label, words = label_of(block.text)
        kind = label.style.value if label else str(is_stretch(words))
        if kind in self._groups:
            del self._groups[self._groups.index(kind) :]
        self._groups.append(kind)
        level = self._ground.level + len(self._groups)
        self._open(Section(label, words.strip(), block.where, level))

    def _add_printed(self, block: Paragraph, following: Block | None) -> None:
        label, words = label_of(block.text)
        level = _heading_level(block, label, words, following=following)
        if label is None and level == _SUBSECTION_LEVEL and self._goes_on(following):
            level = None
        if level is not None:
            self._open(Section(label, words.strip(), block.where, level))
            self._ground, self._groups = self._here, []
        else:
            self._add_line(block, label, words)

    def _open(self, section: Section) -> None:
        chain = (*self._here.above, self._here)
        section.above = tuple(one for one in chain if -1 < one.level < section.level)
        self.sections.append(section)
        self._style = self._numbered = None

    def _add_line(self, block: Paragraph, label: Label | None, words: str) -> None:
        if label and self._goes_back(label):
            self._resume()
        entries = self._here.entries
        if label and self._style in (None, label.style):
            self._style = label.style
            is_resumed = self._here.resumed and not entries
            entries.append(Entry(label, block, words, resumed=is_resumed))
        elif not entries or isinstance(entries[-1].first, Listed) or _closes(block, label):
            self._here.prose.append(block)
        elif label and not names_owner(entries[-1].words):
            entries[-1].more.append(block)
        elif entries[-1].has_owner and ends_in_owner(block.text):
            # Two owners cannot share an item: the second one's number was lost.
            entries.append(Entry(None, block, block.text))
        else:
            entries[-1].more.append(block)

    def _goes_on(self, following: Block | None) -> bool:
        """Whether "2." comes next under an item "1.": a unit's name in between is its owner."""
        below = label_of(following.text)[0] if isinstance(following, Paragraph) else None
        last = self._here.entries[-1].label if self._here.entries else None
        if below is None or last is None or last.number is None:
            return False
        return below.style is last.style and below.number == last.number + 1

    def _goes_back(self, label: Label) -> bool:
        """Whether "2." after a list under "1." is an item beside that list and not in it."""
        heading = self._here.label
        if self._here.level != _SUBSECTION_LEVEL or heading is None or heading.number is None:
            return False
        follows = label.style is heading.style and label.number == heading.number + 1
        return follows and self._style not in (None, label.style)

    def _resume(self) -> None:
        above = self._here.above
        over = above[-1] if above else self.sections[0]
        self.sections.append(replace(over, entries=[], prose=[], tables=[], ruled=[], resumed=True))
        self._style = self._numbered = None


def _closes(block: Paragraph, label: Label | None) -> bool:
    return label is None and are_last_words(block.text)


def _counts(label: Label | None) -> bool:
    return label is not None and label.style is Style.ARABIC


def _heading_level(
    block: Paragraph, label: Label | None, words: str, *, following: Block | None
) -> int | None:
    if len(block.text) > _HEADING_LENGTH or ends_in_owner(block.text):
        return None
    if label is None and _heads_list(block.text, None, following):
        return _SUBSECTION_LEVEL
    if label is None:
        return _UNNUMBERED_LEVEL if _is_title_like(block) else None
    if label.style in SECTION_STYLES:
        return _LEVELS[label.style]
    opens = _opens_subsection(block, label, words, following=following)
    opens = opens or _heads_list(words, label, following)
    return _SUBSECTION_LEVEL if opens else None


def _heads_list(words: str, label: Label | None, following: Block | None) -> bool:
    """Whether a line only names the unit or the field of the list below: "1. Sở Tài chính"."""
    named = _TO.sub("", words)
    is_name = is_unit_shaped(named) or is_group_heading(named) or is_field(words)
    is_name = is_name or (is_stretch(words) and words[:1].isupper())
    if not isinstance(following, Paragraph) or not is_name:
        return False
    below, _ = label_of(following.text)
    if below is None or label is None:
        return below is not None and below.style not in SECTION_STYLES
    is_bullet = label.style is Style.BULLET
    return below.text != label.text if is_bullet else below.style is not label.style


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
