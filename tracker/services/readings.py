"""What happens to a reading that takes long: begun, seen at work, ended, given up.

Its time is the machine's own, as for every process that may die.
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.domain import SlowReading
from tracker.domain.reader import Reader
from tracker.domain.slow_reading import GIVEN_UP, KEPT_FOR
from tracker.errors import TrackerError


def begin(
    session: Session, file_name: str, *, by: Reader, at: datetime, seen_at: datetime
) -> SlowReading:
    """Write down that a document is being read; what nobody asks for any more goes."""
    old = sa.delete(SlowReading).where(col(SlowReading.seen_at) < seen_at - KEPT_FOR)
    session.execute(old)
    row = SlowReading(file_name=file_name, by_id=by.person_id, at=at, seen_at=seen_at)
    session.add(row)
    session.flush()
    return row


def see(session: Session, reading_id: int, pages: tuple[int, int], *, seen_at: datetime) -> bool:
    """Write down how many pages of how many are read; False when it was given up meanwhile."""
    done, of = pages
    return _write(session, reading_id, seen_at=seen_at, pages_done=done, pages=of)


def finish(session: Session, reading_id: int, import_id: int) -> None:
    """The reading gave proposals."""
    _write(session, reading_id, import_id=import_id)


def refuse(session: Session, reading_id: int, refusal: TrackerError) -> None:
    """The reading came to nothing, and why."""
    facts = {name: str(fact) for name, fact in refusal.facts.items()}
    _write(session, reading_id, refusal=refusal.code, facts=facts)


def give_up(session: Session, row: SlowReading) -> None:
    """Nobody wants it any more, and whoever reads it will see that.

    The row stays until it is swept: SQLite would give its number to the next reading at once.
    """
    row.refusal, row.facts = GIVEN_UP, {}
    session.add(row)
    session.flush()


def _write(session: Session, reading_id: int, **facts: Any) -> bool:
    mine = sa.update(SlowReading).where(
        col(SlowReading.id) == reading_id, col(SlowReading.refusal).is_(None)
    )
    written = session.connection().execute(mine.values(**facts))
    return written.rowcount == 1
