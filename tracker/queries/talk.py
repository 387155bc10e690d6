"""What was said about a task: notes by themselves, questions with their answers beneath them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from tracker.domain import Change, Mention, Person, ProgressNote
from tracker.domain.change import Act, Thing
from tracker.domain.note import NoteKind

# Beyond this nobody reads a thread on one page.
LONGEST_THREAD = 1000


@dataclass(frozen=True)
class Earlier:
    """What stood in a note before a correction, and who corrected it when."""

    text: str | None
    percent: int | None
    until: datetime
    who: str | None


@dataclass(frozen=True)
class Note:
    """A note as it is read: its facts, whom it names, what stood there before, its answers."""

    row: Any
    mentions: tuple[str, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    answers: "tuple[Note, ...]" = ()

    @property
    def waits(self) -> bool:
        """Whether it is a question that nobody has answered."""
        return self.row.kind is NoteKind.QUESTION and self.row.answered_at is None

    @property
    def last_at(self) -> datetime:
        """When something was last said in its thread."""
        moment: datetime = max(note.row.at for note in (self, *self.answers))
        return moment

    def units(self) -> list[int]:
        """The units in whose name the thread speaks."""
        said = (note.row.unit_id for note in (self, *self.answers))
        return [unit for unit in said if unit is not None]


@dataclass
class _Beside:
    """What stands beside the notes: the names in them, the texts before their corrections."""

    mentions: dict[int, list[str]] = field(default_factory=dict)
    earlier: dict[int, list[Earlier]] = field(default_factory=dict)


_PRINCIPAL = aliased(Person)
_NOTES: Any = (
    sa.select(
        col(ProgressNote.id),
        col(ProgressNote.at),
        col(ProgressNote.kind),
        col(ProgressNote.text),
        col(ProgressNote.percent),
        col(ProgressNote.reply_to_id),
        col(ProgressNote.author_id),
        col(ProgressNote.for_id),
        col(ProgressNote.unit_id),
        col(ProgressNote.corrected_at),
        col(ProgressNote.answered_at),
        col(Person.name).label("who"),
        col(_PRINCIPAL.name).label("for_whom"),
    )
    .join(Person, col(Person.id) == col(ProgressNote.author_id))
    .outerjoin(_PRINCIPAL, col(_PRINCIPAL.id) == col(ProgressNote.for_id))
)
_NEWEST = (
    _NOTES.where(col(ProgressNote.task_id) == sa.bindparam("task"))
    .order_by(col(ProgressNote.at).desc(), col(ProgressNote.id).desc())
    .limit(sa.bindparam("most", type_=sa.Integer()))
)
_THREADS = (
    _NOTES.where(
        sa.or_(
            col(ProgressNote.id).in_(sa.bindparam("questions", expanding=True)),
            col(ProgressNote.reply_to_id).in_(sa.bindparam("questions", expanding=True)),
        )
    )
    .order_by(col(ProgressNote.at), col(ProgressNote.id))
    .limit(LONGEST_THREAD)
)
_MENTIONS = (
    sa.select(col(Mention.note_id), col(Person.name))
    .join(Person, col(Person.id) == col(Mention.person_id))
    .where(col(Mention.note_id).in_(sa.bindparam("notes", expanding=True)))
    .order_by(col(Person.name), col(Person.id))
)
_CORRECTIONS = (
    sa.select(
        col(Change.thing_id), col(Change.at), col(Change.details), col(Person.name).label("who")
    )
    .outerjoin(Person, col(Person.id) == col(Change.by_id))
    .where(
        col(Change.thing) == Thing.NOTE,
        col(Change.thing_id).in_(sa.bindparam("notes", expanding=True)),
        col(Change.act) == Act.CORRECTED,
    )
    .order_by(col(Change.id))
)


def newest_talk(session: Session, task_id: int, *, most: int) -> tuple[list[Note], bool]:
    """The newest notes and whole threads about a task, and whether there is more."""
    newest = session.execute(_NEWEST, {"task": task_id, "most": most + 1}).all()
    has_more, newest = len(newest) > most, newest[:most]
    alone = [row for row in newest if row.kind is NoteKind.PROGRESS]
    asked = {row.reply_to_id or row.id for row in newest if row.kind is not NoteKind.PROGRESS}
    threads = threads_of(session, asked, beside=alone)
    return sorted(threads, key=lambda note: note.last_at, reverse=True), has_more


def threads_of(
    session: Session, questions: Iterable[int], *, beside: Sequence[Any] = ()
) -> list[Note]:
    """These questions with their answers, in their order, after the notes that stand `beside`."""
    asked = sorted(questions)
    rows = session.execute(_THREADS, {"questions": asked}).all() if asked else []
    every = [*beside, *rows]
    more = _beside(session, every)
    answers: dict[int, list[Note]] = {}
    for row in rows:
        if row.reply_to_id is not None:
            answers.setdefault(row.reply_to_id, []).append(_note(row, more))
    tops = [row for row in every if row.reply_to_id is None]
    return [_note(row, more, answers.get(row.id, [])) for row in tops]


def _note(row: Any, more: _Beside, answers: Iterable[Note] = ()) -> Note:
    mentions = tuple(more.mentions.get(row.id, ()))
    return Note(row, mentions, tuple(more.earlier.get(row.id, ())), tuple(answers))


def _beside(session: Session, rows: Sequence[Any]) -> _Beside:
    more, notes = _Beside(), [row.id for row in rows]
    for named in session.execute(_MENTIONS, {"notes": notes}) if notes else ():
        more.mentions.setdefault(named.note_id, []).append(named.name)
    corrected = [row for row in rows if row.corrected_at is not None]
    _remember(session, more, corrected)
    return more


def _remember(session: Session, more: _Beside, corrected: Sequence[Any]) -> None:
    if not corrected:
        return
    found: dict[int, list[Any]] = {}
    for change in session.execute(_CORRECTIONS, {"notes": [row.id for row in corrected]}):
        found.setdefault(change.thing_id, []).append(change)
    for row in corrected:
        more.earlier[row.id] = _earlier(row, found.get(row.id, []))


def _earlier(row: Any, corrections: Sequence[Any]) -> list[Earlier]:
    """Each text before its correction, the newest first; a correction tells what it changed."""
    stood, told = {"text": row.text, "percent": row.percent}, []
    for change in reversed(corrections):
        stood = {name: change.details.get(name, [now])[0] for name, now in stood.items()}
        told.append(Earlier(stood["text"], stood["percent"], change.at, change.who))
    return told
