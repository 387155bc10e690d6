"""Saved filters as somebody sees them, and the documents one may filter by."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.domain import Directive, Person, Procedure, SavedFilter, Task, Unit
from tracker.domain.reader import Reader
from tracker.errors import NotFound
from tracker.queries.visibility import tasks_of

Choices = list[tuple[int, str]]


def sharing_units(reader: Reader) -> frozenset[int]:
    """The units among whose people somebody stands: their filters are shared there."""
    return reader.own_units | reader.issuers


def filters_of(session: Session, reader: Reader) -> list[Any]:
    """The reader's own filters, then those that colleagues share, each by name."""
    mine = col(SavedFilter.person_id) == reader.person_id
    shared = col(SavedFilter.unit_id).in_(sorted(sharing_units(reader)))
    asked: Any = (
        sa.select(
            col(SavedFilter.id),
            col(SavedFilter.name),
            col(SavedFilter.query),
            col(SavedFilter.unit_id),
            col(Unit.name).label("unit"),
            col(Person.name).label("whose"),
            mine.label("is_mine"),
        )
        .join(Person, col(Person.id) == col(SavedFilter.person_id))
        .outerjoin(Unit, col(Unit.id) == col(SavedFilter.unit_id))
        .where(mine | shared)
        .order_by(mine.desc(), col(SavedFilter.name), col(SavedFilter.id))
    )
    return list(session.execute(asked).all())


def own_filter(session: Session, reader: Reader, filter_id: int) -> SavedFilter:
    """A filter of the reader's own; NotFound for everybody else's."""
    asked = select(SavedFilter).where(
        col(SavedFilter.id) == filter_id, col(SavedFilter.person_id) == reader.person_id
    )
    found = session.exec(asked).first()
    if found is None:
        raise NotFound("not-found")
    return found


def unit_names(session: Session, units: frozenset[int]) -> Choices:
    """These units with their names, in Vietnamese order."""
    asked = sa.select(col(Unit.id), col(Unit.name)).where(col(Unit.id).in_(sorted(units)))
    rows = session.execute(asked.order_by(col(Unit.sort_key))).all() if units else ()
    return [(key, name) for key, name in rows]


def directive_choices(session: Session, reader: Reader) -> Choices:
    """The directives of the reader's offices, and those that gave them a task; newest first."""
    asked = sa.select(col(Directive.id), col(Directive.number)).order_by(
        col(Directive.issued_on).desc(), col(Directive.id).desc()
    )
    if not reader.reads_all:
        own = col(Directive.issuer_id).in_(sorted(reader.issuers))
        asked = asked.where(own | col(Directive.id).in_(_of_tasks(reader, Task.directive_id)))
    return [(key, number) for key, number in session.execute(asked).all()]


def procedure_choices(session: Session, reader: Reader) -> Choices:
    """The procedures that tasks of the reader follow, by name."""
    asked = sa.select(col(Procedure.id), col(Procedure.name)).order_by(col(Procedure.name))
    if not reader.reads_all:
        own = col(Procedure.issuer_id).in_(sorted(reader.issuers))
        shipped = sa.and_(col(Procedure.issuer_id).is_(None), sa.literal(bool(reader.issuers)))
        followed = col(Procedure.id).in_(_of_tasks(reader, Task.procedure_id))
        asked = asked.where(own | shipped | followed)
    return [(key, name) for key, name in session.execute(asked).all()]


def _of_tasks(reader: Reader, column: Any) -> Any:
    # Whatever an office gave is its own; only what units were given is looked up.
    mine = Reader(person_id=reader.person_id, name="", email="", units=reader.units)
    return sa.select(column).where(column.is_not(None), tasks_of(mine, beside=True))
