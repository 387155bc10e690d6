"""Tasks as people look for them: a page of a list, one task whole, what somebody may choose."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from tracker.domain import Task, Unit
from tracker.domain.change import Thing
from tracker.domain.reader import Reader
from tracker.domain.task import DUE_SOON_DAYS, Status, Timeliness, timeliness
from tracker.domain.working_days import DayKind, published
from tracker.errors import NotFound
from tracker.queries.search import Match, matches_of
from tracker.queries.visibility import tasks_of
from tracker.queries.wanted import Days, Order, Wanted, conditions, status_is

PAGE = 50
# Beyond this a list is "more than": counting every row would cost more than showing fifty.
COUNTED_TO = 1000
SHOWN_OF_TEXT = 300


@dataclass(frozen=True, slots=True)
class Line:
    """A task as a row of a list."""

    task: Any
    timeliness: Timeliness
    supports: tuple[str, ...] = ()
    # Of a divided task: how many of its shares are closed, and how many there are.
    shares: tuple[int, int] | None = None


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
    return Days(today, _soon_until(today, tuple((day, kind) for day, kind in rows)))


_DAY = SQLModel.metadata.tables["calendarday"].c
_OWN_DAYS = sa.select(_DAY.day, _DAY.kind).order_by(_DAY.day)


@lru_cache(maxsize=8)
def _soon_until(today: date, own: tuple[tuple[date, DayKind], ...]) -> date:
    return published(own).add(today, DUE_SOON_DAYS)


# Columns of tables, not of entities: a list reads rows, and entities would cost twice as much.
_TASK, _UNIT, _MEETING, _SUPPORT = (
    SQLModel.metadata.tables[name].c for name in ("task", "unit", "meeting", "support")
)
# What a step or a part belongs to, by its number and first words.
_OF = SQLModel.metadata.tables["task"].alias("whole").c
SHOWN_OF_WHOLE = 100
LINES: sa.Select[Any] = (
    sa.select(
        _TASK.id,
        _TASK.ref,
        sa.func.substr(_TASK.text, 1, SHOWN_OF_TEXT).label("text"),
        _TASK.kind,
        _TASK.status,
        _TASK.percent,
        _TASK.position,
        _TASK.section_id,
        _TASK.lead_id,
        _TASK.due_on,
        _TASK.original_due_on,
        _TASK.due_inferred,
        _TASK.submitted_on,
        _TASK.done_on,
        _TASK.updated_at,
        _TASK.received_at,
        _TASK.is_divided,
        _TASK.parent_id,
        _TASK.is_step,
        _OF.ref.label("ref_of_whole"),
        sa.func.substr(_OF.text, 1, SHOWN_OF_WHOLE).label("text_of_whole"),
        _UNIT.name.label("lead"),
        _MEETING.id.label("meeting_id"),
        _MEETING.held_on,
    )
    .select_from(_TASK.id.table)
    .outerjoin(_UNIT.id.table, _UNIT.id == _TASK.lead_id)
    .outerjoin(_MEETING.id.table, _MEETING.id == _TASK.meeting_id)
    .outerjoin(_OF.id.table, _OF.id == _TASK.parent_id)
)
_PROGRAMME, _SECTION, _DIRECTIVE = (
    SQLModel.metadata.tables[name].c for name in ("programme", "section", "directive")
)
_OF_DOCUMENTS = (
    LINES.add_columns(_PROGRAMME.title.label("programme"), _DIRECTIVE.number.label("directive"))
    .outerjoin(_PROGRAMME.id.table, _PROGRAMME.id == _TASK.programme_id)
    .outerjoin(_DIRECTIVE.id.table, _DIRECTIVE.id == _TASK.directive_id)
)
_THESE = _TASK.id.in_(sa.bindparam("ids", expanding=True))
_SHOWN = LINES.where(_THESE)
# With the names of its documents, and every word of its text.
_WITH_DOCUMENTS = _OF_DOCUMENTS.where(_THESE)
_WHOLE_TEXT = _WITH_DOCUMENTS.add_columns(_TASK.text.label("whole_text"))

_IDS: sa.Select[Any] = sa.select(col(Task.id))
# Only what somebody leads: the units come first, in their order, each with its own tasks.
_LED = _IDS.select_from(Unit).join(Task, col(Unit.id) == col(Task.lead_id))
_BY_DUE = (col(Task.due_on), col(Task.id))
_OPEN_FIRST = (col(Task.is_closed), *_BY_DUE)
_LATEST = (col(Task.updated_at).desc(), col(Task.id).desc())
_BY_UNIT = (col(Unit.sort_key), col(Unit.id), *_OPEN_FIRST)
# Words leave few enough rows to sort them by the place of their status.
_RANK = sa.case({word: rank for rank, word in enumerate(Status)}, value=col(Task.status))
_NOBODY = (col(Task.lead_id).is_(None),)


def page_of(
    session: Session, reader: Reader, wanted: Wanted, *, days: Days, with_documents: bool = False
) -> Page:
    """One page of the tasks that the reader may see and asks for.

    The numbers of the tasks are asked for once, as far as they are counted: from indexes, and
    never the whole rows of those that stand on other pages.
    """
    start = (wanted.page - 1) * PAGE
    found = numbers_of(session, reader, wanted, days, most=max(COUNTED_TO, start + PAGE) + 1)
    shown = found[start : start + PAGE]
    asked = _WITH_DOCUMENTS if with_documents else _SHOWN
    return Page(_lines(session, asked, shown, days), len(found), len(found) > start + PAGE)


def numbers_of(
    session: Session, reader: Reader, wanted: Wanted, days: Days, *, most: int
) -> list[int]:
    """The numbers of the tasks that the reader may see and asks for, in their order."""
    found = _numbers(session, asked_of(reader, wanted, days), most)
    if wanted.words and not found:
        # Nobody wrote the last word like that: perhaps it is not typed to its end.
        begun = replace(wanted, begins=True)
        found = _numbers(session, asked_of(reader, begun, days), most)
    return found


# Whoever opens the same list again, or its next page, has the statement built already.
@lru_cache(maxsize=64)
def asked_of(reader: Reader, wanted: Wanted, days: Days) -> tuple[sa.Select[Any], ...]:
    """The list in pieces, one after the other, each of which an index holds in order."""
    most = sa.bindparam("most", type_=sa.Integer())
    return tuple(
        leg.where(*conditions(reader, wanted, days, match)).limit(most)
        for match in (matches_of(wanted.words, begins=wanted.begins) if wanted.words else _ANY)
        for leg in _legs(reader, wanted)
    )


_ANY = (Match.ANY,)


def _legs(reader: Reader, wanted: Wanted) -> list[sa.Select[Any]]:
    if wanted.order is Order.CHANGED:
        return [_IDS.order_by(*_LATEST)]
    if wanted.order is Order.UNIT:
        return [_LED.order_by(*_BY_UNIT), _IDS.where(*_NOBODY).order_by(*_OPEN_FIRST)]
    if wanted.order is Order.STATUS and not wanted.status and not wanted.words:
        return [_IDS.where(*status_is(reader, word)).order_by(*_BY_DUE) for word in Status]
    if wanted.order is Order.STATUS and wanted.words:
        return [_IDS.order_by(_RANK, *_BY_DUE)]
    return [_IDS.order_by(*(_BY_DUE if wanted.is_one_status else _OPEN_FIRST))]


def _numbers(session: Session, legs: Iterable[sa.Select[Any]], most: int) -> list[int]:
    found: list[int] = []
    for leg in legs:
        found += session.scalars(leg, {"most": most - len(found)}).all()
        if len(found) >= most:
            break
    return found


# A statement takes only so many values.
_AT_ONCE = 500


def whole_lines_of(session: Session, tasks: list[int], days: Days) -> Iterator[Line]:
    """The rows of these tasks with every word of their text and the names of their documents."""
    for start in range(0, len(tasks), _AT_ONCE):
        yield from _lines(session, _WHOLE_TEXT, tasks[start : start + _AT_ONCE], days)


def _lines(session: Session, asked: sa.Select[Any], tasks: list[int], days: Days) -> list[Line]:
    """The rows of these tasks, in the order in which they are named."""
    rows = session.execute(asked, {"ids": tasks}).all() if tasks else ()
    found = {row.id: row for row in rows}
    return lines(session, [found[task] for task in tasks], days)


def lines(session: Session, rows: Iterable[Any], days: Days) -> list[Line]:
    """Rows with how each stands to its deadline and which units support it."""
    rows = list(rows)
    helped = supports_of(session, [row.id for row in rows])
    shared = shares_of(session, [row.id for row in rows if row.is_divided])
    return [
        Line(row, stands(row, days), tuple(helped.get(row.id, ())), shared.get(row.id))
        for row in rows
    ]


def shares_of(session: Session, parents: list[int]) -> dict[int, tuple[int, int]]:
    """How many of the shares of each of these divided tasks are closed, and of how many."""
    rows = session.execute(_SHARES, {"parents": parents}).all() if parents else ()
    return {parent: (closed, total) for parent, closed, total in rows}


_SHARES = (
    sa.select(
        _TASK.parent_id,
        sa.func.count().filter(_TASK.status == Status.DONE),
        sa.func.count().filter(_TASK.status != Status.WITHDRAWN),
    )
    .where(_TASK.parent_id.in_(sa.bindparam("parents", expanding=True)), ~_TASK.is_step)
    .group_by(_TASK.parent_id)
)


def stands(work: Any, days: Days) -> Timeliness:
    """How a task, or a row of one, stands to its deadline."""
    return timeliness(work, today=days.today, soon_until=days.soon_until)


def supports_of(session: Session, tasks: list[int]) -> dict[int, list[str]]:
    """The names of the units that support each of these tasks."""
    found: dict[int, list[str]] = {}
    if tasks:
        for task, name in session.execute(_SUPPORTS, {"tasks": tasks}).all():
            found.setdefault(task, []).append(name)
    return found


_SUPPORTS = (
    sa.select(_SUPPORT.task_id, _UNIT.name)
    .join_from(_SUPPORT.task_id.table, _UNIT.id.table, _UNIT.id == _SUPPORT.unit_id)
    .where(_SUPPORT.task_id.in_(sa.bindparam("tasks", expanding=True)))
    .order_by(_UNIT.sort_key)
)


@dataclass(frozen=True)
class Whole:
    """One task with the names of everything it belongs to."""

    task: Any
    supports: tuple[Any, ...]


_ISSUER = _UNIT.id.table.alias("issuer").c
_CHANGE = SQLModel.metadata.tables["change"].c
_SEEN = (
    sa.select(sa.func.coalesce(sa.func.max(_CHANGE.id), 0))
    .where(_CHANGE.thing == Thing.TASK, _CHANGE.thing_id == _TASK.id)
    .scalar_subquery()
)
_WHOLE: sa.Select[Any] = (
    sa.select(
        *(
            column
            for column in _TASK
            if column.name not in ("search_text", "search_more", "source")
        ),
        _ISSUER.name.label("issuer"),
        _UNIT.name.label("lead"),
        _MEETING.title.label("meeting"),
        _MEETING.held_on,
        _PROGRAMME.title.label("programme"),
        _SECTION.text.label("section"),
        _DIRECTIVE.kind.label("directive_kind"),
        _DIRECTIVE.number.label("directive_number"),
        _DIRECTIVE.issued_on.label("directive_on"),
        # The newest line of its history: a form says so, and is told what came after.
        _SEEN.label("seen"),
    )
    .select_from(_TASK.id.table)
    .join(_ISSUER.id.table, _ISSUER.id == _TASK.issuer_id)
    .outerjoin(_UNIT.id.table, _UNIT.id == _TASK.lead_id)
    .outerjoin(_MEETING.id.table, _MEETING.id == _TASK.meeting_id)
    .outerjoin(_PROGRAMME.id.table, _PROGRAMME.id == _TASK.programme_id)
    .outerjoin(_SECTION.id.table, _SECTION.id == _TASK.section_id)
    .outerjoin(_DIRECTIVE.id.table, _DIRECTIVE.id == _TASK.directive_id)
    .where(_TASK.id == sa.bindparam("task"))
)
_SUPPORTERS = (
    sa.select(_UNIT.id, _UNIT.name)
    .join_from(_UNIT.id.table, _SUPPORT.task_id.table, _SUPPORT.unit_id == _UNIT.id)
    .where(_SUPPORT.task_id == sa.bindparam("task"))
    .order_by(_UNIT.sort_key)
)


def whole_task(session: Session, reader: Reader, task_id: int) -> Whole:
    """The task and its surroundings; NotFound when the reader may not know of it."""
    task = session.execute(_whole_for(reader), {"task": task_id}).first()
    if task is None:
        raise NotFound("not-found")
    return Whole(task, tuple(session.execute(_SUPPORTERS, {"task": task_id}).all()))


@lru_cache(maxsize=64)
def _whole_for(reader: Reader) -> sa.Select[Any]:
    return _WHOLE.where(tasks_of(reader, beside=True))


def task_of(session: Session, reader: Reader, task_id: int) -> Task:
    """The task alone; NotFound when the reader may not know of it."""
    asked = select(Task).where(col(Task.id) == task_id, tasks_of(reader, beside=True))
    task = session.exec(asked).first()
    if task is None:
        raise NotFound("not-found")
    return task


_UNIT_NAMES = sa.select(_UNIT.id, _UNIT.name).order_by(_UNIT.sort_key, _UNIT.id)
_ACTIVE_UNITS = _UNIT_NAMES.where(_UNIT.is_active)


def unit_choices(session: Session) -> tuple[tuple[int, str], ...]:
    """The units one may choose from, in Vietnamese order."""
    return tuple((key, name) for key, name in session.execute(_ACTIVE_UNITS).all())
