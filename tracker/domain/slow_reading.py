"""A document whose reading takes longer than a page can wait, as a scan's does."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

# Whoever reads renews `seen_at` about once a second.
STALE_AFTER = timedelta(seconds=30)
KEPT_FOR = timedelta(days=1)
GIVEN_UP = "import.given-up"


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

    @property
    def is_over(self) -> bool:
        """Whether it has come to its end, good or bad."""
        return self.import_id is not None or self.refusal is not None

    def is_interrupted(self, at: datetime) -> bool:
        """Whether nobody reads any more, though it has not come to its end."""
        return not self.is_over and at - self.seen_at > STALE_AFTER
