"""Real processes, real SMTP: together they send once, and killed they lose nothing."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from tests.builders import Office, a_task, a_unit
from tests.house import ROOT
from tests.reminders.office_day import fates, outbox
from tests.reminders.sink import Sink, a_sink
from tracker.clock import pause
from tracker.domain.working_days import published
from tracker.reminders.policy import HABITS

UNITS, KILLS, PROCESSES = 12, 50, 8
FIRST = date(2026, 2, 26)


@pytest.fixture
def sink() -> Iterator[Sink]:
    with a_sink() as server:
        yield server


@pytest.fixture
def world(database_url: str, sink: Sink, tmp_path: Path) -> Mapping[str, str]:
    """The environment of an installation that posts to the sink."""
    return os.environ | {
        "TRACKER_INSTANCE": str(tmp_path),
        "TRACKER_DATABASE_URL": database_url,
        "TRACKER_SMTP_URL": sink.url,
        "TRACKER_SECRET_KEY": "a secret key that only the tests know",
        "TRACKER_BASE_URL": "http://127.0.0.1:8000",
        "TRACKER_MAIL_FROM": "Đôn đốc <don-doc@office.example>",
    }


@pytest.fixture
def units(session: Session, office: Office) -> int:
    """Twelve units, each of which owes something on every working day."""
    for number in range(UNITS):
        unit = a_unit(session, f"Xã số {number}", email=f"xa{number}@office.example")
        for days in range(60):
            a_task(session, office.issuer, lead=unit, due_on=FIRST + timedelta(days))
    session.commit()
    return UNITS


def remind(world: Mapping[str, str], moment: str) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "tracker", "remind", "--at", moment, "--json"]
    return subprocess.Popen(words, cwd=ROOT, env=world, stdout=subprocess.DEVNULL)


def test_three_runs_at_one_moment_send_once(
    units: int, world: Mapping[str, str], sink: Sink
) -> None:
    runs = [remind(world, "2026-02-26T07:30").wait(60) for _ in range(3)]
    assert (runs, sorted(sink.names.values())) == ([0] * 3, [1] * units)


class ForkingOffice:
    """Runs of the command that start fast enough to be killed fifty times."""

    def __init__(self, world: Mapping[str, str]) -> None:
        words = [sys.executable, "-m", "tests.reminders.forking_office"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self._process = subprocess.Popen(words, cwd=ROOT, env=world, text=True, **pipes)  # type: ignore[call-overload]

    def remind(self, day: date, *, runs: int = 1, kill_after: float | None = None) -> list[int]:
        """Runs at the digest hour, all at once; how each ended."""
        # Short where somebody dies, so that nobody waits long for the letter; else as in life.
        lease = HABITS.lease.total_seconds() if runs > 1 else 0.5
        self._process.stdin.write(f"{day}T07:30 {runs} {lease}\n")
        self._process.stdin.flush()
        children = self._numbers()
        if kill_after is not None:
            pause(kill_after)
            with suppress(ProcessLookupError):
                os.kill(children[0], signal.SIGKILL)
        return self._numbers()

    def _numbers(self) -> list[int]:
        return [int(word) for word in self._process.stdout.readline().split()]

    def close(self) -> None:
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(10)


@pytest.fixture
def forking(world: Mapping[str, str]) -> Iterator[ForkingOffice]:
    made = ForkingOffice(world)
    yield made
    made.close()


def test_eight_processes_at_one_moment_send_once(
    session: Session, units: int, forking: ForkingOffice, sink: Sink
) -> None:
    assert forking.remind(FIRST, runs=PROCESSES) == [0] * PROCESSES
    assert sorted(sink.names.values()) == [1] * units
    assert {message.state.value for message in outbox(session)} == {"sent"}


def test_killed_fifty_times_it_loses_nothing_and_repeats_at_most_the_letter_in_flight(
    session: Session, units: int, forking: ForkingOffice, sink: Sink
) -> None:
    chance, day, kills, days = random.Random(5), FIRST, 0, 1  # noqa: S311 - a test's dice
    sink.slowness = 0.01
    while kills < KILLS:
        # A run of twelve letters to the slow server takes about as long.
        if forking.remind(day, kill_after=chance.uniform(0.0, 0.4)) != [0]:
            kills += 1
            continue
        day, days = published().add(day, 1), days + 1
    assert forking.remind(day) == [0]
    assert len(sink.names) == len(outbox(session)) == units * days
    assert {message.message_id for message in outbox(session)} == set(sink.names)
    assert {message.state.value for message in outbox(session)} == {"sent"}
    assert set(fates(session)) == {"sent"}
    assert len(sink.letters) - len(sink.names) <= kills
