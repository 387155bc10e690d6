"""What became of the papers of a unit: the answers of the last weeks, with or without the task."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.domain import Filing, Task, Unit
from tracker.domain.filing import DECIDED
from tracker.domain.reader import Reader
from tracker.queries.filings import MOST
from tracker.queries.tasks import SHOWN_OF_TEXT
from tracker.queries.visibility import tasks_of


@dataclass(frozen=True)
class Answered:
    """A paper of the reader's unit with its answer; the task may be another unit's by now."""

    filing: Filing
    unit: str | None
    ref: str | None
    text: str
    opens: bool


def answered_since(session: Session, reader: Reader, since: datetime) -> list[Answered]:
    """The decided papers of the reader's own units, the latest answer first."""
    if not reader.units:
        return []
    asked = (
        sa.select(
            Filing,
            col(Unit.name),
            col(Task.ref),
            sa.func.substr(col(Task.text), 1, SHOWN_OF_TEXT),
            tasks_of(reader, beside=True).label("opens"),
        )
        .join(Task, col(Task.id) == col(Filing.task_id))
        .outerjoin(Unit, col(Unit.id) == col(Filing.unit_id))
        .where(
            col(Filing.unit_id).in_(sorted(reader.units)),
            col(Filing.state).in_(DECIDED),
            col(Filing.decided_at) >= since,
        )
        .order_by(col(Filing.decided_at).desc(), col(Filing.id).desc())
        .limit(MOST)
    )
    return [Answered(*row) for row in session.execute(asked).all()]
