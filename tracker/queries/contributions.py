"""The parts of the units that support a task, with their files."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.domain import Attachment, Person, Support, Unit


@dataclass(frozen=True)
class Part:
    """What one supporting unit has given."""

    support: Any
    files: tuple[Any, ...] = ()


def contributions_of(session: Session, task: int) -> list[Part]:
    """The part of each supporting unit, in Vietnamese order."""
    rows = session.execute(_SUPPORTS, {"task": task}).all()
    files = session.execute(_FILES, {"task": task}).all() if rows else []
    return [Part(row, tuple(file for file in files if file.unit_id == row.unit_id)) for row in rows]


_SUPPORTS: Any = (
    sa.select(
        col(Support.unit_id),
        col(Support.state),
        col(Support.text),
        col(Support.answer),
        col(Support.given_at),
        col(Unit.name).label("unit"),
        col(Person.name).label("given_by"),
    )
    .join(Unit, col(Unit.id) == col(Support.unit_id))
    .outerjoin(Person, col(Person.id) == col(Support.given_by_id))
    .where(col(Support.task_id) == sa.bindparam("task"))
    .order_by(col(Unit.sort_key))
)
# The files that units hand in with their parts belong to the task alone, to no report of the lead.
_FILES: Any = (
    sa.select(
        col(Attachment.id), col(Attachment.name), col(Attachment.size), col(Attachment.unit_id)
    )
    .join(
        Support,
        (col(Support.task_id) == col(Attachment.task_id))
        & (col(Support.unit_id) == col(Attachment.unit_id)),
    )
    .where(
        col(Attachment.task_id) == sa.bindparam("task"),
        col(Attachment.filing_id).is_(None),
        col(Attachment.removed_at).is_(None),
    )
    .order_by(col(Attachment.id))
)
