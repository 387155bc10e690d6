"""Every act leaves its line."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from tracker.domain import Change
from tracker.domain.change import Act, Thing
from tracker.domain.reader import Reader

# A reader, the number of somebody who acts before being let in, or nobody (the command line).
Doer = Reader | int | None


def record(
    session: Session, what: tuple[Act, Thing, int], *, by: Doer, at: datetime, **facts: Any
) -> Change:
    """Write down who did what, and for whom; `facts` are `details` (old and new) and `reason`."""
    act, thing, thing_id = what
    change = Change(act=act, thing=thing, thing_id=thing_id, by_id=signed(by), at=at, **facts)
    change.for_id = by.acting_for if isinstance(by, Reader) else None
    session.add(change)
    return change


def signed(by: Doer) -> int | None:
    """Whose name stands under an act; nobody's when the command line on the server did it."""
    return by.person_id if isinstance(by, Reader) else by
