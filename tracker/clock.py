"""The only reader of the time."""

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """What every door is handed to know the moment and the office's day."""

    @property
    def zone(self) -> ZoneInfo:
        """The office's time zone."""
        ...

    def now(self) -> datetime:
        """The moment, aware, in UTC."""
        ...


def today(clock: Clock) -> date:
    """The office's day: deadlines are promises of the office, not of Greenwich."""
    return clock.now().astimezone(clock.zone).date()


@dataclass(frozen=True)
class OfficeClock:
    """The real time, moved by `shift` in a demonstration."""

    zone: ZoneInfo
    shift: timedelta = timedelta()

    def now(self) -> datetime:
        """The moment, aware, in UTC."""
        return datetime.now(UTC) + self.shift


@dataclass(frozen=True)
class FixedClock:
    """A clock that stands still: for tests, and for `tracker remind --at`."""

    zone: ZoneInfo
    at: datetime

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.at.astimezone(UTC)


def real_now() -> datetime:
    """The machine's own time, aware: leases of running processes are measured by it alone."""
    return datetime.now(UTC)


def stopwatch() -> float:
    """Seconds of a clock that never goes back, for measuring durations."""
    return time.perf_counter()


def pause(seconds: float) -> None:
    """Wait; here so that nothing else needs the time module."""
    time.sleep(seconds)
