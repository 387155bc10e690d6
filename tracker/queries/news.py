"""What happened to tasks lately, and how the things stand now that it was about."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.domain import (
    Change,
    Filing,
    Mention,
    Person,
    Post,
    ProgressNote,
    Reminder,
    Support,
    Task,
    Unit,
)
from tracker.domain.change import Act, Thing
from tracker.domain.reminder import ReminderState, Rule
from tracker.domain.task import CLOSED, Status
from tracker.queries.people import OF_THE_OFFICE

ON_FILINGS = (
    Act.REPORTED,
    Act.REQUESTED,
    Act.REFUSED,
    Act.APPROVED,
    Act.SENT_BACK,
    Act.GRANTED,
    Act.OFFERED,
    Act.TAKEN_BACK,
)
# The other acts tell nobody, or have a letter of their own (an amendment).
_TOLD = (
    *ON_FILINGS,
    Act.CREATED,
    Act.ASSIGNED,
    Act.STATUS,
    Act.DEADLINE,
    Act.URGED,
    Act.CONTRIBUTED,
    Act.ASKED,
    Act.ANSWERED,
    Act.NOTED,
)
_STOPPED = (Status.PAUSED, *CLOSED)
_AT_ONCE = 500
_LETTERS_OF_A_TEXT = 440


@dataclass(frozen=True)
class Facts:
    """What the acts of one batch are judged by: the state of things as it is now."""

    filings: dict[int, Filing] = field(default_factory=dict)
    # The newest filing of each kind: an older one is no news.
    newest: dict[tuple[int, str], int] = field(default_factory=dict)
    notes: dict[int, ProgressNote] = field(default_factory=dict)
    mentioned: dict[int, list[int]] = field(default_factory=dict)
    supports: dict[tuple[int, int], Support] = field(default_factory=dict)
    # Who sits in which office: an act of theirs is the office's.
    seats: frozenset[tuple[int, int]] = frozenset()
    # Who led each task before these acts: given away and back again, it is no news.
    led: dict[int, int | None] = field(default_factory=dict)


def untold(session: Session, *, since: datetime) -> Iterator[tuple[list[Any], Facts]]:
    """Acts since a moment of which nobody has been told, oldest first, in batches."""
    last = 0
    while rows := session.execute(_UNTOLD, {"since": since, "last": last}).all():
        yield list(rows), facts_of(session, rows)
        last = rows[-1].id


def of_letter(session: Session, message_id: int) -> tuple[list[Any], Facts]:
    """The acts that a letter is about, newest last, and how things stand now."""
    rows = session.execute(_OF_LETTER, {"message": message_id}).all()
    return list(rows), facts_of(session, rows)


_PRINCIPAL, _WHOLE = sa.orm.aliased(Person), sa.orm.aliased(Task)
# A step that was made, given away or stopped in one stroke with the whole.
_OF_WHOLE = sa.orm.aliased(Change)
_WITH_WHOLE = (
    sa.exists()
    .where(col(_OF_WHOLE.thing) == Thing.TASK, col(_OF_WHOLE.thing_id) == col(Task.parent_id))
    .where(col(_OF_WHOLE.act) == col(Change.act), col(_OF_WHOLE.at) == col(Change.at))
)
_ACTS: sa.Select[Any] = (
    sa.select(
        col(Change.id),
        col(Change.at),
        col(Change.act),
        col(Change.by_id),
        col(Change.for_id),
        col(Change.details),
        col(Change.reason),
        col(Person.name).label("who"),
        col(_PRINCIPAL.name).label("instead_of"),
        col(Task.id).label("task_id"),
        col(Task.ref),
        sa.func.substr(Task.text, 1, _LETTERS_OF_A_TEXT).label("text"),
        col(Task.status),
        col(Task.due_on),
        col(Task.lead_id),
        col(Task.issuer_id),
        col(Task.is_step),
        col(_WHOLE.id).label("whole_id"),
        col(_WHOLE.lead_id).label("lead_of_whole"),
        sa.func.substr(_WHOLE.text, 1, _LETTERS_OF_A_TEXT).label("text_of_whole"),
        sa.and_(col(Task.is_step), _WITH_WHOLE.correlate(Change, Task)).label("with_whole"),
        col(Unit.name).label("lead"),
    )
    .select_from(Change)
    .join(Task, col(Task.id) == col(Change.thing_id))
    .outerjoin(Unit, col(Unit.id) == col(Task.lead_id))
    .outerjoin(_WHOLE, col(_WHOLE.id) == col(Task.parent_id))
    .outerjoin(Person, col(Person.id) == col(Change.by_id))
    .outerjoin(_PRINCIPAL, col(_PRINCIPAL.id) == col(Change.for_id))
    .order_by(col(Change.id))
)
_OLD, _NEW = (col(Change.details)["status"][place].as_string() for place in (0, 1))
_STOPS_OR_GOES_ON = sa.or_(_OLD.in_(_STOPPED), _NEW.in_(_STOPPED))
_NAMES_SOMEBODY = (
    sa.exists()
    .where(col(ProgressNote.task_id) == col(Change.thing_id))
    .where(col(Mention.note_id) == col(ProgressNote.id))
)
_TOLD_ALREADY = sa.exists().where(
    col(Reminder.rule) == Rule.TASK_NEWS, col(Reminder.about_id) == col(Change.id)
)
_UNTOLD = _ACTS.where(
    col(Change.thing) == Thing.TASK,
    col(Change.act).in_(_TOLD),
    col(Change.at) >= sa.bindparam("since"),
    col(Change.id) > sa.bindparam("last"),
    sa.or_(col(Change.act) != Act.STATUS, _STOPS_OR_GOES_ON),
    sa.or_(col(Change.act) != Act.NOTED, _NAMES_SOMEBODY.correlate(Change)),
    ~_TOLD_ALREADY.correlate(Change),
).limit(_AT_ONCE)
_OF_LETTER = _ACTS.join(Reminder, col(Reminder.about_id) == col(Change.id)).where(
    col(Reminder.rule) == Rule.TASK_NEWS,
    col(Reminder.message_id) == sa.bindparam("message"),
    col(Reminder.state) == ReminderState.PLANNED,
)


def machine_fact(row: Any, name: str) -> int:
    """The number that an act keeps for programs, `"_filing": [None, 12]`; 0 when it has none."""
    pair = row.details.get(name) or (None, None)
    return int(pair[1] or 0)


def facts_of(session: Session, rows: Iterable[Any]) -> Facts:
    """How the things stand that these acts were about, in one question for each kind of thing."""
    rows = list(rows)
    tasks = {row.task_id for row in rows}
    filed = {row.task_id for row in rows if machine_fact(row, "_filing")}
    said = {note for row in rows if (note := machine_fact(row, "_note"))}
    filings = _all(session, Filing, col(Filing.task_id), filed)
    notes = _all(session, ProgressNote, col(ProgressNote.id), said)
    return Facts(
        filings={one.id: one for one in filings},
        newest={(one.task_id, one.kind): one.id for one in sorted(filings, key=lambda f: f.id)},
        notes={one.id: one for one in notes},
        mentioned=_mentioned(session, said),
        supports={
            (one.task_id, one.unit_id): one
            for one in _all(session, Support, col(Support.task_id), tasks)
        },
        seats=_seats(session, rows),
        led={
            row.task_id: (row.details.get("lead") or [None])[0]
            for row in reversed(rows)
            if row.act is Act.ASSIGNED
        },
    )


def _all(session: Session, table: Any, column: Any, ids: set[int]) -> list[Any]:
    if not ids:
        return []
    asked = sa.select(table).where(column.in_(sorted(ids)))
    # Not what this session remembers of them.
    return list(session.scalars(asked.execution_options(populate_existing=True)))


def _mentioned(session: Session, notes: set[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for mention in _all(session, Mention, col(Mention.note_id), notes):
        found.setdefault(mention.note_id, []).append(mention.person_id)
    return found


def _seats(session: Session, rows: Iterable[Any]) -> frozenset[tuple[int, int]]:
    doers = {row.for_id or row.by_id for row in rows} - {None}
    if not doers:
        return frozenset()
    asked = sa.select(col(Post.person_id), col(Post.unit_id)).where(
        col(Post.person_id).in_(sorted(doers)), col(Post.role).in_(OF_THE_OFFICE)
    )
    return frozenset((person, unit) for person, unit in session.execute(asked))
