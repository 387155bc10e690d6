"""The period of a programme: "Tháng 02 năm 2026", "Quý II/2026", "Tuần 8 năm 2026"."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.domain.programme import PeriodKind


@dataclass(frozen=True)
class Period:
    """A stretch of time with a name, and the words that named it."""

    kind: PeriodKind
    year: int
    number: int | None
    starts_on: date
    ends_on: date
    text: str

    def as_json(self) -> dict[str, object]:
        return {
            "kind": self.kind.value,
            "year": self.year,
            "number": self.number,
            "starts_on": self.starts_on.isoformat(),
            "ends_on": self.ends_on.isoformat(),
        }


_YEAR = r"(?:\s*[/,-]\s*|\s+(?:năm\s+)?)(20\d\d)(?!\d)"
# The word năm of "6 tháng đầu năm" belongs to the half, so here it cannot be left out.
_OF_YEAR = r"\s+năm\s+(20\d\d)(?!\d)"
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_HALVES = {"đầu": 1, "cuối": 2}
_SHAPES: tuple[tuple[PeriodKind, re.Pattern[str]], ...] = (
    (PeriodKind.WEEK, re.compile(rf"\btuần\s+(?:thứ\s+)?(\d{{1,2}}){_YEAR}", re.IGNORECASE)),
    (PeriodKind.HALF_YEAR, re.compile(rf"\b0?6\s+tháng\s+(đầu|cuối){_OF_YEAR}", re.IGNORECASE)),
    (PeriodKind.MONTH, re.compile(rf"\btháng\s+(\d{{1,2}}){_YEAR}", re.IGNORECASE)),
    (PeriodKind.QUARTER, re.compile(rf"\bqu[ýí]\s+(iv|i{{1,3}}|[1-4]){_YEAR}", re.IGNORECASE)),
    (PeriodKind.YEAR, re.compile(r"\b()năm\s+(20\d\d)(?!\d)", re.IGNORECASE)),
)
_RUN = re.compile(
    r"từ\s+(?:ngày\s+)?(\d{1,2})/(\d{1,2})(?:/\d{4})?\s*(?:-|–|đến)\s*(?:hết\s+)?(?:ngày\s+)?"
    r"(\d{1,2})/(\d{1,2})/(\d{4})",
    re.IGNORECASE,
)


def period_of(text: str) -> Period | None:
    """The period that a title names, the most exact one when it names several."""
    found = ((kind, one) for kind, shape in _SHAPES for one in shape.finditer(text))
    periods = (named(kind, year=int(one[2]), word=one[1], text=one[0]) for kind, one in found)
    first = next(filter(None, periods), None)
    return _run_as_written(first, text) if first else None


def has_period(text: str) -> bool:
    """Whether the words name a week, month, quarter, half-year or year."""
    return period_of(text) is not None


def named(kind: PeriodKind, *, year: int, word: str, text: str) -> Period | None:
    """A period by its kind and number word; None when there is no such period."""
    number = _NUMBERS[kind](word.lower())
    days = _DAYS[kind](year, number) if number is not None else None
    if days is None or number is None:
        return None
    return Period(kind, year, number or None, days[0], days[1], " ".join(text.split()))


def _run_as_written(period: Period, text: str) -> Period:
    run = _RUN.search(text) if period.kind is PeriodKind.WEEK else None
    days = _run_days([int(part) for part in run.groups()]) if run else None
    if days is None:
        return period
    return Period(period.kind, period.year, period.number, days[0], days[1], period.text)


def _run_days(parts: list[int]) -> tuple[date, date] | None:
    first_day, first_month, last_day, last_month, year = parts
    try:
        end = date(year, last_month, last_day)
        return date(year - (first_month > last_month), first_month, first_day), end
    except ValueError:
        return None


Days = tuple[date, date]


def _week(year: int, number: int) -> Days | None:
    try:
        monday = date.fromisocalendar(year, number, 1)
    except ValueError:
        return None
    return monday, monday + timedelta(days=6)


def _months(year: int, first: int, last: int) -> Days | None:
    if not 1 <= first <= last <= 12:
        return None
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


_NUMBERS: dict[PeriodKind, Callable[[str], int | None]] = {
    PeriodKind.WEEK: int,
    PeriodKind.MONTH: int,
    PeriodKind.QUARTER: _QUARTERS.get,
    PeriodKind.HALF_YEAR: _HALVES.get,
    PeriodKind.YEAR: lambda _: 0,
}
_DAYS: dict[PeriodKind, Callable[[int, int], Days | None]] = {
    PeriodKind.WEEK: _week,
    PeriodKind.MONTH: lambda year, n: _months(year, n, n),
    PeriodKind.QUARTER: lambda year, n: _months(year, 3 * n - 2, 3 * n),
    PeriodKind.HALF_YEAR: lambda year, n: _months(year, 6 * n - 5, 6 * n),
    PeriodKind.YEAR: lambda year, _: _months(year, 1, 12),
}
