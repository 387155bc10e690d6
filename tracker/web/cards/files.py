"""The files of a task, and the form that brings more."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracker.domain.attachment import ENDINGS
from tracker.domain.filing import why_files_stay
from tracker.domain.task import CLOSED
from tracker.queries.attachments import files_of_task, files_of_whole
from tracker.queries.tasks import Whole
from tracker.web.request import reader, session, wiring

_ACCEPTED = ",".join(sorted({ending for endings in ENDINGS.values() for ending in endings}))


@dataclass(frozen=True)
class Hand:
    """What the reader may do with the papers of one task."""

    is_office: bool
    units: frozenset[int]
    may_add: bool

    def may_change(self, row: Any) -> bool:
        """Whether a newer version may be handed in, or the file taken away."""
        is_of_unit = row.unit_id in self.units
        if not self.may_add or not (self.is_office or is_of_unit):
            return False
        stays = row.filing and why_files_stay(row.filing, is_of_unit=is_of_unit)
        return not stays


def _hand(whole: Whole) -> Hand:
    task, asking = whole.task, reader()
    is_office = asking.serves(task.issuer_id)
    units = {task.lead_id, *(unit.id for unit in whole.supports)} & asking.units
    may_add = is_office or (bool(units) and task.status not in CLOSED)
    return Hand(is_office, asking.units, may_add)


def card(whole: Whole) -> Mapping[str, Any] | None:
    """The papers, and whether the reader may bring, replace or take away some.

    `enclosed` are those of each report and request, which stand with it.
    """
    task, asking, hand = whole.task, reader(), _hand(whole)
    papers = files_of_task(session(), asking, task.id)
    is_part = task.parent_id is not None and not task.is_step
    given = files_of_whole(session(), asking, task.parent_id) if is_part else []
    if not papers and not given and not hand.may_add:
        return None
    return {
        "papers": papers.pop(None, []),
        "enclosed": papers,
        "given": given,
        "may_add": hand.may_add,
        "may_change": hand.may_change,
        "sees_removed": asking.is_office,
        "megabytes": wiring().settings.upload_mb,
        "accepted": _ACCEPTED,
    }
