"""What happens to a task: it is moved on, noted, assigned, given another deadline."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.domain import ProgressNote, Support, Task
from tracker.domain.change import Act, Thing
from tracker.domain.reader import Reader
from tracker.domain.task import NEEDS_REASON, Side, Status, may_move
from tracker.errors import NotAllowed, Refused
from tracker.services.history import record


def move(
    session: Session, task: Task, to: Status, *, by: Reader, at: datetime, on: date, reason: str
) -> Task:
    """Move a task to another status; `on` is the office's day.

    Raises NotAllowed for a stranger or for confirming one's own work, Refused when the rules
    know no such move or a reason is missing.
    """
    _refuse_move(task, to, by=by, reason=reason)
    old, task.status = task.status, to
    task.submitted_on = _kept(to, task.submitted_on, on, begins=Status.SUBMITTED)
    task.done_on = on if to is Status.DONE else None
    if to is Status.DONE:
        task.percent = 100
    _touch(session, task, at)
    what = (Act.STATUS, Thing.TASK, task.id)
    record(session, what, by=by, at=at, details={"status": [old, to]}, reason=reason)
    return task


def _refuse_move(task: Task, to: Status, *, by: Reader, reason: str) -> None:
    sides = by.sides(task.issuer_id, task.lead_id)
    if not sides:
        raise NotAllowed("task.not-yours")
    if not may_move(task.status, to, sides):
        raise Refused("task.no-such-move", status=task.status, to=to)
    if to is Status.DONE and Side.LEAD in sides:
        raise NotAllowed("task.own-work")
    if (task.status, to) in NEEDS_REASON and not reason:
        raise Refused("task.reason-missing")


def _kept(to: Status, day: date | None, on: date, *, begins: Status) -> date | None:
    if to is begins:
        return on
    return day if to is Status.DONE else None


def note(
    session: Session, task: Task, text: str, *, percent: int | None, by: Reader, at: datetime
) -> ProgressNote:
    """Write down the progress of a task; a percentage of its lead or office moves the task's own.

    What a supporting unit says of its part is kept with the note alone.
    """
    sides = by.sides(task.issuer_id, task.lead_id)
    if not sides and not _supports(session, task, by):
        raise NotAllowed("task.not-yours")
    if not text.strip():
        raise Refused("task.note-empty")
    said = ProgressNote(task_id=task.id, author_id=by.person_id, at=at, text=text.strip())
    said.percent = percent
    session.add(said)
    if percent is not None and task.is_open and sides:
        task.percent = percent
    _touch(session, task, at)
    record(session, (Act.NOTED, Thing.TASK, task.id), by=by, at=at)
    return said


def assign(
    session: Session,
    task: Task,
    lead_id: int | None,
    *,
    supports: set[int],
    by: Reader,
    at: datetime,
) -> Task:
    """Give a task its lead and its supports; the office alone may."""
    _office_only(task, by)
    old, task.lead_id = task.lead_id, lead_id
    helped = list(session.exec(select(Support.unit_id).where(col(Support.task_id) == task.id)))
    helps = sorted(supports - {lead_id or 0})
    session.execute(sa.delete(Support).where(col(Support.task_id) == task.id))
    session.add_all(Support(task_id=task.id, unit_id=unit) for unit in helps)
    _touch(session, task, at)
    details = {"lead": [old, lead_id], "supports": [sorted(helped), helps]}
    record(session, (Act.ASSIGNED, Thing.TASK, task.id), by=by, at=at, details=details)
    return task


def set_deadline(
    session: Session, task: Task, due_on: date, *, reason: str, by: Reader, at: datetime
) -> Task:
    """Give a task another deadline; the first one is kept for ever."""
    _office_only(task, by)
    if not reason:
        raise Refused("task.reason-missing")
    old = task.due_on
    move_deadline(task, due_on)
    task.due_inferred = False
    _touch(session, task, at)
    details = {"due_on": [_iso(old), _iso(due_on)]}
    what = (Act.DEADLINE, Thing.TASK, task.id)
    record(session, what, by=by, at=at, details=details, reason=reason)
    return task


def move_deadline(task: Task, due_on: date | None) -> None:
    """Change the deadline in force; a new version starts a new ladder of reminders."""
    if due_on == task.due_on:
        return
    task.due_on = due_on
    task.due_version += 1
    if task.original_due_on is None:
        task.original_due_on = due_on


def _office_only(task: Task, by: Reader) -> None:
    if not by.serves(task.issuer_id):
        raise NotAllowed("task.office-only")


def _supports(session: Session, task: Task, by: Reader) -> bool:
    mine = sa.select(sa.literal(1)).where(
        col(Support.task_id) == task.id, col(Support.unit_id).in_(sorted(by.units))
    )
    return session.scalar(mine.limit(1)) is not None


def _touch(session: Session, task: Task, at: datetime) -> None:
    task.updated_at = at
    session.add(task)
    session.flush()


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
