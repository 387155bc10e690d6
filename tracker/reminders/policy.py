"""When a reminder is due: ladders, hours and the office's day; pure, all defaults are settings."""

import enum
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from tracker.domain.reminder import Rule
from tracker.domain.working_days import WorkingDays

_DAY = timedelta(days=1)
DOSSIER_DAYS = 5  # papers are due that many working days before their meeting (office setting)


class Who(enum.StrEnum):
    """Whom a rule writes to: the lead unit, the supporting ones, the issuer's specialists."""

    LEAD = "lead"
    SUPPORT = "support"
    OFFICE = "office"


@dataclass(frozen=True)
class Ladder:
    """The days on which one rule speaks, in working days from the deadline (negative before).

    After its last step a ladder ends, or speaks again `every` so many working days.
    `writes_to` says from which step on each kind of recipient is written to.
    """

    steps: tuple[int, ...]
    writes_to: Mapping[Who, int]
    every: int = 0

    def step_at(self, distance: int) -> int | None:
        """The latest step that holds so many working days from the deadline, if one does."""
        last = self.steps[-1]
        if distance < self.steps[0] or (distance > last and not self.every):
            return None
        if distance > last:
            return last + (distance - last) // self.every * self.every
        return self.steps[bisect_right(self.steps, distance) - 1]

    def passed_from(self, step: int, *, after: int | None, first: int) -> int | None:
        """The earliest step that `step` overtook, when `after` was the last one written down."""
        earliest = first if after is None else self._next(after)
        return earliest if earliest < step else None

    def _next(self, step: int) -> int:
        later = bisect_right(self.steps, step)
        return self.steps[later] if later < len(self.steps) else step + self.every


# Office settings by default. Papers are late from the day after the fifth working day before
# the meeting; from then on the office is told as well, each working day.
LADDERS: Mapping[Rule, Ladder] = {
    Rule.MEETING_DOSSIER: Ladder(
        (-10, -7, -DOSSIER_DAYS, -4, -3, -2, -1, 0), {Who.LEAD: -10, Who.OFFICE: -4}
    ),
    Rule.MEETING_UPCOMING: Ladder((-3, -1, 0), {Who.LEAD: -3, Who.SUPPORT: -3}),
    Rule.TASK_DUE: Ladder((-7, -3, -1, 0), {Who.LEAD: -7, Who.SUPPORT: -3}),
    Rule.TASK_OVERDUE: Ladder((1,), {Who.LEAD: 1}, every=3),
}


@dataclass(frozen=True)
class Habits:
    """How the office writes: its ladders, its hours, how long a digest may grow."""

    ladders: Mapping[Rule, Ladder] = field(default_factory=lambda: LADDERS)
    opens: time = time(7, 0)
    digest_at: time = time(7, 30)
    closes: time = time(17, 30)
    lines_shown: int = 20
    # Longer than one letter can take at the mailer's timeout, so that nobody takes it over.
    lease: timedelta = timedelta(minutes=4)

    def may_send(self, at: datetime, calendar: WorkingDays) -> bool:
        """Whether mail may leave at this local moment: on working days, in office hours."""
        return calendar.is_working(at.date()) and self.opens <= at.time() <= self.closes

    def may_plan(self, at: datetime, calendar: WorkingDays) -> bool:
        """Whether the day's digests may be made: from the digest hour until mail stops."""
        return self.may_send(at, calendar) and at.time() >= self.digest_at


HABITS = Habits()
BACK_OFF = tuple(
    timedelta(seconds=seconds) for seconds in (30, 60, 120, 300, 600, 1800, 3600, 3600, 7200)
)


def next_try(attempts: int) -> timedelta | None:
    """How long to wait after so many failed tries; None when it was the last one."""
    return BACK_OFF[attempts - 1] if attempts <= len(BACK_OFF) else None


class OfficeDay:
    """One day of the office, which knows how far away every deadline lies."""

    def __init__(self, today: date, calendar: WorkingDays) -> None:
        self.today = today
        self.calendar = calendar
        self._known = {today: 0}
        self._first = self._last = today

    def distance(self, day: date) -> int:
        """Working days from `day` to today: positive once it has passed, negative before.

        Each calendar day is walked once, however many deadlines fall on it.
        """
        while day < self._first:
            here = self._known[self._first] + self.calendar.is_working(self._first)
            self._first -= _DAY
            self._known[self._first] = here
        while day > self._last:
            here = self._known[self._last]
            self._last += _DAY
            self._known[self._last] = here - self.calendar.is_working(self._last)
        return self._known[day]

    def horizon(self, ladder: Ladder) -> date:
        """The last deadline that a ladder may already speak of; a little too far does no harm."""
        return self.calendar.add(self.today, 1 - ladder.steps[0])
