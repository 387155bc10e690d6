"""When the worker's jobs last ran, so that silence is seen."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from tracker.domain import Job

# How long each job of the worker may be silent: a few of its turns, and a slow mail server.
PATIENCE = {"plan": timedelta(minutes=5), "deliver": timedelta(minutes=5)}


def jobs(session: Session) -> list[Job]:
    """Every job that ever ran, with its last success and failure, by name."""
    return list(session.exec(select(Job).order_by(col(Job.name))))


def late_jobs(session: Session, *, at: datetime) -> list[str]:
    """The names of the jobs that have not succeeded lately, or never; `at` is machine time."""
    known = {job.name: job.succeeded_at for job in jobs(session)}
    return [name for name, patience in PATIENCE.items() if _is_late(known.get(name), at, patience)]


def _is_late(succeeded_at: datetime | None, at: datetime, patience: timedelta) -> bool:
    return succeeded_at is None or at - succeeded_at > patience
