"""The first page after signing in: what is late, what is next, what waits."""

from flask import Blueprint, Response

from tracker.queries import home as found
from tracker.queries.meetings import dossier_dues, meetings_ahead
from tracker.queries.tasks import days
from tracker.reminders.policy import DOSSIER_DAYS
from tracker.web.render import render
from tracker.web.request import reader, session, today

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
    )
