"""Days, hours and weekdays as Vietnamese office papers write them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_YEAR_AFTER = r"(?:(?:\s*[/.-]\s*|\s+năm\s+)(?P<year>\d{4}))?"
DAY = (
    r"(?:ngày\s+)?(?P<day>\d{1,2})(?:\s*[/.-]\s*|\s+tháng\s+)(?P<month>\d{1,2})"
    + _YEAR_AFTER
    + r"(?!\d)(?!\s*[/.-]\s*\d)"
)
# "05/2023/NQ-HĐND ngày 12/4/2023": the number looks like a month and the day is the document's.
_REFERENCE = re.compile(
    r"(?<![\w/.-])\d{1,6}(?:/\d{4})?[-/][^\W\d_]{1,8}\d{0,3}(?:[-/&][^\W_]{1,12}){0,4}"
    r"(?:,?\s*(?:ký\s+|ban hành\s+)?ngày\s+\d{1,2}(?:\s*[/.-]\s*|\s+tháng\s+)\d{1,2}"
    r"(?:(?:\s*[/.-]\s*|\s+năm\s+)\d{4})?)?",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?<![\d/.-])(\d{1,2})\s*(?:h|giờ|:)\s*(\d{2})?(?!\s*[\d/])(?=\W|$|phút)", re.IGNORECASE
)
_WEEKDAYS = {
    "hai": 0, "2": 0, "ba": 1, "3": 1, "tư": 2, "4": 2, "năm": 3, "5": 3,
    "sáu": 4, "6": 4, "bảy": 5, "bẩy": 5, "7": 5,
}  # fmt: skip
_WEEKDAY = r"(?:thứ\s+(hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|(chủ\s+nhật))"
_WEEKDAY_AFTER = re.compile(rf"\s*[(,–-]?\s*{_WEEKDAY}(?!\w)", re.IGNORECASE)
# "Kỳ họp thứ Bảy" and "lần thứ năm" count sessions, not days.
_WEEKDAY_BEFORE = re.compile(
    rf"(?<!họp )(?<!lần )(?<!hội )(?<!khóa ){_WEEKDAY}\s*[,(]?\s*$", re.IGNORECASE
)


Span = tuple[date, date]
# Programmes look ahead: a day behind is meant only when it is much nearer than the one ahead.
_BEHIND = 4


@dataclass(frozen=True)
class Mention:
    """A day that a text names: where, in which words, and the weekday printed beside it.

    `on` is None when there is no such day, as 31/02/2026.
    """

    on: date | None
    start: int
    end: int
    text: str
    weekday: int | None = None

    @property
    def contradicts_weekday(self) -> bool:
        if self.on is None or self.weekday is None:
            return False
        return self.on.weekday() != self.weekday


def without_references(text: str) -> str:
    """The text with document numbers and their days blanked out, every place kept."""
    return _REFERENCE.sub(lambda found: " " * len(found[0]), text)


def days_in(text: str, *, pattern: re.Pattern[str], near: date | Span | None) -> Iterator[Mention]:
    """The days that `pattern` (built round DAY) finds; a missing year is taken from `near`."""
    for found in pattern.finditer(text):
        on = _day(found, near)
        weekday, end = _weekday_beside(text, found.start("day"), found.end())
        words = " ".join(text[found.start() : end].split())
        yield Mention(on, found.start(), end, without_stray_brackets(words), weekday)


def without_stray_brackets(words: str) -> str:
    """The words without any closing bracket whose opening was cut off before them."""
    kept, depth = "", 0
    for letter in words:
        depth += (letter == "(") - (letter == ")")
        kept += letter if depth >= 0 else ""
        depth = max(depth, 0)
    return kept.rstrip()


def clock_in(text: str) -> str | None:
    """The first hour in a text, as HH:MM: "8h30", "14 giờ", "7 giờ 30’"."""
    for found in _CLOCK.finditer(text):
        hour, minute = int(found[1]), int(found[2] or 0)
        if hour < 24 and minute < 60:
            return f"{hour:02}:{minute:02}"
    return None


def distance(day: date, near: date | Span) -> int:
    """How far a day is from a programme's time: nothing inside it, most when behind it."""
    first, last = near if isinstance(near, tuple) else (near, near)
    if day < first:
        return (first - day).days * _BEHIND
    return max(0, (day - last).days)


def _day(found: re.Match[str], near: date | Span | None) -> date | None:
    day, month, year = int(found["day"]), int(found["month"]), found["year"]
    if year:
        return _real_day(int(year), month, day)
    if near is None:
        return None
    start = near[0] if isinstance(near, tuple) else near
    around = (_real_day(start.year + step, month, day) for step in (0, 1, -1))
    known = [on for on in around if on is not None]
    return min(known, key=lambda on: distance(on, near), default=None)


def _real_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _weekday_beside(text: str, day_start: int, day_end: int) -> tuple[int | None, int]:
    """The weekday printed right after or before a date, and where the mention ends with it."""
    after = _WEEKDAY_AFTER.match(text, day_end)
    if after:
        closing = after.end() + (text[after.end() : after.end() + 1] == ")")
        return _weekday(after), closing
    lead = text[max(0, day_start - 30) : day_start].rstrip()
    before = _WEEKDAY_BEFORE.search(lead.removesuffix("ngày").rstrip() + " ")
    return (_weekday(before) if before else None), day_end


def weekday_named(word: str) -> int:
    """The weekday, Monday being 0, that is called "thứ" and this word."""
    return _WEEKDAYS[word.lower()]


def _weekday(found: re.Match[str]) -> int:
    return weekday_named(found[1]) if found[1] else 6
