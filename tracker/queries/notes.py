"""Notes and questions: who may be named in them, which wait for an answer, one with its task."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.domain import Mention, Person, Post, ProgressNote, Support, Task, Unit
from tracker.domain.note import NoteKind
from tracker.domain.person import Role
from tracker.domain.reader import Reader
from tracker.errors import NotFound
from tracker.queries.visibility import tasks_of

# More than an office and three units have; a list that long is typed into, not chosen from.
MOST_PEOPLE = 200
MOST_QUESTIONS = 50
SHOWN_OF_TEXT = 200
_OF_A_UNIT = (Role.UNIT_HEAD, Role.UNIT_CLERK)
_OF_THE_ISSUER = (Role.OFFICE_SPECIALIST, Role.OFFICE_LEADER, Role.LEADER)


@dataclass(frozen=True)
class Around:
    """Somebody who sees a task, and the unit for which they see it."""

    id: int
    name: str
    unit: str


def people_around(session: Session, task: Any) -> list[Around]:
    """Whom a note about the task may name: people of its units, of those above, of its office."""
    rows = session.execute(
        _AROUND, {"task": task.id, "lead": task.lead_id, "issuer": task.issuer_id}
    )
    found = {row.id: Around(row.id, row.name, row.unit) for row in rows}
    return list(found.values())


def _around() -> Any:
    # Whoever answers for a unit answers for those below it as well.
    helping = select(Support.unit_id).where(col(Support.task_id) == sa.bindparam("task"))
    lead = col(Unit.id) == sa.bindparam("lead", type_=sa.Integer())
    above = (
        sa.select(col(Unit.id), col(Unit.parent_id))
        .where(sa.or_(lead, col(Unit.id).in_(helping)))
        .cte(recursive=True)
    )
    above = above.union(
        sa.select(col(Unit.id), col(Unit.parent_id)).join(above, above.c.parent_id == col(Unit.id))
    )
    of_unit = sa.and_(col(Post.unit_id).in_(sa.select(above.c.id)), col(Post.role).in_(_OF_A_UNIT))
    of_issuer = sa.and_(
        col(Post.unit_id) == sa.bindparam("issuer"), col(Post.role).in_(_OF_THE_ISSUER)
    )
    return (
        sa.select(col(Person.id), col(Person.name), col(Unit.name).label("unit"))
        .join_from(Post, Person, col(Person.id) == col(Post.person_id))
        .join(Unit, col(Unit.id) == col(Post.unit_id))
        .where(sa.or_(of_unit, of_issuer), ~col(Person.is_disabled))
        .order_by(col(Unit.sort_key), col(Person.name), col(Person.id))
        .limit(MOST_PEOPLE)
    )


_AROUND = _around()


def note_of(session: Session, reader: Reader, note_id: int) -> tuple[ProgressNote, Task]:
    """A note with its task; NotFound when the reader may not know of the task."""
    asked = (
        select(ProgressNote, Task)
        .join(Task, col(Task.id) == col(ProgressNote.task_id))
        .where(col(ProgressNote.id) == note_id, tasks_of(reader, beside=True))
    )
    found = session.exec(asked).first()
    if found is None:
        raise NotFound("not-found")
    return found


@dataclass(frozen=True)
class Waiting:
    """A question that waits for the reader's side, and the task it is about."""

    id: int
    task_id: int
    task: str
    text: str
    who: str
    unit: str | None
    at: datetime


def unanswered_for(
    session: Session, reader: Reader, *, most: int = MOST_QUESTIONS
) -> list[Waiting]:
    """The questions that the reader's side has to answer, the oldest first.

    A unit's question waits for the office; the office's question waits for the unit that leads;
    and any question waits for whoever it names, unless they asked it themselves.
    """
    sides = _put_to(reader)
    if not sides:
        return []
    rows = session.execute(_waiting(sides, reader, most)).mappings()
    return [Waiting(**row) for row in rows]


def _put_to(reader: Reader) -> list[sa.ColumnElement[bool]]:
    unit, issuer = col(ProgressNote.unit_id), col(Task.issuer_id)
    of_office = unit == issuer
    ways: list[sa.ColumnElement[bool]] = []
    if reader.offices:
        ways.append(sa.and_(issuer.in_(sorted(reader.offices)), ~of_office))
    if reader.units:
        ways.append(sa.and_(col(Task.lead_id).in_(sorted(reader.units)), of_office))
    mine = [key for key in (reader.person_id, reader.acting_for) if key is not None]
    named = select(Mention.note_id).where(col(Mention.person_id).in_(mine))
    return [*ways, col(ProgressNote.id).in_(named)]


def _waiting(sides: Sequence[sa.ColumnElement[bool]], reader: Reader, most: int) -> sa.Select[Any]:
    return (
        sa.select(
            col(ProgressNote.id),
            col(ProgressNote.task_id),
            sa.func.substr(Task.text, 1, SHOWN_OF_TEXT).label("task"),
            sa.func.substr(ProgressNote.text, 1, SHOWN_OF_TEXT).label("text"),
            col(Person.name).label("who"),
            col(Unit.name).label("unit"),
            col(ProgressNote.at),
        )
        .join_from(ProgressNote, Task, col(Task.id) == col(ProgressNote.task_id))
        .join(Person, col(Person.id) == col(ProgressNote.author_id))
        .outerjoin(Unit, col(Unit.id) == col(ProgressNote.unit_id))
        .where(
            # As literals, so that the index of waiting questions alone is read.
            sa.literal_column("progressnote.kind = 'question'"),
            col(ProgressNote.answered_at).is_(None),
            col(ProgressNote.author_id) != reader.person_id,
            sa.or_(*sides),
            tasks_of(reader, beside=True),
        )
        .order_by(col(ProgressNote.at), col(ProgressNote.id))
        .limit(most)
    )


def open_questions(session: Session, task_id: int) -> list[int]:
    """The numbers of the questions about a task that nobody has answered, the oldest first."""
    asked = (
        select(ProgressNote.id)
        .where(
            col(ProgressNote.task_id) == task_id,
            col(ProgressNote.kind) == NoteKind.QUESTION,
            col(ProgressNote.answered_at).is_(None),
        )
        .order_by(col(ProgressNote.at), col(ProgressNote.id))
        .limit(MOST_QUESTIONS)
    )
    return list(session.exec(asked))
