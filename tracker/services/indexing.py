"""What search finds of a task: its words, its notes, the names of its files, its documents."""

from collections.abc import Iterator

from sqlmodel import Session, col, select

from tracker.domain import Attachment, Filing, ProgressNote, Task
from tracker.domain.finding import searchable


def reindex(session: Session, task: Task) -> None:
    """Store anew what search compares, after the text, a note, a file or a report has changed."""
    session.flush()
    task.search_text = searchable(task.text, task.ref)
    task.search_more = searchable(" ".join(_said(session, task.id)))
    session.add(task)


def _said(session: Session, task_id: int) -> Iterator[str]:
    """The newest first: what is very old is left out where there is too much."""
    # What a unit has not let go is nobody else's to find, also when its head gave it back.
    inside = select(Filing.id).where(col(Filing.task_id) == task_id, col(Filing.sent_at).is_(None))
    papers = select(Filing.document_number, Filing.text, Filing.answer).where(
        col(Filing.task_id) == task_id, col(Filing.sent_at).is_not(None)
    )
    for paper in session.exec(papers.order_by(col(Filing.id).desc())):
        yield from filter(None, paper)
    files = select(Attachment.name).where(
        col(Attachment.task_id) == task_id,
        col(Attachment.removed_at).is_(None),
        col(Attachment.filing_id).is_(None) | col(Attachment.filing_id).not_in(inside),
    )
    yield from session.exec(files.order_by(col(Attachment.id).desc()))
    notes = select(ProgressNote.text).where(col(ProgressNote.task_id) == task_id)
    yield from session.exec(notes.order_by(col(ProgressNote.id).desc()))
