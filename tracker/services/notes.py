"""What is said about a task: progress, questions and their answers, corrections, who is named."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.domain import Mention, ProgressNote, Support, Task
from tracker.domain.change import Act, Thing
from tracker.domain.note import NoteKind, may_correct, named_in
from tracker.domain.reader import Reader
from tracker.domain.task import Side, Status
from tracker.errors import NotAllowed, NotFound, Refused
from tracker.queries.notes import people_around
from tracker.services.history import record
from tracker.services.indexing import reindex
from tracker.services.shares import follow
from tracker.services.tasks import hold_whole

NOBODY: frozenset[int] = frozenset()


def note(
    session: Session,
    task: Task,
    text: str,
    *,
    percent: int | None,
    by: Reader,
    at: datetime,
    mentions: Collection[int] = NOBODY,
) -> ProgressNote:
    """Write down the progress of a task; a percentage of its lead or office moves the task's own.

    What a supporting unit says of its part is kept with the note alone. A percentage may stand
    without words. Of whoever leads a task that was not begun it says that the work has begun.
    """
    unit_id = _speaks_for(session, task, by)
    if percent is None:
        _refuse_empty(text)
    said = ProgressNote(task_id=task.id, author_id=by.person_id, at=at, text=text.strip())
    said.percent = percent
    sides = by.sides(task.issuer_id, task.lead_id)
    moves = task.is_open and not task.is_divided and bool(sides)
    begins = percent and Side.LEAD in sides and task.status is Status.NOT_STARTED
    if begins:
        hold_whole(session, task)
    _say(session, task, said, Act.NOTED, unit_id=unit_id, by=by, mentions=mentions)
    _touch(session, task, at, by=by, percent=percent if moves else None)
    if begins:
        _begin(session, task, by=by, at=at)
    return said


def _begin(session: Session, task: Task, *, by: Reader, at: datetime) -> None:
    """Work that has come so far has begun, beside the version of the task as well."""
    still = (col(Task.id) == task.id, col(Task.status) == Status.NOT_STARTED)
    begun = sa.update(Task).where(*still).values(status=Status.IN_PROGRESS)
    took: Any = session.execute(begun)
    session.refresh(task)
    if not took.rowcount:
        return
    details = {"status": [Status.NOT_STARTED, Status.IN_PROGRESS]}
    record(session, (Act.STATUS, Thing.TASK, task.id), by=by, at=at, details=details)
    # The part is open: no day of finishing is written upon the whole.
    follow(session, task, by=by, at=at, on=at.date())


def ask(
    session: Session,
    task: Task,
    text: str,
    *,
    by: Reader,
    at: datetime,
    mentions: Collection[int] = NOBODY,
) -> ProgressNote:
    """Ask the other side: a unit asks the office, the office asks the units."""
    unit_id = _speaks_for(session, task, by)
    _refuse_empty(text)
    said = ProgressNote(
        task_id=task.id,
        author_id=by.person_id,
        at=at,
        text=text.strip(),
        kind=NoteKind.QUESTION,
    )
    _say(session, task, said, Act.ASKED, unit_id=unit_id, by=by, mentions=mentions)
    _touch(session, task, at, by=by)
    return said


def answer(
    session: Session,
    task: Task,
    question_id: int,
    text: str,
    *,
    by: Reader,
    at: datetime,
    mentions: Collection[int] = NOBODY,
) -> ProgressNote:
    """Add to a question; it is answered when somebody of another unit than the asker's speaks.

    Raises NotFound when the task has no such question.
    """
    unit_id = _speaks_for(session, task, by)
    question = session.get(ProgressNote, question_id)
    if question is None or (question.task_id, question.kind) != (task.id, NoteKind.QUESTION):
        raise NotFound("not-found")
    _refuse_empty(text)
    said = ProgressNote(
        task_id=task.id,
        author_id=by.person_id,
        at=at,
        text=text.strip(),
        kind=NoteKind.ANSWER,
        reply_to_id=question.id,
    )
    if question.answered_at is None and question.unit_id != unit_id:
        question.answered_at = at
        session.add(question)
    _say(session, task, said, Act.ANSWERED, unit_id=unit_id, by=by, mentions=mentions)
    _touch(session, task, at, by=by)
    return said


def correct(
    session: Session,
    task: Task,
    note: ProgressNote,
    text: str,
    *,
    percent: int | None,
    by: Reader,
    at: datetime,
) -> ProgressNote:
    """Put one's own note right; what stood there before is kept in its history.

    The percentage of the task follows when no later note has given another.
    """
    _refuse_correction(note, by)
    if note.kind is not NoteKind.PROGRESS:
        percent = None
    if percent is None:
        _refuse_empty(text)
    old: dict[str, Any] = {"text": note.text, "percent": note.percent}
    new: dict[str, Any] = {"text": text.strip(), "percent": percent}
    details = {name: [old[name], new[name]] for name in old if old[name] != new[name]}
    if not details:
        raise Refused("note.nothing-corrected")
    note.text, note.percent, note.corrected_at = new["text"], percent, at
    session.add(note)
    moves = task.is_open and "percent" in details and _is_last_word(session, task, note)
    _touch(session, task, at, by=by, percent=percent if moves else None)
    record(session, (Act.CORRECTED, Thing.NOTE, note.id), by=by, at=at, details=details)
    return note


def _refuse_correction(note: ProgressNote, by: Reader) -> None:
    if not may_correct(note.author_id, note.for_id, by):
        raise NotAllowed("note.not-yours")


def _refuse_empty(text: str) -> None:
    if not text.strip():
        raise Refused("task.note-empty")


def _speaks_for(session: Session, task: Task, by: Reader) -> int:
    """The unit in whose name the reader speaks about the task: its office, its lead, a support."""
    if by.serves(task.issuer_id):
        return task.issuer_id
    if task.lead_id is not None and task.lead_id in by.units:
        return task.lead_id
    mine = select(Support.unit_id).where(
        col(Support.task_id) == task.id, col(Support.unit_id).in_(sorted(by.units))
    )
    unit_id = session.exec(mine.order_by(col(Support.unit_id)).limit(1)).first()
    if unit_id is None:
        raise NotAllowed("task.not-yours")
    return unit_id


def _say(
    session: Session,
    task: Task,
    said: ProgressNote,
    act: Act,
    *,
    unit_id: int,
    by: Reader,
    mentions: Collection[int],
) -> None:
    named = _named(session, task, said.text, mentions, by)
    said.for_id, said.unit_id = by.acting_for, unit_id
    session.add(said)
    session.flush()
    session.add_all(Mention(note_id=said.id, person_id=person) for person in sorted(named))
    details = {"_note": [None, said.id]}
    record(session, (act, Thing.TASK, task.id), by=by, at=said.at, details=details)


def _named(
    session: Session, task: Task, text: str, chosen: Collection[int], by: Reader
) -> set[int]:
    if not chosen and "@" not in text:
        return set()
    around = {person.id: person.name for person in people_around(session, task)}
    if not set(chosen) <= set(around):
        raise Refused("note.cannot-see")
    return (set(chosen) | named_in(text, around)) - {by.person_id}


def _is_last_word(session: Session, task: Task, note: ProgressNote) -> bool:
    counts = (None, task.issuer_id, task.lead_id)
    later = sa.select(sa.literal(1)).where(
        col(ProgressNote.task_id) == task.id,
        col(ProgressNote.percent).is_not(None),
        col(ProgressNote.at) >= note.at,
        col(ProgressNote.id) > note.id,
        sa.func.coalesce(ProgressNote.unit_id, task.issuer_id).in_(counts[1:]),
    )
    return note.unit_id in counts and session.scalar(later.limit(1)) is None


def _touch(
    session: Session, task: Task, at: datetime, *, by: Reader, percent: int | None = None
) -> None:
    """Let the task know; beside its version, for whoever changes it now is told of other things."""
    values: dict[str, Any] = {"updated_at": at}
    if task.received_at is None and Side.LEAD in by.sides(task.issuer_id, task.lead_id):
        values |= {"received_at": at, "received_by_id": by.person_id}
    if percent is not None:
        values["percent"] = percent
    session.flush()
    with session.no_autoflush:
        reindex(session, task)
        values |= {one.key: one.value for one in sa.inspect(task).attrs if one.history.added}
        session.expire(task)
        session.execute(sa.update(Task).where(col(Task.id) == task.id).values(values))
    session.refresh(task)
