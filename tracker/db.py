"""The engine, its SQLite manners, and transaction(): one of the two modules that commit."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlmodel import Session

from tracker import paths

# A planner may hold the write lock for seconds on a large programme; nobody should fail for it.
BUSY_MILLISECONDS = 30_000
_WRITES = {"writes": True}

# What every statement raises while the database is away.
Away = sa.exc.OperationalError
# So PostgreSQL calls it when two wait for each other and it lets only one of them go on.
_DEADLOCK = "40P01"


def make_engine(url: str) -> sa.Engine:
    """An engine whose reads never wait and whose writes queue, on SQLite and PostgreSQL alike."""
    if not url.startswith("sqlite"):
        return sa.create_engine(url, pool_pre_ping=True)
    engine = sa.create_engine(url)
    event.listen(engine, "connect", _teach_manners)
    event.listen(engine, "begin", _begin)
    return engine


def _teach_manners(connection: Any, _record: object) -> None:
    # The driver must not begin transactions by itself: it would take the write lock too late.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {BUSY_MILLISECONDS}",
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        "cache_size = -65536",
        "mmap_size = 268435456",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    # A write that begins as a read cannot wait for its turn ("database is locked").
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def open_session(engine: sa.Engine, *, writes: bool) -> Session:
    """A session; `writes` says that it will change something, so that SQLite queues it."""
    bind = engine.execution_options(**_WRITES) if writes else engine
    return Session(bind, expire_on_commit=False)


@contextmanager
def transaction(engine: sa.Engine) -> Iterator[Session]:
    """A session that commits at the end, or leaves nothing when something is raised."""
    with open_session(engine, writes=True) as session:
        yield session
        session.commit()


@contextmanager
def reading(engine: sa.Engine) -> Iterator[Session]:
    """A session that only looks."""
    with open_session(engine, writes=False) as session:
        yield session


def is_deadlock(error: Away) -> bool:
    """Whether the database is there, and stopped one of two who changed the same things at once."""
    return getattr(error.orig, "sqlstate", None) == _DEADLOCK


def is_current(engine: sa.Engine) -> bool:
    """Whether the database stands at the newest migration."""
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return False
        stands = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return bool(stands == newest_migration())


@cache
def newest_migration() -> str:
    """The number of the newest shipped migration: their files are named by it."""
    return max(file.name for file in paths.MIGRATIONS.glob("versions/[0-9]*.py"))[:4]


def is_reachable(engine: sa.Engine) -> bool:
    """Whether the database answers at all."""
    try:
        with engine.connect() as connection:
            return bool(connection.scalar(sa.select(sa.literal(1))))
    except sa.exc.OperationalError:
        return False
