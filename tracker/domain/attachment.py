"""Files that belong to a task, a report or a directive; their bytes lie outside the database."""

import enum
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.domain import columns


class Scan(enum.StrEnum):
    """What the virus scanner said; a file in which it found something is never kept."""

    CLEAN = "clean"
    NOT_SCANNED = "not-scanned"


class Attachment(SQLModel, table=True):
    """One version of one paper: its name, its kind by content, its checksum.

    A file of a report carries its task as well, so that whoever sees the task sees its files.
    `series_id` is the first version of the same paper (its own id there); nothing is deleted:
    a removed file says who took it away and why.
    """

    __table_args__ = (
        sa.Index("ix_attachment_task_id_id", "task_id", "id"),
        sa.Index("ix_attachment_series_id_number", "series_id", "number"),
    )

    id: int = Field(default=None, primary_key=True)
    task_id: int | None = Field(default=None, foreign_key="task.id")
    filing_id: int | None = Field(default=None, foreign_key="filing.id", index=True)
    directive_id: int | None = Field(default=None, foreign_key="directive.id", index=True)
    series_id: int | None = Field(default=None, foreign_key="attachment.id")
    number: int = 1
    name: str = Field(max_length=255)
    media_type: str = Field(max_length=120)
    size: int
    sha256: str = Field(max_length=64, index=True)
    scan: Scan = Field(default=Scan.NOT_SCANNED, sa_type=columns.words(Scan))
    at: datetime
    by_id: int = Field(foreign_key="person.id", index=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    removed_at: datetime | None = None
    removed_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    why_removed: str | None = None
