"""A schedule of a week or a day, in tables or lines: its events, each under its day."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from tracker.domain.folding import fold
from tracker.domain.proposal import Zone
from tracker.importer.blocks import Block, Heading, Paragraph, Table
from tracker.importer.layout.numbering import SECTION_STYLES, Style, label_of
from tracker.importer.layout.schedule_columns import Layout, is_schedule, layout_of
from tracker.importer.layout.schedule_lines import Gathering, under, unmarked
from tracker.importer.layout.schedule_rows import Event, Rows, Timetable
from tracker.importer.meaning.events import LEADER
from tracker.importer.meaning.slots import Slot, Week, slot_of

__all__ = ["Event", "Timetable", "is_schedule", "set_apart", "timetable_of"]

_TITLE = re.compile(r"(du thao |du kien )?lich\b")
_WEEKLY = re.compile(r"\b(tuan|ngay)\b")
_TASKS = re.compile(r"nhiem vu|noi dung (trinh|chuan bi)|cac de an|cong viec (trong tam|chuan bi)")
_NOTICE = re.compile(
    r"\W*(ghi chu|luu y|lich (nay|cong tac nay|lam viec nay|tren)|tren day la|de nghi|cap nhat)\b"
)
_BUSY = re.compile(r"\b(hop|hoi nghi|du|chu tri|lam viec|tiep|kiem tra|tham|giao ban|di)\b")
_LONGEST_NAME = 120
_DAY_WORD = re.compile(r"\b(?:thứ|chủ\s+nhật|ngày)\s", re.IGNORECASE)
_RUN = re.compile(r"\b(?:từ\s+ngày|đến|tuần)\b", re.IGNORECASE)


def set_apart(blocks: Sequence[Block], *, title: str) -> tuple[list[Block], list[Block]]:
    """The blocks of a body that are a schedule, and the rest that is read as a programme."""
    lines = _places_of_lines(blocks, title=title)
    apart: list[Block] = []
    rest: list[Block] = []
    for place, block in enumerate(blocks):
        mine = _belongs(block, apart) if isinstance(block, Table) else place in lines
        (apart if mine else rest).append(block)
    return apart, rest


def _places_of_lines(blocks: Sequence[Block], *, title: str) -> set[int]:
    """Which blocks are a schedule: all up to the list of tasks, or those under "LỊCH HỌP"."""
    end = next((i for i, block in enumerate(blocks) if _opens_tasks(block)), len(blocks))
    if _is_timetable(blocks[:end], title=title):
        return set(range(end))
    places: set[int] = set()
    heads = [i for i, block in enumerate(blocks) if _is_section(block)] + [len(blocks)]
    for head, following in pairwise(heads):
        words = label_of(_text(blocks[head]))[1]
        below = blocks[head + 1 : following]
        if _TITLE.match(fold(words)) and _is_timetable(below, title=words):
            places |= set(range(head + 1, following))
    return places


def _is_section(block: Block) -> bool:
    """A heading of the programme, and no day or session of a schedule."""
    label, words = label_of(_text(block))
    numbered = label is not None and label.style in SECTION_STYLES
    is_heading = numbered or isinstance(block, Heading)
    return is_heading and slot_of(words, Week())[0].is_empty


def _text(block: Block) -> str:
    return block.text if isinstance(block, Paragraph) else ""


def _belongs(table: Table, above: list[Block]) -> bool:
    """A schedule's table, or its next part without a head."""
    tables = [one for one in above if isinstance(one, Table)]
    return is_schedule(table) or (bool(tables) and _width(table) == _width(tables[-1]))


def _width(table: Table) -> int:
    return max((len(row.cells) for row in table.rows), default=0)


def _opens_tasks(block: Block) -> bool:
    return _is_section(block) and bool(_TASKS.search(fold(_text(block))))


def _is_timetable(body: Sequence[Block], *, title: str) -> bool:
    """A body under days: by its title one day is enough, otherwise there must be several."""
    by_title = bool(_TITLE.match(fold(title)))
    if any(isinstance(block, Table) and is_schedule(block) for block in body):
        return by_title or bool(_WEEKLY.search(fold(title)))
    lines = [unmarked(block.text)[1] for block in body if isinstance(block, Paragraph)]
    heads = [slot_of(line, Week())[0] for line in lines]
    days = sum(slot.day is not None for slot in heads)
    timed = sum(not slot.is_empty for slot in heads)
    return (by_title and timed > 0) or (days > 1 and timed > 3 and timed * 3 >= len(heads))


def timetable_of(blocks: Iterable[Block], *, title: str, week: Week) -> Timetable:
    """The events of a schedule's blocks, in order."""
    reading = _Reading(week, _day_of_title(title, week))
    for block in blocks:
        if isinstance(block, Table):
            reading.table(block)
        else:
            reading.line(block)
    reading.close()
    return reading.timetable


def _day_of_title(title: str, week: Week) -> Slot:
    """The day of a schedule for one day: "LỊCH CÔNG TÁC Ngày 26/01/2026 (Thứ Hai)"."""
    if _RUN.search(title):
        return Slot()
    slots = (slot_of(title[found.start() :], week)[0] for found in _DAY_WORD.finditer(title))
    return next((slot for slot in slots if slot.day and slot.day.on), Slot())


class _Reading:
    """Goes down a schedule and remembers the day, the leader and the columns it is under."""

    def __init__(self, week: Week, slot: Slot) -> None:
        self.timetable = Timetable()
        self._week = week
        self._chair = ""
        self._lines = Gathering(week, slot)
        self._layout: Layout | None = None

    def line(self, block: Paragraph) -> None:
        if _NOTICE.match(fold(block.text)):
            self.close()
            self.timetable.leave(Zone.PROSE, block.text, block.where)
        elif self._is_heading(block):
            self.timetable.leave(Zone.HEADING, block.text, block.where)
        elif not self._lines.add(block.text, block.where, raw=block.raw):
            self.timetable.leave(Zone.PROSE, block.text, block.where)

    def _is_heading(self, block: Paragraph) -> bool:
        """Whether a line is only a day, a session, or the leader whose events follow."""
        words = unmarked(block.text)[1]
        slot, rest = slot_of(words, self._week)
        if not (slot.is_empty or slot.hour or rest.strip(" .:*")):
            self._move(under(self._lines.slot, slot))
        elif _names_leader(block, words):
            self._move(replace(self._lines.slot, session=None))
            self._chair = words.strip(" :")
        else:
            return False
        return True

    def _move(self, slot: Slot) -> None:
        self.close()
        self._lines.slot = slot

    def table(self, table: Table) -> None:
        self.close()
        layout = self._layout_of(table)
        if layout is None:
            self.timetable.leave(Zone.TABLE, _printed(table), table.where)
            return
        rows = Rows(self.timetable, layout, week=self._week, slot=self._lines.slot)
        rows.read(table)
        self._lines.slot, self._layout = rows.slot, layout

    def _layout_of(self, table: Table) -> Layout | None:
        """The table's own columns, or those of the table above that it goes on from."""
        if is_schedule(table):
            return layout_of(table)
        is_same = self._layout is not None and len(self._layout.columns) == _width(table)
        return replace(self._layout, head=0) if is_same and self._layout else None

    def close(self) -> None:
        """Nothing more comes to the events gathered so far."""
        for one in self._lines.events:
            raw = "\n".join(dict.fromkeys(one.raw))
            event = Event(one.slot, one.text, one.where, raw, chair=self._chair)
            self.timetable.events.append(event)
        self._lines.events = []


def _names_leader(block: Paragraph, words: str) -> bool:
    if not LEADER.match(words) or len(words) > _LONGEST_NAME or _BUSY.search(fold(words)):
        return False
    if ":" in words.rstrip(" :"):
        return False
    label, _ = label_of(block.text)
    is_numbered = label is not None and label.style is not Style.BULLET
    return block.bold or isinstance(block, Heading) or words.endswith(":") or is_numbered


def _printed(table: Table) -> str:
    return "\n".join(" | ".join(row.cells) for row in table.rows)
