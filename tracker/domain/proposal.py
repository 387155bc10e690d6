"""An imported document before acceptance: what was read, what is doubtful, what the clerk said."""

import enum
from datetime import date, datetime, time
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.domain import columns
from tracker.domain.meeting import Certainty
from tracker.domain.task import Kind


class ImportState(enum.StrEnum):
    """How far the review has come."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DROPPED = "dropped"


class Decision(enum.StrEnum):
    """What the clerk decided about one proposed item."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DROPPED = "dropped"


class Zone(enum.StrEnum):
    """What a passage was taken for, when it was taken for no item."""

    LETTERHEAD = "letterhead"
    TITLE = "title"
    HEADING = "heading"
    PROSE = "prose"
    TABLE = "table"
    RECIPIENTS = "recipients"
    SIGNATURE = "signature"
    MARGIN = "margin"


_IMPORT_VERSION = columns.version()


class Import(SQLModel, table=True):
    """One document handed in, and its reading as proposals."""

    __mapper_args__: ClassVar[dict[str, Any]] = {"version_id_col": _IMPORT_VERSION}
    __table_args__ = (sa.Index("ix_import_issuer_id_at", "issuer_id", "at"),)

    id: int = Field(default=None, primary_key=True)
    version: int = Field(default=1, sa_column=_IMPORT_VERSION)
    issuer_id: int = Field(foreign_key="unit.id")
    by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    at: datetime
    file_name: str = Field(max_length=255)
    media_type: str = Field(max_length=80)
    sha256: str = Field(max_length=64, index=True)
    state: ImportState = Field(default=ImportState.OPEN, sa_type=columns.words(ImportState))
    # The programme and the warnings of the reading, in the words of `tracker parse --json`.
    programme: dict[str, Any] = Field(sa_type=sa.JSON)
    warnings: list[dict[str, Any]] = Field(default_factory=list, sa_type=sa.JSON)
    programme_id: int | None = Field(default=None, foreign_key="programme.id", index=True)
    # The programme of which this document is a new version; None for a programme of its own.
    amends_id: int | None = Field(default=None, foreign_key="programme.id", index=True)
    # The version of that programme which it was compared with; 0 before there was a second.
    amends_number: int = 0
    # Whether the programme's tasks that it does not hold are to be withdrawn.
    replaces_all: bool = False
    # Everything printed that became no item: {"zone", "text", "where"} (Passage.as_json).
    passages: list[dict[str, Any]] = Field(default_factory=list, sa_type=sa.JSON)
    # How many pages can be shown as pictures; None for files without pages.
    pages: int | None = None


class ImportSource(SQLModel, table=True):
    """The document itself, apart from its reading so that lists never load it."""

    import_id: int = Field(foreign_key="import.id", primary_key=True)
    content: bytes


_MEETING_VERSION = columns.version()


class ProposedMeeting(SQLModel, table=True):
    """A meeting that the document announces."""

    __mapper_args__: ClassVar[dict[str, Any]] = {"version_id_col": _MEETING_VERSION}
    __table_args__ = (sa.UniqueConstraint("import_id", "ref"),)

    id: int = Field(default=None, primary_key=True)
    version: int = Field(default=1, sa_column=_MEETING_VERSION)
    import_id: int = Field(foreign_key="import.id")
    ref: str = Field(max_length=40)
    title: str = Field(max_length=500)
    held_on: date | None = None
    starts_at: time | None = None
    place: str | None = Field(default=None, max_length=200)
    certainty: Certainty = Field(default=Certainty.PLANNED, sa_type=columns.words(Certainty))
    chair: str | None = Field(default=None, max_length=200)
    invited: str | None = None
    source: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    source_text: str = ""
    # The clerk says that it is no meeting, or none that anybody follows.
    left_out: bool = False
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    # The meeting of the amended programme that this is; what the document itself says of it.
    matched_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    read: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)


_PROPOSAL_VERSION = columns.version()


class Proposal(SQLModel, table=True):
    """An item of the document as it will become a task, with what is doubtful about it."""

    __mapper_args__: ClassVar[dict[str, Any]] = {"version_id_col": _PROPOSAL_VERSION}
    __table_args__ = (sa.Index("ix_proposal_import_id_position", "import_id", "position"),)

    id: int = Field(default=None, primary_key=True)
    version: int = Field(default=1, sa_column=_PROPOSAL_VERSION)
    import_id: int = Field(foreign_key="import.id")
    position: int
    ref: str = Field(max_length=40)
    section: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    kind: Kind = Field(sa_type=columns.words(Kind))
    text: str
    source_text: str
    source: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    deliverables: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    lead_text: str | None = Field(default=None, max_length=300)
    lead_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    support_ids: list[int] = Field(default_factory=list, sa_type=sa.JSON)
    authority: str | None = Field(default=None, max_length=200)
    meeting_ref: str | None = Field(default=None, max_length=40)
    due_on: date | None = None
    due_text: str | None = Field(default=None, max_length=500)
    due_inferred: bool = False
    doubts: list[dict[str, Any]] = Field(default_factory=list, sa_type=sa.JSON)
    decision: Decision = Field(default=Decision.OPEN, sa_type=columns.words(Decision))
    task_id: int | None = Field(default=None, foreign_key="task.id", index=True)
    # Names that the directory does not hold, as written; the clerk may add them as new units.
    unknown_units: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    # The units among which a group item is divided; each gets a child of the task.
    share_ids: list[int] = Field(default_factory=list, sa_type=sa.JSON)
    # The task of the programme that this item is a new version of.
    matched_id: int | None = Field(default=None, foreign_key="task.id", index=True)
    # The new version no longer holds the matched task: taking this withdraws it.
    withdraws: bool = False
    # What the document itself says, whatever a clerk made of it; a later version is compared
    # with this, so that what the office has changed since is not taken for a change of the paper.
    read: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    confidence: float | None = None
