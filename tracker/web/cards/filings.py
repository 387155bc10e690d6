"""Reports, requests for time and refusals of a task: what waits, what may be done, what was."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracker.domain.extension import Consequences, consequences
from tracker.domain.filing import (
    Answer,
    FilingKind,
    Who,
    answers_for,
    is_own,
    standing,
    why_not,
    why_not_file,
)
from tracker.domain.task import Side, Status
from tracker.errors import Refused
from tracker.queries.calendar import working_days
from tracker.queries.filings import Before, Filed, around_of, filed_before, filings_of
from tracker.queries.tasks import Whole, unit_choices
from tracker.reminders.policy import DOSSIER_DAYS
from tracker.services.filings import refuse_filing
from tracker.web.refusals import said
from tracker.web.request import reader, session, today, wiring


@dataclass(frozen=True)
class Open:
    """A paper that waits: its names, what this reader may do with it, what its date breaks."""

    filed: Filed
    acts: frozenset[str]
    is_own: bool
    whose: str = ""
    found: Consequences | None = None


def card(whole: Whole) -> Mapping[str, Any]:
    """What the reader may file, what waits for an answer, what was answered."""
    task = whole.task
    filed = filings_of(session(), reader(), task.id)
    waiting = [_open(one, task) for one in filed if one.filing.is_open]
    chooses = any("accept" in one.acts and _is_refusal(one.filed) for one in waiting)
    return {
        "open": waiting,
        "past": [one for one in filed if not one.filing.is_open],
        "by_report": any(one.filed.filing.kind is FilingKind.REPORT for one in waiting),
        "units": unit_choices(session()) if chooses else (),
        **_may_file(task, {one.filed.filing.kind for one in waiting}),
        **_standing(task),
    }


def _is_refusal(filed: Filed) -> bool:
    return filed.filing.kind is FilingKind.REFUSAL


def _open(filed: Filed, task: Any) -> Open:
    filing = filed.filing
    acts = frozenset(act.value for act in answers_for(filing, task, reader()))
    is_request = filing.kind is FilingKind.EXTENSION
    found = _found(filing, task) if is_request and acts else None
    return Open(filed, acts, is_own(filing, reader()), _whose(filing, task), found)


def _whose(filing: Any, task: Any) -> str:
    """Whose own work a paper is that the reader would else confirm; nothing when they may."""
    refused = (why_not(filing, task, act, reader()) for act in (Answer.LET_GO, Answer.ACCEPT))
    if "task.own-work" not in {one[1] for one in refused if one}:
        return ""
    if filing.author_id == reader().person_id:
        return "mine"
    return "deputy" if is_own(filing, reader()) else "unit"


def _found(filing: Any, task: Any) -> Consequences:
    calendar = working_days(session())
    around = around_of(session(), task, days_before=DOSSIER_DAYS, calendar=calendar)
    day = filing.offered_on or filing.asked_on
    return consequences(day, around, today=today(), calendar=calendar)


def _may_file(task: Any, shown: set[FilingKind]) -> dict[str, Any]:
    """The kinds of paper that the reader may file now, and in sentences what bars the others.

    A paper that is not `shown`, being still inside its unit, bars without a word.
    """
    kinds = [kind for kind in FilingKind if why_not_file(task, kind, reader()) is None]
    before = filed_before(session(), task.id) if kinds else None
    barred = {kind: _barred(task, kind, before) for kind in kinds}
    found = [refusal for kind, refusal in barred.items() if refusal and _is_told(kind, refusal)]
    told = [refusal for refusal in found if refusal.facts.get("kind") in (None, *shown)]
    return {
        "may_file": frozenset(kind.value for kind in kinds if barred[kind] is None),
        "why_not_file": list(dict.fromkeys(said(refusal) for refusal in told)),
    }


def _barred(task: Any, kind: FilingKind, before: Before | None) -> Refused | None:
    limit = wiring().settings.extension_limit
    try:
        refuse_filing(session(), task, kind, limit=limit, before=before, by=reader())
    except Refused as refusal:
        return refusal
    return None


def _is_told(kind: FilingKind, refusal: Refused) -> bool:
    """Whether the page does not say it otherwise: more time is asked for, most of all."""
    return refusal.code in _TOLD or (kind, refusal.code) == _SECOND_REQUEST


_TOLD = ("extension.none-allowed", "extension.limit", "filing.refusal-open", "filing.other-open")
_SECOND_REQUEST = (FilingKind.EXTENSION, "filing.already-open")


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
