"""The tasks of the sample: what became of each, when it was due, who leads, what was said."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum, auto
from random import Random
from typing import TypeVar

from tracker.domain.change import Act, Thing
from tracker.domain.finding import searchable
from tracker.domain.task import Kind, Status
from tracker.sample.bodies import ISSUER, SPECIALIST, Body, Row
from tracker.sample.plans import Month
from tracker.sample.words import NOTES, REASONS, Writer

AGENDA_SHARE = 0.06
_SUPPORTED = 0.2
_UNASSIGNED = 0.02
_MOVED = 0.08
_NOTED = 0.1
_LATE_WHEN_DONE = 0.25
_DAYS_BEHIND = 540
_DAYS_AHEAD = 150
_DAY = timedelta(days=1)
_T = TypeVar("_T")
_PERCENT = {
    Status.NOT_STARTED: 0,
    Status.IN_PROGRESS: 40,
    Status.SUBMITTED: 90,
    Status.DONE: 100,
    Status.PAUSED: 20,
    Status.WITHDRAWN: 0,
}


class Fate(Enum):
    """What became of a task; the shares follow the load that the peers were measured with."""

    CLOSED = auto()
    LATE = auto()
    AHEAD = auto()


_SHARES = {Fate.CLOSED: 30, Fate.LATE: 35, Fate.AHEAD: 35}
_STATUSES = {
    Fate.CLOSED: {Status.DONE: 93, Status.WITHDRAWN: 7},
    Fate.LATE: {Status.NOT_STARTED: 40, Status.IN_PROGRESS: 60},
    Fate.AHEAD: {
        Status.NOT_STARTED: 50,
        Status.IN_PROGRESS: 35,
        Status.SUBMITTED: 11,
        Status.PAUSED: 4,
    },
}
_KINDS = {Kind.FOCUS: 5, Kind.SUBMISSION: 19, Kind.TASK: 70, Kind.AGENDA: 100 * AGENDA_SHARE}


@dataclass(frozen=True)
class Office:
    """Where the tasks come from and who may lead them, on the day of the sample."""

    months: list[Month]
    bodies: list[Body]
    writer: Writer
    today: date
    at: datetime


@dataclass
class Batch:
    """Rows of several tables that belong together."""

    tasks: list[Row]
    supports: list[Row]
    notes: list[Row]
    changes: list[Row]


@dataclass(frozen=True)
class _Due:
    """When a task is due, and the programme and meeting that say so."""

    day: date | None
    month: Month
    meeting_id: int | None = None


class Desk:
    """Draws one task after the other."""

    def __init__(self, rng: Random, office: Office) -> None:
        self._rng = rng
        self._office = office
        self._behind = [m for m in office.months if m.starts_on <= office.today]
        self._ahead = [m for m in office.months if m.ends_on >= office.today]
        self._notes = 0

    def batches(self, count: int, *, each: int) -> Iterator[Batch]:
        """The rows of `count` tasks, a batch at a time."""
        for start in range(1, count + 1, each):
            batch = Batch([], [], [], [])
            for key in range(start, min(start + each, count + 1)):
                self._add(batch, key)
            yield batch

    def _add(self, batch: Batch, key: int) -> None:
        lead = None if self._happens(_UNASSIGNED) else self._rng.choice(self._office.bodies)
        task = self._task(key, lead)
        batch.tasks.append(task)
        if lead is not None:
            batch.supports += self._supports(key, lead)
            batch.changes += self._history(task, lead)
            self._say(batch, task, lead)

    def _task(self, key: int, lead: Body | None) -> Row:
        fate, kind = self._one_of(_SHARES), self._one_of(_KINDS)
        due, status = self._due(fate, kind), self._one_of(_STATUSES[fate])
        position, ref = due.month.place(kind)
        text = self._text(kind, due.month.starts_on.year)
        return {
            "id": key,
            "version": 1,
            "issuer_id": ISSUER,
            "programme_id": due.month.id,
            "section_id": due.month.section_id(kind),
            "meeting_id": due.meeting_id,
            "position": position,
            "ref": ref,
            "kind": kind,
            "text": text,
            "search_text": searchable(text, ref),
            "deliverables": [],
            "lead_id": lead.id if lead else None,
            "authority": "Chủ tịch UBND tỉnh" if kind is Kind.SUBMISSION else None,
            "source": {},
            **self._dates(due, status),
        }

    def _text(self, kind: Kind, year: int) -> str:
        writes_order = kind in (Kind.FOCUS, Kind.TASK)
        return self._office.writer.order(year) if writes_order else self._office.writer.paper(year)

    def _due(self, fate: Fate, kind: Kind) -> _Due:
        if kind is Kind.AGENDA:
            return self._at_a_meeting(fate)
        if kind is Kind.FOCUS and fate is Fate.AHEAD:
            return _Due(None, self._rng.choice(self._ahead))
        day = self._day(fate)
        return _Due(day, self._month(day))

    def _at_a_meeting(self, fate: Fate) -> _Due:
        ahead = fate is Fate.AHEAD
        month = self._rng.choice(self._ahead if ahead else self._behind)
        fitting = [m for m in month.meetings if (m[1] >= self._office.today) == ahead]
        if not fitting:
            day = self._day(fate)
            return _Due(day, self._month(day))
        meeting_id, held_on = self._rng.choice(fitting)
        return _Due(held_on, month, meeting_id)

    def _day(self, fate: Fate) -> date:
        if fate is Fate.AHEAD:
            return self._office.today + self._rng.randint(0, _DAYS_AHEAD) * _DAY
        return self._office.today - self._rng.randint(1, _DAYS_BEHIND) * _DAY

    def _month(self, day: date) -> Month:
        first = self._office.months[0].starts_on
        return self._office.months[(day.year - first.year) * 12 + day.month - first.month]

    def _dates(self, due: _Due, status: Status) -> Row:
        original, moves = self._first_deadline(due.day)
        handed_in = self._handed_in(due.day, status)
        made = datetime.combine(due.month.starts_on, time(1), tzinfo=UTC)
        return {
            "status": status,
            "percent": _PERCENT[status],
            "original_due_on": original,
            "due_on": due.day,
            "due_text": f"trong tháng {due.day.month}" if due.day and not due.meeting_id else None,
            "due_inferred": due.meeting_id is not None,
            "due_version": 1 + moves,
            "submitted_on": handed_in,
            "done_on": handed_in if status is Status.DONE else None,
            "created_at": min(made, self._office.at),
            "updated_at": self._office.at,
        }

    def _first_deadline(self, day: date | None) -> tuple[date | None, int]:
        if day is None or not self._happens(_MOVED):
            return day, 0
        return day - self._rng.randint(5, 40) * _DAY, 1

    def _handed_in(self, day: date | None, status: Status) -> date | None:
        today = self._office.today
        if status is Status.SUBMITTED:
            return today - self._rng.randint(0, 5) * _DAY
        if status is not Status.DONE or day is None:
            return None
        late = self._happens(_LATE_WHEN_DONE)
        days = self._rng.randint(1, 20) if late else -self._rng.randint(0, 12)
        return min(day + days * _DAY, today)

    def _supports(self, key: int, lead: Body) -> list[Row]:
        if not self._happens(_SUPPORTED):
            return []
        drawn = self._rng.choices(self._office.bodies, k=self._rng.randint(1, 3))
        units = sorted({body.id for body in drawn} - {lead.id})
        return [{"task_id": key, "unit_id": unit} for unit in units]

    def _history(self, task: Row, lead: Body) -> list[Row]:
        acts = []
        if task["status"] is not Status.NOT_STARTED:
            by = SPECIALIST if task["done_on"] else lead.clerk_id
            details: Row = {"status": [Status.NOT_STARTED, task["status"]]}
            acts.append(self._change(task, Act.STATUS, by, details, ""))
        if task["due_version"] != 1:
            details = {"due_on": [str(task["original_due_on"]), str(task["due_on"])]}
            reason = self._rng.choice(REASONS)
            acts.append(self._change(task, Act.DEADLINE, SPECIALIST, details, reason))
        return acts

    def _change(self, task: Row, act: Act, by: int, details: Row, reason: str) -> Row:
        return {
            "at": task["updated_at"],
            "by_id": by,
            "act": act,
            "thing": Thing.TASK,
            "thing_id": task["id"],
            "details": details,
            "reason": reason,
        }

    def _say(self, batch: Batch, task: Row, lead: Body) -> None:
        if task["status"] is Status.NOT_STARTED or not self._happens(_NOTED):
            return
        note = {
            "task_id": task["id"],
            "author_id": lead.clerk_id,
            "at": task["updated_at"],
            "text": self._rng.choice(NOTES),
            "percent": task["percent"],
        }
        batch.notes.append(note)
        batch.changes.append(self._change(task, Act.NOTED, lead.clerk_id, {}, ""))

    def _happens(self, share: float) -> bool:
        return self._rng.random() < share

    def _one_of(self, shares: Mapping[_T, float]) -> _T:
        return self._rng.choices(list(shares), list(shares.values()))[0]
