"""Procedures: the list, one with its steps, the office's care for its own, tasks begun from one."""

from datetime import date
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tracker.domain import Procedure
from tracker.domain.change import Thing
from tracker.domain.procedure import LONGEST_OFFSET, StepFacts, StepRole
from tracker.errors import NotAllowed, Refused
from tracker.queries import procedures as found
from tracker.queries.history import NEWEST, history_of
from tracker.queries.tasks import unit_choices
from tracker.services import procedures as acts
from tracker.services import steps
from tracker.web import typed
from tracker.web.refusals import said
from tracker.web.render import render
from tracker.web.request import now, reader, session, today

pages = Blueprint("procedures", __name__, url_prefix="/procedures")


@pages.get("")
def index() -> Response:
    """Every procedure: the shipped ones and the office's own."""
    return _index()


def _index(problem: str = "") -> Response:
    found.for_the_office(reader())
    return render(
        "procedures/index.html",
        status=422 if problem else 200,
        procedures=found.listed(session(), reader()),
        issuers=_issuers(),
        problem=problem,
        typed=request.form,
    )


def _issuers() -> list[tuple[int, str]]:
    """The issuing units for whose office the person works."""
    if not reader().offices:
        return []
    return [one for one in unit_choices(session()) if one[0] in reader().offices]


def _issuer(procedure: Procedure | None = None) -> int:
    """For which office something is done: the procedure's, the chosen one, the only one."""
    if procedure is not None and procedure.issuer_id is not None:
        return procedure.issuer_id
    offices = sorted(reader().offices)
    if not offices:
        raise NotAllowed("procedure.office-only")
    return typed.whole("issuer") or offices[0]


@pages.post("")
def create() -> AnyResponse:
    """Begin a procedure of one's own."""
    issuer_id = _issuer()
    try:
        name, source = _names()
        made = acts.create(
            session(), name, source=source, issuer_id=issuer_id, by=reader(), at=now()
        )
    except Refused as refusal:
        return _index(said(refusal))
    return _back(made)


def _names() -> tuple[str, str]:
    name = typed.text("name", longest=acts.LONGEST_NAME)
    return name, typed.text("source", longest=acts.LONGEST_SOURCE)


def _procedure(procedure_id: int) -> Procedure:
    return found.procedure_of(session(), reader(), procedure_id)


@pages.get("/<int(max=2147483647):procedure_id>")
def show(procedure_id: int) -> Response:
    """One procedure with its steps."""
    return _show(_procedure(procedure_id))


def _show(procedure: Procedure, *, problem: str = "", doing: str = "") -> Response:
    lines = found.steps_of(session(), procedure.id)
    return render(
        "procedures/show.html",
        status=422 if problem else 200,
        procedure=procedure,
        steps=lines,
        phases=list(dict.fromkeys(step.phase for step in lines if step.phase)),
        is_own=procedure.issuer_id is not None and reader().serves(procedure.issuer_id),
        is_office=bool(reader().offices),
        issuers=_issuers(),
        roles=list(StepRole),
        longest_offset=LONGEST_OFFSET,
        history=history_of(session(), Thing.PROCEDURE, procedure.id)[:NEWEST],
        problem=problem,
        doing=doing,
        typed=request.form,
    )


def _back(procedure: Procedure, anchor: str | None = None) -> AnyResponse:
    return redirect(url_for(".show", procedure_id=procedure.id, _anchor=anchor), 303)


@pages.post("/<int(max=2147483647):procedure_id>")
def rename(procedure_id: int) -> AnyResponse:
    """Call it otherwise."""
    procedure = _procedure(procedure_id)
    try:
        name, source = _names()
        acts.rename(session(), procedure, name, source=source, by=reader(), at=now())
    except Refused as refusal:
        return _show(procedure, problem=said(refusal), doing="rename")
    return _back(procedure)


@pages.post("/<int(max=2147483647):procedure_id>/copy")
def copy(procedure_id: int) -> AnyResponse:
    """Make it the office's own."""
    procedure = _procedure(procedure_id)
    issuer_id = _issuer(procedure)
    return _back(acts.copy(session(), procedure, issuer_id=issuer_id, by=reader(), at=now()))


@pages.post("/<int(max=2147483647):procedure_id>/retire")
def retire(procedure_id: int) -> AnyResponse:
    """Offer it no longer."""
    return _use(procedure_id, again=False)


@pages.post("/<int(max=2147483647):procedure_id>/use")
def use(procedure_id: int) -> AnyResponse:
    """Offer it again."""
    return _use(procedure_id, again=True)


def _use(procedure_id: int, *, again: bool) -> AnyResponse:
    procedure = _procedure(procedure_id)
    acts.use(session(), procedure, again=again, by=reader(), at=now())
    return _back(procedure)


@pages.post("/<int(max=2147483647):procedure_id>/steps")
def add_step(procedure_id: int) -> AnyResponse:
    """Put a step behind the others."""
    procedure = _procedure(procedure_id)
    try:
        step = acts.add_step(session(), procedure, _facts(), by=reader(), at=now())
    except Refused as refusal:
        return _show(procedure, problem=said(refusal), doing="add")
    return _back(procedure, f"step-{step.id}")


@pages.post("/<int(max=2147483647):procedure_id>/steps/<int(max=2147483647):step_id>")
def edit_step(procedure_id: int, step_id: int) -> AnyResponse:
    """Change what a step says."""
    procedure = _procedure(procedure_id)
    step = found.step_of(session(), procedure, step_id)
    try:
        acts.edit_step(session(), step, _facts(), by=reader(), at=now())
    except Refused as refusal:
        return _show(procedure, problem=said(refusal), doing=f"step-{step_id}")
    return _back(procedure, f"step-{step_id}")


@pages.post(
    "/<int(max=2147483647):procedure_id>/steps/<int(max=2147483647):step_id>/"
    "<any(up, down, remove):way>"
)
def move_step(procedure_id: int, step_id: int, way: str) -> AnyResponse:
    """Move a step, or take it out."""
    procedure = _procedure(procedure_id)
    step = found.step_of(session(), procedure, step_id)
    if way == "remove":
        acts.remove_step(session(), step, by=reader(), at=now())
        return _back(procedure)
    acts.move_step(session(), step, up=way == "up", by=reader(), at=now())
    return _back(procedure, f"step-{step_id}")


def _facts() -> StepFacts:
    return StepFacts(
        text=typed.text("text"),
        phase=typed.text("phase", longest=acts.LONGEST_CALLED),
        responsible=typed.text("responsible", longest=acts.LONGEST_CALLED),
        role=typed.word("role", StepRole),
        offset_days=typed.whole("offset") or 0,
        papers=tuple(typed.text("papers").splitlines()),
    )


@pages.get("/<int(max=2147483647):procedure_id>/start")
def begin(procedure_id: int) -> Response:
    """The form that starts a task."""
    _issuer()
    return _begin(_procedure(procedure_id))


def _begin(procedure: Procedure, problem: str = "") -> Response:
    return render(
        "procedures/start.html",
        status=422 if problem else 200,
        procedure=procedure,
        steps=found.steps_of(session(), procedure.id),
        issuers=[] if procedure.issuer_id else _issuers(),
        units=unit_choices(session()),
        lead=typed.number_in(request.form.get("lead", "")),
        starts_on=request.form.get("starts_on") or today(),
        problem=problem,
        typed=request.form,
    )


@pages.post("/<int(max=2147483647):procedure_id>/start")
def start(procedure_id: int) -> AnyResponse:
    """Start a task with the steps of the procedure."""
    procedure = _procedure(procedure_id)
    facts: dict[str, Any] = {"issuer_id": _issuer(procedure), "by": reader(), "at": now()}
    try:
        task = steps.start(session(), procedure, _beginning(), **facts)
    except Refused as refusal:
        return _begin(procedure, said(refusal))
    return redirect(url_for("tasks.show", task_id=task.id, _anchor="steps"), 303)


def _beginning() -> steps.Beginning:
    lead = typed.whole("lead")
    if lead is None or lead not in dict(unit_choices(session())):
        raise Refused("procedure.no-lead")
    return steps.Beginning(typed.text("text"), lead, _first_day(), typed.day("due_on"))


def _first_day() -> date:
    return typed.day("starts_on") or today()
