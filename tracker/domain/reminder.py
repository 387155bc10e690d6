"""The reminder ledger and the outbox: every reason to write, and every letter."""

import enum
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.domain import columns


class Rule(enum.StrEnum):
    """Why somebody is written to (`docs/reminders.md`)."""

    MEETING_DOSSIER = "meeting-dossier"
    MEETING_UPCOMING = "meeting-upcoming"
    TASK_DUE = "task-due"
    TASK_OVERDUE = "task-overdue"
    PROGRAMME_AMENDED = "programme-amended"
    TASK_NEWS = "task-news"


class About(enum.StrEnum):
    """What a reminder is about."""

    TASK = "task"
    MEETING = "meeting"
    VERSION = "version"
    CHANGE = "change"


class ReminderState(enum.StrEnum):
    """What became of one reason to write."""

    PLANNED = "planned"
    SENT = "sent"
    DROPPED = "dropped"
    FAILED = "failed"


class Why(enum.StrEnum):
    """Why a reason to write no longer holds, or a letter stays unsent."""

    DONE = "done"
    SUBMITTED = "submitted"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"
    GONE = "gone"
    MOVED = "moved"
    PAST = "past"
    REASSIGNED = "reassigned"
    OVERTAKEN = "overtaken"
    UNIT_CLOSED = "unit-closed"
    PERSON_DISABLED = "person-disabled"
    NO_ADDRESS = "no-address"
    NOTHING_LEFT = "nothing-left"


class MessageState(enum.StrEnum):
    """What became of one letter."""

    QUEUED = "queued"
    HELD = "held"
    SENT = "sent"
    DROPPED = "dropped"
    FAILED = "failed"


class Message(SQLModel, table=True):
    """A letter of the outbox to one recipient; its words are written when it is sent.

    `why` holds the server's words after a try, or a word of Why for a letter not sent at all.
    `next_try_at` and `leased_until` follow the machine's own time, whatever `--at` says: they
    are about running processes and mail servers, not about the office's day.
    """

    __table_args__ = (
        # One digest per recipient and day, whoever plans and however often; an event is apart.
        sa.UniqueConstraint("recipient", "planned_for", "event"),
        sa.Index("ix_message_state_next_try_at", "state", "next_try_at"),
    )

    id: int = Field(default=None, primary_key=True)
    recipient: str = Field(max_length=40, description="'unit:12' or 'person:34'")
    planned_for: date
    # What has happened, "amended:12"; empty for the digest of the day.
    event: str = Field(default="", max_length=40)
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    name: str = Field(max_length=200)
    address: str = Field(max_length=254)
    locale: str = Field(default="vi", max_length=2)
    message_id: str = Field(max_length=200, unique=True)
    subject: str | None = Field(default=None, max_length=500)
    text: str | None = None
    html: str | None = None
    state: MessageState = Field(default=MessageState.QUEUED, sa_type=columns.words(MessageState))
    why: str | None = None
    created_at: datetime
    next_try_at: datetime
    leased_until: datetime | None = None
    leased_by: str | None = Field(default=None, max_length=120)
    attempts: int = 0
    sent_at: datetime | None = None


class Reminder(SQLModel, table=True):
    """One reason to write to one recipient about one task or meeting: a row of the ledger.

    `step` counts working days from the deadline (negative before it); `passed_from` is the
    earliest step of the ladder that this row stands for when later ones overtook it.
    """

    __table_args__ = (
        # The date stands beside its version: an item put on another meeting keeps no old ladder.
        # Asking by (rule, about_id) uses this index; each further one would slow every run.
        sa.UniqueConstraint("rule", "about_id", "recipient", "due_on", "due_version", "step"),
    )

    id: int = Field(default=None, primary_key=True)
    rule: Rule = Field(sa_type=columns.words(Rule))
    about: About = Field(sa_type=columns.words(About))
    about_id: int
    recipient: str = Field(max_length=40)
    due_version: int
    due_on: date
    step: int
    passed_from: int | None = None
    message_id: int = Field(foreign_key="message.id", index=True)
    state: ReminderState = Field(
        default=ReminderState.PLANNED, sa_type=columns.words(ReminderState)
    )
    why: Why | None = Field(default=None, sa_type=columns.words(Why))
