"""Which tasks somebody asks for, and what that says of a row."""

import enum
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from tracker.domain import Filing, Support, Task
from tracker.domain.filing import FilingState
from tracker.domain.reader import Reader
from tracker.domain.task import CLOSED, Kind, Status, Timeliness
from tracker.queries.search import Match, words_match
from tracker.queries.visibility import filings_for, tasks_of

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


class Filed(enum.StrEnum):
    """What a unit has filed that still asks for something to be done."""

    WAITING = "waiting"
    WITH_HEAD = "with-head"
    COUNTERED = "countered"
    RETURNED = "returned"


class Receipt(enum.StrEnum):
    """Whether the unit that leads has said that the task has reached it."""

    YES = "received"
    NO = "unreceived"


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
    directive: int | None = None
    procedure: int | None = None
    filed: Filed | None = None
    receipt: Receipt | None = None
    # Whether the shares of divided tasks and the steps of procedures are listed by themselves.
    children: bool = False
    words: str = ""
    # Whether the last word may be the beginning of one.
    begins: bool = False
    order: Order = Order.DUE
    page: int = 1

    @property
    def is_narrow(self) -> bool:
        """Whether a document, a meeting, a filing or words leave few enough rows to sort them."""
        of_document = self.programme or self.meeting or self.directive or self.procedure
        return bool(of_document or self.words or self.filed)

    @property
    def asks_of_state(self) -> bool:
        """Whether one asks how far work has come, which is each unit's own answer."""
        asked = self.status or self.timeliness or self.filed or self.receipt
        return bool(asked or self.units or self.unassigned)

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


def conditions(
    reader: Reader, wanted: Wanted, days: Days, match: Match = Match.ANY
) -> list[Condition]:
    """What a list asks of a task; nothing that the reader may not see fulfils it."""
    narrow = wanted.is_narrow or bool(wanted.units) or wanted.unassigned
    beside = narrow or wanted.order in (Order.CHANGED, Order.UNIT)
    where = [] if _is_implied(reader, wanted) else [tasks_of(reader, beside=beside)]
    where += _by_unit(wanted) + _by_source(wanted)
    if wanted.words:
        where.append(words_match(wanted.words, begins=wanted.begins, match=match))
    where += _by_filed(reader, wanted)
    if hides_children(reader, wanted):
        # Not "IS NULL": SQLite would look all of them up in the index of parents, and sort them.
        where.append(sa.func.coalesce(Task.parent_id, 0) == 0)
    if wanted.status:
        where += status_is(reader, wanted.status)
    if wanted.timeliness in _DONE:
        where += status_is(reader, Status.DONE)
    if wanted.kind:
        where.append(col(Task.kind) == wanted.kind)
    if wanted.timeliness:
        is_open = _is_open(walks=_walks(reader, wanted))
        where += _TIMELINESS[wanted.timeliness](days, is_open)
    return where


def hides_children(reader: Reader, wanted: Wanted) -> bool:
    """Whether a list shows the whole of a divided task alone, with how many shares are done.

    A unit sees the share that it leads; an office that asks how far work has come sees each.
    """
    oversees = bool(reader.reads_all or reader.issuers)
    return oversees and not wanted.children and not wanted.asks_of_state


def status_is(reader: Reader, status: Status) -> list[Condition]:
    """Whether a task has that status, so that an index is walked in its order."""
    is_it = col(Task.status) == status
    if not reader.reads_all:
        return [is_it]
    # Whoever reads everything has no index by status; that by closing leaves out the others.
    return [col(Task.is_closed).is_(status in CLOSED), is_it]


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
        return [col(Task.lead_id).is_(None), ~col(Task.is_divided)]
    if not wanted.units:
        return []
    units = sorted(wanted.units)
    led = col(Task.lead_id) == units[0] if len(units) == 1 else col(Task.lead_id).in_(units)
    mine = select(Support.task_id).where(col(Support.unit_id).in_(units))
    supported = col(Task.id).in_(mine)
    either = {Part.LEAD: led, Part.SUPPORT: supported, Part.ANY: sa.or_(led, supported)}
    return [either[wanted.part]]


def _by_source(wanted: Wanted) -> list[Condition]:
    asked = {
        Task.programme_id: wanted.programme,
        Task.meeting_id: wanted.meeting,
        Task.directive_id: wanted.directive,
        Task.procedure_id: wanted.procedure,
    }
    return [col(column) == value for column, value in asked.items() if value is not None]


def _by_filed(reader: Reader, wanted: Wanted) -> list[Condition]:
    where: list[Condition] = []
    if wanted.filed:
        where.append(col(Task.id).in_(_with_filed(reader, wanted.filed)))
    if wanted.receipt is Receipt.YES:
        where.append(col(Task.received_at).is_not(None))
    if wanted.receipt is Receipt.NO:
        # Nobody acknowledges each of fourteen steps: they are received with their task.
        unseen = (col(Task.received_at).is_(None), ~col(Task.is_step))
        where += [*unseen, col(Task.lead_id).is_not(None)]
    return where


def _with_filed(reader: Reader, filed: Filed) -> Any:
    theirs = select(Filing.task_id).where(col(Filing.state) == FilingState(filed.value))
    theirs = theirs.where(filings_for(reader))
    if filed is not Filed.RETURNED:
        return theirs
    later = aliased(Filing)
    after = sa.select(col(later.id)).where(
        col(later.task_id) == col(Filing.task_id), col(later.id) > col(Filing.id)
    )
    return theirs.where(~after.exists())


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
    Timeliness.DONE_LATE: lambda *_: (_late_at_the_end(),),
    Timeliness.DONE_ON_TIME: lambda *_: (sa.not_(_late_at_the_end()),),
    Timeliness.STOPPED: lambda *_: (col(Task.status).in_((Status.PAUSED, Status.WITHDRAWN)),),
}
