"""The working calendar as it stands: the published one and the administrator's rows."""

from sqlmodel import Session, col, select

from tracker.domain import CalendarDay
from tracker.domain.working_days import WorkingDays, published


def own_days(session: Session) -> list[CalendarDay]:
    """The administrator's rows, newest first."""
    return list(session.exec(select(CalendarDay).order_by(col(CalendarDay.day).desc())))


def working_days(session: Session) -> WorkingDays:
    """The calendar that every deadline and reminder counts in."""
    rows = session.exec(select(col(CalendarDay.day), col(CalendarDay.kind)))
    return published(tuple(rows))
