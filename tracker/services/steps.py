"""Tasks that follow a procedure: begun with their steps, ticked off, their days moved together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from tracker.domain import Procedure, ProcedureStep, Task
from tracker.domain.change import Act, Thing
from tracker.domain.finding import searchable
from tracker.domain.procedure import StepRole, day_of_step, moved_along
from tracker.domain.reader import Reader
from tracker.domain.task import Kind, Status
from tracker.domain.working_days import WorkingDays
from tracker.errors import NotAllowed, NotFound, Refused
from tracker.queries.calendar import working_days
from tracker.queries.procedures import (
    has_children,
    last_day,
    office_unit,
    open_steps_after,
    steps_of,
)
from tracker.services import tasks
from tracker.services.history import record
from tracker.services.tasks import move_deadline


@dataclass(frozen=True)
class Beginning:
    """What the office says when it starts a task from a procedure."""

    text: str
    lead_id: int
    starts_on: date
    # The whole is due with its last step unless the office says otherwise.
    due_on: date | None = None


def start(
    session: Session,
    procedure: Procedure,
    said: Beginning,
    *,
    issuer_id: int,
    by: Reader,
    at: datetime,
) -> Task:
    """Make a task and a step of it for each step of the procedure; the office alone may."""
    if not by.serves(issuer_id):
        raise NotAllowed("procedure.office-only")
    if not said.text.strip():
        raise Refused("procedure.text-empty")
    task = Task(
        issuer_id=issuer_id,
        kind=Kind.TASK,
        text=said.text.strip(),
        search_text=searchable(said.text),
        lead_id=said.lead_id,
        created_at=at,
        updated_at=at,
    )
    session.add(task)
    session.flush()
    record(session, (Act.CREATED, Thing.TASK, task.id), by=by, at=at)
    steps = _follow(session, task, procedure, said.starts_on, by=by, at=at)
    move_deadline(task, said.due_on or last_day(steps))
    session.flush()
    details: dict[str, object] = {"lead": [None, said.lead_id], "supports": [[], []]}
    record(session, (Act.ASSIGNED, Thing.TASK, task.id), by=by, at=at, details=details)
    session.flush()
    return task


def apply(
    session: Session, task: Task, procedure: Procedure, starts_on: date, *, by: Reader, at: datetime
) -> Task:
    """Let a task that is there follow a procedure from a day on; its own deadline stays."""
    if not by.serves(task.issuer_id):
        raise NotAllowed("procedure.office-only")
    if not task.is_open:
        raise Refused("procedure.task-closed")
    if task.is_step or task.parent_id is not None or has_children(session, task.id):
        raise Refused("procedure.task-divided")
    if task.lead_id is None:
        raise Refused("procedure.no-lead")
    task.updated_at = at
    steps = _follow(session, task, procedure, starts_on, by=by, at=at)
    if task.due_on is None:
        move_deadline(task, last_day(steps))
    session.flush()
    return task


def _follow(
    session: Session, task: Task, procedure: Procedure, starts_on: date, *, by: Reader, at: datetime
) -> list[Task]:
    templates = steps_of(session, procedure.id)
    if procedure.issuer_id not in (None, task.issuer_id):
        raise NotAllowed("procedure.office-only")
    if not procedure.is_active or not templates:
        raise Refused("procedure.not-usable")
    task.procedure_id = procedure.id
    calendar, office = working_days(session), office_unit(session, task.issuer_id)
    steps = []
    for template in templates:
        lead = task.lead_id if template.role is StepRole.LEAD else office
        due_on = day_of_step(template.offset_days, starts_on, calendar)
        steps.append(_step(task, template, lead, due_on))
    session.add_all(steps)
    session.flush()
    details = {"procedure": [None, procedure.name]}
    record(session, (Act.EDITED, Thing.TASK, task.id), by=by, at=at, details=details)
    for step in steps:
        record(session, (Act.CREATED, Thing.TASK, step.id), by=by, at=at)
    return steps


def _step(task: Task, template: ProcedureStep, lead_id: int | None, due_on: date) -> Task:
    ref = str(template.position)
    return Task(
        issuer_id=task.issuer_id,
        programme_id=task.programme_id,
        directive_id=task.directive_id,
        parent_id=task.id,
        position=template.position,
        ref=ref,
        kind=Kind.TASK,
        text=template.text,
        search_text=searchable(template.text, ref),
        deliverables=list(template.papers),
        lead_id=lead_id,
        is_step=True,
        original_due_on=due_on,
        due_on=due_on,
        # The checklist keeps what the procedure said on the day the task was begun.
        source={
            "phase": template.phase,
            "responsible": template.responsible,
            "role": template.role.value,
        },
        created_at=task.updated_at,
        updated_at=task.updated_at,
    )


def may_tick(task: Task, step: Task, by: Reader) -> bool:
    """Whether somebody answers for a step: its own unit, or the office that gave the task.

    Nobody confirms a tick: what counts is the report on the whole, which the office confirms.
    """
    return bool(by.sides(task.issuer_id, step.lead_id))


def tick(
    session: Session, step: Task, *, is_done: bool, by: Reader, at: datetime, on: date
) -> Task:
    """Tick a step off, or take the tick away; the first tick sets the whole going."""
    ticked = tasks.tick(session, step, is_done=is_done, by=by, at=at, on=on)
    task = _whole_of(session, step)
    if is_done and task.status is Status.NOT_STARTED:
        tasks.set_status(session, task, Status.IN_PROGRESS, by=by, at=at, on=on, reason="")
    return ticked


def _whole_of(session: Session, step: Task) -> Task:
    if step.parent_id is None:
        raise NotFound("not-found")
    return session.get_one(Task, step.parent_id)


@dataclass(frozen=True)
class Shift:
    """One step that would move, from which day to which."""

    step: Task
    old: date | None
    new: date


def shifts(
    session: Session, step: Task, due_on: date, *, following: bool, by: Reader
) -> list[Shift]:
    """What moves when a step gets another day: it alone, or the open ones behind it as well."""
    task = _whole_of(session, step)
    if not by.serves(task.issuer_id):
        raise NotAllowed("task.office-only")
    if not step.is_open or not task.is_open:
        raise Refused("procedure.task-closed")
    moved = [Shift(step, step.due_on, due_on)]
    if following and step.due_on is not None:
        behind = open_steps_after(session, step)
        moved += _behind(behind, step.due_on, due_on, working_days(session))
    return moved


def _behind(steps: Sequence[Task], old: date, new: date, calendar: WorkingDays) -> list[Shift]:
    days = [step.due_on for step in steps if step.due_on is not None]
    later = moved_along(days, old=old, new=new, calendar=calendar)
    return [Shift(step, step.due_on, day) for step, day in zip(steps, later, strict=True)]


def move(
    session: Session, moved: Sequence[Shift], *, reason: str, by: Reader, at: datetime
) -> None:
    """Give steps their new days; the first ones stay visible for ever."""
    if not moved:
        raise Refused("form.no-date", said="")
    if not reason.strip():
        raise Refused("task.reason-missing")
    for shift in moved:
        step = shift.step
        if shift.new == step.due_on:
            continue
        move_deadline(step, shift.new)
        step.updated_at = at
        session.add(step)
        session.flush()
        old = shift.old.isoformat() if shift.old else None
        details = {"due_on": [old, shift.new.isoformat()]}
        what = (Act.DEADLINE, Thing.TASK, step.id)
        record(session, what, by=by, at=at, details=details, reason=reason.strip())
    session.flush()
