"""A synthetic, realistic load for trials and benchmarks; the same seed gives the same data."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from tracker.domain import (
    Change,
    Meeting,
    Person,
    Post,
    Programme,
    ProgressNote,
    Section,
    Support,
    Task,
    Unit,
)
from tracker.errors import Refused
from tracker.sample import bodies, plans, words, work
from tracker.sample.bodies import Row
from tracker.services.people import set_password

# One statement carries so many rows: quick, and small in memory.
_CHUNK = 5_000
_FILLED: tuple[type[SQLModel], ...] = (
    Unit, Person, Post, Programme, Section, Meeting, Task, ProgressNote, Change,
)  # fmt: skip


@dataclass(frozen=True)
class Filled:
    """What the sample holds, and how to sign in to it."""

    password: str
    administrator: str
    office: str
    clerk: str
    units: int
    people: int
    meetings: int
    tasks: int


def fill(  # noqa: PLR0913 - each is one option of `tracker sample`
    session: Session, *, tasks: int, units: int, seed: int, today: date, at: datetime
) -> Filled:
    """Fill an empty database with `units` units and `tasks` tasks around the day `today`.

    Everybody has one password, new with each run. Raises Refused when there is anything.
    """
    _refuse_unless_empty(session)
    rng = Random(seed)  # noqa: S311 - the same seed must give the same data
    below = bodies.bodies(rng, max(units, 1))
    months = plans.months(today)
    people = _put_bodies(session, rng, below)
    meetings = _put_plans(session, rng, months, items=int(tasks * work.AGENDA_SHARE))
    writer = words.Writer(rng, words.places(rng, max(units, 100)))
    desk = work.Desk(rng, work.Office(months, below, writer, today, at))
    for batch in desk.batches(tasks, each=_CHUNK):
        _put_batch(session, batch)
    _let_ids_follow(session)
    password = _one_password(session, at)
    return Filled(
        password=password,
        administrator="quantri@sample.test",
        office="vanphong@sample.test",
        clerk=below[0].clerk,
        units=len(below),
        people=people,
        meetings=meetings,
        tasks=tasks,
    )


def _refuse_unless_empty(session: Session) -> None:
    for table in (Unit, Person, Programme, Task):
        if session.exec(select(table).limit(1)).first() is not None:
            raise Refused("sample.not-empty")


def _put_bodies(session: Session, rng: Random, below: list[bodies.Body]) -> int:
    people = bodies.people(rng, below)
    _put(session, Unit, bodies.units(below))
    _put(session, Person, people)
    _put(session, Post, bodies.posts(below))
    return len(people)


def _put_plans(session: Session, rng: Random, months: list[plans.Month], *, items: int) -> int:
    meetings = plans.meetings(rng, months, items=items)
    _put(session, Programme, (month.row() for month in months))
    _put(session, Section, plans.sections(months))
    _put(session, Meeting, meetings)
    return len(meetings)


def _put_batch(session: Session, batch: work.Batch) -> None:
    _put(session, Task, batch.tasks)
    _put(session, Support, batch.supports)
    _put(session, ProgressNote, batch.notes)
    _put(session, Change, batch.changes)


def _put(session: Session, table: type[SQLModel], rows: Iterable[Row]) -> None:
    # The plain table, not the entity: no object is made for a row.
    rows = list(rows)
    if rows:
        session.connection().execute(sa.insert(SQLModel.metadata.tables[_name(table)]), rows)


def _name(table: type[SQLModel]) -> str:
    return str(table.__tablename__)


def _let_ids_follow(session: Session) -> None:
    # PostgreSQL counts ids apart from the rows; SQLite looks at the rows.
    if session.get_bind().dialect.name != "postgresql":
        return
    for name in map(_name, _FILLED):
        counter = sa.func.pg_get_serial_sequence(name, "id")
        last = sa.select(sa.func.max(sa.column("id", sa.Integer))).select_from(sa.table(name))
        session.execute(sa.select(sa.func.setval(counter, _or_one(last))))


def _or_one(number: sa.Select[Any]) -> sa.ColumnElement[int]:
    return sa.func.coalesce(number.scalar_subquery(), 1)


def _one_password(session: Session, at: datetime) -> str:
    # Hashing is slow on purpose: once for all of them.
    administrator = session.get_one(Person, bodies.ADMINISTRATOR)
    password = secrets.token_urlsafe(12)
    set_password(session, administrator, password, by=None, at=at)
    everybody = sa.update(Person).where(col(Person.id) != administrator.id)
    session.execute(everybody.values(password_hash=administrator.password_hash))
    return password
