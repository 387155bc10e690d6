"""What search finds of a task: its words, its notes, the names of its files, its documents."""

from sqlmodel import Session

from tracker.domain import Task
from tracker.domain.task import searchable


def reindex(session: Session, task: Task) -> None:
    """Store anew what search compares, after the text, a note, a file or a report has changed."""
    task.search_text = searchable(task.text, task.ref)
    session.add(task)
