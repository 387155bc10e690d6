"""What machines ask: alive, and able to serve."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from tests.web.conftest import Browser
from tracker import db
from tracker.clock import real_now
from tracker.domain import Job


def test_the_process_says_that_it_lives(visitor: Browser) -> None:
    answer = visitor.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_ready_when_the_database_answers_and_is_current(visitor: Browser) -> None:
    answer = visitor.get("/readyz")
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json | {"late_jobs": []} == {
        "ready": True, "database": True, "migrations": True, "late_jobs": [],
    }  # fmt: skip


def test_a_silent_worker_is_named_but_the_pages_still_serve(visitor: Browser) -> None:
    answer = visitor.get("/readyz")
    assert answer.json is not None
    assert answer.json["late_jobs"] == ["plan", "deliver"]


def test_a_worker_that_ran_lately_is_not_named(visitor: Browser, session: Session) -> None:
    session.add_all(Job(name=name, succeeded_at=real_now()) for name in ("plan", "deliver"))
    session.commit()
    answer = visitor.get("/readyz")
    assert answer.json is not None
    assert answer.json["late_jobs"] == []


def test_not_ready_before_the_migrations(visitor: Browser, engine: sa.Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    try:
        assert visitor.get("/readyz").status_code == 503
    finally:
        with engine.begin() as connection:
            newest = db.newest_migration()
            connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{newest}'")  # noqa: S608


def test_not_ready_when_the_database_is_gone(
    visitor: Browser, engine: sa.Engine, tmp_path: Path
) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("the file of a SQLite database is taken away")
    engine.dispose()
    (tmp_path / "tracker.sqlite3").unlink()
    (tmp_path / "tracker.sqlite3").mkdir()
    assert visitor.get("/readyz").status_code == 503
