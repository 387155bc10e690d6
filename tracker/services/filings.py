"""What a unit files with the office: a report, a request for more time, the refusal of a task."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from tracker.domain import Filing, Task
from tracker.domain.change import Act, Thing
from tracker.domain.extension import consequences
from tracker.domain.filing import FilingKind, FilingState, Who, bars, standing, why_not_file
from tracker.domain.reader import Reader
from tracker.domain.task import Status
from tracker.errors import NotAllowed, Refused
from tracker.queries.calendar import working_days
from tracker.queries.filings import Before, around_of, filed_before, goes_through_head
from tracker.services.history import record
from tracker.services.indexing import reindex
from tracker.services.tasks import refuse_in_pieces, sees, set_status, touch

ACTS = {
    FilingKind.REPORT: Act.REPORTED,
    FilingKind.EXTENSION: Act.REQUESTED,
    FilingKind.REFUSAL: Act.REFUSED,
}


@dataclass(frozen=True)
class Paper:
    """What somebody writes: the words, the number and date of a document, whether files come."""

    text: str = ""
    document_number: str = ""
    document_on: date | None = None
    has_files: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said and nothing enclosed."""
        return not (self.text or self.document_number or self.has_files)


def report(
    session: Session, task: Task, paper: Paper, *, by: Reader, at: datetime, on: date
) -> Filing:
    """Report that the work is done; it is handed in on the day on which it leaves the unit.

    The office may write down what a unit reports otherwise; somebody else then confirms it.
    """
    refuse_filing(session, task, FilingKind.REPORT, by=by)
    if paper.is_empty:
        raise Refused("filing.report-empty")
    if paper.document_number and not paper.document_on:
        raise Refused("filing.document-no-date", number=paper.document_number)
    if paper.document_on and not paper.document_number:
        raise Refused("filing.document-no-number", day=paper.document_on)
    return _file(
        session, task, Filing.of(task, FilingKind.REPORT, by=by, at=at), paper, by=by, at=at, on=on
    )


def ask_extension(
    session: Session,
    task: Task,
    paper: Paper,
    *,
    until: date,
    limit: int,
    by: Reader,
    at: datetime,
    on: date,
) -> Filing:
    """Ask for the deadline `until`; at most `limit` requests of a task are granted."""
    refuse_filing(session, task, FilingKind.EXTENSION, limit=limit, by=by)
    if not paper.text:
        raise Refused("task.reason-missing")
    refuse_date(session, task, until, on=on)
    filing = Filing.of(task, FilingKind.EXTENSION, by=by, at=at)
    filing.due_on, filing.asked_on = task.due_on, until
    return _file(session, task, filing, paper, by=by, at=at, on=on)


def refuse_task(
    session: Session, task: Task, paper: Paper, *, by: Reader, at: datetime, on: date
) -> Filing:
    """Say that the task is another unit's; it stays with this one until the office has decided."""
    refuse_filing(session, task, FilingKind.REFUSAL, by=by)
    if not paper.text:
        raise Refused("task.reason-missing")
    return _file(
        session, task, Filing.of(task, FilingKind.REFUSAL, by=by, at=at), paper, by=by, at=at, on=on
    )


def refuse_date(session: Session, task: Task, new: date, *, on: date) -> None:
    """Raise Refused when a task cannot be due on that day."""
    found = consequences(new, around_of(session, task), today=on, calendar=working_days(session))
    if found.refusal:
        raise Refused(found.refusal, day=found.day)


def refuse_filing(
    session: Session,
    task: Task,
    kind: FilingKind,
    *,
    limit: int = 0,
    before: Before | None = None,
    by: Reader,
) -> None:
    """Raise what bars such a paper whatever is written in it; a form is not shown then either.

    `limit` is that of the requests for more time which are granted for one task; `before` is
    what was filed already, where the caller knows.
    """
    refused = why_not_file(task, kind, by)
    if refused:
        is_person, code = refused
        raise NotAllowed(code) if is_person else Refused(code, status=task.status)
    before = before or filed_before(session, task.id)
    barred = bars(kind, before.waiting)
    if barred:
        raise Refused(barred[0], kind=barred[1])
    if kind is FilingKind.REPORT:
        _refuse_report(session, task)
    elif kind is FilingKind.EXTENSION:
        _refuse_more_time(task, before.granted, limit)


def _refuse_report(session: Session, task: Task) -> None:
    if task.is_step:
        raise Refused("task.step-is-ticked")
    refuse_in_pieces(session, task)


def _refuse_more_time(task: Task, granted: int, limit: int) -> None:
    if task.due_on is None:
        raise Refused("extension.no-deadline")
    if limit == 0:
        raise Refused("extension.none-allowed")
    if granted >= limit:
        raise Refused("extension.limit", limit=limit)


def _file(
    session: Session,
    task: Task,
    filing: Filing,
    paper: Paper,
    *,
    by: Reader,
    at: datetime,
    on: date,
) -> Filing:
    if paper.document_on and paper.document_on > on:
        raise Refused("filing.document-ahead", day=paper.document_on, today=on)
    for name in ("text", "document_number", "document_on"):
        setattr(filing, name, getattr(paper, name) or getattr(filing, name))
    told = _told(filing)
    if standing(by, task) - {Who.OFFICE}:
        sees(task, by=by, at=at)
    else:
        told["_written_for"] = [None, filing.unit_id]
    # The task first: of two who file at once the second is told, before the paper is there twice.
    touch(session, task, at)
    session.add(filing)
    session.flush()
    write(session, filing, ACTS[filing.kind], by=by, at=at, **told)
    if not goes_through_head(session, task, by):
        leave(session, filing, task, by=by, at=at, on=on)
    reindex(session, task)
    return filing


def leave(
    session: Session, filing: Filing, task: Task, *, by: Reader, at: datetime, on: date
) -> None:
    """Let a paper leave its unit: from now on the office has to answer."""
    filing.state, filing.sent_at, filing.sent_by_id = FilingState.WAITING, at, by.person_id
    session.add(filing)
    reindex(session, task)
    if filing.kind is FilingKind.REPORT:
        set_status(session, task, Status.SUBMITTED, by=by, at=at, on=on, reason="")


def write(
    session: Session, filing: Filing, act: Act, *, by: Reader, at: datetime, **facts: Any
) -> None:
    """The line of an act upon a filing, in the history of its task."""
    reason = facts.pop("reason", "") or None
    details = {"_filing": [None, filing.id], **facts}
    record(session, (act, Thing.TASK, filing.task_id), by=by, at=at, details=details, reason=reason)


def _told(filing: Filing) -> dict[str, Any]:
    """What the history shows of a paper when it is filed."""
    is_report = filing.kind is FilingKind.REPORT
    words = {"result": [None, filing.text]} if is_report else {"reason": filing.text}
    return words | dict(_document(filing))


def _document(filing: Filing) -> Iterator[tuple[str, list[str | None]]]:
    if filing.document_number:
        yield "document", [None, filing.document_number]
    if filing.document_on:
        yield "document_on", [None, filing.document_on.isoformat()]
    if filing.asked_on:
        due_on = filing.due_on.isoformat() if filing.due_on else None
        yield "asked_on", [due_on, filing.asked_on.isoformat()]
