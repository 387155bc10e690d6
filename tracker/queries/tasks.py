"""Tasks as people look for them: a page of a list, one task whole, what somebody may choose."""

import enum
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.domain import CalendarDay, Meeting, Programme, Section, Support, Task, Unit
from tracker.domain.reader import Reader
from tracker.domain.task import DUE_SOON_DAYS, Kind, Status, Timeliness, timeliness
from tracker.domain.working_days import DayKind, published
from tracker.errors import NotFound
from tracker.queries.search import words_match
from tracker.queries.visibility import tasks_of

PAGE = 50
# Beyond this a list is "more than": counting every row would cost more than showing fifty.
COUNTED_TO = 1000
SHOWN_OF_TEXT = 300

Condition = sa.ColumnElement[bool]
_DONE = (Timeliness.DONE_ON_TIME, Timeliness.DONE_LATE)


class Order(enum.StrEnum):
    """In which order a list stands."""

    DUE = "due"
    UNIT = "unit"
    STATUS = "status"
    CHANGED = "changed"


class Part(enum.StrEnum):
    """How a unit takes part in a task."""

    ANY = "any"
    LEAD = "lead"
    SUPPORT = "support"


@dataclass(frozen=True)
class Wanted:
    """Which tasks somebody asks for; a field left alone asks for all."""

    status: Status | None = None
    timeliness: Timeliness | None = None
    kind: Kind | None = None
    units: frozenset[int] = frozenset()
    part: Part = Part.ANY
    unassigned: bool = False
    programme: int | None = None
    meeting: int | None = None
    words: str = ""
    order: Order = Order.DUE
    page: int = 1

    @property
    def is_narrow(self) -> bool:
        """Whether a programme, a meeting or words leave few enough rows to sort them."""
        return bool(self.programme or self.meeting or self.words)

    @property
    def is_one_status(self) -> bool:
        """Whether all the rows have the same status, so that its index holds them in order."""
        return self.status is not None or self.timeliness in _DONE

    @property
    def is_led(self) -> bool:
        """Whether one unit's own tasks are asked for: an index holds them in order."""
        return len(self.units) == 1 and self.part is Part.LEAD


@dataclass(frozen=True)
class Days:
    """The office's day, and until when a deadline is soon."""

    today: date
    soon_until: date


@dataclass(frozen=True, slots=True)
class Line:
    """A task as a row of a list."""

    task: Any
    timeliness: Timeliness
    supports: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """Some rows of a list, and how many there are as far as they were counted."""

    lines: list[Line] = field(default_factory=list)
    total: int = 0
    has_more: bool = False

    @property
    def is_capped(self) -> bool:
        """Whether there are more rows than were counted."""
        return self.total > COUNTED_TO


def days(session: Session, today: date) -> Days:
    """Today and the last day that is soon, in the office's own calendar."""
    rows = session.execute(_OWN_DAYS).all()
    return Days(today, _soon_until(today, tuple((row.day, row.kind) for row in rows)))


_OWN_DAYS = sa.select(col(CalendarDay.day), col(CalendarDay.kind)).order_by(col(CalendarDay.day))


@lru_cache(maxsize=8)
def _soon_until(today: date, own: tuple[tuple[date, DayKind], ...]) -> date:
    return published(own).add(today, DUE_SOON_DAYS)


_COLUMNS: sa.Select[Any] = sa.select(
    col(Task.id),
    col(Task.ref),
    sa.func.substr(Task.text, 1, SHOWN_OF_TEXT).label("text"),
    col(Task.kind),
    col(Task.status),
    col(Task.percent),
    col(Task.position),
    col(Task.section_id),
    col(Task.lead_id),
    col(Task.due_on),
    col(Task.original_due_on),
    col(Task.due_inferred),
    col(Task.submitted_on),
    col(Task.done_on),
    col(Unit.name).label("lead"),
    col(Meeting.id).label("meeting_id"),
    col(Meeting.held_on),
)
_LEADS = col(Unit.id) == col(Task.lead_id)
_MEETS = col(Meeting.id) == col(Task.meeting_id)
LINES = _COLUMNS.select_from(Task).outerjoin(Unit, _LEADS).outerjoin(Meeting, _MEETS)
# Only what somebody leads: the units come first, in their order, each with its own tasks.
LED = _COLUMNS.select_from(Unit).join(Task, _LEADS).outerjoin(Meeting, _MEETS)

_BY_DUE = (col(Task.due_on), col(Task.id))
_OPEN_FIRST = (col(Task.is_closed), *_BY_DUE)
_LATEST = (col(Task.updated_at).desc(), col(Task.id).desc())
_BY_UNIT = (col(Unit.sort_key), col(Unit.id), *_OPEN_FIRST)
_NOBODY = (col(Task.lead_id).is_(None),)


def page_of(session: Session, reader: Reader, wanted: Wanted, *, days: Days) -> Page:
    """One page of the tasks that the reader may see and asks for."""
    where = _where(reader, wanted, days)
    start = (wanted.page - 1) * PAGE
    rows = _walk(session, [leg.where(*where) for leg in _legs(wanted)], start)
    has_more = len(rows) > PAGE
    total = start + len(rows)
    if has_more or (start and not rows):
        total = counted(session, where, up_to=COUNTED_TO)
    return Page(lines(session, rows[:PAGE], days), total, has_more)


def _legs(wanted: Wanted) -> list[sa.Select[Any]]:
    """The list cut into pieces, each of which an index holds in order."""
    if wanted.order is Order.CHANGED:
        return [LINES.order_by(*_LATEST)]
    if wanted.order is Order.UNIT:
        return [LED.order_by(*_BY_UNIT), LINES.where(*_NOBODY).order_by(*_OPEN_FIRST)]
    if wanted.order is Order.STATUS and not wanted.status:
        return [LINES.where(col(Task.status) == word).order_by(*_BY_DUE) for word in Status]
    return [LINES.order_by(*(_BY_DUE if wanted.is_one_status else _OPEN_FIRST))]


def _walk(session: Session, legs: list[sa.Select[Any]], start: int) -> list[Any]:
    """Rows of one page and one more, from the first leg that reaches so far."""
    rows: list[Any] = []
    for leg in legs:
        found = session.execute(leg.limit(PAGE + 1 - len(rows)).offset(start)).all()
        rows += found
        if len(rows) > PAGE:
            break
        if start and len(legs) > 1:
            start = 0 if found else max(0, start - _length(session, leg))
    return rows


def _length(session: Session, leg: sa.Select[Any]) -> int:
    whole = leg.with_only_columns(col(Task.id)).order_by(None).subquery()
    return session.scalar(sa.select(sa.func.count()).select_from(whole)) or 0


def counted(session: Session, where: Iterable[Condition], *, up_to: int) -> int:
    """How many tasks there are, counted no further than one beyond `up_to`."""
    some = sa.select(sa.literal(1)).select_from(Task).where(*where).limit(up_to + 1).subquery()
    return session.scalar(sa.select(sa.func.count()).select_from(some)) or 0


def lines(session: Session, rows: Iterable[Any], days: Days) -> list[Line]:
    """Rows with how each stands to its deadline and which units support it."""
    rows = list(rows)
    helped = supports_of(session, [row.id for row in rows])
    return [Line(row, stands(row, days), tuple(helped.get(row.id, ()))) for row in rows]


def stands(work: Any, days: Days) -> Timeliness:
    """How a task, or a row of one, stands to its deadline."""
    return timeliness(work, today=days.today, soon_until=days.soon_until)


def supports_of(session: Session, tasks: list[int]) -> dict[int, list[str]]:
    """The names of the units that support each of these tasks."""
    found: dict[int, list[str]] = {}
    if tasks:
        for task, name in session.execute(_SUPPORTS, {"tasks": tasks}):
            found.setdefault(task, []).append(name)
    return found


_SUPPORTS = (
    sa.select(col(Support.task_id), col(Unit.name))
    .join(Unit, col(Unit.id) == col(Support.unit_id))
    .where(col(Support.task_id).in_(sa.bindparam("tasks", expanding=True)))
    .order_by(col(Unit.sort_key))
)


def _where(reader: Reader, wanted: Wanted, days: Days) -> list[Condition]:
    narrow = wanted.is_narrow or bool(wanted.units) or wanted.unassigned
    beside = narrow or wanted.order in (Order.CHANGED, Order.UNIT)
    where = [] if _is_implied(reader, wanted) else [tasks_of(reader, beside=beside)]
    where += _by_unit(wanted) + _by_source(wanted)
    if wanted.words:
        where.append(words_match(wanted.words))
    if wanted.status:
        where.append(col(Task.status) == wanted.status)
    if wanted.kind:
        where.append(col(Task.kind) == wanted.kind)
    if wanted.timeliness:
        is_open = _is_open(walks=_walks(reader, wanted))
        where += _TIMELINESS[wanted.timeliness](days, is_open)
    return where


def _is_implied(reader: Reader, wanted: Wanted) -> bool:
    # Whoever asks for tasks of their own units may see all of them anyway.
    return bool(wanted.units) and wanted.units <= reader.units


def _walks(reader: Reader, wanted: Wanted) -> bool:
    by_issuer = not wanted.units and bool(reader.reads_all or reader.issuers)
    return not wanted.is_narrow and (wanted.is_led or by_issuer)


def _is_open(*, walks: bool) -> Condition:
    # Where other columns choose the rows, SQLite must not walk every open task instead.
    column = col(Task.is_closed) if walks else sa.func.coalesce(Task.is_closed, sa.false())
    return column.is_(False)


def _by_unit(wanted: Wanted) -> list[Condition]:
    if wanted.unassigned:
        return [col(Task.lead_id).is_(None)]
    if not wanted.units:
        return []
    units = sorted(wanted.units)
    led = col(Task.lead_id) == units[0] if len(units) == 1 else col(Task.lead_id).in_(units)
    mine = select(Support.task_id).where(col(Support.unit_id).in_(units))
    supported = col(Task.id).in_(mine)
    either = {Part.LEAD: led, Part.SUPPORT: supported, Part.ANY: sa.or_(led, supported)}
    return [either[wanted.part]]


def _by_source(wanted: Wanted) -> list[Condition]:
    asked = {Task.programme_id: wanted.programme, Task.meeting_id: wanted.meeting}
    return [col(column) == value for column, value in asked.items() if value is not None]


def _running(is_open: Condition) -> tuple[Condition, ...]:
    return is_open, col(Task.status) != Status.PAUSED


def _overdue(days: Days, is_open: Condition) -> tuple[Condition, ...]:
    in_time = col(Task.due_on) >= col(Task.submitted_on)
    kept = sa.and_(col(Task.submitted_on).is_not(None), in_time)
    return *_running(is_open), col(Task.due_on) < days.today, sa.not_(kept)


def _due_soon(days: Days, is_open: Condition) -> tuple[Condition, ...]:
    soon = col(Task.due_on).between(days.today, days.soon_until)
    return *_running(is_open), soon, col(Task.submitted_on).is_(None)


def _on_track(days: Days, is_open: Condition) -> tuple[Condition, ...]:
    handed_in = col(Task.due_on) >= col(Task.submitted_on)
    later = sa.and_(col(Task.submitted_on).is_(None), col(Task.due_on) > days.soon_until)
    return *_running(is_open), sa.or_(handed_in, later)


def _no_deadline(_: Days, is_open: Condition) -> tuple[Condition, ...]:
    return *_running(is_open), col(Task.due_on).is_(None)


def _late_at_the_end() -> Condition:
    handed_in = sa.func.coalesce(Task.submitted_on, Task.done_on)
    return sa.func.coalesce(handed_in > Task.original_due_on, sa.false())


_TIMELINESS: dict[Timeliness, Callable[[Days, Condition], tuple[Condition, ...]]] = {
    Timeliness.OVERDUE: _overdue,
    Timeliness.DUE_SOON: _due_soon,
    Timeliness.ON_TRACK: _on_track,
    Timeliness.NO_DEADLINE: _no_deadline,
    Timeliness.DONE_LATE: lambda *_: (col(Task.status) == Status.DONE, _late_at_the_end()),
    Timeliness.DONE_ON_TIME: lambda *_: (
        col(Task.status) == Status.DONE,
        sa.not_(_late_at_the_end()),
    ),
    Timeliness.STOPPED: lambda *_: (col(Task.status).in_((Status.PAUSED, Status.WITHDRAWN)),),
}


def conditions(reader: Reader, wanted: Wanted, days: Days) -> list[Condition]:
    """What a list asks of a task, for those who only count."""
    return _where(reader, wanted, days)


@dataclass(frozen=True)
class Whole:
    """One task with the names of everything it belongs to."""

    task: Task
    issuer: str
    lead: str | None
    meeting: Meeting | None
    programme: Programme | None
    section: str | None
    supports: tuple[Any, ...]


_ISSUER = aliased(Unit)
_WHOLE = (
    sa.select(Task, col(_ISSUER.name), col(Unit.name), Meeting, Programme, col(Section.text))
    .join(_ISSUER, col(_ISSUER.id) == col(Task.issuer_id))
    .outerjoin(Unit, col(Unit.id) == col(Task.lead_id))
    .outerjoin(Meeting, col(Meeting.id) == col(Task.meeting_id))
    .outerjoin(Programme, col(Programme.id) == col(Task.programme_id))
    .outerjoin(Section, col(Section.id) == col(Task.section_id))
)
_SUPPORTERS = (
    sa.select(col(Unit.id), col(Unit.name))
    .join(Support, col(Support.unit_id) == col(Unit.id))
    .where(col(Support.task_id) == sa.bindparam("task"))
    .order_by(col(Unit.sort_key))
)


def whole_task(session: Session, reader: Reader, task_id: int) -> Whole:
    """The task and its surroundings; NotFound when the reader may not know of it."""
    asked = _WHOLE.where(col(Task.id) == task_id, tasks_of(reader, beside=True))
    found = session.execute(asked).first()
    if found is None:
        raise NotFound("not-found")
    supports = session.execute(_SUPPORTERS, {"task": task_id}).all()
    task, issuer, lead, meeting, programme, section = found
    return Whole(task, issuer, lead, meeting, programme, section, tuple(supports))


def task_of(session: Session, reader: Reader, task_id: int) -> Task:
    """The task alone; NotFound when the reader may not know of it."""
    asked = select(Task).where(col(Task.id) == task_id, tasks_of(reader, beside=True))
    task = session.exec(asked).first()
    if task is None:
        raise NotFound("not-found")
    return task


_UNIT_NAMES = sa.select(col(Unit.id), col(Unit.name)).order_by(col(Unit.sort_key), col(Unit.id))
_ACTIVE_UNITS = _UNIT_NAMES.where(col(Unit.is_active))


def unit_choices(session: Session) -> list[tuple[int, str]]:
    """The units one may choose from, in Vietnamese order."""
    return [(row.id, row.name) for row in session.execute(_ACTIVE_UNITS)]
