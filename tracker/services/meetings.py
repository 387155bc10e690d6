"""What happens to a meeting: the office moves it, and its agenda's deadlines follow."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, time
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
    """When and where a meeting is held, and how sure that is."""

    held_on: date | None
    starts_at: time | None
    place: str | None
    certainty: Certainty

    @classmethod
    def of(cls, meeting: Meeting) -> "Appointment":
        """What is arranged now."""
        return cls(meeting.held_on, meeting.starts_at, meeting.place, meeting.certainty)


def edit(
    session: Session, meeting: Meeting, to: Appointment, *, reason: str, by: Reader, at: datetime
) -> int:
    """Arrange a meeting otherwise; gives how many deadlines moved with its date.

    Raises NotAllowed unless the reader works for the office of its issuer, Refused when a date
    is moved without a reason or taken away.
    """
    old = Appointment.of(meeting)
    _refuse(meeting, old, to, by=by, reason=reason)
    if to == old:
        return 0
    for name, value in vars(to).items():
        setattr(meeting, name, value)
    followers = _move(session, meeting, old.held_on) if _moves(old, to) else []
    session.add(meeting)
    session.flush()
    act = Act.MOVED if _moves(old, to) else Act.EDITED
    what = (act, Thing.MEETING, meeting.id or 0)
    record(
        session, what, by=by.person_id, at=at, details=_differences(old, to), reason=reason or None
    )
    for task in followers:
        _follow(session, task, to.held_on, by=by, at=at, reason=reason)
    session.flush()
    return len(followers)


def _moves(old: Appointment, to: Appointment) -> bool:
    return old.held_on != to.held_on


def _refuse(
    meeting: Meeting, old: Appointment, to: Appointment, *, by: Reader, reason: str
) -> None:
    if not by.serves(meeting.issuer_id):
        raise NotAllowed("meeting.office-only")
    if old.held_on is not None and to.held_on is None:
        raise Refused("meeting.date-missing")
    if old.held_on is not None and _moves(old, to) and not reason:
        raise Refused("meeting.reason-missing")


def _move(session: Session, meeting: Meeting, was: date | None) -> list[Task]:
    meeting.due_version += 1
    # Only deadlines that came from the meeting follow it; a written one is its own promise.
    agenda = select(Task).where(
        col(Task.meeting_id) == meeting.id, col(Task.is_closed).is_(False), col(Task.due_inferred)
    )
    return [task for task in session.exec(agenda) if task.due_on in (was, None)]


def _follow(
    session: Session, task: Task, to: date | None, *, by: Reader, at: datetime, reason: str
) -> None:
    old = task.due_on
    move_deadline(task, to)
    task.updated_at = at
    session.add(task)
    details = {"due_on": [_said(old), _said(to)]}
    what = (Act.DEADLINE, Thing.TASK, task.id or 0)
    record(session, what, by=by.person_id, at=at, details=details, reason=reason or None)


def _differences(old: Appointment, to: Appointment) -> dict[str, Any]:
    before, after = asdict(old), asdict(to)
    return {
        name: [_said(before[name]), _said(after[name])]
        for name in before
        if before[name] != after[name]
    }


def _said(value: Any) -> str | None:
    return value.isoformat() if isinstance(value, date | time) else value
