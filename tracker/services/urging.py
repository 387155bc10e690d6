"""The office urges the units that still owe their work, and no others."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from tracker.domain import Task
from tracker.domain.change import Act, Thing
from tracker.domain.reader import Reader
from tracker.errors import Refused
from tracker.queries.calendar import working_days
from tracker.queries.shares import laggards_of, last_urged
from tracker.services.history import record
from tracker.services.shares import refuse_all_but_office


def urge(
    session: Session, task: Task, *, words: str, by: Reader, at: datetime, on: date
) -> list[int]:
    """Urge every unit that still owes its part of the task; gives the tasks that were urged.

    A divided task keeps a line of how many were urged; it is led by nobody, so nobody reads it
    by mail.
    A unit is urged once in a working day about one task (office setting); a rest day counts with
    the working day before it. Raises Refused when nobody is left to urge.
    """
    refuse_all_but_office(task, by)
    # Two people who urge at once are told so, one after the other.
    session.exec(select(Task.id).where(col(Task.id) == task.id).with_for_update()).one()
    day = working_days(session).on_or_before(on)
    urged = to_urge(session, task, on=on)
    for one in urged:
        what = (Act.URGED, Thing.TASK, one)
        details = {"_on": [None, day.isoformat()]}
        record(session, what, by=by, at=at, details=details, reason=words or None)
    if task.is_divided:
        what, told = (Act.URGED, Thing.TASK, task.id), {"units": [None, len(urged)]}
        record(session, what, by=by, at=at, details=told, reason=words or None)
    session.flush()
    return urged


def to_urge(session: Session, task: Task, *, on: date) -> list[int]:
    """The tasks whose unit would be urged now; Refused with the reason when there is none."""
    owed = [row.id for row in laggards_of(session, task)]
    if not owed:
        raise Refused(_nobody(task))
    day = working_days(session).on_or_before(on)
    urged = last_urged(session, owed)
    left = [one for one in owed if urged.get(one) is None or urged[one] < day]
    if not left:
        raise Refused("urge.today", day=max(urged.values()))
    return left


def _nobody(task: Task) -> str:
    unled = task.lead_id is None and not task.is_divided and task.is_open
    return "urge.no-lead" if unled else "urge.not-owed"
