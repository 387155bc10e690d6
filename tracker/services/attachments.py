"""Files of a task, a report or a directive: attached, replaced by a newer version, taken away."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from tracker.domain import Attachment, Directive, Filing, Support, Task
from tracker.domain.attachment import Paper
from tracker.domain.change import Act, Thing
from tracker.domain.filing import why_files_stay
from tracker.domain.reader import Reader
from tracker.errors import NotAllowed, NotFound, Refused
from tracker.services.history import record
from tracker.services.indexing import reindex


def attach(
    session: Session,
    task: Task | None,
    paper: Paper,
    *,
    by: Reader,
    at: datetime,
    filing: Filing | None = None,
    directive: Directive | None = None,
    unit_id: int | None = None,
) -> Attachment:
    """Attach a paper that lies in the store; `unit_id` says whose part of the task it is.

    Raises NotAllowed for a stranger, Refused when the task is closed for the unit.
    """
    whose = speaks_for(session, task, directive, by=by)
    made = _attachment(paper, by=by, at=at)
    made.task_id, made.directive_id = _id(task), _id(directive)
    made.filing_id, made.unit_id = _id(filing), unit_id or whose
    _add(session, made)
    _write_down(session, made, None, made.name, by=by, at=at)
    return made


def renew(
    session: Session, old: Attachment, paper: Paper, *, by: Reader, at: datetime
) -> Attachment:
    """Hand in a newer version of the same paper; the earlier ones stay."""
    refuse_renewal(session, old, by=by)
    made = _attachment(paper, by=by, at=at)
    made.task_id, made.filing_id = old.task_id, old.filing_id
    made.directive_id, made.unit_id = old.directive_id, old.unit_id
    made.series_id, made.number = old.series_id, _newest(session, old) + 1
    _add(session, made)
    # The same paper mostly keeps its name, and the history tells only what is another.
    told = f"{made.name} ({made.number})"
    _write_down(session, made, old.name, told, by=by, at=at)
    return made


def refuse_renewal(session: Session, old: Attachment, *, by: Reader) -> None:
    """Raise NotAllowed or Refused when the reader may bring no newer version of this paper."""
    task, directive = _belongs_to(session, old)
    speaks_for(session, task, directive, by=by)
    _refuse_others(old, task, directive, by)
    _refuse_filed(session, old, task, by)


def remove(session: Session, file: Attachment, *, reason: str, by: Reader, at: datetime) -> None:
    """Take a file away: it stays in the list, struck through, with who did it and why."""
    task, directive = _belongs_to(session, file)
    speaks_for(session, task, directive, by=by)
    _refuse_others(file, task, directive, by)
    if file.removed_at is not None:
        raise Refused("attachment.removed-before", name=file.name)
    if not reason:
        raise Refused("task.reason-missing")
    _refuse_filed(session, file, task, by)
    file.removed_at, file.removed_by_id, file.why_removed = at, by.person_id, reason
    session.add(file)
    what = (Act.DETACHED, *_thing(file))
    record(session, what, by=by, at=at, details=_told(file, file.name, None), reason=reason)
    _reindex(session, task, at)


def speaks_for(
    session: Session, task: Task | None, directive: Directive | None, *, by: Reader
) -> int | None:
    """The unit in whose name the reader hands in a file; None for the office.

    Raises NotAllowed for a stranger, Refused when the task is closed for the unit.
    """
    issuer = task.issuer_id if task else directive.issuer_id if directive else 0
    if by.serves(issuer):
        return None
    unit_id = _unit_of(session, task, by) if task else None
    if task is None or unit_id is None:
        raise NotAllowed("task.not-yours")
    if not task.is_open:
        raise Refused("attachment.task-closed")
    return unit_id


def _unit_of(session: Session, task: Task, by: Reader) -> int | None:
    if task.lead_id is not None and task.lead_id in by.units:
        return task.lead_id
    supporting = select(Support.unit_id).where(
        col(Support.task_id) == task.id, col(Support.unit_id).in_(sorted(by.units))
    )
    return session.exec(supporting.order_by(col(Support.unit_id))).first()


def _refuse_others(
    file: Attachment, task: Task | None, directive: Directive | None, by: Reader
) -> None:
    """What one unit handed in is not for another to replace or take away."""
    issuer = task.issuer_id if task else directive.issuer_id if directive else 0
    if not by.serves(issuer) and file.unit_id not in by.units:
        raise NotAllowed("attachment.of-another-unit")


def _refuse_filed(session: Session, file: Attachment, task: Task | None, by: Reader) -> None:
    """What lies before the office, or was decided upon, is no longer the unit's to change."""
    filing = session.get(Filing, file.filing_id) if file.filing_id else None
    if filing is None or task is None:
        return
    is_of_unit = file.unit_id in by.units or not by.serves(task.issuer_id)
    code = why_files_stay(filing.state, is_of_unit=is_of_unit)
    if code:
        raise Refused(code, name=file.name)


def _told(file: Attachment, old: str | None, new: str | None) -> dict[str, Any]:
    """The name as the history tells it, and of which paper the file is: only its readers know."""
    names = {"file": [old, new]}
    return names | {"_filing": [None, file.filing_id]} if file.filing_id else names


def _attachment(paper: Paper, *, by: Reader, at: datetime) -> Attachment:
    return Attachment(
        name=paper.name,
        media_type=paper.media_type,
        size=paper.size,
        sha256=paper.sha256,
        pages=paper.pages,
        is_looked_through=paper.is_looked_through,
        scan=paper.scan,
        at=at,
        by_id=by.person_id,
    )


def _add(session: Session, made: Attachment) -> None:
    session.add(made)
    session.flush()
    if made.series_id is None:
        made.series_id = made.id


def _newest(session: Session, old: Attachment) -> int:
    numbers = select(func.max(Attachment.number)).where(col(Attachment.series_id) == old.series_id)
    return session.exec(numbers).one() or old.number


def _write_down(
    session: Session,
    file: Attachment,
    old: str | None,
    new: str,
    *,
    by: Reader,
    at: datetime,
) -> None:
    what = (Act.ATTACHED, *_thing(file))
    record(session, what, by=by, at=at, details=_told(file, old, new))
    _reindex(session, _belongs_to(session, file)[0], at)


def _reindex(session: Session, task: Task | None, at: datetime) -> None:
    if task is not None:
        reindex(session, task)
        # At the end, so that one act is one version of the task: the page counts them.
        task.updated_at = at
    session.flush()


def _belongs_to(session: Session, file: Attachment) -> tuple[Task | None, Directive | None]:
    task = session.get(Task, file.task_id) if file.task_id else None
    directive = session.get(Directive, file.directive_id) if file.directive_id else None
    if task is None and directive is None:
        raise NotFound("not-found")
    return task, directive


def _thing(file: Attachment) -> tuple[Thing, int]:
    if file.task_id is not None:
        return Thing.TASK, file.task_id
    return Thing.DIRECTIVE, file.directive_id or 0


def _id(thing: Task | Directive | Filing | None) -> int | None:
    return thing.id if thing is not None else None
