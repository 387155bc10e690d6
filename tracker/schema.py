"""Bringing a database to the newest migration; apart from `db`, which every request loads."""

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from tracker import paths
from tracker.db import transaction


def upgrade(engine: sa.Engine) -> None:
    """Take every step that the database has not taken yet: all or nothing."""
    with transaction(engine) as session:
        command.upgrade(steps(session.connection()), "head")


def steps(connection: sa.Connection | None = None) -> Config:
    """Where Alembic finds the steps, and the connection that they are taken on."""
    config = Config()
    config.set_main_option("script_location", str(paths.MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
