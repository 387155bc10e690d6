"""What one letter says: its reasons by group, most urgent first, capped; columns, not entities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from tracker.domain import Meeting, Reminder, Support, Task, Unit
from tracker.domain.meeting import Certainty
from tracker.domain.reminder import About, ReminderState, Rule
from tracker.domain.task import Status
from tracker.reminders.desk import Desk
from tracker.reminders.policy import DOSSIER_DAYS, Who
from tracker.reminders.rules import QUESTIONS

# Overdue first, then meetings, then due soon (reminders, rule 3).
ORDER = (Rule.TASK_OVERDUE, Rule.MEETING_DOSSIER, Rule.MEETING_UPCOMING, Rule.TASK_DUE)
_LISTS: Mapping[Rule, str] = {
    Rule.TASK_OVERDUE: "/tasks?timeliness=overdue",
    Rule.TASK_DUE: "/tasks?timeliness=due-soon",
    Rule.MEETING_DOSSIER: "/meetings",
    Rule.MEETING_UPCOMING: "/meetings",
}
_LETTERS_OF_A_LINE = 220
_ITEMS_OF_A_MEETING = 6


@dataclass(frozen=True)
class Gathering:
    """The meeting that a line is about or belongs to."""

    title: str
    held_on: date
    starts_at: time | None
    place: str | None
    is_provisional: bool
    moves: int = 0


@dataclass(frozen=True)
class Line:
    """One thing in a letter."""

    key: str  # "task-12": what mail programs thread by
    path: str
    ref: str | None
    text: str
    due_on: date
    days: int  # working days since the deadline; negative before it
    lead: str | None = None
    meeting: Gathering | None = None
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """The lines of one rule, and how many there are beyond those shown."""

    rule: Rule
    total: int
    lines: tuple[Line, ...]
    path: str

    @property
    def more(self) -> int:
        """How many things are only counted."""
        return self.total - len(self.lines)


@dataclass(frozen=True)
class Digest:
    """Everything that one recipient is told on one day."""

    name: str
    today: date
    groups: tuple[Group, ...]

    @property
    def totals(self) -> dict[str, int]:
        """How many things of each rule."""
        return {group.rule.value: group.total for group in self.groups}

    @property
    def first(self) -> tuple[Rule, Line]:
        """What to do first."""
        return self.groups[0].rule, self.groups[0].lines[0]

    @property
    def keys(self) -> list[str]:
        """The things that are listed."""
        return [line.key for group in self.groups for line in group.lines]

    @property
    def meetings(self) -> list[Line]:
        """The meetings ahead, which a calendar program may take over."""
        upcoming = (group for group in self.groups if group.rule is Rule.MEETING_UPCOMING)
        return [line for group in upcoming for line in group.lines]


def read_digest(desk: Desk, message_id: int, *, recipient: str, name: str) -> Digest | None:
    """What is left to say in a letter; None when nothing is."""
    facts = {"message": message_id, "shown": desk.habits.lines_shown}
    rows = desk.ask(_SHOWN, facts).all()
    own = frozenset(desk.book.stands_for(recipient, Who.LEAD))
    found = _Found(desk, own, rows)
    groups = tuple(_group(rule, found) for rule in ORDER if rule in found.totals)
    return Digest(name, desk.day.today, groups) if groups else None


# The first reasons of each rule, each with the number of all: the things are read for these alone.
_OF_LETTER = (
    col(Reminder.message_id) == sa.bindparam("message"),
    col(Reminder.state) == ReminderState.PLANNED,
)
_FIRST_DUE = (col(Reminder.due_on), col(Reminder.about_id))
_NUMBERED = (
    sa.select(
        col(Reminder.rule),
        col(Reminder.about_id),
        col(Reminder.due_on),
        sa.func.count().over(partition_by=col(Reminder.rule)).label("total"),
        sa.func.row_number()
        .over(partition_by=col(Reminder.rule), order_by=_FIRST_DUE)
        .label("number"),
    )
    .where(*_OF_LETTER)
    .subquery()
)
_SHOWN = (
    sa.select(_NUMBERED)
    .where(_NUMBERED.c.number <= sa.bindparam("shown"))
    .order_by(_NUMBERED.c.number)
)
_MEETING_COLUMNS: tuple[Any, ...] = (
    col(Meeting.title),
    col(Meeting.held_on),
    col(Meeting.starts_at),
    col(Meeting.place),
    col(Meeting.certainty),
    col(Meeting.due_version).label("version"),
)
_IDS: sa.BindParameter[Any] = sa.bindparam("ids", expanding=True)
_MEETINGS = sa.select(col(Meeting.id), *_MEETING_COLUMNS).where(col(Meeting.id).in_(_IDS))
_TEXT = sa.func.substr(Task.text, 1, 2 * _LETTERS_OF_A_LINE).label("text")
_TASKS = (
    sa.select(
        col(Task.id),
        col(Task.ref),
        _TEXT,
        col(Task.lead_id),
        col(Unit.name).label("lead"),
        *_MEETING_COLUMNS,
    )
    .outerjoin(Unit, col(Unit.id) == col(Task.lead_id))
    .outerjoin(Meeting, col(Meeting.id) == col(Task.meeting_id))
    .where(col(Task.id).in_(_IDS))
)
# The agenda items that a unit presents or supports.
_OWN: sa.BindParameter[Any] = sa.bindparam("own", expanding=True)
_ITEMS = (
    sa.select(col(Task.meeting_id), _TEXT)
    .where(
        col(Task.meeting_id).in_(_IDS),
        col(Task.status).not_in((Status.PAUSED, Status.WITHDRAWN)),
        sa.or_(
            col(Task.lead_id).in_(_OWN),
            col(Task.id).in_(sa.select(col(Support.task_id)).where(col(Support.unit_id).in_(_OWN))),
        ),
    )
    .order_by(col(Task.position), col(Task.id))
)


class _Found:
    """What a letter is about, read in one question for each kind of thing."""

    def __init__(self, desk: Desk, own: frozenset[int], rows: Sequence[sa.Row[Any]]) -> None:
        self._desk, self._own = desk, own
        self.rows: dict[Rule, list[sa.Row[Any]]] = {}
        for row in rows:
            self.rows.setdefault(row.rule, []).append(row)
        self.totals = {rule: shown[0].total for rule, shown in self.rows.items()}
        self._tasks = self._read(_TASKS, About.TASK)
        self._meetings = self._read(_MEETINGS, About.MEETING)
        self._items = self._read_items() if self._meetings else {}

    def line(self, row: sa.Row[Any]) -> Line | None:
        """One reason in words; None when its thing is gone."""
        if QUESTIONS[row.rule].about is About.MEETING:
            meeting, items = self._meetings.get(row.about_id), self._items.get(row.about_id, ())
            return meeting and _meeting_line(self._desk, row, meeting, items)
        task = self._tasks.get(row.about_id)
        return task and _task_line(self._desk, row, task, self._own)

    def _read(self, asked: sa.Select[Any], about: About) -> dict[int, sa.Row[Any]]:
        ids = self._ids(about)
        found = self._desk.ask(asked, {"ids": ids}) if ids else ()
        return {row.id: row for row in found}

    def _ids(self, about: About) -> list[int]:
        rules = (rows for rule, rows in self.rows.items() if QUESTIONS[rule].about is about)
        return sorted({row.about_id for rows in rules for row in rows})

    def _read_items(self) -> dict[int, list[str]]:
        facts = {"ids": list(self._meetings), "own": sorted(self._own)}
        items: dict[int, list[str]] = {}
        for row in self._desk.ask(_ITEMS, facts):
            items.setdefault(row.meeting_id, []).append(row.text)
        return items


def _group(rule: Rule, found: _Found) -> Group:
    lines = (found.line(row) for row in found.rows[rule])
    return Group(rule, found.totals[rule], tuple(filter(None, lines)), _LISTS[rule])


def _task_line(desk: Desk, row: sa.Row[Any], task: sa.Row[Any], own: frozenset[int]) -> Line:
    is_dossier = row.rule is Rule.MEETING_DOSSIER
    due_on = desk.day.calendar.add(row.due_on, -DOSSIER_DAYS) if is_dossier else row.due_on
    return Line(
        key=f"task-{task.id}",
        path=f"/tasks/{task.id}",
        ref=task.ref,
        text=shortened(task.text),
        due_on=due_on,
        days=desk.day.distance(due_on),
        lead=None if task.lead_id in own else task.lead,
        meeting=_gathering(task) if is_dossier else None,
    )


def _meeting_line(desk: Desk, row: sa.Row[Any], meeting: sa.Row[Any], items: Sequence[str]) -> Line:
    return Line(
        key=f"meeting-{meeting.id}",
        path=f"/meetings/{meeting.id}",
        ref=None,
        text=shortened(meeting.title),
        due_on=row.due_on,
        days=desk.day.distance(row.due_on),
        meeting=_gathering(meeting),
        items=tuple(map(shortened, items[:_ITEMS_OF_A_MEETING])),
    )


def _gathering(row: sa.Row[Any]) -> Gathering:
    return Gathering(
        title=row.title,
        held_on=row.held_on,
        starts_at=row.starts_at,
        place=row.place,
        is_provisional=row.certainty is Certainty.PLANNED,
        moves=row.version - 1,
    )


def shortened(text: str, *, most: int = _LETTERS_OF_A_LINE) -> str:
    """A text in one line that ends at a word."""
    words = " ".join(text.split())
    if len(words) <= most:
        return words
    return words[:most].rpartition(" ")[0] + " …"
