"""The part of a unit that supports a task: it is given, accepted, or returned."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from tracker.domain import Support, Task, Unit
from tracker.domain.change import Act, Thing
from tracker.domain.reader import Reader
from tracker.domain.task import Contribution
from tracker.errors import NotAllowed, NotFound, Refused
from tracker.services.history import record


@dataclass(frozen=True)
class Given:
    """What a supporting unit hands over: words, files, or both."""

    text: str = ""
    has_files: bool = False


def give(
    session: Session, support: Support, task: Task, given: Given, *, by: Reader, at: datetime
) -> Support:
    """Give the part of a supporting unit, or give it anew until it is accepted.

    It owns nothing else: the task stands where it stood. What it said before is kept in the
    history.
    """
    refuse_giving(support, task, by=by)
    if not given.text and not given.has_files:
        raise Refused("contribution.empty")
    before = {"contribution_text": [support.text, given.text]} if support.text else {}
    support.state, support.text, support.answer = Contribution.GIVEN, given.text, ""
    support.given_at, support.given_by_id = at, by.person_id
    _record(session, (Act.CONTRIBUTED, support), by=by, at=at, told=before)
    return support


def refuse_giving(support: Support, task: Task, *, by: Reader) -> None:
    """Raise what stands in the way of giving this part, before its files are looked at."""
    if support.unit_id not in by.units:
        raise NotAllowed("contribution.not-yours")
    if not task.is_open:
        raise Refused("contribution.task-closed")
    if support.state is Contribution.ACCEPTED:
        raise Refused("contribution.accepted")


def accept(
    session: Session,
    support: Support,
    task: Task,
    *,
    seen: datetime | None,
    by: Reader,
    at: datetime,
) -> Support:
    """Take the part over: the unit in the lead does, or the office; `seen` is when it was given.

    Refused when it was given anew since somebody read it.
    """
    _refuse_answer(support, task, by, seen=seen)
    support.state, support.answer = Contribution.ACCEPTED, ""
    _record(session, (Act.GRANTED, support), by=by, at=at)
    return support


def send_back(
    session: Session,
    support: Support,
    task: Task,
    *,
    reason: str,
    seen: datetime | None,
    by: Reader,
    at: datetime,
) -> Support:
    """Return the part with what is missing; an accepted one too while the task is open."""
    _refuse_answer(support, task, by, seen=seen, is_return=True)
    if not reason:
        raise Refused("contribution.reason-missing")
    support.state, support.answer = Contribution.RETURNED, reason
    _record(session, (Act.SENT_BACK, support), by=by, at=at, reason=reason)
    return support


def support_of(session: Session, task: Task, unit_id: int) -> Support:
    """How that unit supports the task; NotFound when it does not.

    It is held until the end: a part that is given just now is not answered unread.
    """
    support = session.get(Support, (task.id, unit_id), with_for_update=True)
    if support is None:
        raise NotFound("not-found")
    return support


def _refuse_answer(
    support: Support,
    task: Task,
    by: Reader,
    *,
    seen: datetime | None,
    is_return: bool = False,
) -> None:
    if not by.sides(task.issuer_id, task.lead_id):
        raise NotAllowed("task.not-yours")
    if by.owns_work_of(support.unit_id):
        raise NotAllowed("contribution.own-work")
    if not task.is_open:
        raise Refused("contribution.task-closed")
    answered = {Contribution.GIVEN, Contribution.ACCEPTED} if is_return else {Contribution.GIVEN}
    if support.state not in answered:
        raise Refused("contribution.not-given")
    if support.given_at != seen:
        raise Refused("changed-meanwhile")


def _record(
    session: Session,
    what: tuple[Act, Support],
    *,
    by: Reader,
    at: datetime,
    reason: str | None = None,
    told: dict[str, Any] | None = None,
) -> None:
    act, support = what
    session.add(support)
    session.flush()
    unit = session.get_one(Unit, support.unit_id)
    about = (act, Thing.TASK, support.task_id)
    details = {"contribution": [None, unit.name], "_unit": [None, unit.id]} | (told or {})
    record(session, about, by=by, at=at, details=details, reason=reason)
    session.flush()
