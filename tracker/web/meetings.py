"""Meetings: those ahead and held, one with its agenda, and the office's changes to it."""

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tracker.domain import Meeting
from tracker.domain.change import Thing
from tracker.domain.meeting import Certainty
from tracker.errors import Refused
from tracker.queries import history
from tracker.queries import meetings as found
from tracker.queries.attachments import numbers_of_files
from tracker.queries.tasks import days
from tracker.reminders.policy import DOSSIER_DAYS
from tracker.services import meetings as acts
from tracker.web import meanwhile, typed
from tracker.web.refusals import said
from tracker.web.render import render
from tracker.web.request import now, reader, same_version, session, today

pages = Blueprint("meetings", __name__, url_prefix="/meetings")


@pages.get("")
def index() -> Response:
    """Meetings ahead, the next first; those held below, page by page."""
    page = typed.page_number()
    held = found.meetings_held(session(), reader(), today=today(), page=page)
    ahead = found.meetings_ahead(session(), reader(), today=today()) if page == 1 else []
    return render(
        "meetings/index.html",
        partial="meetings/_held.html",
        ahead=ahead,
        dossiers=found.dossier_dues(session(), ahead, days_before=DOSSIER_DAYS),
        held=held[: found.PAGE],
        has_more=len(held) > found.PAGE,
        page=page,
    )


@pages.get("/<int(max=2147483647):meeting_id>")
def show(meeting_id: int) -> Response:
    """One meeting with its agenda and the state of its papers."""
    return _show(found.meeting_of(session(), reader(), meeting_id))


def _show(meeting: Meeting, *, problem: str = "", status: int = 200) -> Response:
    office = days(session(), today())
    told = history.history_of(session(), Thing.MEETING, meeting.id or 0)
    agenda = found.agenda_of(session(), reader(), meeting, days=office, days_before=DOSSIER_DAYS)
    tasks = [item.line.task.id for item in agenda.items]
    return render(
        "meetings/show.html",
        status=status,
        meeting=meeting,
        issuer=found.issuer_name(session(), meeting),
        agenda=agenda,
        files=numbers_of_files(session(), reader(), tasks),
        days_before=DOSSIER_DAYS,
        is_office=reader().serves(meeting.issuer_id),
        certainties=list(Certainty),
        history=told[: history.NEWEST],
        seen=told[0].id if told else 0,
        problem=problem,
        typed=request.form,
    )


@pages.post("/<int(max=2147483647):meeting_id>")
def edit(meeting_id: int) -> AnyResponse:
    """Arrange the meeting otherwise; the deadlines that came from its date move with it."""
    meeting = found.meeting_of(session(), reader(), meeting_id)
    try:
        same_version(typed.whole("version") or 0, meeting.version)
        acts.edit(session(), meeting, _typed(), by=reader(), at=now())
    except Refused as refusal:
        if refusal.code != meanwhile.CHANGED:
            return _show(meeting, problem=said(refusal), status=422)
        return _show(meeting, problem=meanwhile.told(Thing.MEETING, meeting_id), status=409)
    return redirect(url_for(".show", meeting_id=meeting_id), 303)


def _typed() -> acts.Appointment:
    return acts.Appointment(
        held_on=typed.day("held_on"),
        starts_at=typed.hour("starts_at"),
        place=typed.text("place", longest=200) or None,
        certainty=typed.word("certainty", Certainty),
        reason=typed.text("reason"),
    )
