"""What becomes of a filing: let go, sent back, taken back, accepted, returned, offered."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from tracker.domain import Filing, Support, Task
from tracker.domain.change import Act, Thing
from tracker.domain.filing import (
    NEEDS_WHY,
    Answer,
    FilingKind,
    FilingState,
    Who,
    standing,
    why_not,
)
from tracker.domain.reader import Reader
from tracker.domain.task import Status
from tracker.errors import NotAllowed, NotFound, Refused
from tracker.services.filings import Paper, leave, refuse_date, report, write
from tracker.services.history import record
from tracker.services.indexing import reindex
from tracker.services.open_filings import lapse, open_of
from tracker.services.steps import tick
from tracker.services.tasks import (
    assign,
    move,
    move_deadline,
    refuse_in_pieces,
    refuse_lead,
    set_status,
    touch,
)


def let_go(session: Session, filing: Filing, *, by: Reader, at: datetime, on: date) -> Filing:
    """The head lets a paper of the unit leave; a report is handed in on this day."""
    task = _allowed(session, filing, Answer.LET_GO, by=by)
    if filing.kind is FilingKind.REPORT:
        refuse_in_pieces(session, task)
    touch(session, task, at)
    write(session, filing, Act.APPROVED, by=by, at=at)
    leave(session, filing, task, by=by, at=at, on=on)
    return filing


def send_back(session: Session, filing: Filing, *, reason: str, by: Reader, at: datetime) -> Filing:
    """The head gives a paper back to its author; nothing has left the unit."""
    task = _allowed(session, filing, Answer.SEND_BACK, by=by, reason=reason)
    touch(session, task, at)
    _end(session, filing, FilingState.RETURNED, by=by, at=at, answer=reason)
    write(session, filing, Act.SENT_BACK, by=by, at=at, reason=reason)
    return filing


def take_back(
    session: Session, filing: Filing, *, reason: str = "", by: Reader, at: datetime, on: date
) -> Filing:
    """The unit takes its paper back while it is open; so it also declines another date."""
    task = _allowed(session, filing, Answer.TAKE_BACK, by=by)
    offer = _offer(filing) if filing.state is FilingState.COUNTERED else {}
    touch(session, task, at)
    _end(session, filing, FilingState.TAKEN_BACK, by=by, at=at, answer=filing.answer)
    write(session, filing, Act.TAKEN_BACK, by=by, at=at, reason=reason, **offer)
    _work_goes_on(session, filing, task, by=by, at=at, on=on)
    return filing


def give_back(
    session: Session, filing: Filing, *, reason: str, by: Reader, at: datetime, on: date
) -> Filing:
    """The office returns a report, or declines a request, and says why."""
    task = _allowed(session, filing, Answer.RETURN, by=by, reason=reason)
    touch(session, task, at)
    _end(session, filing, FilingState.RETURNED, by=by, at=at, answer=reason)
    write(session, filing, Act.SENT_BACK, by=by, at=at, reason=reason)
    _work_goes_on(session, filing, task, by=by, at=at, on=on)
    return filing


def _work_goes_on(
    session: Session, filing: Filing, task: Task, *, by: Reader, at: datetime, on: date
) -> None:
    if filing.kind is FilingKind.REPORT and task.status is Status.SUBMITTED:
        set_status(session, task, Status.IN_PROGRESS, by=by, at=at, on=on, reason="")


def accept(
    session: Session,
    filing: Filing,
    *,
    answer: str = "",
    lead_id: int | None = None,
    by: Reader,
    at: datetime,
    on: date,
) -> Filing:
    """The office accepts: the work is done, the deadline moves, or the task leaves the unit.

    `lead_id` is the unit that gets a refused task; without one the task waits to be assigned.
    """
    task = _allowed(session, filing, Answer.ACCEPT, by=by)
    _refuse_effect(session, filing, task, lead_id=lead_id, on=on)
    touch(session, task, at)
    _end(session, filing, FilingState.ACCEPTED, by=by, at=at, answer=answer)
    write(session, filing, Act.GRANTED, by=by, at=at, reason=answer)
    if filing.kind is FilingKind.REPORT:
        set_status(session, task, Status.DONE, by=by, at=at, on=on, reason="")
        lapse(session, task, why="", by=by, at=at)
    elif filing.kind is FilingKind.EXTENSION:
        _extend(session, filing, task, filing.asked_on, by=by, at=at)
    else:
        _send_away(session, task, lead_id, by=by, at=at, on=on)
    return filing


def _refuse_effect(
    session: Session, filing: Filing, task: Task, *, lead_id: int | None, on: date
) -> None:
    if filing.kind is FilingKind.REPORT:
        refuse_in_pieces(session, task)
    if filing.kind is FilingKind.EXTENSION and filing.asked_on:
        refuse_date(session, task, filing.asked_on, on=on)
    if filing.kind is FilingKind.REFUSAL and lead_id is not None and lead_id == task.lead_id:
        raise Refused("filing.same-lead")
    if filing.kind is FilingKind.REFUSAL:
        refuse_lead(session, task, lead_id)


def _extend(
    session: Session, filing: Filing, task: Task, until: date | None, *, by: Reader, at: datetime
) -> None:
    old = task.due_on
    move_deadline(task, until)
    task.due_inferred = False
    touch(session, task, at)
    days = [day.isoformat() if day else None for day in (old, until)]
    what = (Act.DEADLINE, Thing.TASK, task.id)
    record(session, what, by=by, at=at, details={"due_on": days}, reason=filing.text)


def _send_away(
    session: Session, task: Task, lead_id: int | None, *, by: Reader, at: datetime, on: date
) -> None:
    task.percent = 0
    if task.status is not Status.NOT_STARTED:
        set_status(session, task, Status.NOT_STARTED, by=by, at=at, on=on, reason="")
    helping = set(session.exec(select(Support.unit_id).where(col(Support.task_id) == task.id)))
    assign(session, task, lead_id, supports=helping, by=by, at=at)


def counter_offer(
    session: Session,
    filing: Filing,
    until: date,
    *,
    answer: str = "",
    by: Reader,
    at: datetime,
    on: date,
) -> Filing:
    """The office offers another date than the one asked for; the unit takes it or not."""
    task = _allowed(session, filing, Answer.OFFER, by=by)
    if until == filing.asked_on:
        raise Refused("extension.same-offer")
    refuse_date(session, task, until, on=on)
    touch(session, task, at)
    filing.offered_on = until
    _end(session, filing, FilingState.COUNTERED, by=by, at=at, answer=answer)
    asked = filing.asked_on.isoformat() if filing.asked_on else None
    days = [asked, until.isoformat()]
    write(session, filing, Act.OFFERED, by=by, at=at, offered_on=days, reason=answer)
    return filing


def answer_offer(
    session: Session,
    filing: Filing,
    *,
    takes_it: bool,
    reason: str = "",
    by: Reader,
    at: datetime,
    on: date,
) -> Filing:
    """The unit takes the offered date, or takes its request back and keeps the old one."""
    act = Answer.TAKE_OFFER
    task = _allowed(session, filing, act, by=by)
    if not takes_it:
        return take_back(session, filing, reason=reason, by=by, at=at, on=on)
    if filing.offered_on:
        refuse_date(session, task, filing.offered_on, on=on)
    touch(session, task, at)
    filing.state = FilingState.ACCEPTED
    session.add(filing)
    session.flush()
    write(session, filing, Act.GRANTED, by=by, at=at, **_offer(filing))
    _extend(session, filing, task, filing.offered_on, by=by, at=at)
    return filing


def _offer(filing: Filing) -> dict[str, list[str | None]]:
    """For the history: the date of the office that the unit now takes or does not."""
    day = filing.offered_on
    return {"_offer": [None, day.isoformat()]} if day else {}


def by_status(
    session: Session,
    task: Task,
    to: Status,
    paper: Paper,
    *,
    by: Reader,
    at: datetime,
    on: date,
    reason: str,
) -> None:
    """What somebody means who only says where a task should stand: a report, its answer, a tick."""
    filed = open_of(session, task, FilingKind.REPORT) if task.status is Status.SUBMITTED else None
    is_tick = to is Status.DONE or (task.status is Status.DONE and to is Status.IN_PROGRESS)
    if task.is_step and is_tick:
        tick(session, task, is_done=to is Status.DONE, by=by, at=at, on=on)
    elif to is Status.SUBMITTED:
        report(session, task, paper, by=by, at=at, on=on)
    elif filed and to is Status.DONE:
        accept(session, filed, answer=reason, by=by, at=at, on=on)
    elif filed and to is Status.IN_PROGRESS:
        of_unit = standing(by, task) - {Who.OFFICE}
        (take_back if of_unit else give_back)(session, filed, reason=reason, by=by, at=at, on=on)
    else:
        move(session, task, to, by=by, at=at, on=on, reason=reason)


def _allowed(
    session: Session, filing: Filing, act: Answer, *, by: Reader, reason: str | None = None
) -> Task:
    """The task of a filing; raises when the reader may not act so upon it now."""
    task = session.get(Task, filing.task_id)
    if task is None:
        raise NotFound("not-found")
    refused = why_not(filing, task, act, by)
    if refused:
        is_person, code = refused
        raise (
            NotAllowed(code) if is_person else Refused(code, state=filing.state, status=task.status)
        )
    if act in NEEDS_WHY and not reason:
        raise Refused("task.reason-missing")
    return task


def _end(
    session: Session,
    filing: Filing,
    state: FilingState,
    *,
    by: Reader,
    at: datetime,
    answer: str,
) -> None:
    filing.state, filing.answer = state, answer
    filing.decided_at, filing.decided_by_id = at, by.person_id
    session.add(filing)
    reindex(session, session.get_one(Task, filing.task_id))
    session.flush()
