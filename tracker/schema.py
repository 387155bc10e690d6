"""Bringing a database to the newest migration; apart from `db`, which every request loads."""

from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy import event

from tracker import paths
from tracker.db import make_engine, transaction


def upgrade(engine: sa.Engine) -> None:
    """Take every step that the database has not taken yet: all or nothing."""
    rebuilding = make_engine(engine.url.render_as_string(hide_password=False))
    if engine.dialect.name == "sqlite":
        event.listen(rebuilding, "connect", _let_tables_be_rebuilt)
    try:
        with transaction(rebuilding) as session:
            command.upgrade(steps(session.connection()), "head")
            _refuse_orphans(session.connection())
    finally:
        rebuilding.dispose()


def _let_tables_be_rebuilt(connection: Any, _record: object) -> None:
    # SQLite changes a table by dropping and renaming, which rows that refer to it would forbid;
    # this can only be said before a transaction begins.
    connection.execute("PRAGMA foreign_keys = OFF")


def _refuse_orphans(connection: sa.Connection) -> None:
    if connection.dialect.name == "sqlite":
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if orphans:
            raise sa.exc.IntegrityError("PRAGMA foreign_key_check", orphans, Exception(orphans[0]))


def steps(connection: sa.Connection | None = None) -> Config:
    """Where Alembic finds the steps, and the connection that they are taken on."""
    config = Config()
    config.set_main_option("script_location", str(paths.MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
