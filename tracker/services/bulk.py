"""One act upon many tasks: first tried and taken back, so that one sees what will happen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel import Session, col, select

from tracker.domain import Support, Task
from tracker.domain.filing import FilingKind
from tracker.domain.finding import BulkAct
from tracker.domain.reader import Reader
from tracker.domain.task import Status
from tracker.errors import NotFound, Refused, TrackerError
from tracker.queries.visibility import tasks_of
from tracker.services import filing_answers, tasks, urging
from tracker.services.open_filings import open_of

MOST_AT_ONCE = 500


_OF_A_UNIT = (BulkAct.RECEIVE, BulkAct.START)
_OF_THE_OFFICE = tuple(act for act in BulkAct if act is not BulkAct.RECEIVE)
# What must be said before one can see what will happen.
ASKS = {
    BulkAct.ASSIGN: ("units",),
    BulkAct.DEADLINE: ("due_on", "reason"),
    BulkAct.PAUSE: ("reason",),
    BulkAct.WITHDRAW: ("reason",),
    BulkAct.URGE: ("reason",),
}


@dataclass(frozen=True)
class Order:
    """The act and its facts; an empty lead or no supports leave those of each task alone."""

    act: BulkAct
    lead_id: int | None = None
    supports: frozenset[int] = frozenset()
    due_on: date | None = None
    reason: str = ""


@dataclass(frozen=True)
class When:
    """Who acts, and when: the moment, and the office's day."""

    by: Reader
    at: datetime
    on: date


@dataclass(frozen=True)
class Outcome:
    """What becomes of one task: what changes, or why nothing does."""

    task_id: int
    version: int
    ref: str | None
    text: str
    changes: Mapping[str, tuple[object, object]] = field(default_factory=dict)
    refusal: TrackerError | None = None


def acts_for(reader: Reader) -> list[BulkAct]:
    """What somebody may do to many tasks at all: a unit less than the office."""
    may = set(_OF_A_UNIT if reader.units else ()) | set(_OF_THE_OFFICE if reader.offices else ())
    return [act for act in BulkAct if act in may]


def preview(session: Session, chosen: list[int], order: Order, when: When) -> list[Outcome]:
    """What the act would do to each task, found out by doing it and taking it back."""
    return [_tried(session, task, order, when) for task in _these(session, chosen, when.by)]


def apply(session: Session, versions: Mapping[int, int], order: Order, when: When) -> list[Outcome]:
    """Do it to every task that allows it and has not changed since it was shown."""
    found = _these(session, list(versions), when.by)
    # Before anything is done: what one task does to its parent is no change by others.
    stale = {task.id for task in found if task.version != versions[task.id]}
    return [
        _outcome(task, refusal=Refused("changed-meanwhile"))
        if task.id in stale
        else _done(session, task, order, when)
        for task in found
    ]


def _these(session: Session, chosen: list[int], by: Reader) -> list[Task]:
    """The tasks in the order in which they were chosen; NotFound when the reader sees none."""
    if len(chosen) > MOST_AT_ONCE:
        raise Refused("bulk.too-many", most=MOST_AT_ONCE)
    if not chosen:
        raise Refused("bulk.nothing-chosen")
    asked = select(Task).where(col(Task.id).in_(chosen), tasks_of(by, beside=True))
    found = {task.id: task for task in session.exec(asked)}
    if not found:
        raise NotFound("not-found")
    return [found[number] for number in dict.fromkeys(chosen) if number in found]


def _tried(session: Session, task: Task, order: Order, when: When) -> Outcome:
    trial = session.begin_nested()
    try:
        return _done(session, task, order, when)
    finally:
        trial.rollback()


def _done(session: Session, task: Task, order: Order, when: When) -> Outcome:
    told = _outcome(task)
    before = _facts(session, task, order)
    try:
        with session.begin_nested():
            _ACTS[order.act](session, task, order, when)
            session.flush()
    except TrackerError as refusal:
        return _outcome(task, refusal=refusal)
    after = _facts(session, task, order)
    changes = {name: (before[name], new) for name, new in after.items() if before[name] != new}
    return Outcome(told.task_id, told.version, told.ref, told.text, changes)


def _outcome(task: Task, *, refusal: TrackerError | None = None) -> Outcome:
    return Outcome(task.id, task.version, task.ref, task.text, refusal=refusal)


def _facts(session: Session, task: Task, order: Order) -> dict[str, object]:
    facts: dict[str, object] = {
        "status": task.status,
        "lead": task.lead_id,
        "due_on": task.due_on,
        "received": task.received_at is not None,
    }
    if order.act is BulkAct.ASSIGN:
        facts["supports"] = tuple(sorted(_supports(session, task)))
    return facts


def _supports(session: Session, task: Task) -> set[int]:
    return set(session.exec(select(Support.unit_id).where(col(Support.task_id) == task.id)))


_Do = Callable[[Session, Task, Order, When], object]


def _receive(session: Session, task: Task, _: Order, when: When) -> None:
    tasks.receive(session, task, by=when.by, at=when.at)


def _assign(session: Session, task: Task, order: Order, when: When) -> None:
    if order.lead_id is None and not order.supports:
        raise Refused("bulk.no-units")
    lead = order.lead_id or task.lead_id
    supports = set(order.supports) or _supports(session, task)
    tasks.assign(session, task, lead, supports=supports, by=when.by, at=when.at)


def _deadline(session: Session, task: Task, order: Order, when: When) -> None:
    if order.due_on is None:
        raise Refused("form.no-date", said="")
    reason = order.reason
    tasks.set_deadline(session, task, order.due_on, reason=reason, by=when.by, at=when.at)


def _confirm(session: Session, task: Task, order: Order, when: When) -> None:
    report = open_of(session, task, FilingKind.REPORT)
    if report is None:
        _to(Status.DONE)(session, task, order, when)
    else:
        filing_answers.accept(session, report, by=when.by, at=when.at, on=when.on)


def _urge(session: Session, task: Task, order: Order, when: When) -> None:
    urging.urge(session, task, words=order.reason, by=when.by, at=when.at, on=when.on)


def _to(status: Status) -> _Do:
    def move(session: Session, task: Task, order: Order, when: When) -> None:
        reason = order.reason
        tasks.move(session, task, status, by=when.by, at=when.at, on=when.on, reason=reason)

    return move


def _resume(session: Session, task: Task, order: Order, when: When) -> None:
    if task.status is not Status.PAUSED:
        raise Refused("task.no-such-move", status=task.status, to=Status.IN_PROGRESS)
    _to(Status.IN_PROGRESS)(session, task, order, when)


_ACTS: dict[BulkAct, _Do] = {
    BulkAct.RECEIVE: _receive,
    BulkAct.START: _to(Status.IN_PROGRESS),
    BulkAct.CONFIRM: _confirm,
    BulkAct.URGE: _urge,
    BulkAct.ASSIGN: _assign,
    BulkAct.DEADLINE: _deadline,
    BulkAct.PAUSE: _to(Status.PAUSED),
    BulkAct.RESUME: _resume,
    BulkAct.WITHDRAW: _to(Status.WITHDRAWN),
}
