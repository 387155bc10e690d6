"""Readings that take long: how far they are, for those whose work they are."""

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.domain import Post, SlowReading
from tracker.domain.reader import Reader
from tracker.domain.slow_reading import GIVEN_UP
from tracker.errors import NotFound
from tracker.queries.people import OF_THE_OFFICE


def reading_of(session: Session, reader: Reader, reading_id: int) -> SlowReading:
    """One reading of the reader or of somebody in the same office; raises NotFound otherwise."""
    mine = select(SlowReading).where(col(SlowReading.id) == reading_id, _is_ours(reader))
    found = session.exec(mine).first()
    if found is None:
        raise NotFound("not-found")
    return found


def readings_left(session: Session, reader: Reader) -> list[SlowReading]:
    """Those under way and those that came to nothing, newest first."""
    left = select(SlowReading).where(
        col(SlowReading.import_id).is_(None),
        col(SlowReading.refusal).is_distinct_from(GIVEN_UP),
        _is_ours(reader),
    )
    return list(session.exec(left.order_by(col(SlowReading.id).desc())))


def _is_ours(reader: Reader) -> sa.ColumnElement[bool]:
    colleagues = sa.select(col(Post.person_id)).where(
        col(Post.unit_id).in_(sorted(reader.offices)), col(Post.role).in_(OF_THE_OFFICE)
    )
    by = col(SlowReading.by_id)
    return sa.or_(by == reader.person_id, by.in_(colleagues))
