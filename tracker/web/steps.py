"""The steps on the page of a task: ticked off, moved together, or begun on a task that is there."""

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tracker.domain import Task
from tracker.errors import NotAllowed, NotFound, Refused
from tracker.queries import procedures as found
from tracker.queries.tasks import task_of, whole_task
from tracker.services import steps as acts
from tracker.web import task_page, typed
from tracker.web.refusals import said
from tracker.web.render import render
from tracker.web.request import now, reader, same_version, session, today

pages = Blueprint("steps", __name__, url_prefix="/tasks")

CHANGED = "changed-meanwhile"


@pages.post("/<int(max=2147483647):task_id>/procedure")
def apply(task_id: int) -> AnyResponse:
    """Let a task follow a procedure."""

    def act(task: Task) -> None:
        chosen = typed.whole("procedure")
        if chosen is None or chosen not in dict(found.procedure_choices(session(), reader())):
            raise Refused("procedure.not-chosen")
        procedure = found.procedure_of(session(), reader(), chosen)
        first = typed.day("starts_on") or today()
        acts.apply(session(), task, procedure, first, by=reader(), at=now())

    if not reader().serves(task_of(session(), reader(), task_id).issuer_id):
        raise NotAllowed("procedure.office-only")
    return task_page.acted(task_id, act, doing="procedure")


@pages.post("/<int(max=2147483647):task_id>/tick")
def tick(task_id: int) -> AnyResponse:
    """Tick a step off, or take the tick away."""
    step = found.step_task(session(), reader(), task_id)
    done = request.form.get("done") == "1"
    try:
        acts.tick(session(), step, is_done=done, by=reader(), at=now(), on=today())
    except Refused as refusal:
        whole = whole_task(session(), reader(), _shown(step))
        return task_page.show(whole, problem=said(refusal), status=422, doing="tick")
    return redirect(url_for("tasks.show", task_id=_shown(step), _anchor="steps"), 303)


def _shown(step: Task) -> int:
    """The page to go back to: the whole with its checklist, or the step when only it is seen."""
    parent = step.parent_id or step.id
    return parent if found.whole_of_step(session(), reader(), parent).opens else step.id


@pages.get("/<int(max=2147483647):task_id>/step-date")
def preview(task_id: int) -> Response:
    """Another day for a step: first what would move, then the confirmation."""
    step = _step_of_office(task_id)
    try:
        moved = _moved(step, request.args.get("due_on", ""))
    except Refused as refusal:
        return _preview(step, [], problem=said(refusal))
    return _preview(step, moved)


def _step_of_office(task_id: int) -> Task:
    step = found.step_task(session(), reader(), task_id)
    if not reader().serves(step.issuer_id):
        raise NotAllowed("task.office-only")
    if step.parent_id is None:
        raise NotFound("not-found")
    return step


def _moved(step: Task, words: str) -> list[acts.Shift]:
    """What the asked day would move; nothing before one is asked for."""
    due_on = typed.day_in(words)
    if due_on is None:
        return []
    following = request.values.get("following") == "1"
    return acts.shifts(session(), step, due_on, following=following, by=reader())


def _preview(
    step: Task, moved: list[acts.Shift], *, problem: str = "", status: int = 200
) -> Response:
    above = found.whole_of_step(session(), reader(), step.parent_id or 0)
    asked = request.values
    return render(
        "procedures/date.html",
        status=status,
        step=step,
        above=above,
        moved=moved,
        due_on=asked.get("due_on") or step.due_on,
        following=asked.get("following") == "1" or "due_on" not in asked,
        problem=problem,
        typed=request.form,
    )


@pages.post("/<int(max=2147483647):task_id>/step-date")
def move(task_id: int) -> AnyResponse:
    """Give a step, and those behind it, their new days."""
    step = _step_of_office(task_id)
    moved: list[acts.Shift] = []
    try:
        moved = _moved(step, request.form.get("due_on", ""))
        same_version(typed.whole("version") or 0, step.version)
        acts.move(session(), moved, reason=typed.text("reason"), by=reader(), at=now())
    except Refused as refusal:
        status = 409 if refusal.code == CHANGED else 422
        return _preview(step, moved, problem=said(refusal), status=status)
    return redirect(url_for("tasks.show", task_id=step.parent_id, _anchor="steps"), 303)
