"""Pairs of a new version's items with the programme's tasks, as the clerk corrects them."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import Session, col, select

from tracker.domain import Import, Meeting, Proposal, ProposedMeeting, Task
from tracker.domain.change import Act, Thing
from tracker.domain.folding import fold
from tracker.domain.proposal import Decision, ImportState
from tracker.domain.reader import Reader
from tracker.domain.task import Status
from tracker.errors import NotAllowed, Refused
from tracker.queries import amendments as there
from tracker.queries.amendments import Standing
from tracker.queries.imports import meetings_of_import
from tracker.services.history import record

MISSING = "missing-in-version"
SPLIT = "split-before"
_OF_THE_LEAD = frozenset(
    {"unit-unknown", "unit-ambiguous", "unit-group", "owner-missing", "unit-not-registered"}
)
_REPEATED = frozenset({"text", "lead", "supports"})


def pair_with(
    session: Session, item: Proposal, task: Task | None, *, by: Reader, at: datetime
) -> None:
    """Say which task an item is a new version of; None makes it a task of its own.

    Whoever had that task is by itself again; a task left without an item is listed as missing.
    """
    made = session.get_one(Import, item.import_id)
    refuse_closed(made, by)
    if item.decision is Decision.ACCEPTED or item.withdraws:
        raise Refused("import.item-accepted")
    if task is not None and (task.programme_id != made.amends_id or task.parent_id is not None):
        raise Refused("amendment.other-programme")
    stands = there.standing(session, made.amends_id or 0, but=made.id)
    left = stands.tasks.get(item.matched_id or 0)
    unpair(item)
    if task is not None:
        _take_from_others(session, made, task)
        join(item, task, stands)
    if left is not None and left is not task and there.is_still_owed(left):
        propose_withdrawals(session, made, [left])
    details = {
        "item": [None, item.ref],
        "paired": [left.ref if left else None, task.ref if task else None],
    }
    note(session, made, details, by=by, at=at)


def _take_from_others(session: Session, made: Import, task: Task) -> None:
    holders = select(Proposal).where(
        col(Proposal.import_id) == made.id, col(Proposal.matched_id) == task.id
    )
    for holder in session.exec(holders).all():
        if holder.decision is Decision.ACCEPTED:
            raise Refused("import.item-accepted")
        if holder.withdraws:
            session.delete(holder)
        else:
            unpair(holder)
    session.flush()


def pair_meeting(
    session: Session, one: ProposedMeeting, meeting: Meeting | None, *, by: Reader, at: datetime
) -> None:
    """Say which meeting of the programme an announced one is; None makes it a new one."""
    made = session.get_one(Import, one.import_id)
    refuse_closed(made, by)
    if one.meeting_id is not None:
        raise Refused("import.meeting-accepted")
    if meeting is not None and meeting.programme_id != made.amends_id:
        raise Refused("amendment.other-programme")
    for other in meetings_of_import(session, made.id):
        if meeting is not None and other.matched_id == meeting.id and other.meeting_id is None:
            other.matched_id = None
    one.matched_id = meeting.id if meeting else None
    details = {"item": [None, one.ref], "paired": [None, meeting.title if meeting else None]}
    note(session, made, details, by=by, at=at)


def replace_all(session: Session, made: Import, *, whole: bool, by: Reader, at: datetime) -> None:
    """Say whether what the document does not hold leaves the programme, or it only adds."""
    refuse_closed(made, by)
    old, made.replaces_all = made.replaces_all, whole
    mine = sa.and_(
        col(Proposal.import_id) == made.id,
        col(Proposal.withdraws),
        col(Proposal.decision) != Decision.ACCEPTED,
    )
    for item in session.exec(select(Proposal).where(mine)):
        item.decision = Decision.OPEN if whole else Decision.DROPPED
    note(session, made, {"whole": [old, whole]}, by=by, at=at)


def confirm_withdrawals(session: Session, made: Import) -> None:
    """The clerk has seen which tasks leave: that is no longer asked."""
    mine = select(Proposal).where(col(Proposal.import_id) == made.id, col(Proposal.withdraws))
    for item in session.exec(mine):
        item.doubts = [doubt | {"question": False} for doubt in item.doubts]
    session.flush()


def refuse_closed(made: Import, by: Reader) -> None:
    if not by.serves(made.issuer_id):
        raise NotAllowed("import.office-only")
    if made.state is not ImportState.OPEN:
        raise Refused("import.closed")


def note(
    session: Session, made: Import, details: Mapping[str, object], *, by: Reader, at: datetime
) -> None:
    # Who looks at the pairs must be told when another clerk has changed one.
    flag_modified(made, "amends_number")
    record(session, (Act.EDITED, Thing.IMPORT, made.id), by=by, at=at, details=dict(details))
    session.flush()


def join(item: Proposal, task: Task, stands: Standing) -> None:
    item.matched_id = task.id
    keeps = there.keeps_of(item, stands)
    repeats = task.status is Status.DONE or keeps >= _REPEATED
    item.doubts = [_answered(doubt, item, keeps, repeats=repeats) for doubt in item.doubts]


def _answered(
    doubt: dict[str, object], item: Proposal, keeps: frozenset[str], *, repeats: bool
) -> dict[str, object]:
    """What was answered for the version before is not asked again of the same words."""
    is_of_item = doubt.get("question") and doubt.get("ref") in (None, item.ref)
    known = repeats or ("lead" in keeps and doubt["code"] in _OF_THE_LEAD)
    if not (is_of_item and known) or doubt["code"] in {SPLIT, MISSING}:
        return doubt
    return doubt | {"question": False, "answered": True}


def unpair(item: Proposal) -> None:
    """An item by itself again: what its task had answered is asked again."""
    item.matched_id = None
    item.doubts = [
        _asked_again(doubt) for doubt in item.doubts if doubt["code"] not in {SPLIT, MISSING}
    ]


def _asked_again(doubt: dict[str, object]) -> dict[str, object]:
    if not doubt.get("answered"):
        return doubt
    rest = {name: value for name, value in doubt.items() if name != "answered"}
    return rest | {"question": True}


def propose_withdrawals(session: Session, made: Import, tasks: Iterable[Task]) -> None:
    is_replaced = "thay the" in fold(made.programme.get("title") or "")
    doubt = {"code": MISSING, "facts": {}, "question": not is_replaced}
    for task in tasks:
        session.add(
            Proposal(
                import_id=made.id,
                position=task.position,
                ref=task.ref or "",
                kind=task.kind,
                text=task.text,
                source_text="",
                matched_id=task.id,
                withdraws=True,
                decision=Decision.OPEN if made.replaces_all else Decision.DROPPED,
                doubts=[doubt],
            )
        )
    session.flush()
