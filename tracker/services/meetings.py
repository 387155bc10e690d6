"""What happens to a meeting: the office moves it, and its agenda's deadlines follow."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import partial
from typing import Any

from sqlmodel import Session, col, select

from tracker.domain import Meeting, Task
from tracker.domain.change import Act, Thing
from tracker.domain.meeting import Certainty
from tracker.domain.reader import Reader
from tracker.errors import NotAllowed, Refused
from tracker.services.history import record
from tracker.services.tasks import move_deadline


@dataclass(frozen=True)
class Appointment:
    """When and where a meeting is held, how sure that is, and why it is changed."""

    held_on: date | None
    starts_at: time | None
    place: str | None
    certainty: Certainty
    reason: str = field(default="", compare=False)

    @classmethod
    def of(cls, meeting: Meeting) -> "Appointment":
        """What is arranged now."""
        return cls(meeting.held_on, meeting.starts_at, meeting.place, meeting.certainty)


def edit(session: Session, meeting: Meeting, to: Appointment, *, by: Reader, at: datetime) -> int:
    """Arrange a meeting otherwise; gives how many deadlines moved with its date.

    Raises NotAllowed unless the reader works for the office of its issuer, Refused when a date
    is moved without a reason or taken away.
    """
    old = Appointment.of(meeting)
    _refuse(meeting, old, to, by=by)
    if to == old:
        return 0
    for name in _ARRANGED:
        setattr(meeting, name, getattr(to, name))
    moves = old.held_on != to.held_on
    meeting.due_version += moves
    session.add(meeting)
    session.flush()
    write = partial(record, session, by=by, at=at, reason=to.reason or None)
    what = (Act.MOVED if moves else Act.EDITED, Thing.MEETING, meeting.id or 0)
    write(what, details=_differences(old, to))
    following = followers(session, meeting, old.held_on) if moves else []
    for task in following:
        details = {"due_on": [_said(task.due_on), _said(to.held_on)]}
        write((Act.DEADLINE, Thing.TASK, task.id or 0), details=details)
        move_deadline(task, to.held_on)
        task.updated_at = at
    session.flush()
    return len(following)


_ARRANGED = ("held_on", "starts_at", "place", "certainty")


def _refuse(meeting: Meeting, old: Appointment, to: Appointment, *, by: Reader) -> None:
    if not by.serves(meeting.issuer_id):
        raise NotAllowed("meeting.office-only")
    if old.held_on is not None and to.held_on is None:
        raise Refused("meeting.date-missing")
    if old.held_on not in {None, to.held_on} and not to.reason:
        raise Refused("meeting.reason-missing")


def followers(session: Session, meeting: Meeting, was: date | None) -> list[Task]:
    """The open tasks whose deadline came from the date that the meeting had."""
    # Only deadlines that came from the meeting follow it; a written one is its own promise.
    agenda = select(Task).where(
        col(Task.meeting_id) == meeting.id, col(Task.is_closed).is_(False), col(Task.due_inferred)
    )
    return [task for task in session.exec(agenda) if task.due_on in (was, None)]


def _differences(old: Appointment, to: Appointment) -> dict[str, list[str | None]]:
    pairs = {name: (getattr(old, name), getattr(to, name)) for name in _ARRANGED}
    return {name: [_said(a), _said(b)] for name, (a, b) in pairs.items() if a != b}


def _said(value: Any) -> str | None:
    return value.isoformat() if isinstance(value, date | time) else value
