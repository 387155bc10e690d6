"""Filters that somebody keeps under a name, for themselves or for their unit."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class SavedFilter(SQLModel, table=True):
    """A list of tasks with its filters, columns and order: what its address asks for."""

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    # Everybody of this unit sees it too; None keeps it private.
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    name: str = Field(max_length=120)
    query: str = Field(max_length=2000)
    at: datetime
