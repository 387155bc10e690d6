"""A document as a new version of a programme: the difference, its pairs, and applying it."""

from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tracker.domain import Import, Meeting, Programme, ProposedMeeting, Task
from tracker.errors import NotFound, Refused
from tracker.importer.proposals import amendments, apply, pairing, review
from tracker.queries import amendments as there
from tracker.queries import diffs
from tracker.queries import imports as found
from tracker.queries.amendments import Standing
from tracker.queries.tasks import unit_choices
from tracker.web import typed
from tracker.web.refusals import said
from tracker.web.render import render
from tracker.web.request import now, reader, same_version, session
from tracker.web.uploads import office_only

ITEM = "/items/<int(max=2147483647):item_id>"
# So many tasks are offered by name; in a larger programme those that are left, or a number.
MOST_CHOICES = 120

pages = Blueprint(
    "amendments", __name__, url_prefix="/imports/<int(max=2147483647):import_id>/diff"
)
pages.before_request(office_only)


def _document(import_id: int) -> Import:
    return found.import_of(session(), reader(), import_id)


@pages.get("")
def show(import_id: int) -> Response:
    """What the document would change, and what each unit would be told."""
    return _show(_document(import_id))


def _show(made: Import, *, problem: str = "", status: int = 200) -> Response:
    work = session()
    facts: dict[str, Any] = {"made": made, "problem": problem}
    facts["programmes"] = there.programmes_to_amend(work, reader(), made.issuer_id)
    if made.amends_id is None or made.state != "open":
        return render("amendments/choose.html", status=status, **facts)
    stands = there.standing(work, made.amends_id, but=made.id)
    diff = diffs.foreseen_diff(work, made, stands)
    open_items = [row.item for row in diff.rows if row.item and not row.item.withdraws]
    return render(
        "amendments/show.html",
        status=status,
        diff=diff,
        programme=work.get_one(Programme, made.amends_id),
        is_outdated=made.amends_number != there.latest_number(work, made.amends_id),
        asking=sum(apply.is_doubtful(item) for item in open_items),
        edition=_edition(made),
        unit_names=dict(unit_choices(work)),
        task_choices=_task_choices(stands, diff),
        programme_size=len(stands.tasks),
        meeting_choices=tuple((one.id, one.title) for one in stands.meetings.values()),
        **facts,
    )


def _edition(made: Import) -> int:
    items = found.every_proposal(session(), made.id)
    return diffs.edition(made, items, found.meetings_of_import(session(), made.id))


def _task_choices(stands: Standing, diff: diffs.Diff) -> tuple[tuple[int, str], ...]:
    """The tasks that an item may be paired with: those that have no item stand first."""
    left = {row.task_id for row in (*diff.kept, *diff.rows) if row.item and row.item.withdraws}
    tasks = sorted(stands.tasks.values(), key=lambda task: task.id not in left)
    if len(tasks) > MOST_CHOICES:
        tasks = [task for task in tasks if task.id in left][:MOST_CHOICES]
    return tuple((task.id, f"{task.ref or '–'} · {task.text[:90]}") for task in tasks)


@pages.post("/programme")
def choose(import_id: int) -> AnyResponse:
    """Say of which programme the document is a new version, or compare it again."""
    made = _document(import_id)
    chosen = typed.whole("programme")
    try:
        same_version(typed.whole("version") or 0, made.version)
        programme = _programme(made, chosen) if chosen else None
        amendments.choose(session(), made, programme, by=reader(), at=now())
    except Refused as refusal:
        return _refused(made, refusal)
    return _back(import_id)


def _programme(made: Import, programme_id: int) -> Programme:
    offered = dict(there.programmes_to_amend(session(), reader(), made.issuer_id))
    if programme_id not in offered:
        raise NotFound("not-found")
    return session().get_one(Programme, programme_id)


@pages.post("/whole")
def replace_all(import_id: int) -> AnyResponse:
    """Say whether the document is the whole programme anew, or only adds to it."""
    made = _document(import_id)
    try:
        same_version(typed.whole("version") or 0, made.version)
        whole = request.form.get("whole") == "yes"
        pairing.replace_all(session(), made, whole=whole, by=reader(), at=now())
    except Refused as refusal:
        return _refused(made, refusal)
    return _back(import_id)


@pages.post(f"{ITEM}/pair")
def pair(import_id: int, item_id: int) -> AnyResponse:
    """Say which task an item is a new version of, or that it is none."""
    made = _document(import_id)
    item = found.proposal_in(session(), made, item_id)
    try:
        same_version(typed.whole("version") or 0, item.version)
        pairing.pair_with(session(), item, _task(made), by=reader(), at=now())
    except Refused as refusal:
        return _refused(made, refusal)
    return _back(import_id, f"item-{item_id}")


def _task(made: Import) -> Task | None:
    """The task that was chosen, or the one whose number was written."""
    chosen, ref = typed.whole("task"), typed.text("ref", longest=40)
    if not chosen and not ref:
        return None
    task = there.task_in(session(), made.amends_id or 0, task_id=chosen, ref=ref)
    if task is None:
        raise Refused("amendment.no-task", ref=ref or "…")
    return task


@pages.post(f"{ITEM}/<any(drop, restore):what>")
def withdraw(import_id: int, item_id: int, what: str) -> AnyResponse:
    """Keep a task that the new version no longer holds, or let it leave the programme."""
    made = _document(import_id)
    item = found.proposal_in(session(), made, item_id)
    try:
        same_version(typed.whole("version") or 0, item.version)
        review.decide(session(), item, drop=what == "drop", by=reader(), at=now())
    except Refused as refusal:
        return _refused(made, refusal)
    return _back(import_id, f"item-{item_id}")


@pages.post("/meetings/<int(max=2147483647):meeting_id>")
def pair_meeting(import_id: int, meeting_id: int) -> AnyResponse:
    """Say which meeting of the programme an announced one is, or that it is new."""
    made = _document(import_id)
    one = _announced(made, meeting_id)
    try:
        same_version(typed.whole("version") or 0, one.version)
        pairing.pair_meeting(session(), one, _meeting(made), by=reader(), at=now())
    except Refused as refusal:
        return _refused(made, refusal)
    return _back(import_id, "meetings")


def _announced(made: Import, meeting_id: int) -> ProposedMeeting:
    for one in found.meetings_of_import(session(), made.id):
        if one.id == meeting_id:
            return one
    raise NotFound("not-found")


def _meeting(made: Import) -> Meeting | None:
    chosen = typed.whole("meeting")
    if not chosen:
        return None
    meeting = session().get(Meeting, chosen)
    if meeting is None or meeting.programme_id != made.amends_id:
        raise Refused("amendment.other-programme")
    return meeting


@pages.post("/apply")
def take(import_id: int) -> AnyResponse:
    """Do to the programme what the page says, if it still says what the clerk has read."""
    made = _document(import_id)
    try:
        same_version(typed.whole("edition") or 0, _edition(made))
        pairing.confirm_withdrawals(session(), made)
        only_clear = request.form.get("which") != "all"
        apply.accept(session(), made, only_clear=only_clear, by=reader(), at=now())
    except Refused as refusal:
        return _refused(made, refusal)
    number = there.latest_number(session(), made.programme_id or 0)
    to = "programmes.version"
    return redirect(url_for(to, programme_id=made.programme_id, number=number, taken=1), 303)


def _refused(made: Import, refusal: Refused) -> Response:
    session().rollback()
    return _show(_document(made.id), problem=said(refusal), status=422)


def _back(import_id: int, anchor: str | None = None) -> AnyResponse:
    return redirect(url_for(".show", import_id=import_id, _anchor=anchor), 303)
