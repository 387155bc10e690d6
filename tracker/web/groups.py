"""Saved groups of units: the list, one group with its units, and a new one."""

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tracker.domain import UnitGroup
from tracker.domain.change import Thing
from tracker.errors import NotAllowed, Refused
from tracker.queries import groups as found
from tracker.queries import history
from tracker.queries.tasks import task_of
from tracker.services import groups as acts
from tracker.web import picking, typed
from tracker.web.refusals import said
from tracker.web.render import render
from tracker.web.request import now, reader, session

pages = Blueprint("groups", __name__, url_prefix="/groups")


def _office_only() -> None:
    if not reader().offices:
        raise NotAllowed("group.office-only")


@pages.get("")
def index() -> Response:
    """The groups of the reader's office."""
    _office_only()
    return render("groups/index.html", groups=found.groups_of(session(), reader().offices))


@pages.get("/new")
def new() -> Response:
    """The form of a group that is not there yet."""
    _office_only()
    return _form(None, set())


@pages.post("")
def make() -> AnyResponse:
    """Save the ticked units as a group; from a task, go back to it with the group ticked."""
    _office_only()
    chosen, task = picking.ticked(), typed.number_in(request.form.get("task", ""))
    if picking.is_picking():
        return _form(None, chosen)
    try:
        name = typed.text("name", longest=acts.LONGEST_NAME)
        issuer = _issuer(task)
        group = acts.make(session(), issuer, name=name, units=chosen, by=reader(), at=now())
    except Refused as refusal:
        return _form(None, chosen, problem=said(refusal), status=422)
    if task is None:
        return redirect(url_for(".show", group_id=group.id), 303)
    return redirect(url_for("shares.choose", task_id=task, pick=f"group:{group.id}"), 303)


def _issuer(task: int | None) -> int:
    """Whose group it is: of the task's issuer, of the one chosen, or of the only one there is."""
    if task is not None:
        return task_of(session(), reader(), task).issuer_id
    return typed.whole("issuer") or min(reader().offices)


@pages.get("/<int(max=2147483647):group_id>")
def show(group_id: int) -> Response:
    """One group with its units."""
    group = found.group_of(session(), reader(), group_id)
    return _form(group, found.members_of(session(), group.id))


@pages.post("/<int(max=2147483647):group_id>")
def change(group_id: int) -> AnyResponse:
    """Give the group another name or other units."""
    group, chosen = found.group_of(session(), reader(), group_id), picking.ticked()
    if picking.is_picking():
        return _form(group, chosen)
    try:
        name = typed.text("name", longest=acts.LONGEST_NAME)
        acts.change(session(), group, name=name, units=chosen, by=reader(), at=now())
    except Refused as refusal:
        return _form(group, chosen, problem=said(refusal), status=422)
    return redirect(url_for(".show", group_id=group_id), 303)


@pages.post("/<int(max=2147483647):group_id>/remove")
def remove(group_id: int) -> AnyResponse:
    """Forget the group."""
    group = found.group_of(session(), reader(), group_id)
    acts.remove(session(), group, by=reader(), at=now())
    return redirect(url_for(".index"), 303)


def _form(
    group: UnitGroup | None, chosen: set[int], *, problem: str = "", status: int = 200
) -> Response:
    told = history.history_of(session(), Thing.GROUP, group.id) if group else []
    return render(
        "groups/show.html",
        status=status,
        group=group,
        name=request.form.get("name", group.name if group else ""),
        for_task=typed.number_in(request.form.get("task", "")),
        issuers=found.issuer_choices(session(), reader().offices),
        history=told[: history.NEWEST],
        problem=problem,
        **picking.choices(chosen),
    )
