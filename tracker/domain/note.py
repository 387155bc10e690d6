"""What is said about a task while it is done: progress, questions, answers, and who is named."""

import enum
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.domain import columns


class NoteKind(enum.StrEnum):
    """Whether a note tells how far the work is, asks, or answers."""

    PROGRESS = "progress"
    QUESTION = "question"
    ANSWER = "answer"


class ProgressNote(SQLModel, table=True):
    """What a unit or the office says about the progress of a task.

    A correction changes the text; what stood there before is kept in the history of the note.
    """

    __table_args__ = (sa.Index("ix_progressnote_task_id_at", "task_id", "at"),)

    id: int = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id")
    author_id: int = Field(foreign_key="person.id", index=True)
    # Whom the author stood in for.
    for_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    at: datetime
    kind: NoteKind = Field(default=NoteKind.PROGRESS, sa_type=columns.words(NoteKind))
    reply_to_id: int | None = Field(default=None, foreign_key="progressnote.id", index=True)
    text: str
    percent: int | None = None
    corrected_at: datetime | None = None


class Mention(SQLModel, table=True):
    """Somebody whom a note names, so that it is brought to them."""

    note_id: int = Field(foreign_key="progressnote.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True)
