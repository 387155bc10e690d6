"""What waits for an answer of the reader besides papers: questions, and parts to be given."""

import enum
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.domain import ProgressNote, Support, Task, Unit
from tracker.domain.reader import Reader
from tracker.domain.task import Contribution, Status
from tracker.queries.tasks import SHOWN_OF_TEXT

# Nobody answers more in a day; the list says so when there are more.
MOST = 100


class What(enum.StrEnum):
    """The two lists: questions without an answer, parts that a supporting unit owes."""

    QUESTIONS = "questions"
    PARTS = "parts"


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


def owed_by(session: Session, reader: Reader, what: What) -> list[Owed]:
    """What of it waits for the reader, the oldest or the first due before; at most MOST and one."""
    asked = _questions(reader) if what is What.QUESTIONS else _parts(reader)
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


def _questions(reader: Reader) -> sa.Select[Any] | None:
    """Questions of the office to the unit that leads, and of units to the office."""
    ways = []
    asker = sa.func.coalesce(ProgressNote.unit_id, 0)
    if reader.units:
        units = sorted(reader.units)
        ways.append(col(Task.lead_id).in_(units) & asker.not_in(units))
    if reader.offices:
        offices = sorted(reader.offices)
        # Without its index: an office has very many open tasks, and few questions.
        issuer = sa.func.coalesce(Task.issuer_id, 0)
        ways.append(issuer.in_(offices) & asker.not_in(offices))
    # In these very words: the index holds the few open questions alone.
    is_open = (
        col(ProgressNote.kind) == sa.literal_column("'question'"),
        col(ProgressNote.answered_at).is_(None),
    )
    asked: sa.Select[Any] = (
        sa.select(*_TASK, col(ProgressNote.at), col(ProgressNote.text))
        .select_from(ProgressNote)
        .join(Task, col(Task.id) == col(ProgressNote.task_id))
        .outerjoin(Unit, col(Unit.id) == col(Task.lead_id))
        .where(*is_open, _still_open(), sa.or_(sa.false(), *ways))
        .order_by(col(ProgressNote.at), col(ProgressNote.id))
    )
    return asked if ways else None


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
