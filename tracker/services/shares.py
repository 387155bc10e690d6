"""What becomes of a task that is divided among units: its parent follows its children."""

from datetime import date, datetime

from sqlmodel import Session

from tracker.domain import Task
from tracker.domain.reader import Reader


def follow(session: Session, task: Task, *, by: Reader, at: datetime, on: date) -> None:
    """Let the parent of a task that was closed or opened again follow its children."""
