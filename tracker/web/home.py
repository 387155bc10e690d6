"""The first page after signing in: what waits for an answer, what is late, what is next."""

from datetime import UTC, date, datetime, time
from typing import Any

from flask import Blueprint, Response

from tracker.domain.working_days import WorkingDays
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
# Who was named in a note is told of it for so many working days, unless they speak before.
MENTIONED_FOR = 14


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
    """What waits for the reader: papers by pile, questions, parts to give, notes naming them."""
    filed = waiting_for(session(), reader())
    calendar = working_days(session())
    lately = _lately(calendar)
    return {
        "filed": {pile.value: [one for one in filed if one.pile is pile] for pile in Pile},
        "waited": _waited(filed, calendar),
        "most": MOST,
        **{what.value: owed_by(session(), reader(), what, lately=lately) for what in What},
    }


def _lately(calendar: WorkingDays) -> datetime:
    """Since when somebody must have been named to be told of it still."""
    first = calendar.add(today(), -MENTIONED_FOR)
    return datetime.combine(first, time(), tzinfo=wiring().clock.zone).astimezone(UTC)


def _waited(filed: list[Waiting], calendar: WorkingDays) -> dict[int, int]:
    """For how many working days each paper has waited for its answer."""
    return {
        one.filing.id: calendar.between(_day(one.filing.sent_at or one.filing.at), today())
        for one in filed
    }


def _day(at: datetime) -> date:
    return at.astimezone(wiring().clock.zone).date()


@pages.get("/waiting/<what>")
def waiting(what: str) -> Response:
    """All that wait for the reader: questions, or parts that they owe, or notes naming them."""
    chosen = word_in(what, What)
    if chosen is None:
        raise NotFound("not-found")
    lately = _lately(working_days(session()))
    rows = owed_by(session(), reader(), chosen, lately=lately)
    return render("home/waiting.html", what=chosen.value, rows=rows, most=MOST)
