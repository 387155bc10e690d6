"""How the tables write their columns: enums as their own words, constraints by name."""

import enum
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

# Set before the first table: SQLite's batch migrations can only change what has a name.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def words(kind: type[enum.StrEnum]) -> Any:
    """A column type that stores the enum's own words and lets the database check them."""
    return sa.Enum(
        kind,
        native_enum=False,
        length=24,
        create_constraint=True,
        name=kind.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


def sortable() -> Any:
    """A text compared byte by byte in both databases, for Vietnamese sort keys."""
    return sa.String().with_variant(sa.String(collation="C"), "postgresql")


def version() -> Any:
    """A counter that SQLAlchemy raises with each UPDATE, so that the second editor is told."""
    return sa.Column("version", sa.Integer, nullable=False)
