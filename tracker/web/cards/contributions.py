"""The parts of the units that support a task."""

from collections.abc import Mapping
from typing import Any

from tracker.domain.task import CLOSED, Contribution
from tracker.queries.contributions import Part, contributions_of
from tracker.queries.tasks import Whole
from tracker.web.request import reader, session

_MAY_ANSWER = (Contribution.GIVEN,)
_MAY_RETURN = (Contribution.GIVEN, Contribution.ACCEPTED)


def card(whole: Whole) -> Mapping[str, Any] | None:
    """Each supporting unit with its part, and what the reader may do with it."""
    if not whole.supports:
        return None
    parts = contributions_of(session(), whole.task.id)
    return {"parts": [(part, _may(whole.task, part)) for part in parts]}


def _may(task: Any, part: Part) -> frozenset[str]:
    """What the reader may do with this part: give it, accept it, return it."""
    if task.status in CLOSED:
        return frozenset()
    state = part.support.state
    if part.support.unit_id in reader().units:
        return frozenset({"give"} if state is not Contribution.ACCEPTED else ())
    is_own = reader().owns_work_of(part.support.unit_id)
    if is_own or not reader().sides(task.issuer_id, task.lead_id):
        return frozenset()
    ways = {"accept": _MAY_ANSWER, "return": _MAY_RETURN}
    return frozenset(way for way, states in ways.items() if state in states)
