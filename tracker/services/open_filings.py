"""The papers of a task that somebody still has to answer, and what ends them unanswered."""

from datetime import datetime

from sqlmodel import Session, col, select

from tracker.domain import Filing, Task
from tracker.domain.filing import OPEN, FilingKind, FilingState
from tracker.domain.reader import Reader
from tracker.services.history import signed


def open_of(session: Session, task: Task, kind: FilingKind) -> Filing | None:
    """The one paper of that kind that is not answered yet."""
    asked = select(Filing).where(
        col(Filing.task_id) == task.id, col(Filing.kind) == kind, col(Filing.state).in_(OPEN)
    )
    return session.exec(asked).first()


def lapse(
    session: Session, task: Task, *, why: str, by: Reader | None, at: datetime
) -> list[Filing]:
    """End what nobody need answer any longer: the task is done, withdrawn, or another unit's."""
    asked = select(Filing).where(col(Filing.task_id) == task.id, col(Filing.state).in_(OPEN))
    ended = list(session.exec(asked))
    for filing in ended:
        filing.state, filing.answer = FilingState.LAPSED, why
        filing.decided_at, filing.decided_by_id = at, signed(by)
        session.add(filing)
    session.flush()
    return ended
