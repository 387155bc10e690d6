"""The working calendar: which days the office works, and counting in them."""

import csv
import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays

from tracker import paths

_DAY = timedelta(days=1)


class DayKind(enum.StrEnum):
    """What a day of the calendar table says."""

    OFF = "off"
    WORK = "work"


class Origin(enum.StrEnum):
    """Who says that a day is off or worked, and how sure that is."""

    OFFICE = "office"
    PUBLISHED = "published"
    STATUTORY = "statutory"
    EXPECTED = "expected"
    LIBRARY = "library"
    WEEK = "week"


@dataclass(frozen=True)
class DayRule:
    """What holds on a day, under which name, by which paper."""

    kind: DayKind
    name: str
    reference: str
    origin: Origin


class WorkingDays:
    """The office's days of work; rows of the table win over the published holidays.

    `rows` maps a day to off or work: swap days, make-up Saturdays, days of the province.
    Days without a row follow the `holidays` library for Việt Nam (Labour Code 45/2019/QH14,
    articles 111 and 112, with the yearly notices it knows) and rest on Saturday and Sunday.
    """

    def __init__(self, rows: Mapping[date, DayKind]) -> None:
        self._rows = dict(rows)
        self._library = holidays.country_holidays("VN")
        self._known: dict[date, bool] = {}

    @property
    def rows(self) -> Mapping[date, DayKind]:
        """The rows that the calendar was made of."""
        return self._rows

    def is_working(self, day: date) -> bool:
        """Whether the office works on that day."""
        known = self._known.get(day)
        if known is None:
            known = self._known[day] = self._decide(day)
        return known

    def _decide(self, day: date) -> bool:
        if day in self._rows:
            return self._rows[day] is DayKind.WORK
        return bool(self._library.is_working_day(day))

    def add(self, day: date, count: int) -> date:
        """The working day that lies `count` working days after `day`, before it when negative."""
        step = _DAY if count > 0 else -_DAY
        for _ in range(abs(count)):
            day += step
            while not self.is_working(day):
                day += step
        return day

    def on_or_before(self, day: date) -> date:
        """The day itself when it is worked, else the last working day before it."""
        return day if self.is_working(day) else self.before(day)

    def before(self, day: date) -> date:
        """The last working day strictly before: what "trước ngày X" means."""
        return self.add(day, -1)

    def between(self, start: date, end: date) -> int:
        """How many working days lie after `start` up to and including `end`; negative when late."""
        if end < start:
            return -self.between(end, start)
        days = (end - start).days
        return sum(self.is_working(start + _DAY * n) for n in range(1, days + 1))


@cache
def published_days() -> Mapping[date, DayRule]:
    """The shipped table: notices and swaps that the library does not know, with their sources."""
    with (paths.DATA / "calendar.csv").open(encoding="utf-8", newline="") as table:
        return {date.fromisoformat(row["date"]): _rule(row) for row in csv.DictReader(table)}


def _rule(row: Mapping[str, str]) -> DayRule:
    return DayRule(DayKind(row["kind"]), row["name"], row["reference"], Origin(row["certainty"]))


@cache
def published_rows() -> Mapping[date, DayKind]:
    """The days of the shipped table, off or worked."""
    return {day: rule.kind for day, rule in published_days().items()}


def rule_of(day: date, own: Mapping[date, DayRule]) -> DayRule:
    """Why a day is off or worked: the office's `own` rows first, then the published table."""
    return own.get(day) or published_days().get(day) or _unwritten(day)


def _unwritten(day: date) -> DayRule:
    kind = DayKind.WORK if _library().is_working_day(day) else DayKind.OFF
    name = _library().get(day, "")
    return DayRule(kind, name, "", Origin.LIBRARY if name else Origin.WEEK)


@cache
def _library() -> holidays.HolidayBase:
    return holidays.country_holidays("VN", language="vi")


def published(own: Iterable[tuple[date, DayKind]] = ()) -> WorkingDays:
    """The published calendar, overruled by the administrator's `own` rows."""
    return WorkingDays({**published_rows(), **dict(own)})
