"""The period of a programme: "Tháng 02 năm 2026", "Quý II/2026", "Tuần 8 năm 2026"."""

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

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

    @property
    def span(self) -> tuple[date, date]:
        """The first and the last day."""
        return self.starts_on, self.ends_on

    def as_json(self) -> dict[str, object]:
        return {
            "kind": self.kind.value,
            "year": self.year,
            "number": self.number,
            "starts_on": self.starts_on.isoformat(),
            "ends_on": self.ends_on.isoformat(),
        }


# A month's number as papers print it; "tháng năm 2026" is a blank month, not May.
MONTH = (
    r"(?:\d{1,2}|giêng|hai|ba|tư|năm(?=\s+năm\s)|sáu|bảy|bẩy|tám|chín|mười(?:\s+một|\s+hai)?|chạp)"
    r"(?!\w)"
)
QUARTER = r"(?:iv|i{1,3}|[1-4])(?!\w)"
QUARTER_WORD = r"(?:qu[ýí]|qúy)"
_YEAR = r"(?:\s*[/,.-]\s*|\s*\(?\s*)(?:năm\s+)?(20\d\d)(?!\d)"
# The word năm of "6 tháng đầu năm" belongs to the half, so here it cannot be left out.
_OF_YEAR = r",?\s+năm\s+(20\d\d)(?!\d)"
_MONTHS = {
    "giêng": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8,
    "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_HALVES = {"đầu": 1, "cuối": 2}
_SHAPES: tuple[tuple[PeriodKind, re.Pattern[str]], ...] = (
    (
        PeriodKind.WEEK,
        re.compile(rf"\btuần\s+(?:lễ\s+)?(?:thứ\s+)?(\d{{1,2}}){_YEAR}", re.IGNORECASE),
    ),
    (
        PeriodKind.HALF_YEAR,
        re.compile(rf"\b(?:0?6|sáu)\s+tháng\s+(đầu|cuối){_OF_YEAR}", re.IGNORECASE),
    ),
    (PeriodKind.MONTH, re.compile(rf"\btháng\s+({MONTH}){_YEAR}", re.IGNORECASE)),
    (PeriodKind.QUARTER, re.compile(rf"\b{QUARTER_WORD}\s+({QUARTER}){_YEAR}", re.IGNORECASE)),
    (PeriodKind.YEAR, re.compile(r"\b()năm\s+(20\d\d)(?!\d)", re.IGNORECASE)),
)
_MONTH_AFTER = r"(?:\s*[/.]\s*|\s+tháng\s+)"
_YEAR_AFTER = r"(?:\s*[/.]\s*|\s+năm\s+)"
_RUN = re.compile(
    rf"(?<![\d/.])(?P<day>\d{{1,2}})(?:{_MONTH_AFTER}(?P<month>\d{{1,2}})(?:{_YEAR_AFTER}\d{{4}})?)?"
    r"\s*(?:-|–|đến)\s*(?:hết\s+)?(?:ngày\s+)?"
    rf"(?P<last_day>\d{{1,2}}){_MONTH_AFTER}(?P<last_month>\d{{1,2}})"
    rf"(?:{_YEAR_AFTER}(?P<year>\d{{4}}))?(?!\d)",
    re.IGNORECASE,
)
_WEEK_NUMBER = re.compile(
    r"\btuần\s+(?:lễ\s+)?(?:thứ\s+)?(\d{1,2})(?!\d|\s*[-–/.]\s*\d)", re.IGNORECASE
)
_A_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
# "tháng 6", "quý III": a part of a year, after which the year stands.
_PART_OF_YEAR = re.compile(
    rf"\b(?:tháng\s+{MONTH}|{QUARTER_WORD}\s+{QUARTER}|tuần\s+(?:lễ\s+)?(?:thứ\s+)?\d{{1,2}}(?!\d)"
    r"|(?:0?6|sáu)\s+tháng\s+(?:đầu|cuối))(?!\s*[-–,]\s*\w)",
    re.IGNORECASE,
)
# "NĂM 2926", "6/2O26": what a scanner makes of a year.
_PRINTED_YEAR = re.compile(
    r"(?:\bnăm\s+|\d\s*[/.]\s*|\b[IV]+\s*/\s*)([\dOoQ][\dOoQlI]{3,4})(?!\w)", re.IGNORECASE
)
_REAL_YEAR = re.compile(r"20\d\d|2100")
_YEARS = re.compile(r"(?<!\d)20\d\d\s*(?:-|–|đến)\s*(?:năm\s+)?(20\d\d)(?!\d)", re.IGNORECASE)
_HALF_OF_THE_WEEKS = 26
_LONGEST_WEEK = timedelta(days=9)
# "Báo cáo kết quả tháng 2; nhiệm vụ trọng tâm tháng 3": the programme is for the second.
_LOOKS_BACK = re.compile(
    r"\b(?:kết quả|báo cáo|tình hình|đánh giá|sơ kết|tổng kết)\b", re.IGNORECASE
)
_LOOKS_AHEAD = re.compile(r"\b(?:nhiệm vụ|phương hướng|chương trình|kế hoạch)\b", re.IGNORECASE)


def period_from(said: Mapping[str, Any] | None) -> Period | None:
    """The period that `Period.as_json` wrote down."""
    if said is None:
        return None
    starts_on, ends_on = (date.fromisoformat(said[name]) for name in ("starts_on", "ends_on"))
    return Period(PeriodKind(said["kind"]), said["year"], said["number"], starts_on, ends_on, "")


def period_of(text: str) -> Period | None:
    """The period that a title names, the most exact one when it names several."""
    return _planned(text) or run_of(text) or _first_named(text)


def _planned(text: str) -> Period | None:
    """The period ahead, in a title that first reports on the period behind."""
    if not _LOOKS_BACK.search(text):
        return None
    *_, start = [0, *(found.end() for found in _LOOKS_AHEAD.finditer(text))]
    return _first_named(text[start:]) if start else None


def _first_named(text: str) -> Period | None:
    found = ((kind, one) for kind, shape in _SHAPES for one in shape.finditer(text))
    periods = (named(kind, year=int(one[2]), word=one[1], text=one[0]) for kind, one in found)
    return next(filter(None, periods), None)


def is_year(printed: str) -> bool:
    """Whether a paper of today may be of that year."""
    return bool(_REAL_YEAR.fullmatch(printed))


def year_misprinted(text: str) -> bool:
    """Whether a year in the words cannot be one: "NĂM 2926", "năm 2O26"."""
    return any(not is_year(one) for one in _PRINTED_YEAR.findall(text))


def names_part_of_year(text: str) -> bool:
    """Whether the words name a week, month, quarter or half-year, of whatever year."""
    return bool(_PART_OF_YEAR.search(text))


def with_year(text: str, year: int) -> str:
    """The words completed by a year, which stands right after the month if one is named."""
    part = _PART_OF_YEAR.search(text)
    at = part.end() if part else len(text)
    return f"{text[:at]} năm {year}{text[at:]}"


def last_year_of(text: str) -> int | None:
    """The end of several years: 2030 of "giai đoạn 2026 - 2030"."""
    return max((int(one) for one in _YEARS.findall(text)), default=None)


def run_of(text: str) -> Period | None:
    """The week that a schedule prints by its days; its number is the printed one, if any."""
    run = _RUN.search(text)
    year = (run["year"] if run else None) or next(iter(_A_YEAR.findall(text)), None)
    days = _run_days(run, int(year)) if run and year and is_year(year) else None
    if run is None or days is None or days[1] - days[0] > _LONGEST_WEEK:
        return None
    printed = _WEEK_NUMBER.search(text)
    iso = days[0].isocalendar()
    number = int(printed[1]) if printed else iso.week
    words = printed[0] if printed else run[0]
    # A week over New Year belongs to the year in which it was counted.
    year_of = days[0].year if number > _HALF_OF_THE_WEEKS else days[1].year
    return Period(PeriodKind.WEEK, year_of, number, *days, " ".join(words.split()))


def _run_days(run: re.Match[str], year: int) -> "Days | None":
    last_month = int(run["last_month"])
    first_month = int(run["month"] or last_month)
    try:
        end = date(year, last_month, int(run["last_day"]))
        start = date(year - (first_month > last_month), first_month, int(run["day"]))
    except ValueError:
        return None
    return (start, end) if start <= end else None


def has_period(text: str) -> bool:
    """Whether the words name a week, month, quarter, half-year or year."""
    return period_of(text) is not None


def named(kind: PeriodKind, *, year: int, word: str, text: str) -> Period | None:
    """A period by its kind and number word; None when there is no such period."""
    number = _NUMBERS[kind](" ".join(word.lower().split()))
    days = _DAYS[kind](year, number) if number is not None else None
    if days is None or number is None:
        return None
    return Period(kind, year, number or None, days[0], days[1], " ".join(text.split()))


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
    PeriodKind.MONTH: lambda word: int(word) if word.isdecimal() else _MONTHS.get(word),
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
