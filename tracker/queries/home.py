"""What waits for somebody today: their own work, or the work that their office follows."""

from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.domain import Import, Task, Unit
from tracker.domain.proposal import ImportState
from tracker.domain.reader import Reader
from tracker.domain.task import Status, Timeliness
from tracker.queries.tasks import LINES, Line, lines
from tracker.queries.wanted import Days, Part, Wanted, conditions

# A number on the first page says "more than" rather than count every row.
COUNTED_TO = 500
COUNTED_OF_A_UNIT = 100
SHOWN = 8
UNITS_SHOWN = 10


@dataclass(frozen=True)
class Pile:
    """One pile of work: how many, as far as counted, and the first few."""

    total: int
    lines: list[Line]

    @property
    def is_capped(self) -> bool:
        """Whether there are more than were counted."""
        return self.total > COUNTED_TO


def follows(reader: Reader) -> bool:
    """Whether the reader follows the work of others: an office, a leader, the administrator."""
    return reader.reads_all or bool(reader.issuers)


def piles(session: Session, reader: Reader, *, days: Days) -> dict[str, Pile]:
    """The piles of the first page by name, each with its number and its first few tasks."""
    wheres = {name: conditions(reader, wanted, days) for name, wanted in _asked(reader).items()}
    found = session.execute(sa.select(*(_total(where) for where in wheres.values()))).one()
    return {
        name: Pile(total, _first(session, where, days) if total else [])
        for (name, where), total in zip(wheres.items(), found, strict=True)
    }


def _asked(reader: Reader) -> dict[str, Wanted]:
    mine = Wanted() if follows(reader) else Wanted(units=reader.units, part=Part.LEAD)
    asked = {
        "late": replace(mine, timeliness=Timeliness.OVERDUE),
        "soon": replace(mine, timeliness=Timeliness.DUE_SOON),
        "waiting": replace(mine, status=Status.SUBMITTED),
    }
    return asked | ({"unassigned": Wanted(unassigned=True)} if follows(reader) else {})


def _total(where: list[sa.ColumnElement[bool]]) -> Any:
    some = sa.select(sa.literal(1)).select_from(Task).where(*where).limit(COUNTED_TO + 1)
    return sa.select(sa.func.count()).select_from(some.subquery()).scalar_subquery()


def _first(session: Session, where: list[sa.ColumnElement[bool]], days: Days) -> list[Line]:
    # Every pile holds open work alone, so the deadline is the whole of the order.
    asked = LINES.where(*where).order_by(col(Task.is_closed), col(Task.due_on), col(Task.id))
    return lines(session, session.execute(asked.limit(SHOWN)), days)


@dataclass(frozen=True)
class Behind:
    """A unit and how much of its work is late."""

    unit_id: int
    name: str
    late: int

    @property
    def is_capped(self) -> bool:
        """Whether there is more than was counted."""
        return self.late > COUNTED_OF_A_UNIT


def late_by_unit(session: Session, reader: Reader, *, days: Days) -> list[Behind]:
    """The units with late work, the most first: all units, or the reader's own."""
    where = conditions(reader, Wanted(timeliness=Timeliness.OVERDUE), days)
    some = sa.select(sa.literal(1)).select_from(Task).where(*where, col(Task.lead_id) == Unit.id)
    some = some.correlate(Unit).limit(COUNTED_OF_A_UNIT + 1)
    late = sa.select(sa.func.count()).select_from(some.subquery()).scalar_subquery()
    units = sa.select(col(Unit.id), col(Unit.name), late.label("late"))
    if not follows(reader):
        units = units.where(col(Unit.id).in_(sorted(reader.units)))
    rows = units.order_by(sa.desc("late"), col(Unit.sort_key)).limit(UNITS_SHOWN)
    return [Behind(*row) for row in session.execute(rows) if row.late]


def open_imports(session: Session, reader: Reader) -> list[Any]:
    """Documents of the reader's office whose review is not finished."""
    asked = sa.select(col(Import.id), col(Import.file_name), col(Import.at)).where(
        col(Import.state) == ImportState.OPEN, col(Import.issuer_id).in_(sorted(reader.offices))
    )
    return list(session.execute(asked.order_by(col(Import.id).desc()).limit(SHOWN)))
