"""A document whose reading takes longer than a page can wait, as a scan's does."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel


class SlowReading(SQLModel, table=True):
    """How far the reading of one document has come; the document itself is nowhere kept.

    `seen_at` is renewed while somebody reads: a stale one means that the server was stopped.
    It ends with an import or with the code of a refusal and its facts.
    """

    __table_args__ = (sa.Index("ix_slowreading_by_id_at", "by_id", "at"),)

    id: int = Field(default=None, primary_key=True)
    by_id: int = Field(foreign_key="person.id")
    at: datetime
    seen_at: datetime
    file_name: str = Field(max_length=255)
    pages_done: int = 0
    pages: int = 0
    refusal: str | None = Field(default=None, max_length=80)
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    import_id: int | None = Field(default=None, foreign_key="import.id", index=True)
