"""Work programmes: a document of one issuing unit for one period."""

import enum
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.domain import columns


class PeriodKind(enum.StrEnum):
    """How long a programme reaches."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    YEAR = "year"


class Programme(SQLModel, table=True):
    """A chương trình công tác: its period, its number and date as printed, its signer."""

    __table_args__ = (
        sa.CheckConstraint("starts_on <= ends_on", name="period_runs_forward"),
        sa.Index("ix_programme_issuer_id_starts_on", "issuer_id", "starts_on"),
    )

    id: int = Field(default=None, primary_key=True)
    issuer_id: int = Field(foreign_key="unit.id")
    title: str = Field(max_length=500)
    period: PeriodKind = Field(sa_type=columns.words(PeriodKind))
    year: int
    period_number: int | None = None
    starts_on: date
    ends_on: date
    number: str | None = Field(default=None, max_length=40)
    symbol: str | None = Field(default=None, max_length=40)
    place: str | None = Field(default=None, max_length=80)
    issued_on: date | None = None
    signer: str | None = Field(default=None, max_length=120)


class ProgrammeVersion(SQLModel, table=True):
    """One document that made or amended a programme: version 1, 2, 3 …."""

    __table_args__ = (sa.UniqueConstraint("programme_id", "number"),)

    id: int = Field(default=None, primary_key=True)
    programme_id: int = Field(foreign_key="programme.id")
    number: int
    import_id: int = Field(foreign_key="import.id", index=True)
    title: str = Field(max_length=500)
    at: datetime
    by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    # Each thing it touched: what it was, what it became, its row's version afterwards.
    touched: list[dict[str, Any]] = Field(default_factory=list, sa_type=sa.JSON)
    # How many tasks were added, reworded, moved …: lists never load what was touched.
    counts: dict[str, int] = Field(default_factory=dict, sa_type=sa.JSON)
    undone_at: datetime | None = None


class Section(SQLModel, table=True):
    """A heading of a programme, under which its tasks stand."""

    __table_args__ = (sa.UniqueConstraint("programme_id", "position"),)

    id: int = Field(default=None, primary_key=True)
    programme_id: int = Field(foreign_key="programme.id")
    parent_id: int | None = Field(default=None, foreign_key="section.id", index=True)
    position: int
    text: str


class Recipient(SQLModel, table=True):
    """A line of Nơi nhận: to whom the programme is published."""

    __table_args__ = (sa.UniqueConstraint("programme_id", "position"),)

    id: int = Field(default=None, primary_key=True)
    programme_id: int = Field(foreign_key="programme.id")
    position: int
    text: str
