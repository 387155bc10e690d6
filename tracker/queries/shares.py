"""A task divided among units: how many are done, who lags behind, whom one may choose."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.domain import Change, Filing, Person, Post, Task, Unit
from tracker.domain.change import Act, Thing
from tracker.domain.completion import Completion
from tracker.domain.filing import FilingKind, FilingState
from tracker.domain.person import Role
from tracker.domain.reader import Reader
from tracker.domain.task import OWED, Status, Timeliness
from tracker.queries.tasks import stands
from tracker.queries.visibility import tasks_of
from tracker.queries.wanted import Days

PAGE = 50


def completion_of(session: Session, tasks: Collection[int]) -> dict[int, Completion]:
    """How far each of these tasks has come, counted from its parts; those without any left out."""
    counted: dict[int, dict[Status, int]] = {}
    if tasks:
        for parent, status, number in session.execute(_COUNTED, {"tasks": sorted(tasks)}):
            counted.setdefault(parent, {})[status] = number
    return {parent: _completion(numbers) for parent, numbers in counted.items()}


_COUNTED = (
    sa.select(col(Task.parent_id), col(Task.status), sa.func.count())
    .where(col(Task.parent_id).in_(sa.bindparam("tasks", expanding=True)))
    .group_by(col(Task.parent_id), col(Task.status))
)


def _completion(numbers: dict[Status, int]) -> Completion:
    withdrawn = numbers.get(Status.WITHDRAWN, 0)
    return Completion(
        done=numbers.get(Status.DONE, 0),
        total=sum(numbers.values()) - withdrawn,
        owed=sum(numbers.get(status, 0) for status in OWED),
        withdrawn=withdrawn,
    )


@dataclass(frozen=True)
class Wanted:
    """Which parts of a divided task somebody looks at."""

    parent: int
    only_open: bool = False
    page: int = 1


@dataclass(frozen=True, slots=True)
class Share:
    """The part of one unit as a row of the table."""

    task: Any
    timeliness: Timeliness
    reported_at: datetime | None = None
    urged_on: date | None = None


_ROW: Any = sa.select(
    col(Task.id),
    col(Task.status),
    col(Task.percent),
    col(Task.due_on),
    col(Task.original_due_on),
    col(Task.due_inferred),
    col(Task.submitted_on),
    col(Task.done_on),
    col(Task.lead_id),
    col(Unit.name).label("lead"),
    col(Unit.email),
).outerjoin(Unit, col(Unit.id) == col(Task.lead_id))
_STATUS_IN_ORDER = {Status.SUBMITTED: 2, Status.PAUSED: 3, Status.DONE: 4, Status.WITHDRAWN: 5}


def shares_of(
    session: Session, reader: Reader, wanted: Wanted, *, days: Days
) -> tuple[list[Share], bool]:
    """A page of the parts that the reader may see, laggards first, and whether there are more."""
    which: list[Any] = [col(Task.parent_id) == wanted.parent, tasks_of(reader, beside=True)]
    # By an expression: SQLite would walk every open task by the index of that column.
    is_open = sa.func.coalesce(Task.is_closed, sa.false()).is_(False)
    which += [is_open] if wanted.only_open else []
    asked = _ROW.where(*which).order_by(*_laggards_first(days.today))
    rows = session.execute(asked.offset((wanted.page - 1) * PAGE).limit(PAGE + 1)).all()
    shown = [row.id for row in rows[:PAGE]]
    reported, urged = _reported(session, shown), last_urged(session, shown)
    found = [
        Share(row, stands(row, days), reported.get(row.id), urged.get(row.id))
        for row in rows[:PAGE]
    ]
    return found, len(rows) > PAGE


def _laggards_first(today: date) -> tuple[Any, ...]:
    is_owed = col(Task.status).in_(OWED)
    late = (is_owed & (col(Task.due_on) < today), 0)
    rest = [(col(Task.status) == status, rank) for status, rank in _STATUS_IN_ORDER.items()]
    rank = sa.case(late, (is_owed, 1), *rest)
    undated = col(Task.due_on).is_(None)
    return rank, undated, col(Task.due_on), col(Unit.sort_key), col(Task.id)


def _reported(session: Session, tasks: list[int]) -> dict[int, datetime]:
    """When the last report on each of these left its unit."""
    if not tasks:
        return {}
    sent = sa.func.max(col(Filing.sent_at))
    reports = (
        col(Filing.kind) == FilingKind.REPORT,
        col(Filing.state) != FilingState.TAKEN_BACK,
        col(Filing.sent_at).is_not(None),
    )
    asked = sa.select(col(Filing.task_id), sent).where(col(Filing.task_id).in_(tasks), *reports)
    found = session.execute(asked.group_by(col(Filing.task_id))).all()
    return dict(found)


def last_urged(session: Session, tasks: Collection[int]) -> dict[int, date]:
    """The working day on which each of these was last urged; those never urged are left out."""
    if not tasks:
        return {}
    asked = sa.select(col(Change.thing_id), col(Change.details)).where(
        col(Change.thing) == Thing.TASK,
        col(Change.thing_id).in_(sorted(tasks)),
        col(Change.act) == Act.URGED,
    )
    lines = session.execute(asked.order_by(col(Change.id))).all()
    said = ((task, details.get("_on")) for task, details in lines)
    return {task: date.fromisoformat(on[1]) for task, on in said if on}


def laggards_of(session: Session, task: Task) -> list[Any]:
    """Whose part is still owed, by unit: of a divided task its parts, else the task itself."""
    which = col(Task.parent_id) == task.id if task.is_divided else col(Task.id) == task.id
    owed = _ROW.where(which, col(Task.status).in_(OWED), col(Task.lead_id).is_not(None))
    return list(session.execute(owed.order_by(col(Unit.sort_key), col(Task.id))).all())


def people_of(session: Session, units: Collection[int]) -> dict[int, list[str]]:
    """The names of the clerks and heads of these units: who reads where there is no mailbox."""
    asked = (
        sa.select(col(Post.unit_id), col(Person.name))
        .join(Person, col(Person.id) == col(Post.person_id))
        .where(col(Post.unit_id).in_(sorted(units)), ~col(Person.is_disabled))
        .where(col(Post.role).in_((Role.UNIT_CLERK, Role.UNIT_HEAD)))
    )
    people: dict[int, list[str]] = {}
    for unit, name in session.execute(asked.order_by(col(Person.name))):
        people.setdefault(unit, []).append(name)
    return people


def parts_of(session: Session, parent: Task) -> list[Task]:
    """Every part of a divided task in its order."""
    asked = select(Task).where(col(Task.parent_id) == parent.id)
    return list(session.exec(asked.order_by(col(Task.position), col(Task.id))))


def has_open_part(session: Session, part: Task, unit: int) -> bool:
    """Whether this unit has another part of the same divided task in hand; a step is no part."""
    if part.parent_id is None or part.is_step:
        return False
    asked = _open_parts(sa.literal(1)).where(
        col(Task.parent_id) == part.parent_id, col(Task.id) != part.id, col(Task.lead_id) == unit
    )
    return session.scalar(asked.limit(1)) is not None


def doubled_parts(session: Session, units: Collection[int]) -> int:
    """How many open parts would be one too many if these units were one."""
    theirs = (col(Task.lead_id).in_(sorted(units)), col(Task.parent_id).is_not(None))
    shared = _open_parts(sa.func.count().label("parts")).where(*theirs)
    tasks = shared.group_by(col(Task.parent_id)).having(sa.func.count() > 1).subquery()
    return session.scalar(sa.select(sa.func.sum(tasks.c.parts - 1))) or 0


def _open_parts(asked: Any) -> sa.Select[Any]:
    # By an expression: SQLite would walk every open task by the index of that column.
    is_open = sa.func.coalesce(Task.is_closed, sa.false()).is_(False)
    return sa.select(asked).select_from(Task).where(is_open, ~col(Task.is_step))


def sharing_units(session: Session, parent: int) -> set[int]:
    """The units that have a part already, withdrawn ones too."""
    asked = sa.select(col(Task.lead_id)).where(col(Task.parent_id) == parent)
    return {unit for unit in session.scalars(asked) if unit is not None}


def names_of(session: Session, units: Iterable[int]) -> list[str]:
    """The names of these units in Vietnamese order."""
    named = sa.select(col(Unit.name)).where(col(Unit.id).in_(sorted(units)))
    return list(session.scalars(named.order_by(col(Unit.sort_key))))


def parent_line(session: Session, reader: Reader, task: int | None) -> Any:
    """The divided task that a part belongs to; None when the reader may not know of it."""
    asked = sa.select(col(Task.id), col(Task.ref), col(Task.is_divided)).where(
        col(Task.id) == task, col(Task.is_divided), tasks_of(reader, beside=True)
    )
    return session.execute(asked).first() if task is not None else None
