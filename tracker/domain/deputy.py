"""Deputies: who stands in for somebody who is away, from which day to which."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel


class Deputy(SQLModel, table=True):
    """A person names another to act in their place; the history holds both names."""

    __table_args__ = (
        sa.CheckConstraint("starts_on <= ends_on", name="absence_runs_forward"),
        sa.Index("ix_deputy_deputy_id_ends_on", "deputy_id", "ends_on"),
    )

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    deputy_id: int = Field(foreign_key="person.id")
    starts_on: date
    ends_on: date
    reason: str = Field(default="", max_length=300)
    created_at: datetime
    ended_at: datetime | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the deputy acts on that day."""
        return self.ended_at is None and self.starts_on <= day <= self.ends_on
