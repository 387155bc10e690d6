"""The units among which a task is divided."""

from collections.abc import Mapping
from typing import Any

from flask import request

from tracker.domain.completion import Completion
from tracker.domain.task import OWED
from tracker.labels.sharing import counted
from tracker.queries import shares
from tracker.queries.tasks import Whole, days
from tracker.web import typed
from tracker.web.render import locale
from tracker.web.request import reader, session, today

_NOTHING = Completion()


def card(whole: Whole) -> Mapping[str, Any] | None:
    """The table of a divided task, the whole of a part, or what the office may do to a task."""
    task = whole.task
    if task.is_divided:
        return _table(task)
    if task.parent_id is not None and not task.is_step:
        return _of_a_part(task)
    owed = task.status in OWED and reader().serves(task.issuer_id)
    acts = {"may_divide": _may_divide(task), "may_urge": owed and task.lead_id is not None}
    return acts if owed and any(acts.values()) else None


def _may_divide(task: Any) -> bool:
    return task.parent_id is None and task.procedure_id is None and task.submitted_on is None


def _table(task: Any) -> Mapping[str, Any]:
    only_open = request.args.get("shares") == "open"
    page = min(typed.number_in(request.args.get("shares_page", "")) or 1, 1000)
    wanted = shares.Wanted(task.id, only_open=only_open, page=page)
    lines, has_more = shares.shares_of(session(), reader(), wanted, days=days(session(), today()))
    return {"lines": lines, "has_more": has_more, "wanted": wanted} | _counted(task.id)


def _counted(task_id: int) -> dict[str, Any]:
    completion = shares.completion_of(session(), [task_id]).get(task_id, _NOTHING)
    return {"completion": completion, "counted": counted(completion, locale())}


def _of_a_part(task: Any) -> Mapping[str, Any] | None:
    parent = shares.parent_line(session(), reader(), task.parent_id)
    may_urge = task.status in OWED and reader().serves(task.issuer_id)
    return {"parent": parent, "may_urge": may_urge} | _counted(parent.id) if parent else None
