"""What happens to saved groups of units: they are made, changed, and removed."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.domain import GroupMember, UnitGroup
from tracker.domain.change import Act, Thing
from tracker.domain.reader import Reader
from tracker.errors import NotAllowed, Refused
from tracker.queries.groups import branches, group_called, members_of
from tracker.services.history import record

LONGEST_NAME = 200


def make(
    session: Session, issuer_id: int, *, name: str, units: Iterable[int], by: Reader, at: datetime
) -> UnitGroup:
    """Save units under one name; Refused when the name is taken or no unit is chosen."""
    _refuse_all_but_office(issuer_id, by)
    members = branches(session).known(units)
    group = UnitGroup(issuer_id=issuer_id, name=_free(session, issuer_id, name, None))
    _refuse_empty(members)
    session.add(group)
    session.flush()
    session.add_all(GroupMember(group_id=group.id, unit_id=unit) for unit in sorted(members))
    details = {"name": [None, group.name], "units": [None, len(members)]}
    _record(session, (Act.CREATED, group), by=by, at=at, details=details)
    return group


def change(
    session: Session,
    group: UnitGroup,
    *,
    name: str,
    units: Iterable[int],
    by: Reader,
    at: datetime,
) -> UnitGroup:
    """Give a group another name or other units; the tasks already divided stay as they are."""
    _refuse_all_but_office(group.issuer_id, by)
    old, before = group.name, members_of(session, group.id)
    members = branches(session).known(units)
    group.name = _free(session, group.issuer_id, name, group)
    _refuse_empty(members)
    _keep(session, group, members - before, before - members)
    details = {
        "name": [old, group.name],
        "units": [len(before), len(members)],
        "_joined": [None, sorted(members - before)],
        "_left": [None, sorted(before - members)],
    }
    if (old, before) != (group.name, members):
        _record(session, (Act.EDITED, group), by=by, at=at, details=details)
    return group


def remove(session: Session, group: UnitGroup, *, by: Reader, at: datetime) -> None:
    """Forget a group; nothing that was given to its units changes."""
    _refuse_all_but_office(group.issuer_id, by)
    members = sorted(members_of(session, group.id))
    details = {"name": [group.name, None], "_left": [None, members]}
    _record(session, (Act.REMOVED, group), by=by, at=at, details=details)
    session.execute(sa.delete(GroupMember).where(col(GroupMember.group_id) == group.id))
    session.delete(group)
    session.flush()


def _keep(session: Session, group: UnitGroup, joined: set[int], left: set[int]) -> None:
    gone = (col(GroupMember.group_id) == group.id, col(GroupMember.unit_id).in_(sorted(left)))
    session.execute(sa.delete(GroupMember).where(*gone))
    session.add_all(GroupMember(group_id=group.id, unit_id=unit) for unit in sorted(joined))
    session.add(group)
    session.flush()


def _refuse_all_but_office(issuer_id: int, by: Reader) -> None:
    if not by.serves(issuer_id):
        raise NotAllowed("group.office-only")


def _refuse_empty(members: set[int]) -> None:
    if not members:
        raise Refused("group.nobody")


def _free(session: Session, issuer_id: int, name: str, group: UnitGroup | None) -> str:
    """The name with single spaces; Refused when another group has it."""
    name = " ".join(name.split())
    if not name:
        raise Refused("group.name-empty")
    namesake = group_called(session, issuer_id, name)
    if namesake is not None and namesake is not group:
        raise Refused("group.name-taken", name=name)
    return name


def _record(
    session: Session,
    what: tuple[Act, UnitGroup],
    *,
    by: Reader,
    at: datetime,
    details: dict[str, object],
) -> None:
    act, group = what
    record(session, (act, Thing.GROUP, group.id), by=by, at=at, details=details)
    session.flush()
