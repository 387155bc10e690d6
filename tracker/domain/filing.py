"""What a unit files with the office about a task: a report, a request for time, a refusal."""

import enum
from datetime import date, datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.domain import columns


class FilingKind(enum.StrEnum):
    """What the unit says: the work is done, more time is needed, the task is not ours."""

    REPORT = "report"
    EXTENSION = "extension"
    REFUSAL = "refusal"


class FilingState(enum.StrEnum):
    """How far a filing has come: inside its unit, at the office, answered."""

    WITH_HEAD = "with-head"
    WAITING = "waiting"
    COUNTERED = "countered"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    TAKEN_BACK = "taken-back"


# Somebody still has to answer: the unit's head, the office, or the unit itself.
OPEN = (FilingState.WITH_HEAD, FilingState.WAITING, FilingState.COUNTERED)

_VERSION = columns.version()
_IS_OPEN = sa.text("state IN ('with-head', 'waiting', 'countered')")


class Filing(SQLModel, table=True):
    """One paper from the unit that leads a task to the office that gave it, and its answer.

    `text` is the result of a report, the reason of a request or refusal; `document_number` and
    `document_on` are those of the issued document, or of the letter that asks for more time.
    """

    __mapper_args__: ClassVar[dict[str, Any]] = {"version_id_col": _VERSION}
    __table_args__ = (
        # One open at a time of each kind (product rule 8).
        sa.Index(
            "uq_filing_task_id_kind_open",
            "task_id",
            "kind",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
        sa.Index("ix_filing_task_id_id", "task_id", "id"),
        sa.Index("ix_filing_state_sent_at", "state", "sent_at"),
        sa.Index("ix_filing_unit_id_state", "unit_id", "state"),
    )

    id: int = Field(default=None, primary_key=True)
    version: int = Field(default=1, sa_column=_VERSION)
    task_id: int = Field(foreign_key="task.id")
    kind: FilingKind = Field(sa_type=columns.words(FilingKind))
    state: FilingState = Field(sa_type=columns.words(FilingState))
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    author_id: int = Field(foreign_key="person.id", index=True)
    at: datetime
    text: str = ""
    document_number: str | None = Field(default=None, max_length=80)
    document_on: date | None = None
    # An extension: the deadline when it was asked, the one asked for, the office's own offer.
    due_on: date | None = None
    asked_on: date | None = None
    offered_on: date | None = None
    # When it left the unit; its head's approval, where the unit wants one.
    sent_at: datetime | None = None
    sent_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    decided_at: datetime | None = None
    decided_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    answer: str = ""

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to answer it."""
        return self.state in OPEN
