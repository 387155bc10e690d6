"""The scheduler process: it plans each minute and sends each ten seconds; no logic of its own."""

import signal
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
import structlog
from apscheduler.schedulers.blocking import BlockingScheduler
from sqlmodel import col

from tracker import db
from tracker.clock import real_now
from tracker.domain import Job
from tracker.reminders.deliver import Tally
from tracker.reminders.ledger import insert_unless_there
from tracker.reminders.plan import Planned
from tracker.reminders.run import deliver_due, plan_due
from tracker.wiring import Wiring

_LOG = structlog.get_logger()
_LONGEST_ERROR = 500
Done = Planned | Tally


def run(wiring: Wiring) -> None:
    """Work until SIGTERM or SIGINT; a job that is running then is finished first."""
    scheduler = make_scheduler(wiring)
    for wanted in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wanted, lambda *_: scheduler.shutdown(wait=False))
    _LOG.info("worker.started")
    scheduler.start()
    _LOG.info("worker.stopped")


def make_scheduler(wiring: Wiring) -> BlockingScheduler:
    """The two jobs of the worker, in memory: the database alone decides who plans and sends."""
    scheduler = BlockingScheduler(
        timezone=wiring.settings.time_zone,
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    now = real_now()
    jobs: list[tuple[str, Callable[[Wiring], Done], int]] = [
        ("plan", plan_due, 60),
        ("deliver", deliver_due, 10),
    ]
    for name, work, seconds in jobs:
        turn = scheduled(wiring, name, work)
        scheduler.add_job(turn, "interval", seconds=seconds, id=name, next_run_time=now)
    return scheduler


def scheduled(wiring: Wiring, name: str, work: Callable[[Wiring], Done]) -> Callable[[], None]:
    """One turn of a job: done, written down, and never the end of the worker."""

    def turn() -> None:
        try:
            _take(wiring, name, work)
        except Exception as wrong:  # noqa: BLE001 - the database may be away for a minute
            _LOG.exception("worker.job_failed", job=name)
            _write_failure(wiring, name, str(wrong) or repr(wrong))

    return turn


def _take(wiring: Wiring, name: str, work: Callable[[Wiring], Done]) -> None:
    started = real_now()
    done = work(wiring)
    beat(wiring, name, started_at=started, succeeded_at=real_now(), error=None)
    if any(done.counts.values()):
        _LOG.info("worker.job_done", job=name, **done.counts)


def beat(wiring: Wiring, name: str, **facts: Any) -> None:
    """Write into the job's row how its turn went."""
    with db.transaction(wiring.engine) as session:
        session.execute(insert_unless_there(session, Job).values(name=name))
        session.execute(sa.update(Job).where(col(Job.name) == name).values(**facts))


def _write_failure(wiring: Wiring, name: str, words: str) -> None:
    try:
        beat(wiring, name, failed_at=real_now(), error=words[:_LONGEST_ERROR])
    except sa.exc.SQLAlchemyError:
        # The database itself is what is away; the silence of the job will be seen.
        _LOG.warning("worker.heartbeat_lost", job=name)
