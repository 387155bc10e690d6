"""Every act leaves its line."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from tracker.domain import Change
from tracker.domain.change import Act, Thing
from tracker.domain.reader import Reader


def record(
    session: Session, what: tuple[Act, Thing, int], *, by: int | None, at: datetime, **facts: Any
) -> Change:
    """Write down who did what; `facts` are `details` (old and new) and `reason`."""
    act, thing, thing_id = what
    change = Change(act=act, thing=thing, thing_id=thing_id, by_id=by, at=at, **facts)
    session.add(change)
    return change


def signed(by: Reader | None) -> int | None:
    """Whose name stands under an act; nobody's when the command line on the server did it."""
    return by.person_id if by else None
