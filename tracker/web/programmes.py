"""Programmes: the list, one with its sections as printed, and its versions."""

from flask import Blueprint, Response, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from tracker.domain import ProgrammeVersion
from tracker.errors import NotAllowed, Refused
from tracker.importer.proposals.undo import undo
from tracker.queries import diffs
from tracker.queries import programmes as found
from tracker.queries.tasks import days, unit_choices
from tracker.web import typed
from tracker.web.refusals import said
from tracker.web.render import render
from tracker.web.request import now, reader, session, today

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
        versions=diffs.versions_of(session(), programme_id),
        version_counts=diffs.version_counts,
    )


_VERSION = "/<int(max=2147483647):programme_id>/versions/<int(max=2147483647):number>"


@pages.get(_VERSION)
def version(programme_id: int, number: int) -> Response:
    """What one version has changed, as it was then."""
    return _version(programme_id, number)


def _version(programme_id: int, number: int, *, problem: str = "", status: int = 200) -> Response:
    programme, issuer = found.programme_of(session(), reader(), programme_id)
    one = diffs.version_of(session(), programme_id, number)
    diff = diffs.applied_diff(session(), one, reader(), issuer_id=programme.issuer_id)
    return render(
        "programmes/version.html",
        status=status,
        programme=programme,
        issuer=issuer,
        version=one,
        diff=diff,
        may_undo=_may_undo(one, programme.issuer_id),
        unit_names=dict(unit_choices(session())),
        problem=problem,
    )


def _may_undo(one: ProgrammeVersion, issuer_id: int) -> bool:
    return one.undone_at is None and bool(one.touched) and reader().serves(issuer_id)


@pages.post(f"{_VERSION}/undo")
def take_back(programme_id: int, number: int) -> AnyResponse:
    """Take the last version back, while nothing has been done on it."""
    programme, _ = found.programme_of(session(), reader(), programme_id)
    if not reader().serves(programme.issuer_id):
        raise NotAllowed("import.office-only")
    one = diffs.version_of(session(), programme_id, number)
    try:
        made = undo(session(), one, by=reader(), at=now())
    except Refused as refusal:
        return _version(programme_id, number, problem=said(refusal), status=422)
    return redirect(url_for("imports.show", import_id=made.id, undone=number), 303)
