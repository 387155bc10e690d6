"""What waits for somebody today: their own work, or the work that their office follows."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.domain import Import, Task, Unit
from tracker.domain.proposal import ImportState
from tracker.domain.reader import Reader
from tracker.domain.task import Status, Timeliness
from tracker.queries.tasks import LINES, Line, lines
from tracker.queries.wanted import Days, Filed, Part, Receipt, Wanted, conditions

# A number on the first page says "more than" rather than count every row.
COUNTED_TO = 500
COUNTED_OF_A_UNIT = 100
SHOWN = 8
UNITS_SHOWN = 10


# Of the others the number alone is shown: it leads to the list.
_SHOWN = ("late", "soon", "waiting", "unreceived", "returned")


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
    totals = dict(zip(wheres, found, strict=True))
    full = {name: wheres[name] for name in _SHOWN if totals.get(name)}
    first = _first(session, full, days)
    return {name: Pile(total, first.get(name, [])) for name, total in totals.items()}


def _asked(reader: Reader) -> dict[str, Wanted]:
    mine = Wanted() if follows(reader) else Wanted(units=reader.units, part=Part.LEAD)
    asked = {
        "late": replace(mine, timeliness=Timeliness.OVERDUE),
        "soon": replace(mine, timeliness=Timeliness.DUE_SOON),
        "waiting": replace(mine, status=Status.SUBMITTED),
        "unreceived": replace(mine, status=Status.NOT_STARTED, receipt=Receipt.NO),
    }
    if follows(reader):
        return asked | {"unassigned": Wanted(unassigned=True)}
    return asked | {"returned": replace(mine, filed=Filed.RETURNED)}


def _total(where: list[sa.ColumnElement[bool]]) -> Any:
    some = sa.select(sa.literal(1)).select_from(Task).where(*where).limit(COUNTED_TO + 1)
    return sa.select(sa.func.count()).select_from(some.subquery()).scalar_subquery()


def _first(
    session: Session, wheres: dict[str, list[sa.ColumnElement[bool]]], days: Days
) -> dict[str, list[Line]]:
    """The first few tasks of each pile: their numbers in one question, their rows in another."""
    if not wheres:
        return {}
    legs = (_numbers(name, where).subquery() for name, where in wheres.items())
    rows = session.execute(sa.union_all(*(sa.select(leg) for leg in legs))).all()
    asked = LINES.where(col(Task.id).in_(sorted({row.id for row in rows})))
    known = {line.task.id: line for line in lines(session, session.execute(asked), days)}
    piles: dict[str, list[Line]] = {}
    for row in rows:
        piles.setdefault(row.pile, []).append(known[row.id])
    # A union says nothing of the order in which it gives its rows.
    return {name: sorted(pile, key=_by_due) for name, pile in piles.items()}


def _numbers(name: str, where: list[sa.ColumnElement[bool]]) -> sa.Select[Any]:
    # Every pile holds open work alone, so the deadline is the whole of the order.
    pile: Any = sa.literal(name).label("pile")
    asked: sa.Select[Any] = sa.select(pile, col(Task.id)).where(*where)
    return asked.order_by(col(Task.is_closed), col(Task.due_on), col(Task.id)).limit(SHOWN)


def _by_due(line: Line) -> tuple[date, int]:
    return line.task.due_on or date.max, line.task.id


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
