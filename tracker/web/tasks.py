"""Tasks: the list with its filters, one task with its history, and the acts upon it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tracker.domain import Task
from tracker.domain.change import Thing
from tracker.domain.task import NEEDS_REASON, Kind, Side, Status, Timeliness, moves_for
from tracker.errors import NotAllowed, Refused
from tracker.queries import history, meetings, programmes, reminders
from tracker.queries.tasks import (
    Whole,
    days,
    page_of,
    stands,
    task_of,
    unit_choices,
    whole_task,
)
from tracker.queries.wanted import Order, Part, Wanted
from tracker.services import tasks as acts
from tracker.web import typed
from tracker.web.refusals import said
from tracker.web.render import is_htmx, render
from tracker.web.request import now, reader, same_version, session, today

pages = Blueprint("tasks", __name__, url_prefix="/tasks")

LONGEST_SEARCH = 200
MINE, NOBODY = "mine", "none"


@pages.get("")
def index() -> Response:
    """The list; the address holds every filter, so that it can be sent to a colleague."""
    wanted, ignored = _wanted()
    found = page_of(session(), reader(), wanted, days=days(session(), today()))
    choices: dict[str, Any] = {} if is_htmx() else _choices(wanted)
    return render(
        "tasks/index.html",
        partial="tasks/_list.html",
        wanted=wanted,
        asked=request.args,
        ignored=ignored,
        found=found,
        **choices,
    )


def _choices(wanted: Wanted) -> dict[str, Any]:
    always: dict[str, Any] = {
        "units": unit_choices(session()),
        "statuses": list(Status),
        "timelinesses": list(Timeliness),
        "orders": list(Order),
    }
    return always | (_more_choices() if _wants_more(wanted) else {})


def _wants_more(wanted: Wanted) -> bool:
    # Looked up only when asked for: few people filter so, and everybody would pay.
    of_document = wanted.programme or wanted.meeting or wanted.kind
    return bool("more" in request.args or of_document or wanted.part is not Part.ANY)


def _more_choices() -> dict[str, Any]:
    return {
        "more": True,
        "programmes": programmes.programme_choices(session(), reader()),
        "meetings": meetings.meeting_choices(session(), reader()),
        "kinds": list(Kind),
        "parts": list(Part),
    }


def _wanted() -> tuple[Wanted, list[str]]:
    """What the address asks for, and the names of the filters that were not understood."""
    wanted = Wanted(words=request.args.get("q", "").strip()[:LONGEST_SEARCH])
    wanted = replace(wanted, page=typed.page_number())
    ignored = []
    for name, read in _FILTERS.items():
        said = request.args.get(name, "").strip()
        facts = read(said) if said else {}
        if facts is None:
            ignored.append(name)
        wanted = replace(wanted, **facts or {})
    return wanted, ignored


_Facts = dict[str, Any] | None


def _unit(said: str) -> _Facts:
    if said == NOBODY:
        return {"unassigned": True}
    if said == MINE:
        return {"units": reader().units} if reader().units else None
    number = typed.number_in(said)
    return {"units": frozenset({number})} if number is not None else None


def _number(name: str) -> Callable[[str], _Facts]:
    def read(said: str) -> _Facts:
        number = typed.number_in(said)
        return {name: number} if number is not None else None

    return read


def _word(
    name: str, kind: type[Status | Timeliness | Kind | Order | Part]
) -> Callable[[str], _Facts]:
    def read(said: str) -> _Facts:
        chosen = typed.word_in(said, kind)
        return {name: chosen} if chosen is not None else None

    return read


_FILTERS: dict[str, Callable[[str], _Facts]] = {
    "status": _word("status", Status),
    "timeliness": _word("timeliness", Timeliness),
    "kind": _word("kind", Kind),
    "unit": _unit,
    "part": _word("part", Part),
    "programme": _number("programme"),
    "meeting": _number("meeting"),
    "sort": _word("order", Order),
}


@pages.get("/<int(max=2147483647):task_id>")
def show(task_id: int) -> Response:
    """One task, what the reader may do with it, and everything that happened to it."""
    return _show(whole_task(session(), reader(), task_id))


def _show(whole: Whole, *, problem: str = "", status: int = 200, doing: str = "") -> Response:
    task, office = whole.task, days(session(), today())
    sides = reader().sides(task.issuer_id, task.lead_id)
    most = history.EVERYTHING if request.args.get("history") == "all" else history.NEWEST
    told = history.history_of(session(), Thing.TASK, task.id or 0, most=most)
    supports_it = any(unit.id in reader().units for unit in whole.supports)
    return render(
        "tasks/show.html",
        status=status,
        whole=whole,
        task=task,
        timeliness=stands(task, office),
        moves=[(to, (task.status, to) in NEEDS_REASON) for to in moves_for(task.status, sides)],
        is_office=Side.OFFICE in sides,
        may_note=bool(sides) or supports_it,
        history=told[:most],
        has_more=len(told) > most,
        reminders=reminders.of_task(session(), reader(), task.id or 0),
        problem=problem,
        doing=doing,
        typed=request.form,
    )


@pages.post("/<int(max=2147483647):task_id>/status")
def move(task_id: int) -> AnyResponse:
    """Move the task on."""

    def act(task: Task) -> None:
        to, reason = typed.word("to", Status), typed.text("reason")
        acts.move(session(), task, to, by=reader(), at=now(), on=today(), reason=reason)

    return _acted(task_id, act, doing=request.form.get("to", ""))


@pages.post("/<int(max=2147483647):task_id>/notes")
def note(task_id: int) -> AnyResponse:
    """Write down the progress."""

    def act(task: Task) -> None:
        percent = typed.whole("percent", most=100)
        acts.note(session(), task, typed.text("text"), percent=percent, by=reader(), at=now())

    return _acted(task_id, act, doing="note", checks_version=False)


@pages.get("/<int(max=2147483647):task_id>/units")
def units(task_id: int) -> Response:
    """The form to give the task its units: by itself, or in the place of its link."""
    whole = whole_task(session(), reader(), task_id)
    if not reader().serves(whole.task.issuer_id):
        raise NotAllowed("task.not-yours")
    helping = {unit.id for unit in whole.supports}
    return _units(whole, lead=whole.task.lead_id, helping=helping)


def _units(
    whole: Whole, *, lead: int | None, helping: set[int], problem: str = "", status: int = 200
) -> Response:
    return render(
        "tasks/units.html",
        partial="tasks/_units.html",
        status=status,
        task=whole.task,
        units=unit_choices(session()),
        lead=lead,
        helping=helping,
        problem=problem,
    )


@pages.post("/<int(max=2147483647):task_id>/units")
def assign(task_id: int) -> AnyResponse:
    """Give the task its lead and its supports."""

    def act(task: Task) -> None:
        known = {unit for unit, _ in unit_choices(session())}
        lead, supports = typed.whole("lead"), _supports()
        if not supports | ({lead} if lead else set()) <= known | {task.lead_id}:
            raise Refused("form.no-choice")
        acts.assign(session(), task, lead, supports=supports, by=reader(), at=now())

    return _acted(task_id, act, doing="assign")


def _supports() -> set[int]:
    return {typed.number_in(unit) or 0 for unit in request.form.getlist("supports")}


@pages.post("/<int(max=2147483647):task_id>/deadline")
def set_deadline(task_id: int) -> AnyResponse:
    """Give the task another deadline."""

    def act(task: Task) -> None:
        due_on = typed.day("due_on")
        if due_on is None:
            raise Refused("form.no-date", said="")
        reason = typed.text("reason")
        acts.set_deadline(session(), task, due_on, reason=reason, by=reader(), at=now())

    return _acted(task_id, act, doing="deadline")


def _acted(
    task_id: int, act: Callable[[Task], None], *, doing: str, checks_version: bool = True
) -> AnyResponse:
    """Act and go back to the task, or show it again with what was typed and why not."""
    task = task_of(session(), reader(), task_id)
    try:
        if checks_version:
            same_version(typed.whole("version") or 0, task.version)
        act(task)
    except Refused as refusal:
        status = 409 if refusal.code == "changed-meanwhile" else 422
        whole = whole_task(session(), reader(), task_id)
        if doing == "assign":
            lead = typed.number_in(request.form.get("lead", ""))
            told: dict[str, Any] = {"problem": said(refusal), "status": status}
            return _units(whole, lead=lead, helping=_supports(), **told)
        return _show(whole, problem=said(refusal), status=status, doing=doing)
    return redirect(url_for(".show", task_id=task_id), 303)
