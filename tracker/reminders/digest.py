"""What one letter says: its reasons by group, most urgent first, capped; columns, not entities."""

from collections.abc import Iterable, Mapping
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
    planned = (
        col(Reminder.message_id) == message_id,
        col(Reminder.state) == ReminderState.PLANNED,
    )
    counted = sa.select(col(Reminder.rule), sa.func.count()).where(*planned)
    rows = desk.session.execute(counted.group_by(col(Reminder.rule)))
    totals: dict[Rule, int] = {row[0]: row[1] for row in rows}
    own = frozenset(desk.book.stands_for(recipient, Who.LEAD))
    groups = (_group(desk, rule, totals[rule], planned, own) for rule in ORDER if rule in totals)
    return Digest(name, desk.day.today, tuple(groups)) if totals else None


def _group(
    desk: Desk,
    rule: Rule,
    total: int,
    planned: tuple[sa.ColumnElement[bool], ...],
    own: frozenset[int],
) -> Group:
    is_meeting = QUESTIONS[rule].about is About.MEETING
    asked = (_MEETINGS if is_meeting else _TASKS).where(*planned, col(Reminder.rule) == rule)
    asked = asked.order_by(col(Reminder.due_on), col(Reminder.about_id))
    rows = desk.session.execute(asked.limit(desk.habits.lines_shown)).all()
    line = _meeting_line if is_meeting else _task_line
    return Group(rule, total, tuple(line(desk, row, own) for row in rows), _LISTS[rule])


_MEETING_COLUMNS: tuple[Any, ...] = (
    col(Meeting.title),
    col(Meeting.held_on),
    col(Meeting.starts_at),
    col(Meeting.place),
    col(Meeting.certainty),
    col(Meeting.due_version).label("version"),
)
_MEETINGS = sa.select(
    col(Meeting.id), col(Reminder.rule), col(Reminder.due_on), *_MEETING_COLUMNS
).join(Reminder, col(Reminder.about_id) == col(Meeting.id))
_TASKS = (
    sa.select(
        col(Task.id),
        col(Reminder.rule),
        col(Reminder.due_on),
        col(Task.ref),
        sa.func.substr(Task.text, 1, 2 * _LETTERS_OF_A_LINE).label("text"),
        col(Task.lead_id),
        col(Unit.name).label("lead"),
        *_MEETING_COLUMNS,
    )
    .join(Reminder, col(Reminder.about_id) == col(Task.id))
    .outerjoin(Unit, col(Unit.id) == col(Task.lead_id))
    .outerjoin(Meeting, col(Meeting.id) == col(Task.meeting_id))
)


def _task_line(desk: Desk, row: sa.Row[Any], own: frozenset[int]) -> Line:
    is_dossier = row.rule is Rule.MEETING_DOSSIER
    due_on = desk.day.calendar.add(row.due_on, -DOSSIER_DAYS) if is_dossier else row.due_on
    return Line(
        key=f"task-{row.id}",
        path=f"/tasks/{row.id}",
        ref=row.ref,
        text=_shortened(row.text),
        due_on=due_on,
        days=desk.day.distance(due_on),
        lead=None if row.lead_id in own else row.lead,
        meeting=_gathering(row) if is_dossier else None,
    )


def _meeting_line(desk: Desk, row: sa.Row[Any], own: frozenset[int]) -> Line:
    return Line(
        key=f"meeting-{row.id}",
        path=f"/meetings/{row.id}",
        ref=None,
        text=_shortened(row.title),
        due_on=row.due_on,
        days=desk.day.distance(row.due_on),
        meeting=_gathering(row),
        items=tuple(_shortened(text) for text in _items(desk, row.id, own)),
    )


def _items(desk: Desk, meeting_id: int, own: frozenset[int]) -> Iterable[str]:
    """The agenda items that the unit presents or supports."""
    supported = sa.select(col(Support.task_id)).where(col(Support.unit_id).in_(own))
    mine = sa.or_(col(Task.lead_id).in_(own), col(Task.id).in_(supported))
    asked = sa.select(col(Task.text)).where(
        col(Task.meeting_id) == meeting_id,
        col(Task.status).not_in((Status.PAUSED, Status.WITHDRAWN)),
        mine,
    )
    asked = asked.order_by(col(Task.position), col(Task.id)).limit(_ITEMS_OF_A_MEETING)
    return desk.session.scalars(asked)


def _gathering(row: sa.Row[Any]) -> Gathering:
    return Gathering(
        title=row.title,
        held_on=row.held_on,
        starts_at=row.starts_at,
        place=row.place,
        is_provisional=row.certainty is Certainty.PLANNED,
        moves=row.version - 1,
    )


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    if len(words) <= _LETTERS_OF_A_LINE:
        return words
    return words[:_LETTERS_OF_A_LINE].rpartition(" ")[0] + " …"
