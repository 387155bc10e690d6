"""What a unit files with the office: a report, a request for more time, the refusal of a task."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from tracker.domain import Filing, Task
from tracker.domain.change import Act, Thing
from tracker.domain.extension import consequences
from tracker.domain.filing import FilingKind, FilingState, Who, standing, why_not_file
from tracker.domain.reader import Reader
from tracker.domain.task import Status
from tracker.errors import NotAllowed, Refused
from tracker.queries.calendar import working_days
from tracker.queries.filings import around_of, goes_through_head, granted_extensions
from tracker.services.history import record
from tracker.services.indexing import reindex
from tracker.services.open_filings import open_of
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
    _refuse(session, task, FilingKind.REPORT, by)
    if task.is_step:
        raise Refused("task.step-is-ticked")
    refuse_in_pieces(session, task)
    if paper.is_empty:
        raise Refused("filing.report-empty")
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
    _refuse(session, task, FilingKind.EXTENSION, by)
    if not paper.text:
        raise Refused("task.reason-missing")
    if limit == 0:
        raise Refused("extension.none-allowed")
    if granted_extensions(session, task.id) >= limit:
        raise Refused("extension.limit", limit=limit)
    refuse_date(session, task, until, on=on)
    filing = Filing.of(task, FilingKind.EXTENSION, by=by, at=at)
    filing.due_on, filing.asked_on = task.due_on, until
    return _file(session, task, filing, paper, by=by, at=at, on=on)


def refuse_task(
    session: Session, task: Task, paper: Paper, *, by: Reader, at: datetime, on: date
) -> Filing:
    """Say that the task is another unit's; it stays with this one until the office has decided."""
    _refuse(session, task, FilingKind.REFUSAL, by)
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


def _refuse(session: Session, task: Task, kind: FilingKind, by: Reader) -> None:
    refused = why_not_file(task, kind, by)
    if refused:
        is_person, code = refused
        raise NotAllowed(code) if is_person else Refused(code, status=task.status)
    if open_of(session, task, kind) is not None:
        raise Refused("filing.already-open", kind=kind)


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
    for name in ("text", "document_number", "document_on"):
        setattr(filing, name, getattr(paper, name) or getattr(filing, name))
    if standing(by, task) - {Who.OFFICE}:
        sees(task, by=by, at=at)
    # The task first: of two who file at once the second is told, before the paper is there twice.
    touch(session, task, at)
    session.add(filing)
    session.flush()
    write(session, filing, ACTS[filing.kind], by=by, at=at, **_told(filing))
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
