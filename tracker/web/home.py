"""The first page after signing in: what waits for an answer, what is late, what is next."""

from datetime import date, datetime
from typing import Any

from flask import Blueprint, Response

from tracker.errors import NotFound
from tracker.queries import home as found
from tracker.queries.calendar import working_days
from tracker.queries.filings import Pile, Waiting, waiting_for
from tracker.queries.meetings import dossier_dues, meetings_ahead
from tracker.queries.tasks import days
from tracker.queries.waiting import MOST, What, owed_by
from tracker.reminders.policy import DOSSIER_DAYS
from tracker.web.render import render
from tracker.web.request import reader, session, today, wiring
from tracker.web.typed import word_in

pages = Blueprint("home", __name__)

MEETINGS_SHOWN = 5


@pages.get("/")
def index() -> Response:
    """My work, for a unit; what needs the office's eye, for those who follow the units."""
    follows, office = found.follows(reader()), days(session(), today())
    meetings = meetings_ahead(session(), reader(), today=today(), most=MEETINGS_SHOWN)
    several = follows or len(reader().units) > 1
    return render(
        "home/office.html" if follows else "home/unit.html",
        piles=found.piles(session(), reader(), days=office),
        days=office,
        by_unit=found.late_by_unit(session(), reader(), days=office) if several else [],
        meetings=meetings,
        dossiers=dossier_dues(session(), meetings, days_before=DOSSIER_DAYS),
        imports=found.open_imports(session(), reader()) if reader().is_office else [],
        **_waiting(),
    )


def _waiting() -> dict[str, Any]:
    """What waits for the reader's own answer: papers by pile, questions, parts to give."""
    filed = waiting_for(session(), reader())
    return {
        "filed": {pile.value: [one for one in filed if one.pile is pile] for pile in Pile},
        "waited": _waited(filed),
        "questions": owed_by(session(), reader(), What.QUESTIONS),
        "parts": owed_by(session(), reader(), What.PARTS),
        "most": MOST,
    }


def _waited(filed: list[Waiting]) -> dict[int, int]:
    """For how many working days each paper has waited for its answer."""
    if not filed:
        return {}
    calendar = working_days(session())
    return {
        one.filing.id: calendar.between(_day(one.filing.sent_at or one.filing.at), today())
        for one in filed
    }


def _day(at: datetime) -> date:
    return at.astimezone(wiring().clock.zone).date()


@pages.get("/waiting/<what>")
def waiting(what: str) -> Response:
    """All the questions that wait for the reader, or all the parts that they owe."""
    chosen = word_in(what, What)
    if chosen is None:
        raise NotFound("not-found")
    rows = owed_by(session(), reader(), chosen)
    return render("home/waiting.html", what=chosen.value, rows=rows, most=MOST)
