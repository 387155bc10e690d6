"""What happens to a task: received, moved on, ticked off, assigned, given another deadline."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.domain import Change, Support, Task
from tracker.domain.change import Act, Thing
from tracker.domain.filing import FilingKind
from tracker.domain.procedure import StepRole
from tracker.domain.reader import Reader
from tracker.domain.task import CLOSED, NEEDS_REASON, Contribution, Side, Status, may_move
from tracker.errors import NotAllowed, Refused
from tracker.queries.shares import has_open_part, names_of, parts_of
from tracker.services.history import record
from tracker.services.open_filings import lapse, open_of
from tracker.services.shares import follow, open_parts_due, spread


def move(
    session: Session, task: Task, to: Status, *, by: Reader, at: datetime, on: date, reason: str
) -> Task:
    """Make a bare move: start, pause, resume, withdraw, restore, reopen; `on` is the office's day.

    What is handed in and what is confirmed are reports (`services/filings.py`); a task handed in
    before there were reports is confirmed or given back here. Withdrawing ends the papers that
    are still open, as nobody need answer them; pausing leaves them where they are, and nothing
    is granted until the task runs again.
    """
    _refuse_move(session, task, to, by=by, reason=reason)
    old = task.status
    set_status(session, task, to, by=by, at=at, on=on, reason=reason)
    spread(session, task, old, by=by, at=at, reason=reason)
    return task


def _refuse_move(session: Session, task: Task, to: Status, *, by: Reader, reason: str) -> None:
    sides = by.sides(task.issuer_id, task.lead_id)
    if not sides:
        raise NotAllowed("task.not-yours")
    if not may_move(task.status, to, sides) or _is_answered_by_a_report(session, task, to):
        raise Refused("task.no-such-move", status=task.status, to=to)
    if to is Status.DONE:
        _refuse_confirming(session, task, by)
    if to not in CLOSED:
        _refuse_without_whole(session, task)
    if (task.status, to) in NEEDS_REASON and not reason:
        raise Refused("task.reason-missing")


def _is_answered_by_a_report(session: Session, task: Task, to: Status) -> bool:
    by_hand = task.status is Status.SUBMITTED and to in {Status.DONE, Status.IN_PROGRESS}
    return by_hand and open_of(session, task, FilingKind.REPORT) is not None


def _refuse_confirming(session: Session, task: Task, by: Reader) -> None:
    if by.owns_work_of(task.lead_id):
        raise NotAllowed("task.own-work")
    refuse_in_pieces(session, task)


def _refuse_without_whole(session: Session, task: Task) -> None:
    """No part runs while its whole is withdrawn, and no step while its task is closed."""
    whole = session.get(Task, task.parent_id) if task.parent_id is not None else None
    if whole is None or whole.is_open:
        return
    if task.is_step:
        raise Refused("task.parent-closed")
    if whole.status is Status.WITHDRAWN:
        raise Refused("shares.whole-withdrawn")


def refuse_in_pieces(session: Session, task: Task) -> None:
    """Raise Refused for a task that is finished only by its shares or steps."""
    if task.is_divided:
        raise Refused("task.divided")
    below = select(Task.id).where(col(Task.parent_id) == task.id, col(Task.is_closed).is_(False))
    if session.exec(below.limit(1)).first() is not None:
        raise Refused("task.open-children")


def set_status(
    session: Session, task: Task, to: Status, *, by: Reader, at: datetime, on: date, reason: str
) -> None:
    """Change the status with the days that follow it, its line, and what the parent makes of it.

    It asks nobody's permission: that is for the act that leads to it. What is closed waits for
    no paper any longer.
    """
    details = {"status": [task.status, to]} | _progress(session, task, to)
    old, task.status = task.status, to
    task.submitted_on = _handed_in(to, task.submitted_on, on)
    task.done_on = on if to is Status.DONE else None
    if Side.LEAD in by.sides(task.issuer_id, task.lead_id):
        sees(task, by=by, at=at)
    touch(session, task, at)
    what = (Act.STATUS, Thing.TASK, task.id)
    record(session, what, by=by, at=at, details=details, reason=reason or None)
    if to in CLOSED:
        lapse(session, task, why=reason, by=by, at=at)
    if old is not to:
        follow(session, task, by=by, at=at, on=on)


def _progress(session: Session, task: Task, to: Status) -> dict[str, list[int]]:
    """Let the percentage go with the status: all of it, or what it was before it was done.

    That of a divided task is counted from its parts.
    """
    old = task.percent
    if to is Status.DONE:
        task.percent = 100
    elif task.status is Status.DONE and not task.is_divided:
        task.percent = _before_done(session, task)
    else:
        return {}
    return {"percent": [old, task.percent]}


def _before_done(session: Session, task: Task) -> int:
    asked = select(Change.details).where(
        col(Change.thing) == Thing.TASK,
        col(Change.thing_id) == task.id,
        col(Change.act) == Act.STATUS,
    )
    with session.no_autoflush:
        told = session.exec(asked.order_by(col(Change.id).desc()).limit(1)).first() or {}
    return int((told.get("percent") or [0])[0])


def _handed_in(to: Status, day: date | None, on: date) -> date | None:
    if to is Status.SUBMITTED:
        return on
    return day if to is Status.DONE else None


def receive(session: Session, task: Task, *, by: Reader, at: datetime) -> Task:
    """Say for the unit that leads that the task has reached it; a second time changes nothing."""
    if Side.LEAD not in by.sides(task.issuer_id, task.lead_id):
        raise NotAllowed("filing.unit-only")
    if not task.is_open:
        raise Refused("filing.no-such-time", status=task.status)
    if task.received_at is None:
        sees(task, by=by, at=at)
        touch(session, task, at)
        _receive_steps(session, task)
        record(session, (Act.RECEIVED, Thing.TASK, task.id), by=by, at=at)
    return task


def _receive_steps(session: Session, task: Task) -> None:
    """Who has received a task has received its own steps of it."""
    own = (col(Task.parent_id) == task.id, col(Task.is_step), col(Task.lead_id) == task.lead_id)
    # Beside their versions: whoever edits a step meanwhile is disturbed by nothing.
    received = {"received_at": task.received_at, "received_by_id": task.received_by_id}
    unseen = sa.update(Task).where(*own, col(Task.received_at).is_(None))
    session.execute(unseen.values(received))


def sees(task: Task, *, by: Reader, at: datetime) -> None:
    """Whatever a unit does with its task says that it has received it."""
    if task.received_at is None:
        task.received_at, task.received_by_id = at, by.person_id


def tick(
    session: Session, step: Task, *, is_done: bool, by: Reader, at: datetime, on: date
) -> Task:
    """Tick a step of a procedure off, or take the tick away: nobody confirms a step.

    Whoever leads the step may, and the office that gave the task.
    """
    _refuse_tick(session, step, by=by, is_done=is_done)
    if is_done != (step.status is Status.DONE):
        to = Status.DONE if is_done else Status.IN_PROGRESS
        step.submitted_on = on if is_done else None
        set_status(session, step, to, by=by, at=at, on=on, reason="")
    return step


def _refuse_tick(session: Session, step: Task, *, by: Reader, is_done: bool) -> None:
    parent = session.get(Task, step.parent_id) if step.parent_id else None
    if not by.sides(step.issuer_id, step.lead_id):
        raise NotAllowed("task.not-yours")
    if not step.is_step or step.status in {Status.PAUSED, Status.WITHDRAWN}:
        to = Status.DONE if is_done else Status.IN_PROGRESS
        raise Refused("task.no-such-move", status=step.status, to=to)
    if parent is not None and not parent.is_open:
        raise Refused("task.parent-closed")


def assign(
    session: Session,
    task: Task,
    lead_id: int | None,
    *,
    supports: set[int],
    by: Reader,
    at: datetime,
) -> Task:
    """Give a task its lead and its supports; the office alone may.

    Who has given a part goes on supporting. Another lead has not received the task yet, and need
    not wait for what the one before it filed: work handed in goes on; so do the steps.
    """
    _office_only(task, by)
    refuse_lead(session, task, lead_id)
    hold_whole(session, task)
    old, task.lead_id = task.lead_id, lead_id
    helped, helps = _support(session, task, supports - {lead_id or 0})
    if old != lead_id:
        _begin_anew(session, task, by=by, at=at)
    touch(session, task, at)
    details = {"lead": [old, lead_id], "supports": [helped, helps]}
    record(session, (Act.ASSIGNED, Thing.TASK, task.id), by=by, at=at, details=details)
    if old != lead_id:
        _hand_over_steps(session, task, old, by=by, at=at)
    return task


def refuse_lead(session: Session, task: Task, lead_id: int | None) -> None:
    """Raise Refused for a task that nobody can be given now, and for a unit that has its part."""
    if task.status is Status.DONE:
        raise Refused("task.done-keeps-units")
    if task.is_divided and lead_id:
        raise Refused("task.divided")
    if lead_id in (None, task.lead_id):
        return
    if has_open_part(session, task, lead_id):
        raise Refused("shares.twice", units=", ".join(names_of(session, [lead_id])))


def _begin_anew(session: Session, task: Task, *, by: Reader, at: datetime) -> None:
    """The unit that leads now has seen nothing and filed nothing."""
    task.received_at = task.received_by_id = None
    lapse(session, task, why="", by=by, at=at)
    if task.status is Status.SUBMITTED:
        task.status, task.submitted_on = Status.IN_PROGRESS, None
        details = {"status": [Status.SUBMITTED, Status.IN_PROGRESS]}
        record(session, (Act.STATUS, Thing.TASK, task.id), by=by, at=at, details=details)


def _hand_over_steps(
    session: Session, task: Task, old: int | None, *, by: Reader, at: datetime
) -> None:
    """What is not done of the steps goes along with the task; those of the office stay its own."""
    steps = [part for part in parts_of(session, task) if part.is_step and part.lead_id == old]
    left = [step for step in steps if step.status is not Status.DONE]
    for step in (one for one in left if one.source.get("role") != StepRole.OFFICE):
        step.lead_id, step.updated_at = task.lead_id, at
        _begin_anew(session, step, by=by, at=at)
        session.add(step)
        details = {"lead": [old, task.lead_id]}
        record(session, (Act.ASSIGNED, Thing.TASK, step.id), by=by, at=at, details=details)
    session.flush()


def _support(session: Session, task: Task, units: set[int]) -> tuple[list[int], list[int]]:
    """Let these units support the task and no others; gives those that did, and those that do.

    Nobody is sent away with what they have given: who has given something stays.
    """
    rows = session.exec(select(Support).where(col(Support.task_id) == task.id)).all()
    helped = {row.unit_id for row in rows}
    idle = {row.unit_id: row for row in rows if row.state is Contribution.EXPECTED}
    for unit in idle.keys() - units:
        session.delete(idle[unit])
    session.add_all(Support(task_id=task.id, unit_id=unit) for unit in sorted(units - helped))
    return sorted(helped), sorted(units | (helped - idle.keys()))


def set_deadline(
    session: Session, task: Task, due_on: date, *, reason: str, by: Reader, at: datetime
) -> Task:
    """Give a task another deadline; the first one is kept for ever."""
    _office_only(task, by)
    if not reason:
        raise Refused("task.reason-missing")
    # The open parts of a divided task share its deadline until they are given one of their own.
    for one in (task, *open_parts_due(session, task, task.due_on)):
        old = one.due_on
        move_deadline(one, due_on)
        one.due_inferred = False
        touch(session, one, at)
        details = {"due_on": [_iso(old), _iso(due_on)]}
        what = (Act.DEADLINE, Thing.TASK, one.id)
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


def touch(session: Session, task: Task, at: datetime) -> None:
    """Note when the task changed last; the second of two who change it at once is told."""
    hold_whole(session, task)
    task.updated_at = at
    session.add(task)
    session.flush()


def hold_whole(session: Session, task: Task) -> None:
    """Before a part is changed its whole is held: who changes both takes them in one order.

    Otherwise whoever closes the part and whoever stops the whole would wait for each other.
    """
    if task.parent_id is not None:
        whole = select(Task.id).where(col(Task.id) == task.parent_id)
        with session.no_autoflush:
            session.exec(whole.with_for_update()).first()


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
