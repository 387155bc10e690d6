"""Tasks: the items of a programme, who leads them, where they stand, when they are due."""

import enum
from datetime import date, datetime
from typing import Any, ClassVar, Protocol

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.domain import columns

DUE_SOON_DAYS = 7


class Kind(enum.StrEnum):
    """What sort of item the programme made it."""

    FOCUS = "focus"
    AGENDA = "agenda"
    SUBMISSION = "submission"
    TASK = "task"


class Status(enum.StrEnum):
    """Where the work stands, as somebody said."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    DONE = "done"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"


class Timeliness(enum.StrEnum):
    """How the work stands to its deadline; derived, never stored."""

    ON_TRACK = "on-track"
    DUE_SOON = "due-soon"
    OVERDUE = "overdue"
    DONE_ON_TIME = "done-on-time"
    DONE_LATE = "done-late"
    NO_DEADLINE = "no-deadline"
    STOPPED = "stopped"


class Papers(enum.StrEnum):
    """How the papers of an agenda item stand to the day they are due; derived, never stored."""

    HANDED_IN = "handed-in"
    HANDED_IN_LATE = "handed-in-late"
    WAITING = "waiting"
    LATE = "late"
    NOT_NEEDED = "not-needed"


class Side(enum.StrEnum):
    """Who may make a move: the unit that leads, or the office that issued."""

    LEAD = "lead"
    OFFICE = "office"


CLOSED = (Status.DONE, Status.WITHDRAWN)
# What a unit still owes: after handing in, the next step is the office's (reminders, rule 6).
OWED = (Status.NOT_STARTED, Status.IN_PROGRESS)

BOTH = frozenset({Side.LEAD, Side.OFFICE})
OFFICE = frozenset({Side.OFFICE})
# The bare moves. Reports make SUBMITTED and DONE (`domain/filing.py`); these two stand here for
# what was handed in without one, before there were reports.
MOVES: dict[Status, dict[Status, frozenset[Side]]] = {
    Status.NOT_STARTED: {
        Status.IN_PROGRESS: BOTH,
        Status.PAUSED: OFFICE,
        Status.WITHDRAWN: OFFICE,
    },
    Status.IN_PROGRESS: {Status.PAUSED: OFFICE, Status.WITHDRAWN: OFFICE},
    Status.SUBMITTED: {
        Status.DONE: OFFICE,
        Status.IN_PROGRESS: BOTH,
        Status.WITHDRAWN: OFFICE,
    },
    Status.PAUSED: {Status.IN_PROGRESS: OFFICE, Status.WITHDRAWN: OFFICE},
    Status.DONE: {Status.IN_PROGRESS: OFFICE},
    Status.WITHDRAWN: {Status.NOT_STARTED: OFFICE},
}
# Moves that take something back or stop it must say why.
NEEDS_REASON = {
    (Status.SUBMITTED, Status.IN_PROGRESS),
    (Status.DONE, Status.IN_PROGRESS),
    (Status.WITHDRAWN, Status.NOT_STARTED),
} | {(start, end) for start in Status for end in (Status.PAUSED, Status.WITHDRAWN)}


_VERSION = columns.version()
# In this order, so that what comes first also sorts.
_JUDGED = ("due_on", "id", "status", "submitted_on")
# The lists of an office leave out the shares of divided tasks.
_LISTED = (*_JUDGED, "parent_id")
_PREPARED = ("status", "lead_id", "issuer_id")


class Task(SQLModel, table=True):
    """One item of work with exactly one lead (one task, one responsible unit)."""

    __mapper_args__: ClassVar[dict[str, Any]] = {"version_id_col": _VERSION}
    __table_args__ = (
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name="percent_is_a_share"),
        sa.CheckConstraint("(status = 'done') = (done_on IS NOT NULL)", name="done_has_its_day"),
        # Lists and counts judge the deadline from these alone, without opening the tasks.
        sa.Index("ix_task_issuer_id_is_closed_due_on", "issuer_id", "is_closed", *_LISTED),
        sa.Index("ix_task_lead_id_is_closed_due_on", "lead_id", "is_closed", *_JUDGED, "issuer_id"),
        sa.Index("ix_task_is_closed_due_on", "is_closed", *_LISTED),
        sa.Index("ix_task_issuer_id_status_due_on", "issuer_id", "status", "due_on", "id"),
        sa.Index("ix_task_updated_at", "updated_at"),
        # The children of a task in their order, and how many of them are closed.
        sa.Index("ix_task_parent_id_position", "parent_id", "position", "is_closed", "status"),
        sa.Index("ix_task_programme_id_position", "programme_id", "position"),
        sa.Index("ix_task_meeting_id_position", "meeting_id", "position", *_PREPARED),
    )

    id: int = Field(default=None, primary_key=True)
    version: int = Field(default=1, sa_column=_VERSION)
    issuer_id: int = Field(foreign_key="unit.id")
    programme_id: int | None = Field(default=None, foreign_key="programme.id")
    section_id: int | None = Field(default=None, foreign_key="section.id")
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id")
    parent_id: int | None = Field(default=None, foreign_key="task.id")
    position: int = 0
    ref: str | None = Field(default=None, max_length=40)
    kind: Kind = Field(sa_type=columns.words(Kind))
    text: str
    search_text: str
    # The words of what belongs to it: its notes, the names of its files, its reports.
    search_more: str = Field(default="", sa_column_kwargs={"server_default": ""})
    deliverables: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    lead_id: int | None = Field(default=None, foreign_key="unit.id")
    authority: str | None = Field(default=None, max_length=200)
    status: Status = Field(default=Status.NOT_STARTED, sa_type=columns.words(Status))
    # Follows the status; an index needs a column, and SQLite cannot match NOT IN to an index.
    is_closed: bool | None = Field(
        default=None,
        sa_column=sa.Column(
            sa.Boolean, sa.Computed("status IN ('done', 'withdrawn')", persisted=True)
        ),
    )
    percent: int = 0
    original_due_on: date | None = None
    due_on: date | None = None
    due_text: str | None = Field(default=None, max_length=500)
    due_inferred: bool = False
    # Counts the moves of the deadline; a reminder belongs to one version (reminders, rule 2).
    due_version: int = 1
    # The unit that leads has seen that the task is theirs.
    received_at: datetime | None = None
    received_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    # Given to a group: each unit answers with a child, and nobody reports on the whole.
    is_divided: bool = False
    # A step of its parent's procedure: whoever answers for it ticks it off.
    is_step: bool = False
    procedure_id: int | None = Field(default=None, foreign_key="procedure.id", index=True)
    directive_id: int | None = Field(default=None, foreign_key="directive.id", index=True)
    submitted_on: date | None = None
    done_on: date | None = None
    source: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    created_at: datetime
    updated_at: datetime

    @property
    def is_open(self) -> bool:
        """Whether the work is neither done nor withdrawn."""
        return self.status not in CLOSED


class Contribution(enum.StrEnum):
    """Where the part of a supporting unit stands."""

    EXPECTED = "expected"
    GIVEN = "given"
    ACCEPTED = "accepted"
    RETURNED = "returned"


class Support(SQLModel, table=True):
    """A unit that supports a task without owning it, and the part that it gave."""

    __table_args__ = (sa.Index("ix_support_unit_id_task_id", "unit_id", "task_id"),)

    task_id: int = Field(foreign_key="task.id", primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", primary_key=True)
    state: Contribution = Field(default=Contribution.EXPECTED, sa_type=columns.words(Contribution))
    text: str = ""
    given_at: datetime | None = None
    given_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    # What the lead or the office said to it.
    answer: str = ""


class Dated(Protocol):
    """What lateness is judged by: a task, or the columns of one."""

    @property
    def status(self) -> Status:
        """Where the work stands."""
        ...

    @property
    def due_on(self) -> date | None:
        """The deadline in force."""
        ...

    @property
    def original_due_on(self) -> date | None:
        """The first deadline, never overwritten."""
        ...

    @property
    def submitted_on(self) -> date | None:
        """The day the unit handed in."""
        ...

    @property
    def done_on(self) -> date | None:
        """The day the office confirmed."""
        ...


def timeliness(work: Dated, *, today: date, soon_until: date) -> Timeliness:
    """How the work stands to its deadline on `today`.

    A date-only deadline ends with its day: overdue begins the day after. Finished work is
    judged by the day it was handed in against the original deadline (product rules 5 and 8).
    """
    if work.status in (Status.PAUSED, Status.WITHDRAWN):
        return Timeliness.STOPPED
    if work.status is Status.DONE:
        return _finished(work.submitted_on or work.done_on, work.original_due_on)
    if work.due_on is None:
        return Timeliness.NO_DEADLINE
    if work.due_on < (work.submitted_on or today):
        return Timeliness.OVERDUE
    soon = work.submitted_on is None and work.due_on <= soon_until
    return Timeliness.DUE_SOON if soon else Timeliness.ON_TRACK


def _finished(handed_in: date | None, promised: date | None) -> Timeliness:
    late = promised is not None and handed_in is not None and handed_in > promised
    return Timeliness.DONE_LATE if late else Timeliness.DONE_ON_TIME


def may_move(start: Status, end: Status, sides: frozenset[Side]) -> bool:
    """Whether somebody standing on these sides may move a task from `start` to `end`."""
    return bool(MOVES[start].get(end, frozenset()) & sides)


def moves_for(status: Status, sides: frozenset[Side]) -> list[Status]:
    """The statuses that somebody standing on these sides may choose now.

    Who leads a task never confirms it, even when they work for the office as well.
    """
    may = [end for end in MOVES[status] if may_move(status, end, sides)]
    return [end for end in may if not (end is Status.DONE and Side.LEAD in sides)]


def papers(work: Dated, *, today: date, due_on: date | None) -> Papers:
    """How the papers of an agenda item stand to `due_on`, the day they are due."""
    if work.status in (Status.PAUSED, Status.WITHDRAWN):
        return Papers.NOT_NEEDED
    day = work.submitted_on or work.done_on
    late = due_on is not None and (day or today) > due_on
    if day is not None:
        return Papers.HANDED_IN_LATE if late else Papers.HANDED_IN
    return Papers.LATE if late else Papers.WAITING
