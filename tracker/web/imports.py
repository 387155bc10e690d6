"""Documents handed in: their review beside the source, and their acceptance."""

from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tracker.domain import Import, Proposal, ProposedMeeting
from tracker.domain.change import Thing
from tracker.domain.directive import cited_at_start
from tracker.domain.proposal import Zone
from tracker.domain.task import Kind
from tracker.errors import NotFound, Refused
from tracker.importer.proposals import apply, learning, review
from tracker.queries import imports as found
from tracker.queries.history import history_of
from tracker.queries.tasks import unit_choices
from tracker.web import typed
from tracker.web.refusals import said
from tracker.web.render import is_htmx, render
from tracker.web.request import now, reader, same_version, session
from tracker.web.uploads import office_only

pages = Blueprint("imports", __name__, url_prefix="/imports")

LONGEST_ITEM = 20_000
ITEMS_A_PAGE = 50


pages.before_request(office_only)


@pages.get("/<int(max=2147483647):import_id>")
def show(import_id: int) -> Response:
    """The review: doubts first, every item beside its source."""
    return _show(found.import_of(session(), reader(), import_id))


def _show(made: Import, *, problem: str = "", status: int = 200, **kept: Any) -> Response:
    proposals = found.proposals_of(session(), made.id)
    in_order = sorted(proposals, key=lambda item: (not _is_asking(item), item.position))
    page = typed.page_number()
    return render(
        "imports/show.html",
        status=status,
        made=made,
        count=len(proposals),
        items=in_order[(page - 1) * ITEMS_A_PAGE : page * ITEMS_A_PAGE],
        page=page,
        has_more=len(proposals) > page * ITEMS_A_PAGE,
        asking=sum(_is_asking(item) for item in proposals),
        unknown_names=learning.unknown_names(proposals),
        **_passages(made),
        meetings=found.meetings_of_import(session(), made.id),
        history=history_of(session(), Thing.IMPORT, made.id),
        problem=problem,
        **kept,
        **_words(),
    )


def _passages(made: Import) -> dict[str, Any]:
    """What became no item, each with its place in the list: documents first, then kind by kind."""
    numbered = list(enumerate(made.passages))
    documents = [one for one in numbered if _announces(one[1])]
    rest = [one for one in numbered if one not in documents]
    kinds = ((zone, [one for one in rest if one[1]["zone"] == zone]) for zone in Zone)
    return {"documents": documents, "passages": [(zone, found) for zone, found in kinds if found]}


def _announces(passage: dict[str, Any]) -> bool:
    return passage["zone"] == Zone.PROSE and cited_at_start(passage["text"]) is not None


def _is_asking(proposal: Proposal) -> bool:
    return proposal.decision == "open" and apply.is_doubtful(proposal)


def _units() -> dict[str, int]:
    return {name: unit_id for unit_id, name in unit_choices(session())}


def _words() -> dict[str, Any]:
    choices = unit_choices(session())
    return {"choices": choices, "unit_names": dict(choices), "kinds": Kind}


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
        share_ids=tuple(key for key in typed.numbers("shares") if key in units.values()),
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
            _announcement(meeting),
            by=reader(),
            at=now(),
        )
    except Refused as refusal:
        return _show(made, problem=said(refusal), status=422)
    return redirect(url_for(".show", import_id=import_id, _anchor=f"meeting-{meeting.id}"), 303)


def _announcement(meeting: ProposedMeeting) -> review.Announcement:
    return review.Announcement(
        title=typed.text("title", longest=500) or meeting.title,
        held_on=typed.day("held_on"),
        starts_at=typed.hour("starts_at"),
        place=typed.text("place", longest=200) or None,
        chair=typed.text("chair", longest=200) or None,
        invited=typed.text("invited") or None,
        left_out=request.form.get("left_out") == "1",
    )


def _meeting(import_id: int, meeting_id: int) -> ProposedMeeting:
    for meeting in found.meetings_of_import(session(), import_id):
        if meeting.id == meeting_id:
            return meeting
    raise NotFound("not-found")


@pages.post("/<int(max=2147483647):import_id>/accept")
def accept(import_id: int) -> AnyResponse:
    """Take every undecided item, or only those without open doubts, into the programme."""
    made = found.import_of(session(), reader(), import_id)
    if made.amends_id is not None:
        # What a new version changes and withdraws is decided before the comparison, never unseen.
        return redirect(url_for("amendments.show", import_id=import_id), 303)
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
    return redirect(url_for("uploads.index"), 303)
