"""Groups of units and what stands below a unit: the quick choices when work is given to many."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.domain import GroupMember, Unit, UnitGroup
from tracker.domain.folding import sort_key
from tracker.domain.reader import Reader
from tracker.errors import NotFound


@dataclass(frozen=True)
class Branches:
    """Every unit, and who stands below whom."""

    rows: tuple[Any, ...]

    @property
    def active(self) -> list[Any]:
        """The units that work, in Vietnamese order."""
        return [row for row in self.rows if row.is_active]

    def known(self, units: Iterable[int]) -> set[int]:
        """Those of these units that there are."""
        return {row.id for row in self.rows} & set(units)

    def closed(self, units: Iterable[int]) -> list[str]:
        """The names of those of these units that no longer work."""
        chosen = set(units)
        return [row.name for row in self.rows if row.id in chosen and not row.is_active]

    def tops(self) -> list[tuple[int, str, int]]:
        """The units that others stand below, with how many these are."""
        counts = {row.id: len(self.below(row.id)) for row in self.active}
        return [(row.id, row.name, counts[row.id]) for row in self.active if counts[row.id]]

    def below(self, top: int) -> set[int]:
        """The working units below this one, at every depth, without it."""
        return set(self._walk(top, {top}))

    def _walk(self, top: int, seen: set[int]) -> Iterator[int]:
        for row in self._children.get(top, ()):
            if row.id not in seen:
                seen.add(row.id)
                yield row.id
                yield from self._walk(row.id, seen)

    @cached_property
    def _children(self) -> dict[int, list[Any]]:
        children: dict[int, list[Any]] = {}
        for row in self.active:
            children.setdefault(row.parent_id or 0, []).append(row)
        return children


def branches(session: Session) -> Branches:
    """Every unit in Vietnamese order."""
    columns = col(Unit.id), col(Unit.name), col(Unit.parent_id), col(Unit.is_active)
    asked = sa.select(*columns).order_by(col(Unit.sort_key), col(Unit.id))
    return Branches(tuple(session.execute(asked).all()))


def groups_of(session: Session, issuers: Iterable[int]) -> list[Any]:
    """The groups of these issuing units, by name, with the number of their units."""
    members = sa.func.count(col(GroupMember.unit_id)).label("members")
    asked: Any = (
        sa.select(col(UnitGroup.id), col(UnitGroup.name), members, col(Unit.name).label("issuer"))
        .join(Unit, col(Unit.id) == col(UnitGroup.issuer_id))
        .outerjoin(GroupMember, col(GroupMember.group_id) == col(UnitGroup.id))
        .where(col(UnitGroup.issuer_id).in_(sorted(issuers)))
        .group_by(col(UnitGroup.id), col(UnitGroup.name), col(Unit.name))
    )
    return sorted(session.execute(asked).all(), key=lambda row: (sort_key(row.name), row.id))


def group_of(session: Session, reader: Reader, group_id: int) -> UnitGroup:
    """One group; NotFound for whoever does not work for the office that made it."""
    group = session.get(UnitGroup, group_id)
    if group is None or not reader.serves(group.issuer_id):
        raise NotFound("not-found")
    return group


def members_of(session: Session, group_id: int) -> set[int]:
    """The units of a group, closed ones too."""
    asked = sa.select(col(GroupMember.unit_id)).where(col(GroupMember.group_id) == group_id)
    return set(session.scalars(asked))


def group_called(session: Session, issuer_id: int, name: str) -> UnitGroup | None:
    """The group of that name."""
    named = col(UnitGroup.name) == name
    return session.exec(
        select(UnitGroup).where(col(UnitGroup.issuer_id) == issuer_id, named)
    ).first()


def issuer_choices(session: Session, issuers: Iterable[int]) -> list[tuple[int, str]]:
    """The issuing units whose office the reader works for."""
    asked = sa.select(col(Unit.id), col(Unit.name)).where(col(Unit.id).in_(sorted(issuers)))
    return [(key, name) for key, name in session.execute(asked.order_by(col(Unit.sort_key)))]
