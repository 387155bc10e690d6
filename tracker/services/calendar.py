"""What happens to the working calendar: the administrator writes a day in, or takes it out."""

from datetime import date, datetime

from sqlmodel import Session

from tracker import labels
from tracker.domain import CalendarDay
from tracker.domain.change import Act, Thing
from tracker.domain.reader import Reader
from tracker.errors import NotFound, Refused
from tracker.services.history import record
from tracker.services.people import administrator_only


def set_day(session: Session, row: CalendarDay, *, by: Reader | None, at: datetime) -> CalendarDay:
    """Declare a day off or worked, over whatever was published; a second time replaces the first.

    Raises Refused when nobody could tell later why: without a name.
    """
    administrator_only(by)
    row.name, row.reference = row.name.strip(), row.reference.strip()
    if not row.name:
        raise Refused("calendar.name-empty")
    old = session.get(CalendarDay, row.day)
    details = {"day": [_shown(old), _shown(row)]}
    written = session.merge(row)
    _record(session, (Act.EDITED if old else Act.CREATED, row.day), details, by=by, at=at)
    return written


def remove_day(session: Session, day: date, *, by: Reader | None, at: datetime) -> None:
    """Take the administrator's row of a day out; what was published holds again."""
    administrator_only(by)
    row = session.get(CalendarDay, day)
    if row is None:
        raise NotFound("not-found")
    session.delete(row)
    _record(session, (Act.REMOVED, day), {"day": [_shown(row), None]}, by=by, at=at)


def number_of(day: date) -> int:
    """The number under which the history knows a day: 20260226."""
    return int(f"{day:%Y%m%d}")


def _shown(row: CalendarDay | None) -> str | None:
    if row is None:
        return None
    said = [labels.label(row.kind), row.name, row.reference]
    return " · ".join(part for part in said if part)


def _record(
    session: Session,
    what: tuple[Act, date],
    details: dict[str, list[str | None]],
    *,
    by: Reader | None,
    at: datetime,
) -> None:
    act, day = what
    record(session, (act, Thing.CALENDAR, number_of(day)), by=by, at=at, details=details)
    session.flush()
