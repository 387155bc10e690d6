"""What was filed about a task, what waits for whom, and what a new deadline would meet."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.domain import Filing, Meeting, Person, Post, Task, Unit
from tracker.domain.extension import Around
from tracker.domain.filing import OPEN, FilingKind, FilingState, Who, standing
from tracker.domain.meeting import dossier_due_on
from tracker.domain.person import Role
from tracker.domain.reader import Reader
from tracker.domain.working_days import WorkingDays
from tracker.errors import NotFound
from tracker.queries.tasks import SHOWN_OF_TEXT
from tracker.queries.visibility import filings_for, tasks_of

# Of one pile a page shows this many; nobody answers more in a day.
MOST = 100


class Pile(enum.StrEnum):
    """For whom a filing waits: the head of the unit, the office, the unit itself."""

    HEAD = "head"
    OFFICE = "office"
    UNIT = "unit"


@dataclass(frozen=True)
class Filed:
    """A filing with the names that stand on it."""

    filing: Filing
    unit: str | None
    author: str
    decided_by: str | None


@dataclass(frozen=True)
class Waiting:
    """A filing that waits for the reader, and what it is about."""

    pile: Pile
    filing: Filing
    unit: str | None
    author: str
    ref: str | None
    text: str
    due_on: date | None


@dataclass(frozen=True)
class Before:
    """What was filed about a task already: what still waits, how often it was given more time."""

    waiting: frozenset[FilingKind]
    granted: int


_DECIDER = aliased(Person)


def filings_of(session: Session, reader: Reader, task_id: int) -> list[Filed]:
    """What was filed about a task and left its unit, newest first; the unit sees its own too.

    The reader may see the task.
    """
    asked: Any = (
        sa.select(
            Filing,
            col(Unit.name).label("unit"),
            col(Person.name).label("author"),
            col(_DECIDER.name).label("decided_by"),
        )
        .join(Person, col(Person.id) == col(Filing.author_id))
        .outerjoin(Unit, col(Unit.id) == col(Filing.unit_id))
        .outerjoin(_DECIDER, col(_DECIDER.id) == col(Filing.decided_by_id))
        .where(col(Filing.task_id) == task_id, filings_for(reader))
        .order_by(col(Filing.id).desc())
        .limit(MOST)
    )
    return [Filed(*row) for row in session.execute(asked).all()]


def filing_of(session: Session, reader: Reader, filing_id: int) -> Filing:
    """One filing; NotFound when the reader may not know of it."""
    asked = (
        select(Filing)
        .join(Task, col(Task.id) == col(Filing.task_id))
        .where(col(Filing.id) == filing_id, filings_for(reader), tasks_of(reader, beside=True))
    )
    filing = session.exec(asked).first()
    if filing is None:
        raise NotFound("not-found")
    return filing


def waiting_for(session: Session, reader: Reader) -> list[Waiting]:
    """What waits for the reader's answer, not their own work; pile by pile, the oldest first."""
    return [Waiting(pile, *row) for pile, where in _piles(reader) for row in _pile(session, where)]


def _piles(reader: Reader) -> Iterator[tuple[Pile, sa.ColumnElement[bool]]]:
    heads, units, offices = (sorted(u) for u in (reader.heads, reader.units, reader.offices))
    state, others = col(Filing.state), _of_others(reader)
    if heads:
        of_head = col(Filing.unit_id).in_(heads)
        yield Pile.HEAD, sa.and_(state == FilingState.WITH_HEAD, of_head, others)
    if offices:
        # Few papers wait and many tasks are open: the papers choose the rows, not the tasks.
        of_office = sa.func.coalesce(Task.issuer_id, 0).in_(offices)
        led = sorted(reader.units | reader.own_side_units)
        of_others = others & sa.func.coalesce(Task.lead_id, 0).not_in(led)
        yield Pile.OFFICE, sa.and_(state == FilingState.WAITING, of_office, of_others)
    if units:
        of_unit = col(Filing.unit_id).in_(units)
        yield Pile.UNIT, sa.and_(state == FilingState.COUNTERED, of_unit)


def _of_others(reader: Reader) -> sa.ColumnElement[bool]:
    """What neither the reader wrote nor anybody in their place: one's own is for others."""
    people = sorted(reader.people)
    for_whom = sa.func.coalesce(Filing.for_id, 0)
    return col(Filing.author_id).not_in(people) & for_whom.not_in(people)


def _pile(session: Session, where: sa.ColumnElement[bool]) -> Any:
    asked: Any = (
        sa.select(
            Filing,
            col(Unit.name),
            col(Person.name),
            col(Task.ref),
            sa.func.substr(col(Task.text), 1, SHOWN_OF_TEXT),
            col(Task.due_on),
        )
        .join(Task, col(Task.id) == col(Filing.task_id))
        .join(Person, col(Person.id) == col(Filing.author_id))
        .outerjoin(Unit, col(Unit.id) == col(Filing.unit_id))
        .where(where, sa.func.coalesce(Task.is_closed, sa.false()).is_(False))
        .order_by(col(Filing.sent_at), col(Filing.id))
        .limit(MOST)
    )
    return session.execute(asked).all()


def around_of(
    session: Session, task: Any, *, days_before: int = 0, calendar: WorkingDays | None = None
) -> Around:
    """What surrounds the deadline of a task; with a calendar also the last day of its papers."""
    meeting = session.get(Meeting, task.meeting_id) if task.meeting_id else None
    parent = session.get(Task, task.parent_id) if task.parent_id else None
    held_on = meeting.held_on if meeting else None
    papers_on = None
    if held_on and calendar:
        papers_on = dossier_due_on(held_on, days_before=days_before, calendar=calendar)
    return Around(
        due_on=task.due_on,
        held_on=held_on,
        certainty=meeting.certainty if meeting else None,
        dossier_on=papers_on,
        parent_due_on=parent.due_on if parent else None,
    )


def granted_extensions(session: Session, task_id: int) -> int:
    """How many requests for more time were granted for a task."""
    asked = sa.select(sa.func.count(col(Filing.id))).where(
        col(Filing.task_id) == task_id,
        col(Filing.kind) == FilingKind.EXTENSION,
        col(Filing.state) == FilingState.ACCEPTED,
    )
    return session.scalar(asked) or 0


def filed_before(session: Session, task_id: int) -> Before:
    """What bears upon the next paper of a task, whoever may read it."""
    is_granted = (col(Filing.kind) == FilingKind.EXTENSION) & (
        col(Filing.state) == FilingState.ACCEPTED
    )
    asked = select(Filing.kind, Filing.state).where(
        col(Filing.task_id) == task_id, col(Filing.state).in_(OPEN) | is_granted
    )
    rows = session.exec(asked).all()
    waiting = frozenset(
        FilingKind(kind) for kind, state in rows if state is not FilingState.ACCEPTED
    )
    return Before(waiting, sum(state is FilingState.ACCEPTED for _, state in rows))


def goes_through_head(session: Session, task: Task, by: Reader) -> bool:
    """Whether a paper of this author passes the head of the unit before it leaves.

    Only where the unit wants it and has somebody else to do it: a head's own goes straight out.
    """
    unit = session.get(Unit, task.lead_id) if task.lead_id else None
    if unit is None or not unit.head_approves or Who.CLERK not in standing(by, task):
        return False
    heads = (
        sa.select(col(Post.id))
        .join(Person, col(Person.id) == col(Post.person_id))
        .where(col(Post.unit_id) == unit.id, col(Post.role) == Role.UNIT_HEAD)
        .where(~col(Person.is_disabled), col(Person.id).not_in(sorted(by.people)))
    )
    return session.scalar(heads.limit(1)) is not None
