"""Stretches of time that stand for a day: "Tháng 3", "Quý II", "Tuần 2 tháng 3", "cuối tháng".

Office rules of this reading: a month, quarter or year is due on its last working day; its
beginning ("đầu tháng") and middle ("giữa tháng") end with the first and second third, the 10th
and the 20th of a month. "Tuần n tháng m" is the n-th week from Monday to Sunday that has a day
from Monday to Friday in that month; it ends with the month at the latest.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.domain.programme import PeriodKind
from tracker.importer.meaning.dates import distance
from tracker.importer.meaning.period import MONTH, QUARTER, QUARTER_WORD, Period, named

_YEAR = r"(?:(?:\s*[/.-]\s*|,?\s+năm\s+)(?P<year>20\d\d))?(?!\d|[/.-]\d)"
# "Tháng 10-12", "tháng 3 và 4", "tháng 3, 4": the last one counts.
_TO = r"(?:\s*(?:-|–|đến|và|hoặc)\s*|\s*,\s*(?=\w{1,4}\s*(?:[-–,./;)]|$|và\b|năm\s+20)))"
_PART = r"(?:(?P<part>đầu|giữa|cuối)\s+)?"
_MONTH_SHAPE = rf"{_PART}tháng\s+(?:{MONTH}{_TO}(?:tháng\s+)?){{0,4}}(?P<word>{MONTH}){_YEAR}"
_QUARTER_SHAPE = (
    rf"{_PART}{QUARTER_WORD}\s+(?:{QUARTER}{_TO}(?:{QUARTER_WORD}\s+)?){{0,3}}"
    rf"(?P<word>{QUARTER}){_YEAR}"
)
_HALF_SHAPE = (
    r"(?P<part>)(?:0?6|sáu)\s+tháng\s+(?P<word>đầu|cuối)\s+năm(?:\s+(?P<year>20\d\d))?(?!\d)"
)
_SHAPES = (
    (PeriodKind.HALF_YEAR, _HALF_SHAPE),
    (PeriodKind.MONTH, _MONTH_SHAPE),
    (PeriodKind.QUARTER, _QUARTER_SHAPE),
    (PeriodKind.YEAR, rf"{_PART}(?P<word>)năm\s+(?P<year>20\d\d)(?!\d)"),
)
_WEEK = (
    r"tuần\s+(?:lễ\s+)?(?:thứ\s+)?(?P<word>\d{1,2}|nhất|hai|ba|tư|đầu(?:\s+tiên)?|cuối(?:\s+cùng)?)"
    r"(?!\w)"
    rf"(?:,?\s+(?:của\s+)?tháng(?:\s+(?P<month>{MONTH}){_YEAR}|(?P<own>\b)))?"
)
_OWN = rf"(?:{_PART}|cả\s+)(?P<word>tháng|{QUARTER_WORD}|năm|tuần)(?!\w|\s+(?:{MONTH}|{QUARTER}))"
_WEEK_NUMBERS = {"nhất": 1, "hai": 2, "ba": 3, "tư": 4, "đầu": 1, "đầu tiên": 1}
_NEXT_MONTH = timedelta(days=31)
_THIRDS = {"đầu": 1, "giữa": 2}
# "Đầu quý" is its first month, "đầu năm" its first quarter.
_MONTHS_OF_A_PART = {PeriodKind.QUARTER: 1, PeriodKind.HALF_YEAR: 2, PeriodKind.YEAR: 3}
_OWN_KINDS = {"tháng": PeriodKind.MONTH, "tuần": PeriodKind.WEEK, "năm": PeriodKind.YEAR}


@dataclass(frozen=True)
class Stretch:
    """The last day of a stretch of time, and the words that name it."""

    starts_on: date
    ends_on: date
    text: str


class Shapes:
    """The writings of a stretch after the words that make it a deadline, if any are needed.

    `lead` goes before all of them, `year_lead` before a whole year: "trong năm 2026" alone says
    little. `own_lead` goes before "tháng" without a number; without it that does not count.
    """

    def __init__(self, lead: str, *, year_lead: str = "", own_lead: str | None = None) -> None:
        leads = {PeriodKind.YEAR: year_lead}
        self._week = _compiled(lead, _WEEK)
        self._named = [(k, _compiled(leads.get(k) or lead, shape)) for k, shape in _SHAPES]
        self._own = None if own_lead is None else _compiled(own_lead, _OWN)

    def find(self, text: str, period: Period | None) -> Iterator[Stretch]:
        """Every stretch that a text names; a year that it lacks comes from the programme's."""
        found = list(self._found(text, period))
        if not found and self._own:
            found = [(one, _own(one, period)) for one in self._own.finditer(text)]
        for one, days in found:
            if days is not None:
                yield Stretch(*days, " ".join(one[0].split()))

    def _found(
        self, text: str, period: Period | None
    ) -> Iterator[tuple[re.Match[str], "Days | None"]]:
        yield from ((one, _week(one, period)) for one in self._week.finditer(text))
        # The month of "tuần 2 tháng 3" is not named a second time by itself, nor its year.
        rest = _blanked(self._week, text)
        for kind, shape in self._named:
            yield from ((one, _named(kind, one, period)) for one in shape.finditer(rest))
            rest = _blanked(shape, rest)


def _compiled(lead: str, shape: str) -> re.Pattern[str]:
    return re.compile(lead + shape, re.IGNORECASE)


def _blanked(shape: re.Pattern[str], text: str) -> str:
    return shape.sub(lambda found: "#" * len(found[0]), text)


Days = tuple[date, date]


def _named(kind: PeriodKind, found: re.Match[str], own: Period | None) -> Days | None:
    whole = _nearest(kind, found["word"], found["year"], own)
    return _part(whole, found["part"]) if whole else None


def _nearest(kind: PeriodKind, word: str, year: str | None, own: Period | None) -> Period | None:
    """The period of that name nearest to the programme's, so that December may speak of January."""
    if year:
        return named(kind, year=int(year), word=word, text=word)
    if own is None:
        return None
    around = (named(kind, year=own.year + step, word=word, text=word) for step in (0, 1, -1))
    known = [one for one in around if one is not None]
    return min(known, key=lambda one: _apart(one, own), default=None)


def _apart(one: Period, own: Period) -> int:
    return min(distance(one.starts_on, own.span), distance(one.ends_on, own.span))


def _part(whole: Period, part: str | None) -> Days:
    third = _THIRDS.get((part or "").lower())
    if third is None:
        return whole.span
    if whole.kind is PeriodKind.MONTH:
        return whole.starts_on, whole.starts_on.replace(day=10 * third)
    months = _MONTHS_OF_A_PART.get(whole.kind, 0) * third
    if not months:
        return whole.span
    return whole.starts_on, _month_end(whole.year, whole.starts_on.month + months - 1)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _own(found: re.Match[str], own: Period | None) -> Days | None:
    """The programme's own stretch, or the one in which it ends: "trong tháng", "cuối quý"."""
    if own is None:
        return None
    word = found["word"].lower()
    kind = _OWN_KINDS.get(word, PeriodKind.QUARTER)
    if kind is own.kind:
        return _part(own, found["part"])
    if kind is PeriodKind.WEEK:
        return None
    month = own.ends_on.month
    number = {PeriodKind.MONTH: month, PeriodKind.QUARTER: (month + 2) // 3}.get(kind, 0)
    whole = named(kind, year=own.ends_on.year, word=str(number), text=word)
    return _part(whole, found["part"]) if whole else None


def _week(found: re.Match[str], own: Period | None) -> Days | None:
    month = _month_of_week(found, own)
    word = " ".join(found["word"].lower().split())
    number = int(word) if word.isdecimal() else _WEEK_NUMBERS.get(word)
    if month:
        weeks = _weeks(month)
        index = len(weeks) if number is None else number
        return weeks[index - 1] if 0 < index <= len(weeks) else None
    if own is None or number is None:
        return None
    week = _nearest(PeriodKind.WEEK, str(number), None, own)
    # "Tuần 2" of a plan for a quarter counts weeks of a month that it does not name.
    is_apart = week is not None and week.starts_on - own.ends_on > _NEXT_MONTH
    return week.span if week and not is_apart else None


def _month_of_week(found: re.Match[str], own: Period | None) -> Period | None:
    """The month that a week is counted in: the one named, or that of a month's programme."""
    if found["month"]:
        return _nearest(PeriodKind.MONTH, found["month"], found["year"], own)
    is_month = own is not None and own.kind is PeriodKind.MONTH
    is_counted = not found["word"].isdecimal() or int(found["word"]) <= 6
    return own if is_month and is_counted else None


def _weeks(month: Period) -> list[Days]:
    first = month.starts_on
    monday = first - timedelta(days=first.weekday())
    if first.weekday() > 4:
        monday += timedelta(days=7)
    weeks = []
    while monday <= month.ends_on:
        weeks.append((monday, min(monday + timedelta(days=6), month.ends_on)))
        monday += timedelta(days=7)
    return weeks
