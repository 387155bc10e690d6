"""An item given to a group of units: one parent task, and a child for each unit of the group."""

from datetime import datetime

from sqlmodel import Session

from tracker.domain import Proposal, Task
from tracker.domain.change import Act, Thing
from tracker.domain.reader import Reader
from tracker.domain.task import searchable
from tracker.services.history import record

_OF_THE_PARENT = {"id", "version", "is_closed", "parent_id", "lead_id", "ref", "search_text"}


def divide(
    session: Session, parent: Task, proposal: Proposal, *, by: Reader | None, at: datetime
) -> list[Task]:
    """Make the children of a group task; each unit answers for its own (product rule 1)."""
    facts = parent.model_dump(exclude=_OF_THE_PARENT)
    children = []
    for number, unit_id in enumerate(proposal.share_ids, start=1):
        ref = f"{parent.ref}/{number}"
        search_text = searchable(parent.text, ref)
        shared = facts | {"parent_id": parent.id, "lead_id": unit_id, "ref": ref}
        children.append(Task(**shared, search_text=search_text))
    session.add_all(children)
    session.flush()
    for child in children:
        record(session, (Act.IMPORTED, Thing.TASK, child.id), by=by, at=at)
    return children
