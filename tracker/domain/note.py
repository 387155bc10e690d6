"""What is said about a task while it is done: progress, questions, answers, and who is named."""

import enum
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.domain import columns
from tracker.domain.reader import Reader


class NoteKind(enum.StrEnum):
    """Whether a note tells how far the work is, asks, or answers."""

    PROGRESS = "progress"
    QUESTION = "question"
    ANSWER = "answer"


_IS_OPEN = sa.text("kind = 'question' AND answered_at IS NULL")


class ProgressNote(SQLModel, table=True):
    """What a unit or the office says about the progress of a task.

    A correction changes the text; what stood there before is kept in the history of the note.
    """

    __table_args__ = (
        sa.Index("ix_progressnote_task_id_at", "task_id", "at"),
        # Few questions wait for an answer among very many notes.
        sa.Index(
            "ix_progressnote_task_id_unanswered",
            "task_id",
            "unit_id",
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
    )

    id: int = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id")
    author_id: int = Field(foreign_key="person.id", index=True)
    # Whom the author stood in for.
    for_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    # In whose name it was said: the unit that issued the task means its office.
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    at: datetime
    kind: NoteKind = Field(default=NoteKind.PROGRESS, sa_type=columns.words(NoteKind))
    reply_to_id: int | None = Field(default=None, foreign_key="progressnote.id", index=True)
    text: str
    percent: int | None = None
    corrected_at: datetime | None = None
    # Of a question: when somebody of another unit first answered it.
    answered_at: datetime | None = None


class Mention(SQLModel, table=True):
    """Somebody whom a note names, so that it is brought to them."""

    note_id: int = Field(foreign_key="progressnote.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True)


def may_correct(author_id: int, for_id: int | None, by: Reader) -> bool:
    """Whether the reader wrote the note, or stands in for the one in whose name it was written."""
    return by.person_id == author_id or (by.acting_for or by.person_id) == (for_id or author_id)


def named_in(text: str, people: Mapping[int, str]) -> set[int]:
    """Who of these people stands in the text as @Name; the longest name that fits is meant.

    Two people of one name are both meant: nobody is left out for a colleague's sake.
    """
    called: dict[str, set[int]] = {}
    for person, name in people.items():
        called.setdefault(_plain(name), set()).add(person)
    if not called:
        return set()
    longest_first = sorted(called, key=len, reverse=True)
    names = re.compile(rf"(?<!\w)@({'|'.join(map(re.escape, longest_first))})(?!\w)")
    return {person for name in names.findall(_plain(text)) for person in called[name]}


def _plain(words: str) -> str:
    return " ".join(unicodedata.normalize("NFC", words).casefold().split())
