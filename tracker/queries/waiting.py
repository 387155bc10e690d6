"""What waits for the reader besides papers: questions, parts to be given, notes that name them."""

import enum
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from tracker.domain import Mention, Person, ProgressNote, Support, Task, Unit
from tracker.domain.reader import Reader
from tracker.domain.task import Contribution, Status
from tracker.queries.tasks import SHOWN_OF_TEXT
from tracker.queries.visibility import tasks_of

# Nobody answers more in a day; the list says so when there are more.
MOST = 100


class What(enum.StrEnum):
    """The lists: questions without an answer, parts that a supporting unit owes, mentions."""

    QUESTIONS = "questions"
    PARTS = "parts"
    MENTIONS = "mentions"


@dataclass(frozen=True)
class Owed:
    """One task that waits for the reader, why, and since when."""

    task_id: int
    ref: str | None
    text: str
    lead: str | None
    due_on: date | None
    since: datetime
    words: str
    # Of a note: who wrote it.
    who: str | None = None


def owed_by(session: Session, reader: Reader, what: What, *, lately: datetime) -> list[Owed]:
    """What of it waits for the reader, the oldest or the first due before; at most MOST and one.

    Notes that name the reader were written since `lately`; the latest stands first.
    """
    asked = _mentions(reader, lately) if what is What.MENTIONS else _ASKED[what](reader)
    rows = () if asked is None else session.execute(asked.limit(MOST + 1))
    return [Owed(*row) for row in rows]


_TASK = (
    col(Task.id),
    col(Task.ref),
    sa.func.substr(Task.text, 1, SHOWN_OF_TEXT),
    col(Unit.name),
    col(Task.due_on),
)


def _still_open() -> sa.ColumnElement[bool]:
    return sa.func.coalesce(Task.is_closed, sa.false()).is_(False)


# In these very words: the index holds the few open questions alone.
_UNANSWERED = sa.and_(
    col(ProgressNote.kind) == sa.literal_column("'question'"),
    col(ProgressNote.answered_at).is_(None),
)


def _questions(reader: Reader) -> sa.Select[Any] | None:
    """Questions of the office to the unit that leads, and of units to the office."""
    ways = _put_to(reader)
    asked: sa.Select[Any] = (
        sa.select(*_TASK, col(ProgressNote.at), col(ProgressNote.text))
        .select_from(ProgressNote)
        .join(Task, col(Task.id) == col(ProgressNote.task_id))
        .outerjoin(Unit, col(Unit.id) == col(Task.lead_id))
        .where(_UNANSWERED, _still_open(), _any_of(ways))
        .order_by(col(ProgressNote.at), col(ProgressNote.id))
    )
    return asked if ways else None


def _put_to(reader: Reader) -> list[sa.ColumnElement[bool]]:
    """How a question is one for the reader's side."""
    ways: list[sa.ColumnElement[bool]] = []
    asker = sa.func.coalesce(ProgressNote.unit_id, 0)
    if reader.units:
        units = sorted(reader.units)
        ways.append(col(Task.lead_id).in_(units) & asker.not_in(units))
    if reader.offices:
        offices = sorted(reader.offices)
        # Without its index: an office has very many open tasks, and few questions.
        issuer = sa.func.coalesce(Task.issuer_id, 0)
        ways.append(issuer.in_(offices) & asker.not_in(offices))
    return ways


def _mentions(reader: Reader, lately: datetime) -> sa.Select[Any]:
    """Notes of others that name the reader, who has said nothing about the task since.

    A question that waits for the reader's side stands among the questions already.
    """
    mine, spoken = sorted(reader.people), aliased(ProgressNote)
    naming = sa.select(col(Mention.note_id)).where(col(Mention.person_id).in_(mine))
    # Without the index of authors: what is said of one task is less than what one says of all.
    speakers = (sa.func.coalesce(who, 0) for who in (spoken.author_id, spoken.for_id))
    since = sa.exists().where(
        col(spoken.task_id) == col(ProgressNote.task_id),
        _any_of([who.in_(mine) for who in speakers]),
        col(spoken.id) > col(ProgressNote.id),
    )
    among_questions = sa.func.coalesce(sa.and_(_UNANSWERED, _any_of(_put_to(reader))), sa.false())
    asked: sa.Select[Any] = (
        sa.select(*_TASK, col(ProgressNote.at), col(ProgressNote.text), col(Person.name))
        .select_from(ProgressNote)
        .join(Person, col(Person.id) == col(ProgressNote.author_id))
        .join(Task, col(Task.id) == col(ProgressNote.task_id))
        .outerjoin(Unit, col(Unit.id) == col(Task.lead_id))
        .where(
            col(ProgressNote.id).in_(naming),
            col(ProgressNote.at) >= lately,
            col(ProgressNote.author_id).not_in(mine),
            _still_open(),
            tasks_of(reader, beside=True),
            ~since,
            ~among_questions,
        )
        .order_by(col(ProgressNote.at).desc(), col(ProgressNote.id).desc())
    )
    return asked


def _any_of(ways: list[sa.ColumnElement[bool]]) -> sa.ColumnElement[bool]:
    return sa.or_(sa.false(), *ways)


def _parts(reader: Reader) -> sa.Select[Any] | None:
    """Parts that a unit of the reader has not given yet, or has to give again."""
    if not reader.units:
        return None
    asked: sa.Select[Any] = (
        sa.select(*_TASK, col(Task.created_at), col(Support.answer))
        .select_from(Support)
        .join(Task, col(Task.id) == col(Support.task_id))
        .outerjoin(Unit, col(Unit.id) == col(Task.lead_id))
        .where(
            col(Support.unit_id).in_(sorted(reader.units)),
            col(Support.state).in_((Contribution.EXPECTED, Contribution.RETURNED)),
            _still_open(),
            col(Task.status) != Status.PAUSED,
        )
        .order_by(col(Task.due_on).is_(None), col(Task.due_on), col(Task.id))
    )
    return asked


_ASKED = {What.QUESTIONS: _questions, What.PARTS: _parts}
