"""The rows of a schedule's table: one row holds one event, several, or the day of those below."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from tracker.domain.proposal import Zone
from tracker.importer.blocks import Row, Table, Where
from tracker.importer.layout.schedule_columns import Column, Layout, Role, when_said
from tracker.importer.layout.schedule_lines import Gathered, Gathering, under
from tracker.importer.meaning.reading import Passage
from tracker.importer.meaning.slots import Slot, Week, slot_of

_BLANK = " -–.…\n"


@dataclass(frozen=True)
class Event:
    """What a schedule has at one hour: the words, and what its columns say beside them."""

    slot: Slot
    text: str
    where: Where
    source_text: str
    place: str = ""
    chair: str = ""
    invited: str = ""
    prepared: str = ""


@dataclass
class Timetable:
    """All events of a document's schedules, and the words that became none."""

    events: list[Event] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)

    def leave(self, zone: Zone, text: str, where: Where) -> None:
        """Note words that are no event."""
        self.passages.append(Passage(zone, text, where))


class Rows:
    """Goes down a table and remembers the day and the session of the row above."""

    def __init__(self, timetable: Timetable, layout: Layout, *, week: Week, slot: Slot) -> None:
        self.slot = slot
        self._timetable = timetable
        self._layout = layout
        self._week = week

    def read(self, table: Table) -> None:
        """Take the events of all rows; the head and empty rows are told as no event."""
        for row in table.rows[: self._layout.head]:
            self._timetable.leave(Zone.TABLE, _printed(row), row.where)
        body = table.rows[self._layout.head :]
        for row, below in zip_longest(body, body[1:]):
            self._row(row, below)

    def _row(self, row: Row, below: Row | None) -> None:
        if self._is_group(row):
            return
        slot = self._slot_said(row, below)
        self.slot = under(self.slot, replace(slot, hour=None))
        hours = self._hours(row)
        contents = self._layout.of(Role.CONTENT)
        found = [self._goes_on(row, one) or self._cell(row, one, hours) for one in contents]
        if not any(found) and any(cell.strip() for cell in row.cells):
            self._timetable.leave(Zone.TABLE, _printed(row), row.where)

    def _is_group(self, row: Row) -> bool:
        """A row merged into one cell: the day or session of the rows below it."""
        filled = [cell for cell in row.cells if cell.strip()]
        if len(filled) != 1:
            return False
        slot, rest = slot_of(" ".join(filled[0].split()), self._week)
        if slot.is_empty or slot.hour or rest.strip(_BLANK):
            return False
        self.slot = under(self.slot, slot)
        self._timetable.leave(Zone.HEADING, filled[0], row.where)
        return True

    def _slot_said(self, row: Row, below: Row | None) -> Slot:
        """What the row says of its day; a weekday alone may have its date in the row below."""
        said = when_said(row, self._layout)
        slot = slot_of(said, self._week)[0]
        if below is None or slot.day is None or slot.day.on is not None:
            return slot
        under_it = slot_of(when_said(below, self._layout), self._week)[0].day
        if under_it is None or under_it.weekday is not None:
            return slot
        day = replace(under_it, said=f"{slot.day.said} {under_it.said}", weekday=slot.day.weekday)
        return replace(slot, day=day)

    def _hours(self, row: Row) -> list[str]:
        """Every hour in the columns of day and hour: a cell may hold one on each line."""
        cells = (row.cells[one.index] for one in self._layout.of(Role.WHEN))
        lines = (line for cell in cells for line in cell.split("\n"))
        return [hour for line in lines if (hour := slot_of(line, self._week)[0].hour)]

    def _goes_on(self, row: Row, column: Column) -> bool:
        """The end of a cell that was broken by the end of the page."""
        text, events = _cell(row, column), self._timetable.events
        if not text[:1].islower() or not events or when_said(row, self._layout):
            return False
        last = events[-1]
        source = f"{last.source_text}\n{_printed(row)}"
        events[-1] = replace(last, text=f"{last.text} {text}", source_text=source)
        return True

    def _cell(self, row: Row, column: Column, hours: list[str]) -> bool:
        """The events in one cell, each with its share of the cells beside it."""
        text = _cell(row, column)
        if not text.strip(_BLANK) or column.index in row.continued:
            return False
        lines = [line.strip() for line in text.split("\n") if line.strip(_BLANK)]
        each_hour = hours if len(hours) == len(lines) else []
        own = slot_of(column.slot.said, self._week)[0]
        gathering = Gathering(self._week, under(self.slot, own))
        for line, hour in zip_longest(lines, each_hour):
            gathering.add(line, row.where, hour=hour)
        for gathered in gathering.events[:1]:
            hour = gathered.slot.hour or next(iter(hours), None)
            gathered.slot = replace(gathered.slot, hour=hour)
        self._timetable.events += self._events(gathering.events, row, column)
        return bool(gathering.events)

    def _events(self, gathered: list[Gathered], row: Row, column: Column) -> Iterator[Event]:
        beside = {role: self._beside(row, column, role, count=len(gathered)) for role in _BESIDE}
        for place, one in enumerate(gathered):
            shares = {name: beside[role][place] for role, name in _BESIDE.items()}
            shares["chair"] = shares["chair"] or column.chair
            yield Event(one.slot, one.text, row.where, _printed(row), **shares)

    def _beside(self, row: Row, column: Column, role: Role, *, count: int) -> list[str]:
        """What another column says of each of the events: line by line when the lines agree."""
        columns = [one for one in self._layout.of(role) if one.slot in (Slot(), column.slot)]
        texts = [text for one in columns if (text := _cell(row, one).strip(_BLANK))]
        lines = [line.strip() for text in texts for line in text.split("\n") if line.strip(_BLANK)]
        if len(lines) == count:
            return lines
        return ["; ".join(texts) if len(texts) > 1 else " ".join(lines)] * count


_BESIDE = {
    Role.PLACE: "place",
    Role.CHAIR: "chair",
    Role.INVITED: "invited",
    Role.PREPARED: "prepared",
}


def _cell(row: Row, column: Column) -> str:
    return row.cells[column.index] if column.index < len(row.cells) else ""


def _printed(row: Row) -> str:
    return " | ".join(row.cells)
