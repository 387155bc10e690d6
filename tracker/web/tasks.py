"""Tasks: the list with its filters, one task with its history, and the acts upon it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from tracker.domain import Task
from tracker.domain.task import Kind, Status, Timeliness
from tracker.errors import NotAllowed, Refused
from tracker.queries import meetings, programmes
from tracker.queries.tasks import (
    Whole,
    days,
    page_of,
    unit_choices,
    whole_task,
)
from tracker.queries.wanted import Order, Part, Wanted
from tracker.services import tasks as acts
from tracker.web import task_page, typed
from tracker.web.render import is_htmx, render
from tracker.web.request import now, reader, session, today

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
    return task_page.show(whole_task(session(), reader(), task_id))


@pages.post("/<int(max=2147483647):task_id>/status")
def move(task_id: int) -> AnyResponse:
    """Move the task on."""

    def act(task: Task) -> None:
        to, reason = typed.word("to", Status), typed.text("reason")
        acts.move(session(), task, to, by=reader(), at=now(), on=today(), reason=reason)

    return task_page.acted(task_id, act, doing=request.form.get("to", ""))


@pages.post("/<int(max=2147483647):task_id>/notes")
def note(task_id: int) -> AnyResponse:
    """Write down the progress."""

    def act(task: Task) -> None:
        percent = typed.whole("percent", most=100)
        acts.note(session(), task, typed.text("text"), percent=percent, by=reader(), at=now())

    return task_page.acted(task_id, act, doing="note", checks_version=False)


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

    def again(whole: Whole, problem: str, status: int) -> Response:
        lead = typed.number_in(request.form.get("lead", ""))
        return _units(whole, lead=lead, helping=_supports(), problem=problem, status=status)

    return task_page.acted(task_id, act, again=again)


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

    return task_page.acted(task_id, act, doing="deadline")
