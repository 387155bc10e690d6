"""Transactions: whole or not at all, and writes that wait for their turn."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from sqlmodel import Session, func, select

from tests.builders import AT, a_unit
from tracker import db
from tracker.domain import Job, Unit

sqlite_only = pytest.mark.skipif("config.getoption('--database') != 'sqlite'", reason="SQLite")


def count(engine: sa.Engine) -> int:
    with db.reading(engine) as session:
        return session.exec(select(func.count()).select_from(Unit)).one()


def test_a_transaction_that_fails_leaves_nothing(engine: sa.Engine) -> None:
    with pytest.raises(sa.exc.IntegrityError), db.transaction(engine) as session:
        session.add_all([Unit.named("Sở Nội vụ"), Unit.named("Sở Nội vụ")])
    assert count(engine) == 0


def test_a_session_that_only_looks_keeps_nothing(engine: sa.Engine) -> None:
    with db.reading(engine) as session:
        a_unit(session, "Sở Nội vụ")
    assert count(engine) == 0


def add_one(session: Session, number: int) -> None:
    # Reads first: in SQLite that is what cannot be promoted to a write while others write.
    session.exec(select(func.count()).select_from(Unit)).one()
    a_unit(session, f"Sở {number}")


def test_eight_writers_at_once_all_succeed(engine: sa.Engine) -> None:
    def write(number: int) -> None:
        with db.transaction(engine) as session:
            add_one(session, number)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(80)))
    assert count(engine) == 80


@sqlite_only
@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("foreign_keys", 1), ("busy_timeout", db.BUSY_MILLISECONDS)],
)
def test_sqlite_has_its_manners(engine: sa.Engine, pragma: str, value: object) -> None:
    with engine.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_a_reference_to_nothing_is_refused(session: Session) -> None:
    session.add(Unit.named("Sở mồ côi", parent_id=999))
    with pytest.raises(sa.exc.IntegrityError):
        session.flush()


def test_a_word_that_no_enum_knows_is_refused_by_the_database(session: Session) -> None:
    with pytest.raises(sa.exc.IntegrityError):
        session.execute(sa.text("INSERT INTO calendarday VALUES ('2026-01-01', 'maybe', 'x', 'y')"))


def test_a_migrated_database_is_current_and_an_empty_one_is_not(engine: sa.Engine) -> None:
    assert db.is_current(engine)
    empty = db.make_engine("sqlite://")
    assert not db.is_current(empty)
    empty.dispose()


def test_a_database_that_is_not_there_is_not_reachable() -> None:
    assert not db.is_reachable(db.make_engine("sqlite:////nowhere/at/all.sqlite3"))


def test_the_same_moment_comes_back_in_utc(session: Session, engine: sa.Engine) -> None:
    session.add(Job(name="plan", started_at=AT))
    session.commit()
    with db.reading(engine) as other:
        assert other.exec(select(Job.started_at)).one() == AT
