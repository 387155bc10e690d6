"""The scheduler process: it goes on whatever happens, is seen, and stops when told."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from tests.builders import Office, a_task
from tests.house import ROOT
from tests.reminders.office_day import FRIDAY
from tracker import db
from tracker.clock import pause, real_now
from tracker.domain import Job
from tracker.mail import MemoryMailer
from tracker.queries.jobs import late_jobs
from tracker.reminders.plan import Planned
from tracker.reminders.run import deliver_due, plan_due
from tracker.wiring import Wiring
from tracker.worker import make_scheduler, scheduled

MINUTE = timedelta(minutes=1)


def job(wired: Wiring, name: str) -> Job:
    with db.reading(wired.engine) as eyes:
        return eyes.get_one(Job, name)


def breaks(_: Wiring) -> Planned:
    raise ValueError("hết giấy")


def test_a_turn_is_written_down(wired: Wiring) -> None:
    scheduled(wired, "plan", plan_due)()
    done = job(wired, "plan")
    assert done.started_at is not None
    assert done.succeeded_at is not None
    assert done.error is None


def test_a_job_that_breaks_says_so_and_ends_nothing(wired: Wiring) -> None:
    scheduled(wired, "plan", breaks)()
    assert (job(wired, "plan").error, job(wired, "plan").succeeded_at) == ("hết giấy", None)
    scheduled(wired, "plan", plan_due)()
    assert job(wired, "plan").error is None


def test_a_database_that_is_away_for_a_minute_ends_nothing(wired: Wiring) -> None:
    away = replace(wired, engine=sa.create_engine("sqlite:////nowhere/at/all.sqlite3"))
    scheduled(away, "plan", plan_due)()
    scheduled(wired, "plan", plan_due)()
    assert job(wired, "plan").succeeded_at is not None


def test_plan_and_deliver_together_send_what_the_command_would(
    session: Session, office: Office, wired: Wiring, mailer: MemoryMailer
) -> None:
    a_task(session, office.issuer, lead=office.finance, due_on=FRIDAY)
    session.commit()
    for _ in range(3):
        scheduled(wired, "plan", plan_due)()
        scheduled(wired, "deliver", deliver_due)()
    assert len(mailer.letters) == 1


def test_a_silent_job_is_late(session: Session, wired: Wiring) -> None:
    assert late_jobs(session, at=real_now()) == ["plan", "deliver"]
    session.rollback()
    scheduled(wired, "plan", plan_due)()
    scheduled(wired, "deliver", deliver_due)()
    assert late_jobs(session, at=real_now()) == []
    assert late_jobs(session, at=real_now() + 6 * MINUTE) == ["plan", "deliver"]


def test_no_turn_is_doubled_or_dropped_by_the_scheduler(wired: Wiring) -> None:
    scheduler = make_scheduler(wired)
    jobs = {made.id: made for made in scheduler.get_jobs()}
    assert sorted(jobs) == ["deliver", "plan"]
    assert scheduler._job_defaults == {
        "coalesce": True,
        "max_instances": 1,
        "misfire_grace_time": None,
    }


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> Mapping[str, str]:
    return os.environ | {
        "TRACKER_INSTANCE": str(tmp_path),
        "TRACKER_DATABASE_URL": database_url,
        "TRACKER_SMTP_URL": "smtp://127.0.0.1:1",
        "TRACKER_SECRET_KEY": "a secret key that only the tests know",
        "TRACKER_BASE_URL": "http://127.0.0.1:8000",
    }


@pytest.mark.parametrize("wanted", [signal.SIGTERM, signal.SIGINT])
def test_the_worker_stops_cleanly_when_told(
    engine: sa.Engine, world: Mapping[str, str], wanted: signal.Signals
) -> None:
    words = [sys.executable, "-m", "tracker", "worker"]
    worker = subprocess.Popen(words, cwd=ROOT, env=world, stderr=subprocess.DEVNULL)
    while not beats(engine) and worker.poll() is None:
        pause(0.1)
    worker.send_signal(wanted)
    assert worker.wait(20) == 0


def beats(engine: sa.Engine) -> bool:
    with db.reading(engine) as eyes:
        found = eyes.get(Job, "deliver")
        return found is not None and found.succeeded_at is not None
