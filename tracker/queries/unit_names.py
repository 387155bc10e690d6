"""What units were called at a moment: the history says the name of its time, and today's."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.domain import Unit, UnitName


@dataclass(frozen=True)
class Called:
    """The name of a unit at a moment; `now` is its present name, when that is another."""

    then: str
    now: str | None = None


@dataclass
class Names:
    """The present name of each unit, and those before it with the moment until which they held."""

    present: dict[int, str] = field(default_factory=dict)
    former: dict[int, list[tuple[datetime, str]]] = field(default_factory=dict)

    def called(self, unit_id: int, at: datetime) -> Called:
        """What the unit was called at that moment."""
        now = self.present.get(unit_id, f"#{unit_id}")
        held = [name for until, name in self.former.get(unit_id, []) if at < until]
        return Called(held[0], now) if held and held[0] != now else Called(now)


_NAMES: Any = (
    sa.select(col(Unit.id), col(Unit.name), col(UnitName.name).label("former"), col(UnitName.until))
    .outerjoin(UnitName, col(UnitName.unit_id) == col(Unit.id))
    .where(col(Unit.id).in_(sa.bindparam("units", expanding=True)))
    .order_by(col(Unit.id), col(UnitName.until))
)


def names_of(session: Session, units: Iterable[int]) -> Names:
    """The names of these units, of today and of before."""
    names, asked = Names(), sorted(set(units))
    for row in session.execute(_NAMES, {"units": asked}) if asked else ():
        names.present[row.id] = row.name
        if row.until is not None:
            names.former.setdefault(row.id, []).append((row.until, row.former))
    return names
