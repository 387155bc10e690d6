"""The page of one task: its cards, the acts upon it, and what becomes of a refused act."""

from collections.abc import Callable

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tracker.domain import Task
from tracker.domain.change import Thing
from tracker.domain.task import NEEDS_REASON, Side, moves_for
from tracker.errors import Refused
from tracker.queries import history, reminders
from tracker.queries.tasks import Whole, days, stands, task_of, whole_task
from tracker.web import typed
from tracker.web.cards import cards_of
from tracker.web.refusals import said
from tracker.web.render import render
from tracker.web.request import reader, same_version, session, today

Again = Callable[[Whole, str, int], Response]


def show(whole: Whole, *, problem: str = "", status: int = 200, doing: str = "") -> Response:
    """The page with everything that the reader may do; after a refusal with what was typed."""
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
        cards=cards_of(whole),
        reminders=reminders.of_task(session(), reader(), task.id or 0),
        problem=problem,
        doing=doing,
        typed=request.form,
    )


def acted(
    task_id: int,
    act: Callable[[Task], object],
    *,
    doing: str = "",
    checks_version: bool = True,
    again: Again | None = None,
) -> AnyResponse:
    """Act and go back to the task, or show its page again with what was typed and why not.

    `again` shows the form of an act that has a page of its own; it takes the task, the sentence
    of the refusal, and the status of the answer.
    """
    task = task_of(session(), reader(), task_id)
    try:
        if checks_version:
            same_version(typed.whole("version") or 0, task.version)
        act(task)
    except Refused as refusal:
        status = 409 if refusal.code == "changed-meanwhile" else 422
        whole, problem = whole_task(session(), reader(), task_id), said(refusal)
        if again is not None:
            return again(whole, problem, status)
        return show(whole, problem=problem, status=status, doing=doing)
    return redirect(url_for("tasks.show", task_id=task_id), 303)
