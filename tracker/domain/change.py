"""The history: who did what, when, and why."""

import enum
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.domain import columns


class Act(enum.StrEnum):
    """What somebody did."""

    CREATED = "created"
    IMPORTED = "imported"
    EDITED = "edited"
    MOVED = "moved"
    STATUS = "status"
    DEADLINE = "deadline"
    ASSIGNED = "assigned"
    NOTED = "noted"
    DISABLED = "disabled"
    ENABLED = "enabled"
    REMOVED = "removed"
    SIGNED_IN = "signed-in"
    PASSWORD = "password"  # noqa: S105 - the name of an act
    ACCEPTED = "accepted"
    DROPPED = "dropped"
    SENT_AGAIN = "sent-again"
    AMENDED = "amended"
    UNDONE = "undone"
    RECEIVED = "received"
    REPORTED = "reported"
    REQUESTED = "requested"
    REFUSED = "refused"
    APPROVED = "approved"
    SENT_BACK = "sent-back"
    TAKEN_BACK = "taken-back"
    GRANTED = "granted"
    OFFERED = "offered"
    DIVIDED = "divided"
    URGED = "urged"
    CONTRIBUTED = "contributed"
    ATTACHED = "attached"
    DETACHED = "detached"
    ASKED = "asked"
    ANSWERED = "answered"
    CORRECTED = "corrected"
    RENAMED = "renamed"
    MERGED = "merged"
    SPLIT = "split"
    DEPUTISED = "deputised"


class Thing(enum.StrEnum):
    """What it was done to."""

    TASK = "task"
    MEETING = "meeting"
    PROGRAMME = "programme"
    IMPORT = "import"
    UNIT = "unit"
    PERSON = "person"
    CALENDAR = "calendar"
    MESSAGE = "message"
    NOTE = "note"
    GROUP = "group"
    PROCEDURE = "procedure"
    DIRECTIVE = "directive"


class Change(SQLModel, table=True):
    """One act, never edited or deleted."""

    __table_args__ = (
        sa.Index("ix_change_thing_thing_id_id", "thing", "thing_id", "id"),
        # What happened lately of which somebody may have to be told.
        sa.Index("ix_change_thing_act_at", "thing", "act", "at"),
    )

    id: int = Field(default=None, primary_key=True)
    at: datetime
    by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    # Whom the doer stood in for on that day.
    for_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    act: Act = Field(sa_type=columns.words(Act))
    thing: Thing = Field(sa_type=columns.words(Thing))
    thing_id: int
    # {"status": ["in_progress", "submitted"]}: the old and the new of what changed.
    details: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    reason: str | None = None
