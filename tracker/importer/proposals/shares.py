"""An item given to a group of units: one parent task, and a child for each unit of the group."""

from datetime import datetime

from sqlmodel import Session

from tracker.domain import Proposal, Task
from tracker.domain.change import Act
from tracker.domain.reader import Reader
from tracker.services.shares import share_out


def divide(
    session: Session, parent: Task, proposal: Proposal, *, by: Reader | None, at: datetime
) -> list[Task]:
    """Make the children of a group task; each unit answers for its own (product rule 1)."""
    units = proposal.share_ids
    return share_out(session, parent, units, first=Act.IMPORTED, by=by, at=at) if units else []
