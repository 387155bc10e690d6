"""Tasks: one task with its history, and the acts upon it; the list is in `lists`."""

from typing import Any

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from tracker.domain import Task
from tracker.domain.task import Status
from tracker.errors import NotAllowed, Refused
from tracker.queries.tasks import (
    Whole,
    unit_choices,
    whole_task,
)
from tracker.services import filing_answers
from tracker.services import tasks as acts
from tracker.web import task_page, typed
from tracker.web.filings import paper
from tracker.web.render import render
from tracker.web.request import now, reader, session, today

pages = Blueprint("tasks", __name__, url_prefix="/tasks")


@pages.get("/<int(max=2147483647):task_id>")
def show(task_id: int) -> Response:
    """One task, what the reader may do with it, and everything that happened to it."""
    return task_page.show(whole_task(session(), reader(), task_id))


@pages.post("/<int(max=2147483647):task_id>/status")
def move(task_id: int) -> AnyResponse:
    """Move the task on: by a bare move, or by the report or the answer that it means."""

    def act(task: Task) -> None:
        to, reason = typed.word("to", Status), typed.text("reason")
        facts: dict[str, Any] = {"by": reader(), "at": now(), "on": today(), "reason": reason}
        filing_answers.by_status(session(), task, to, paper(), **facts)

    return task_page.acted(task_id, act, doing=request.form.get("to", ""))


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
