"""A task given to many units: whom it is divided among, and who of them is urged."""

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tracker.domain import Task
from tracker.errors import Refused
from tracker.queries import shares as found
from tracker.queries.tasks import Whole, task_of, whole_task
from tracker.services import shares as acts
from tracker.services import urging
from tracker.web import picking, task_page, typed
from tracker.web.refusals import said
from tracker.web.render import render
from tracker.web.request import now, reader, session, today

pages = Blueprint("shares", __name__, url_prefix="/tasks")


@pages.get("/<int(max=2147483647):task_id>/shares")
def choose(task_id: int) -> Response:
    """The form to divide a task among units, or to give it to more of them."""
    whole = whole_task(session(), reader(), task_id)
    acts.refuse_all_but_office(whole.task, reader())
    return _choose(whole, picking.meant_by(request.args.get("pick", "")))


def _choose(whole: Whole, chosen: set[int], *, problem: str = "", status: int = 200) -> Response:
    task = whole.task
    return render(
        "shares/choose.html",
        status=status,
        task=task,
        whole=whole,
        problem=problem,
        typed=request.form,
        **picking.choices(chosen, has=_has(task)),
    )


def _has(task: Task) -> set[int]:
    """The units that have a part already; who leads the task keeps the work in any case."""
    if task.is_divided:
        return found.sharing_units(session(), task.id)
    return {task.lead_id} if task.lead_id is not None else set()


@pages.post("/<int(max=2147483647):task_id>/shares")
def divide(task_id: int) -> AnyResponse:
    """Give each chosen unit its part; a quick choice only ticks more units."""
    chosen = picking.ticked()
    if picking.is_picking():
        whole = whole_task(session(), reader(), task_id)
        acts.refuse_all_but_office(whole.task, reader())
        return _choose(whole, chosen)

    def act(task: Task) -> None:
        acts.divide(session(), task, chosen, by=reader(), at=now())

    def again(whole: Whole, problem: str, status: int) -> Response:
        return _choose(whole, chosen, problem=problem, status=status)

    return task_page.acted(task_id, act, again=again)


@pages.get("/<int(max=2147483647):task_id>/urge")
def preview(task_id: int) -> Response:
    """Who would be urged, and what they would read, before anything is sent."""
    task = task_of(session(), reader(), task_id)
    acts.refuse_all_but_office(task, reader())
    return _preview(task)


def _preview(task: Task, *, problem: str = "", status: int = 200) -> Response:
    urged, why_not = _to_urge(task)
    owed = found.laggards_of(session(), task)
    mailless = {row.lead_id for row in owed if not row.email}
    return render(
        "shares/urge.html",
        status=status,
        task=task,
        owed=[row for row in owed if row.id in urged],
        left_out=[row for row in owed if row.id not in urged],
        people=found.people_of(session(), mailless),
        problem=problem or why_not,
        typed=request.form,
    )


def _to_urge(task: Task) -> tuple[set[int], str]:
    try:
        return set(urging.to_urge(session(), task, on=today())), ""
    except Refused as refusal:
        return set(), said(refusal)


@pages.post("/<int(max=2147483647):task_id>/urge")
def urge(task_id: int) -> AnyResponse:
    """Urge whoever still owes the work."""
    task = task_of(session(), reader(), task_id)
    try:
        words = typed.text("words", longest=1000)
        urging.urge(session(), task, words=words, by=reader(), at=now(), on=today())
    except Refused as refusal:
        return _preview(task, problem=said(refusal), status=422)
    return redirect(url_for("tasks.show", task_id=task_id), 303)
