"""The files of a task, and the form that brings more."""

from collections.abc import Mapping
from typing import Any

from tracker.domain.attachment import ENDINGS
from tracker.domain.task import CLOSED
from tracker.queries.attachments import files_of_task
from tracker.queries.tasks import Whole
from tracker.web.request import reader, session, wiring

_ACCEPTED = ",".join(sorted({ending for endings in ENDINGS.values() for ending in endings}))


def card(whole: Whole) -> Mapping[str, Any] | None:
    """The papers, and whether the reader may bring, replace or take away some."""
    task, asking = whole.task, reader()
    is_office = asking.serves(task.issuer_id)
    units = {task.lead_id, *(unit.id for unit in whole.supports)} & asking.units
    may_add = is_office or (bool(units) and task.status not in CLOSED)
    papers = files_of_task(session(), asking, task.id)
    if not papers and not may_add:
        return None
    return {
        "papers": papers,
        "may_add": may_add,
        "may_change": lambda row: may_add and (is_office or row.unit_id in units),
        "sees_removed": asking.is_office,
        "megabytes": wiring().settings.upload_mb,
        "accepted": _ACCEPTED,
    }
