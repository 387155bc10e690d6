"""Documents handed in: upload, review beside the source, acceptance."""

import re
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.utils import secure_filename
from werkzeug.wrappers import Response as AnyResponse

from tracker.domain import Import, Proposal, ProposedMeeting
from tracker.domain.change import Thing
from tracker.domain.task import Kind
from tracker.errors import NotAllowed, NotFound, Refused, Unreadable
from tracker.importer import apply, review
from tracker.importer.parse import read_programme
from tracker.importer.register import registered_units
from tracker.queries import imports as found
from tracker.queries.calendar import working_days
from tracker.queries.history import history_of
from tracker.queries.tasks import unit_choices
from tracker.web import typed
from tracker.web.refusals import said
from tracker.web.render import is_htmx, render
from tracker.web.request import now, reader, same_version, session

pages = Blueprint("imports", __name__, url_prefix="/imports")

LONGEST_ITEM = 20_000


class UploadForm(FlaskForm):
    """One document."""

    document = FileField()


@pages.before_request
def _office_only() -> None:
    if getattr(reader(), "is_authenticated", False) and not reader().is_office:
        raise NotAllowed("import.office-only")


@pages.get("")
def index() -> Response:
    """The documents of the reader's office, and where to hand in the next."""
    return _index()


def _index(problem: str = "", status: int = 200) -> Response:
    rows = found.imports_of(session(), reader())
    return render(
        "imports/index.html", status=status, rows=rows, form=UploadForm(), problem=problem
    )


@pages.post("")
def upload() -> AnyResponse:
    """Read a document and show its review; a file that cannot be read leaves nothing behind."""
    handed_in = UploadForm().document.data
    if not handed_in or not handed_in.filename:
        return _index(said(Refused("import.no-file")), 422)
    try:
        made, is_new = _propose(_name_of(handed_in.filename), handed_in.read())
    except (Unreadable, Refused) as refusal:
        return _index(said(refusal), 422)
    return redirect(url_for(".show", import_id=made.id, known=None if is_new else 1), 303)


def _propose(name: str, data: bytes) -> tuple[Import, bool]:
    work = session()
    reading = read_programme(
        name, data, units=registered_units(work), working_days=working_days(work)
    )
    return review.propose(work, reading, data, by=reader(), at=now())


def _name_of(given: str) -> str:
    """The file's own name without any path; secure_filename loses Vietnamese letters."""
    bare = re.split(r"[\\/]", given)[-1]
    return bare[-120:] if secure_filename(bare) or bare.strip(". ") else "document"


@pages.get("/<int(max=2147483647):import_id>")
def show(import_id: int) -> Response:
    """The review: doubts first, every item beside its source."""
    return _show(found.import_of(session(), reader(), import_id))


def _show(made: Import, *, problem: str = "", status: int = 200, **kept: Any) -> Response:
    proposals = found.proposals_of(session(), made.id)
    in_order = sorted(proposals, key=lambda item: (not _is_asking(item), item.position))
    return render(
        "imports/show.html",
        status=status,
        made=made,
        items=in_order,
        asking=sum(_is_asking(item) for item in proposals),
        meetings=found.meetings_of_import(session(), made.id),
        history=history_of(session(), Thing.IMPORT, made.id),
        problem=problem,
        **kept,
        **_words(),
    )


def _is_asking(proposal: Proposal) -> bool:
    return proposal.decision == "open" and apply.is_doubtful(proposal)


def _units() -> dict[str, int]:
    return {name: unit_id for unit_id, name in unit_choices(session())}


def _words() -> dict[str, Any]:
    units = _units()
    return {"units": units, "unit_names": {key: name for name, key in units.items()}, "kinds": Kind}


@pages.post("/items/<int(max=2147483647):item_id>")
def correct(item_id: int) -> AnyResponse:
    """Save what the clerk says of one item."""
    proposal = found.proposal_of(session(), reader(), item_id)
    try:
        same_version(typed.whole("version") or 0, proposal.version)
        review.correct(session(), proposal, _correction(proposal), by=reader(), at=now())
    except Refused as refusal:
        return _item(proposal, problem=said(refusal), status=422)
    return _item(proposal)


def _correction(proposal: Proposal) -> review.Correction:
    units = _units()
    refs = {meeting.ref for meeting in found.meetings_of_import(session(), proposal.import_id)}
    meeting = typed.text("meeting")
    helping = (_unit(name, units) for name in typed.text("supports").split(";"))
    return review.Correction(
        text=typed.text("text", longest=LONGEST_ITEM),
        kind=typed.word("kind", Kind),
        lead_id=_unit(typed.text("lead"), units),
        support_ids=tuple(unit for unit in helping if unit),
        meeting_ref=meeting if meeting in refs else None,
        due_on=typed.day("due_on"),
        authority=typed.text("authority", longest=200) or None,
    )


def _unit(name: str, units: dict[str, int]) -> int | None:
    name = " ".join(name.split())
    if name and name not in units:
        raise Refused("import.unit-unknown", name=name)
    return units.get(name)


def _item(proposal: Proposal, *, problem: str = "", status: int = 200) -> AnyResponse:
    made = found.import_of(session(), reader(), proposal.import_id)
    if is_htmx():
        meetings = found.meetings_of_import(session(), proposal.import_id)
        facts: dict[str, Any] = {
            "item": proposal,
            "made": made,
            "meetings": meetings,
            "problem": problem,
        }
        return render("imports/_row.html", status=status, **facts, **_typed(proposal), **_words())
    if problem:
        return _show(made, problem=problem, status=status, **_typed(proposal))
    address = url_for(".show", import_id=proposal.import_id, _anchor=f"item-{proposal.id}")
    return redirect(address, 303)


def _typed(proposal: Proposal) -> dict[str, Any]:
    return {"problem_item": proposal.id, "typed": request.form}


@pages.post("/items/<int(max=2147483647):item_id>/<any(drop, restore):what>")
def decide(item_id: int, what: str) -> AnyResponse:
    """Leave an item out, or take it back in."""
    proposal = found.proposal_of(session(), reader(), item_id)
    try:
        same_version(typed.whole("version") or 0, proposal.version)
        review.decide(session(), proposal, drop=what == "drop", by=reader(), at=now())
    except Refused as refusal:
        return _item(proposal, problem=said(refusal), status=422)
    return _item(proposal)


@pages.post("/items/<int(max=2147483647):item_id>/split")
def split(item_id: int) -> AnyResponse:
    """Make several items of one."""
    proposal = found.proposal_of(session(), reader(), item_id)
    lines = typed.text("parts", longest=LONGEST_ITEM).splitlines()
    try:
        same_version(typed.whole("version") or 0, proposal.version)
        parts = review.split(session(), proposal, lines, by=reader(), at=now())
    except Refused as refusal:
        return _item(proposal, problem=said(refusal), status=422)
    return redirect(
        url_for(".show", import_id=proposal.import_id, _anchor=f"item-{parts[0].id}"), 303
    )


@pages.post("/<int(max=2147483647):import_id>/meetings/<int(max=2147483647):meeting_id>")
def correct_meeting(import_id: int, meeting_id: int) -> AnyResponse:
    """Save what the clerk says of a meeting; deadlines that follow it follow."""
    made = found.import_of(session(), reader(), import_id)
    meeting = _meeting(import_id, meeting_id)
    try:
        same_version(typed.whole("version") or 0, meeting.version)
        review.correct_meeting(
            session(),
            meeting,
            typed.day("held_on"),
            title=typed.text("title", longest=500),
            by=reader(),
            at=now(),
        )
    except Refused as refusal:
        return _show(made, problem=said(refusal), status=422)
    return redirect(url_for(".show", import_id=import_id), 303)


def _meeting(import_id: int, meeting_id: int) -> ProposedMeeting:
    for meeting in found.meetings_of_import(session(), import_id):
        if meeting.id == meeting_id:
            return meeting
    raise NotFound("not-found")


@pages.post("/<int(max=2147483647):import_id>/accept")
def accept(import_id: int) -> AnyResponse:
    """Take every undecided item, or only those without open doubts, into the programme."""
    made = found.import_of(session(), reader(), import_id)
    only_clear = request.form.get("which") != "all"
    try:
        apply.accept(session(), made, only_clear=only_clear, by=reader(), at=now())
    except Refused as refusal:
        return _show(made, problem=said(refusal), status=422)
    return redirect(url_for(".show", import_id=import_id, taken=1), 303)


@pages.post("/<int(max=2147483647):import_id>/drop")
def drop(import_id: int) -> AnyResponse:
    """Put the whole document aside."""
    review.drop(session(), found.import_of(session(), reader(), import_id), by=reader(), at=now())
    return redirect(url_for(".index"), 303)
