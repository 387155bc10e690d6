"""One act upon many tasks: what will happen to each is shown before it does."""

from collections.abc import Iterator
from urllib.parse import parse_qsl

from flask import Blueprint, Response, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from tracker.domain.finding import BulkAct
from tracker.errors import Refused
from tracker.queries.filters import unit_names
from tracker.queries.tasks import days, numbers_of, unit_choices
from tracker.services import bulk
from tracker.services.bulk import ASKS, MOST_AT_ONCE, Order, Outcome, When
from tracker.web import typed
from tracker.web.lists import address_of, asked_in
from tracker.web.refusals import said
from tracker.web.render import render
from tracker.web.request import now, reader, session, today

pages = Blueprint("bulk", __name__, url_prefix="/tasks/bulk")


@pages.post("")
def preview() -> Response:
    """What the act would do to each of the chosen tasks; asks first for what must be said."""
    act, chosen = typed.word("act", BulkAct), _chosen()
    if act in ASKS and "facts" not in request.form:
        return _page(act, chosen=chosen)
    try:
        order = _order(act)
    except Refused as refusal:
        return _page(act, chosen=chosen, problem=said(refusal), status=422)
    return _page(act, chosen=chosen, outcomes=bulk.preview(session(), chosen, order, _when()))


@pages.post("/apply")
def apply() -> AnyResponse:
    """Do what was shown; where something stands against it, tell which tasks and why."""
    act, versions = typed.word("act", BulkAct), _versions()
    order = _order(act)
    outcomes = bulk.apply(session(), versions, order, _when())
    refused = [outcome for outcome in outcomes if outcome.refusal is not None]
    done = len(outcomes) - len(refused)
    if refused:
        return render(
            "bulk/done.html",
            act=act,
            done=done,
            query=_query(),
            refused=[(outcome, said(outcome.refusal)) for outcome in refused if outcome.refusal],
        )
    return redirect(f"/tasks?{_query()}&done={done}".replace("?&", "?"), 303)


def _page(
    act: BulkAct,
    *,
    chosen: list[int],
    outcomes: list[Outcome] | None = None,
    problem: str = "",
    status: int = 200,
) -> Response:
    rows = outcomes or []
    asks = ASKS.get(act, ())
    return render(
        "bulk/preview.html",
        status=status,
        act=act,
        asks=asks,
        chosen=chosen,
        outcomes=[(one, said(one.refusal) if one.refusal else "") for one in rows],
        allowed=[one for one in rows if one.refusal is None],
        is_shown=outcomes is not None,
        units=unit_choices(session()) if "units" in asks else (),
        unit_names=dict(unit_names(session(), frozenset(_units_in(rows)))),
        query=_query(),
        problem=problem,
        typed=request.form,
    )


def _units_in(rows: list[Outcome]) -> Iterator[int]:
    for row in rows:
        yield from (unit for unit in row.changes.get("lead", ()) if isinstance(unit, int))
        for units in row.changes.get("supports", ()):
            yield from units if isinstance(units, tuple) else ()


def _when() -> When:
    return When(reader(), now(), today())


def _query() -> str:
    """The list from which the tasks were chosen, in its own words again."""
    kept = parse_qsl(request.form.get("query", ""), max_num_fields=100)
    return address_of(MultiDict(kept))


def _chosen() -> list[int]:
    """The tasks that were ticked, or everything that the list holds on all its pages."""
    if "all" not in request.form:
        return typed.numbers("tasks")
    asked = asked_in(MultiDict(parse_qsl(_query())), reader())
    office = days(session(), today())
    return numbers_of(session(), reader(), asked.wanted, office, most=MOST_AT_ONCE + 1)


def _versions() -> dict[int, int]:
    """Which version of each task was shown: "12.3" is the third of task 12."""
    pairs = (words.partition(".") for words in request.form.getlist("shown"))
    read = ((typed.number_in(task), typed.number_in(version)) for task, _, version in pairs)
    return {task: version for task, version in read if task is not None and version is not None}


def _order(act: BulkAct) -> Order:
    known = {unit for unit, _ in unit_choices(session())} if act is BulkAct.ASSIGN else set()
    lead, supports = typed.whole("lead"), frozenset(typed.numbers("supports"))
    if act is BulkAct.ASSIGN and not supports | ({lead} if lead else set()) <= known:
        raise Refused("form.no-choice")
    if act is BulkAct.ASSIGN and not (lead or supports):
        raise Refused("bulk.no-units")
    due_on, reason = typed.day("due_on"), typed.text("reason")
    if act is BulkAct.DEADLINE and due_on is None:
        raise Refused("form.no-date", said="")
    if act in {BulkAct.DEADLINE, BulkAct.PAUSE, BulkAct.WITHDRAW} and not reason:
        raise Refused("task.reason-missing")
    return Order(act, lead, supports, due_on, reason)
