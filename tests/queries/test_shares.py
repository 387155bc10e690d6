"""The parts of a divided task: counted and listed along their index, whoever looks."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session

from tests.builders import AT, Office, a_task, a_unit
from tracker.domain import Task
from tracker.domain.completion import Completion
from tracker.domain.task import Status
from tracker.queries import shares
from tracker.queries.wanted import Days
from tracker.services.shares import divide

DAYS = Days(date(2026, 2, 26), date(2026, 3, 9))
DUE = date(2026, 2, 25)


@pytest.fixture
def whole(session: Session, office: Office) -> Task:
    """Divided among 616 communes, all but seven of which are done; one among many tasks."""
    by = office.reader(session, office.specialist)
    task = a_task(session, office.issuer, due_on=DUE, supports=(office.health,))
    units = [a_unit(session, f"Xã {n:03}").id for n in range(616)]
    for part in divide(session, task, units, by=by, at=AT)[7:]:
        part.status, part.done_on = Status.DONE, DUE
    session.flush()
    return task


@pytest.fixture
def plans(session: Session, whole: Task) -> Iterator[list[str]]:
    """The way that the database takes for each statement about many tasks."""
    session.connection().exec_driver_sql("ANALYZE")
    is_sqlite = session.connection().dialect.name == "sqlite"
    if not is_sqlite:
        session.connection().exec_driver_sql("SET LOCAL enable_seqscan = off")
    seen: list[str] = []

    def keep(conn: Any, _cursor: Any, statement: str, facts: Any, *_: Any) -> None:
        if statement.startswith("SELECT") and "parent_id" in statement:
            explained = ("EXPLAIN QUERY PLAN " if is_sqlite else "EXPLAIN ") + statement
            rows = conn.connection.cursor().execute(explained, facts).fetchall()
            seen.append("\n".join(str(row[-1]) for row in rows))

    event.listen(session.get_bind(), "before_cursor_execute", keep)
    yield seen
    event.remove(session.get_bind(), "before_cursor_execute", keep)


def test_the_share_of_616_units_is_counted(session: Session, whole: Task) -> None:
    counted = shares.completion_of(session, [whole.id, 99_999])
    assert counted == {whole.id: Completion(done=609, total=616, owed=7)}


def test_laggards_stand_on_the_first_page(session: Session, office: Office, whole: Task) -> None:
    reader = office.reader(session, office.specialist)
    lines, has_more = shares.shares_of(session, reader, shares.Wanted(whole.id), days=DAYS)
    assert [line.task.lead for line in lines[:7]] == [f"Xã {n:03}" for n in range(7)]
    assert (len(lines), has_more) == (shares.PAGE, True)


def test_who_supports_the_whole_sees_no_unit_s_own_part(
    session: Session, office: Office, whole: Task
) -> None:
    reader = office.reader(session, office.binh)
    lines, _ = shares.shares_of(session, reader, shares.Wanted(whole.id), days=DAYS)
    assert lines == []


def test_parts_are_found_by_their_index(
    session: Session, office: Office, whole: Task, plans: list[str]
) -> None:
    for person in (office.specialist, office.admin):
        reader = office.reader(session, person)
        shares.shares_of(session, reader, shares.Wanted(whole.id, only_open=True), days=DAYS)
    shares.completion_of(session, [whole.id])
    shares.laggards_of(session, whole)
    shares.sharing_units(session, whole.id)
    assert len(plans) == 5
    # PostgreSQL may find the few open tasks by another index; it must only not read them all.
    if session.get_bind().dialect.name == "sqlite":
        assert [plan for plan in plans if "ix_task_parent_id_position" not in plan] == []
    assert [plan for plan in plans if "Seq Scan on task" in plan] == []


def test_parts_that_would_be_one_too_many_are_counted(session: Session, whole: Task) -> None:
    units = [part.lead_id for part in shares.parts_of(session, whole)][:9]
    led = [unit for unit in units if unit is not None]
    assert [shares.doubled_parts(session, led[:n]) for n in (0, 1, 2, 7, 9)] == [0, 0, 1, 6, 6]
