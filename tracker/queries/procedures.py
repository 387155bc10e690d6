"""Procedures and their steps, and the steps of one task that follows a procedure."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.domain import Procedure, ProcedureStep, Task, Unit
from tracker.domain.folding import fold
from tracker.domain.reader import Reader
from tracker.domain.task import CLOSED, Status, Timeliness
from tracker.errors import NotAllowed, NotFound
from tracker.queries.tasks import stands
from tracker.queries.visibility import tasks_of
from tracker.queries.wanted import Days

_OFFICE_NAMED = "van phong"
MOST_LISTED = 200


def procedures_of(reader: Reader) -> sa.ColumnElement[bool]:
    """Shipped ones and those of the reader's issuers; units meet their steps on their tasks."""
    if reader.reads_all:
        return sa.true()
    if not reader.issuers:
        return sa.false()
    own = col(Procedure.issuer_id).in_(sorted(reader.issuers))
    return sa.or_(col(Procedure.issuer_id).is_(None), own)


def for_the_office(reader: Reader) -> None:
    """Refuse whoever works in no office and follows none."""
    if not (reader.issuers or reader.reads_all):
        raise NotAllowed("procedure.office-only")


def listed(session: Session, reader: Reader) -> list[Any]:
    """Every procedure the reader may see, those in use first, with how many steps it has."""
    steps = sa.func.count(col(ProcedureStep.id)).label("steps")
    longest = sa.func.max(ProcedureStep.offset_days).label("longest")
    asked: Any = (
        sa.select(*_COLUMNS, steps, longest)
        .outerjoin(ProcedureStep, col(ProcedureStep.procedure_id) == col(Procedure.id))
        .where(procedures_of(reader))
        .group_by(*_COLUMNS)
        .order_by(col(Procedure.is_active).desc(), col(Procedure.name), col(Procedure.id))
        .limit(MOST_LISTED)
    )
    return list(session.execute(asked))


_COLUMNS: Any = (
    col(Procedure.id),
    col(Procedure.name),
    col(Procedure.source),
    col(Procedure.issuer_id),
    col(Procedure.is_active),
)


def procedure_choices(session: Session, reader: Reader) -> tuple[tuple[int, str], ...]:
    """The procedures in use that a task may follow."""
    asked = sa.select(col(Procedure.id), col(Procedure.name))
    asked = asked.where(procedures_of(reader), col(Procedure.is_active))
    rows = session.execute(asked.order_by(col(Procedure.name), col(Procedure.id)))
    return tuple((row.id, row.name) for row in rows)


def procedure_of(session: Session, reader: Reader, procedure_id: int) -> Procedure:
    """The procedure; NotFound when the reader may not know of it."""
    asked = select(Procedure).where(col(Procedure.id) == procedure_id, procedures_of(reader))
    procedure = session.exec(asked).first()
    if procedure is None:
        raise NotFound("not-found")
    return procedure


def steps_of(session: Session, procedure_id: int) -> list[ProcedureStep]:
    """The steps of a procedure in their order."""
    mine = select(ProcedureStep).where(col(ProcedureStep.procedure_id) == procedure_id)
    return list(session.exec(mine.order_by(col(ProcedureStep.position))))


def step_of(session: Session, procedure: Procedure, step_id: int) -> ProcedureStep:
    """One step of that procedure; NotFound when it is another's."""
    step = session.get(ProcedureStep, step_id)
    if step is None or step.procedure_id != procedure.id:
        raise NotFound("not-found")
    return step


def names_of_shipped(session: Session) -> set[str]:
    """The shipped procedures that are installed."""
    mine = sa.select(col(Procedure.name)).where(col(Procedure.issuer_id).is_(None))
    return set(session.scalars(mine))


def office_unit(session: Session, issuer_id: int) -> int:
    """The unit that is the issuer's office: "Văn phòng UBND tỉnh" below "UBND tỉnh Bắc Ninh".

    The issuer itself when it has no office below it, or several that might be meant.
    """
    issuer = session.get_one(Unit, issuer_id)
    below = select(Unit).where(col(Unit.parent_id) == issuer_id, col(Unit.is_active))
    offices = [one for one in session.exec(below) if fold(one.name).startswith(_OFFICE_NAMED)]
    whole = fold(issuer.name)
    its = [one for one in offices if whole.startswith(fold(one.name)[len(_OFFICE_NAMED) :].strip())]
    chosen = its or offices
    return chosen[0].id if len(chosen) == 1 else issuer_id


@dataclass(frozen=True)
class Check:
    """A step of a task on its checklist."""

    row: Any
    timeliness: Timeliness
    is_next: bool

    @property
    def is_done(self) -> bool:
        """Whether it is ticked."""
        return bool(self.row.status is Status.DONE)

    @property
    def may_tick(self) -> bool:
        """Whether it is there to be ticked: one that was taken out is not."""
        return bool(self.row.status is not Status.WITHDRAWN)


@dataclass(frozen=True)
class Checklist:
    """The steps of one task, phase by phase."""

    checks: tuple[Check, ...]

    @property
    def phases(self) -> list[tuple[str, list[Check]]]:
        """The steps under their phases, in the order of the procedure."""
        grouped = groupby(self.checks, key=lambda check: phase_of(check.row))
        return [(phase, list(checks)) for phase, checks in grouped]

    @property
    def counted(self) -> list[Check]:
        """The steps that are asked for."""
        return [check for check in self.checks if check.may_tick]

    @property
    def done(self) -> int:
        """How many are ticked."""
        return sum(check.is_done for check in self.checks)


def phase_of(row: Any) -> str:
    """The phase under which a step of a task stands."""
    return str((row.source or {}).get("phase", ""))


def checklist(session: Session, reader: Reader, parent: Any, *, days: Days) -> Checklist:
    """The steps of a task that the reader sees; a step may open for fewer people than its line."""
    rows = session.execute(_steps_asked(reader, parent.id)).all()
    first = next((row.id for row in rows if row.status not in CLOSED), None)
    waits = parent.status not in CLOSED
    return Checklist(
        tuple(Check(row, stands(row, days), waits and row.id == first) for row in rows)
    )


def _steps_asked(reader: Reader, parent_id: int) -> Any:
    opens = sa.case((tasks_of(reader, beside=True), sa.true()), else_=sa.false())
    return (
        sa.select(*_OF_A_STEP, col(Unit.name).label("lead"), opens.label("opens"))
        .select_from(Task)
        .outerjoin(Unit, col(Unit.id) == col(Task.lead_id))
        .where(col(Task.parent_id) == parent_id, col(Task.is_step))
        .order_by(col(Task.position), col(Task.id))
    )


_OF_A_STEP: Any = tuple(
    col(getattr(Task, name))
    for name in (
        "id", "version", "ref", "position", "text", "deliverables", "status", "lead_id", "source",
        "due_on", "original_due_on", "submitted_on", "done_on",
    )
)  # fmt: skip


def has_children(session: Session, task_id: int) -> bool:
    """Whether a task is divided, by steps or among units."""
    below = sa.select(sa.literal(1)).where(col(Task.parent_id) == task_id)
    return session.scalar(below.limit(1)) is not None


def open_steps_after(session: Session, step: Task) -> list[Task]:
    """The steps behind one that are still to be done and have a day."""
    behind = select(Task).where(
        col(Task.parent_id) == step.parent_id,
        col(Task.is_step),
        col(Task.position) > step.position,
        col(Task.is_closed).is_(False),
        col(Task.due_on).is_not(None),
    )
    return list(session.exec(behind.order_by(col(Task.position))))


def last_day(tasks: list[Task]) -> date | None:
    """The latest day among steps."""
    return max((task.due_on for task in tasks if task.due_on), default=None)


def step_task(session: Session, reader: Reader, task_id: int) -> Task:
    """A step that the reader sees by itself or on the checklist of its whole; NotFound else."""
    step = session.get(Task, task_id)
    if step is None or not step.is_step:
        raise NotFound("not-found")
    either = col(Task.id).in_([step.id, step.parent_id or step.id])
    seen = sa.select(col(Task.id)).where(either, tasks_of(reader, beside=True))
    if session.scalar(seen.limit(1)) is None:
        raise NotFound("not-found")
    return step


def whole_of_step(session: Session, reader: Reader, parent_id: int) -> Any:
    """The task whose step somebody looks at, and whether it opens for them."""
    opens = sa.case((tasks_of(reader, beside=True), sa.true()), else_=sa.false()).label("opens")
    names = ("id", "text", "ref", "lead_id", "status", "issuer_id", "procedure_id")
    columns = (col(getattr(Task, name)) for name in names)
    return session.execute(sa.select(*columns, opens).where(col(Task.id) == parent_id)).first()
