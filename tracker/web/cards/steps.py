"""The steps of a task that follows a procedure."""

from collections.abc import Mapping
from typing import Any

from tracker.queries.procedures import (
    checklist,
    has_children,
    procedure_choices,
    whole_of_step,
)
from tracker.queries.tasks import Whole, days
from tracker.services.steps import may_tick
from tracker.web.request import reader, session, today


def card(whole: Whole) -> Mapping[str, Any] | None:
    """The checklist of a task, the place of a step in its whole, or the choice of a procedure."""
    task = whole.task
    if task.is_step and task.parent_id is not None:
        above = whole_of_step(session(), reader(), task.parent_id)
        return {"above": above}
    if task.procedure_id is not None:
        listed = checklist(session(), reader(), task, days=days(session(), today()))
        return {"list": listed, "may_tick": lambda row: may_tick(task, row, reader())}
    choices = procedure_choices(session(), reader()) if _may_begin(task) else ()
    return {"choices": choices, "today": today()} if choices else None


def _may_begin(task: Any) -> bool:
    if not reader().serves(task.issuer_id) or task.status in ("done", "withdrawn"):
        return False
    is_alone = task.parent_id is None and not task.is_divided and task.lead_id is not None
    return is_alone and not has_children(session(), task.id)
