"""Reports, requests for time and refusals of a task: what waits, what may be done, what was."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracker.domain.extension import Consequences, consequences
from tracker.domain.filing import (
    FilingKind,
    Who,
    answers_for,
    is_own,
    standing,
    why_not_file,
)
from tracker.domain.task import Side, Status
from tracker.queries.calendar import working_days
from tracker.queries.filings import Filed, around_of, filings_of, is_in_pieces
from tracker.queries.tasks import Whole, unit_choices
from tracker.reminders.policy import DOSSIER_DAYS
from tracker.web.request import reader, session, today


@dataclass(frozen=True)
class Open:
    """A paper that waits: its names, what this reader may do with it, what its date breaks."""

    filed: Filed
    acts: frozenset[str]
    is_own: bool
    found: Consequences | None = None


def card(whole: Whole) -> Mapping[str, Any]:
    """What the reader may file, what waits for an answer, what was answered."""
    task = whole.task
    filed = filings_of(session(), task.id)
    waiting = [_open(one, task) for one in filed if one.filing.is_open]
    chooses = any("accept" in one.acts and _is_refusal(one.filed) for one in waiting)
    return {
        "open": waiting,
        "past": [one for one in filed if not one.filing.is_open],
        "may_file": _may_file(task, {one.filed.filing.kind for one in waiting}),
        "by_report": any(one.filed.filing.kind is FilingKind.REPORT for one in waiting),
        "units": unit_choices(session()) if chooses else (),
        **_standing(task),
    }


def _is_refusal(filed: Filed) -> bool:
    return filed.filing.kind is FilingKind.REFUSAL


def _open(filed: Filed, task: Any) -> Open:
    filing = filed.filing
    acts = frozenset(act.value for act in answers_for(filing, task, reader()))
    is_request = filing.kind is FilingKind.EXTENSION
    found = _found(filing, task) if is_request and acts else None
    return Open(filed, acts, is_own(filing, reader()), found)


def _found(filing: Any, task: Any) -> Consequences:
    calendar = working_days(session())
    around = around_of(session(), task, days_before=DOSSIER_DAYS, calendar=calendar)
    day = filing.offered_on or filing.asked_on
    return consequences(day, around, today=today(), calendar=calendar)


def _may_file(task: Any, waiting: set[FilingKind]) -> frozenset[str]:
    """The kinds of paper that the reader may file now."""
    kinds = {kind for kind in FilingKind if why_not_file(task, kind, reader()) is None}
    if task.due_on is None:
        kinds.discard(FilingKind.EXTENSION)
    if FilingKind.REPORT in kinds and (task.is_step or is_in_pieces(session(), task)):
        kinds.discard(FilingKind.REPORT)
    return frozenset(kind.value for kind in kinds - waiting)


def _standing(task: Any) -> dict[str, Any]:
    who, leads = standing(reader(), task), Side.LEAD in reader().sides(task.issuer_id, task.lead_id)
    waits = task.status in (Status.NOT_STARTED, Status.IN_PROGRESS) and task.received_at is None
    return {
        "leads": leads,
        "as_office": Who.OFFICE in who and not leads,
        "may_receive": waits and leads,
        "not_received": waits and task.lead_id is not None and Who.OFFICE in who,
        "may_tick": task.is_step and bool(who) and task.status in _TICKED,
    }


_TICKED = (Status.NOT_STARTED, Status.IN_PROGRESS, Status.DONE)
