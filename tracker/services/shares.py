"""A task divided among units: each gets its part, and the whole follows its parts."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.domain import Change, Filing, Support, Task
from tracker.domain.change import Act, Thing
from tracker.domain.completion import Completion
from tracker.domain.filing import OPEN
from tracker.domain.finding import searchable
from tracker.domain.reader import Reader
from tracker.domain.task import CLOSED, OWED, Contribution, Status
from tracker.errors import NotAllowed, Refused
from tracker.queries.groups import branches
from tracker.queries.shares import completion_of, names_of, parts_of, sharing_units
from tracker.services.history import Doer, record
from tracker.services.open_filings import lapse

# What the part of a unit has of its own; everything else it shares with the whole.
_OF_THE_WHOLE = {
    "id", "version", "is_closed", "parent_id", "lead_id", "ref", "search_text", "search_more",
    "is_divided", "is_step", "procedure_id", "status", "percent", "submitted_on", "done_on",
    "due_version", "received_at", "received_by_id", "created_at", "updated_at",
}  # fmt: skip
# What the unit that led so far has done of the work goes with it.
_SO_FAR = ("status", "percent", "received_at", "received_by_id")


def divide(
    session: Session, task: Task, units: Iterable[int], *, by: Reader, at: datetime
) -> list[Task]:
    """Give a task to many units, or to more of them; each leads its part by itself.

    The unit that led the task so far gets a part like the others and goes on where it stands.
    Raises NotAllowed but for the office, Refused for a task that cannot be divided now.
    """
    _refuse_dividing(session, task, by)
    lead = {task.lead_id} if task.lead_id is not None else set()
    chosen = _chosen(session, task, lead | set(units))
    before = sharing_units(session, task.id) if task.is_divided else set()
    parts = share_out(session, task, chosen, first=Act.ASSIGNED, by=by, at=at)
    details = {
        "lead": [min(lead, default=None), None],
        "units": [len(before), len(before) + len(parts)],
        "_shares": [None, chosen],
    }
    record(session, (Act.DIVIDED, Thing.TASK, task.id), by=by, at=at, details=details)
    return parts


def share_out(
    session: Session, task: Task, units: Sequence[int], *, first: Act, by: Doer, at: datetime
) -> list[Task]:
    """Make the parts of a task, one for each unit; `first` is the first line of their history."""
    facts = task.model_dump(exclude=_OF_THE_WHOLE) | {"created_at": at, "updated_at": at}
    start = 1 + len(sharing_units(session, task.id)) if task.is_divided else 1
    parts = [_part(task, facts, start + n, unit) for n, unit in enumerate(units)]
    task.is_divided, task.lead_id, task.updated_at = True, None, at
    session.add_all([task, *parts])
    _support_no_more(session, task, units)
    session.flush()
    for part in parts:
        details = {"lead": [None, part.lead_id]} if first is Act.ASSIGNED else {}
        record(session, (first, Thing.TASK, part.id), by=by, at=at, details=details)
    session.flush()
    return parts


def _part(task: Task, facts: dict[str, Any], number: int, unit: int) -> Task:
    ref = f"{task.ref}/{number}" if task.ref else None
    so_far = {name: getattr(task, name) for name in _SO_FAR} if unit == task.lead_id else {}
    own: dict[str, Any] = {"parent_id": task.id, "lead_id": unit, "ref": ref}
    return Task(**facts | own | so_far, search_text=searchable(task.text, ref))


def _support_no_more(session: Session, task: Task, units: Sequence[int]) -> None:
    """A unit that has a part of its own no longer supports, unless it has given something."""
    idle = col(Support.state) == Contribution.EXPECTED
    which = (col(Support.task_id) == task.id, col(Support.unit_id).in_(units), idle)
    session.execute(sa.delete(Support).where(*which))


def _refuse_dividing(session: Session, task: Task, by: Reader) -> None:
    refuse_all_but_office(task, by)
    if task.parent_id is not None:
        raise Refused("shares.is-part")
    if task.status not in OWED or task.submitted_on is not None:
        raise Refused("shares.not-now", status=task.status)
    if _has_steps(session, task):
        raise Refused("shares.has-steps")
    undecided = select(Filing.id).where(col(Filing.task_id) == task.id, col(Filing.state).in_(OPEN))
    if session.exec(undecided.limit(1)).first() is not None:
        raise Refused("shares.filing-open")


def refuse_all_but_office(task: Task, by: Reader) -> None:
    """Raise NotAllowed for whoever does not work for the office of the issuing unit."""
    if not by.serves(task.issuer_id):
        raise NotAllowed("task.office-only")


def _has_steps(session: Session, task: Task) -> bool:
    steps = select(Task.id).where(col(Task.parent_id) == task.id, col(Task.is_step))
    return task.procedure_id is not None or session.exec(steps.limit(1)).first() is not None


def _chosen(session: Session, task: Task, units: set[int]) -> list[int]:
    """The units in Vietnamese order; Refused when a part cannot be given to one of them."""
    everybody = branches(session)
    chosen = everybody.known(units)
    if not chosen:
        raise Refused("shares.nobody")
    twice = chosen & sharing_units(session, task.id) if task.is_divided else set()
    if twice:
        raise Refused("shares.twice", units=", ".join(names_of(session, twice)))
    # Who leads already keeps the work even if the unit was closed since.
    closed = everybody.closed(chosen - {task.lead_id or 0})
    if closed:
        raise Refused("shares.unit-closed", units=", ".join(closed))
    return [row.id for row in everybody.rows if row.id in chosen]


def follow(session: Session, task: Task, *, by: Doer, at: datetime, on: date) -> None:
    """Let the whole follow a part that was begun, closed or opened again.

    It is done with its last open part when at least one is done, and is in progress again with
    the first that is opened; when all are withdrawn, the office decides. A task with the steps
    of a procedure is led by its unit and follows nothing.
    """
    parent = _locked(session, task.parent_id) if task.parent_id is not None else None
    if parent is None or not parent.is_divided or parent.status is Status.WITHDRAWN:
        return
    counted = completion_of(session, [parent.id])[parent.id]
    to = _followed(parent, task, counted)
    # Whoever edits the whole meanwhile is disturbed only by what changes it.
    if (to, counted.percent) == (parent.status, parent.percent):
        return
    parent.percent = counted.percent
    if to is not parent.status:
        _close(session, parent, to, on)
        old, parent.status = parent.status, to
        what = (Act.STATUS, Thing.TASK, parent.id)
        record(session, what, by=by, at=at, details={"status": [old, to]})
    parent.updated_at = at
    session.add(parent)
    session.flush()


def _locked(session: Session, task_id: int) -> Task | None:
    """The whole, held until the end: two parts closed at once are counted one after the other."""
    session.flush()
    asked = select(Task).where(col(Task.id) == task_id).with_for_update()
    return session.exec(asked.execution_options(populate_existing=True)).first()


def _followed(parent: Task, part: Task, counted: Completion) -> Status:
    if counted.total and counted.done == counted.total:
        return Status.DONE
    if parent.status is Status.DONE:
        return Status.IN_PROGRESS
    begun = part.status not in (Status.NOT_STARTED, Status.WITHDRAWN) or counted.done
    is_new = parent.status is Status.NOT_STARTED
    return Status.IN_PROGRESS if is_new and begun else parent.status


def _close(session: Session, parent: Task, to: Status, on: date) -> None:
    handed_in = _handed_in(session, parent) if to is Status.DONE else None
    parent.submitted_on = handed_in
    parent.done_on = on if to is Status.DONE else None


def _handed_in(session: Session, parent: Task) -> date | None:
    """The day on which the last unit handed in."""
    day = sa.func.max(sa.func.coalesce(col(Task.submitted_on), col(Task.done_on)))
    asked = sa.select(day).where(col(Task.parent_id) == parent.id, col(Task.status) == Status.DONE)
    return session.scalar(asked)


def spread(
    session: Session, parent: Task, old: Status, *, by: Reader, at: datetime, reason: str
) -> list[Task]:
    """Let the parts follow the whole that the office has just stopped or taken up again.

    The steps of a procedure follow it as well: what nobody works on is not chased. Called after
    `parent` has left the status `old`. A part that the office had stopped by itself
    stays so when the whole is taken up again; what a unit has handed in waits for its answer.
    """
    if not parent.is_divided and parent.procedure_id is None:
        return []
    moved = _with_the_whole(session, parent, old)
    for part in moved:
        before, part.status = part.status, _stopped(part, parent.status)
        part.submitted_on = part.submitted_on if part.status is before else None
        part.updated_at = at
        details = {"status": [before, part.status], "_whole": [None, parent.id]}
        what = (Act.STATUS, Thing.TASK, part.id)
        record(session, what, by=by, at=at, details=details, reason=reason or None)
    session.add_all(moved)
    session.flush()
    if parent.status is Status.WITHDRAWN:
        for part in _with_open_filings(session, moved):
            lapse(session, part, why=reason, by=by, at=at)
    return moved


def _with_open_filings(session: Session, parts: list[Task]) -> list[Task]:
    ids = [part.id for part in parts]
    asked = select(Filing.task_id).where(col(Filing.task_id).in_(ids), col(Filing.state).in_(OPEN))
    waiting = set(session.exec(asked)) if ids else set()
    return [part for part in parts if part.id in waiting]


def _with_the_whole(session: Session, parent: Task, old: Status) -> list[Task]:
    parts = parts_of(session, parent)
    if parent.status is Status.WITHDRAWN:
        return [part for part in parts if part.status not in CLOSED]
    if parent.status is Status.PAUSED:
        return [part for part in parts if part.status in OWED]
    if old not in (Status.WITHDRAWN, Status.PAUSED):
        return []
    stopped = [part for part in parts if part.status is old]
    ours = _stopped_with_the_whole(session, [part.id for part in stopped])
    return [part for part in stopped if part.id in ours]


def _stopped(part: Task, to: Status) -> Status:
    """Where a part goes: a paused part that nobody had begun is as new as it was."""
    return Status.NOT_STARTED if to is Status.IN_PROGRESS and not part.percent else to


def _stopped_with_the_whole(session: Session, parts: list[int]) -> set[int]:
    """Those of these whose last move was made with the whole."""
    asked = sa.select(col(Change.thing_id), col(Change.details)).where(
        col(Change.thing) == Thing.TASK,
        col(Change.thing_id).in_(parts),
        col(Change.act) == Act.STATUS,
    )
    lines = session.execute(asked.order_by(col(Change.id))).all() if parts else []
    last = {task: "_whole" in details for task, details in lines}
    return {task for task, with_whole in last.items() if with_whole}


def open_parts_due(session: Session, parent: Task, due_on: date | None) -> list[Task]:
    """The open parts whose deadline is still the one that the whole had."""
    open_ones = [part for part in parts_of(session, parent) if part.is_open]
    return [part for part in open_ones if part.due_on == due_on] if parent.is_divided else []
