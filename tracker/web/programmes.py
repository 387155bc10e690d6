"""Programmes: the list, and one with its sections as printed."""

from flask import Blueprint, Response

from tracker.queries import programmes as found
from tracker.queries.tasks import days
from tracker.web import typed
from tracker.web.render import render
from tracker.web.request import reader, session, today

pages = Blueprint("programmes", __name__, url_prefix="/programmes")


@pages.get("")
def index() -> Response:
    """The programmes that concern the reader, the latest first."""
    page = typed.page_number()
    rows = found.programmes_page(session(), reader(), page=page)
    return render(
        "programmes/index.html",
        rows=rows[: found.PAGE],
        has_more=len(rows) > found.PAGE,
        page=page,
    )


@pages.get("/<int(max=2147483647):programme_id>")
def show(programme_id: int) -> Response:
    """One programme: header, counts, meetings, tasks in printed order, recipients."""
    programme, issuer = found.programme_of(session(), reader(), programme_id)
    page, office = typed.page_number(), days(session(), today())
    parts, has_more = found.parts_of(session(), reader(), programme_id, days=office, page=page)
    return render(
        "programmes/show.html",
        programme=programme,
        issuer=issuer,
        parts=parts,
        has_more=has_more,
        page=page,
        sees_all=reader().reads_all or programme.issuer_id in reader().issuers,
        counts=found.counts_of(session(), reader(), programme_id),
        meetings=found.meetings_in(session(), reader(), programme_id),
        recipients=found.recipients_of(session(), programme_id),
    )
