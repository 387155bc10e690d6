"""Day, session and hour, as schedules write them at the head of a line or in cells of their own."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.domain.folding import fold
from tracker.importer.meaning.dates import Span, days_in

_WEEKDAYS = {
    "hai": 0, "2": 0, "ba": 1, "3": 1, "tu": 2, "4": 2, "nam": 3, "5": 3, "sau": 4, "6": 4,
    "bay": 5, "7": 5,
}  # fmt: skip
SHORT_WEEKDAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
# "T6/2026" is a month.
_WEEKDAY = (
    r"(?:(?:thứ\s*|t\.?\s*)(?P<weekday>hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|(?P<sunday>chủ\s+nhật|cn))"
    r"(?!\w)(?!\s*/\s*\d{4})"
)
# "05-07/3" and "từ ngày 05 đến 07/3" last some days; the first of them counts.
_DATE = (
    r"(?:từ\s+)?(?:ngày\s+)?(?P<day>\d{1,2})(?:\s*(?:[-–,]|đến|và)\s*(?:ngày\s+)?\d{1,2})?"
    r"(?:\s*[/.-]\s*|\s+tháng\s+)(?P<month>\d{1,2})(?:(?:\s*[/.-]\s*|\s+năm\s+)(?P<year>\d{4}))?"
    r"(?!\d)(?:\s*(?:[-–]|đến)\s*(?:hết\s+)?(?:ngày\s+)?\d{1,2}[/.]\d{1,2}(?:[/.]\d{4})?)?"
)
_AFTER_DATE = r"\s*(?:$|[:(]|\d{1,2}\s*[hg:]|buổi|sáng|chiều|tối|cả)"
_BETWEEN = r"\s*[,(/–-]?\s*(?:ngày\s+)?"
_DAY_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"{_WEEKDAY}{_BETWEEN}{_DATE}(?!\w)",
        rf"{_DATE}\s*[,(–-]?\s*{_WEEKDAY}",
        # A date by itself may be the beginning of anything else: it needs a colon or an end.
        rf"(?=từ\s+ngày|ngày|[\d/.-]{{3,10}}{_AFTER_DATE}){_DATE}(?!\w)",
        r"ngày\s+(?P<only>\d{1,2})(?!\w|\s*[/.-]\s*\d|\s+tháng)",
        _WEEKDAY,
    )
)
_DATE_IN = re.compile(_DATE, re.IGNORECASE)
_EVENT_VERB = r"họp|dự|làm\s+việc|đi|tiếp|kiểm\s+tra|hội\s+nghị|thăm|khảo\s+sát|tham|nghỉ|chủ\s+trì"
_SESSION = re.compile(
    r"(?:buổi\s+(?P<named>sáng|trưa|chiều|tối)|(?P<bare>cả\s+ngày|sáng|trưa|chiều|tối))(?!\w)"
    rf"(?(bare)(?=\s*(?:$|[\d:;,.()/–-]|thứ\b|t\d|chủ\s+nhật|ngày|từ\b|lúc\b|{_EVENT_VERB})))",
    re.IGNORECASE,
)
_CLOCK = (
    r"(?P<{0}>\d{{1,2}})\s*(?:h|giờ|g|:)\s*(?P<{1}>\d{{2}})?(?::00)?(?![\d/])\s*(?:phút\b|[’'`])?"
)
HOUR = re.compile(
    r"(?:(?:từ|lúc|vào\s+lúc|hồi|vào\s+hồi|khoảng|bắt\s+đầu)\s+)?"
    + _CLOCK.format("hour", "minute")
    + r"(?!\w)(?:\s*(?:[-–÷]|đến)\s*"
    + _CLOCK.format("end_hour", "end_minute")
    + r"(?!\w))?",
    re.IGNORECASE,
)
_MARKS = " \t\n:;,.()[]/–-"
_OPENING = " \t\n([,;:"
_PROVISIONAL = re.compile(r"^\W*(?:thời\s+gian\s*:\s*)?dự\s+kiến\s*:?\s*(?:vào\s+)?", re.IGNORECASE)


@dataclass(frozen=True)
class Week:
    """What days are completed from: the time the paper is for, or a day near by."""

    span: Span | None = None

    @property
    def _is_one_week(self) -> bool:
        return self.span is not None and self.span[1] - self.span[0] < timedelta(days=7)

    def on_weekday(self, weekday: int) -> date | None:
        """The day of a weekday printed without a date: the only one of the week."""
        if self.span is None or not self._is_one_week or self.span[0] == self.span[1]:
            return None
        return self.span[0] + timedelta(days=(weekday - self.span[0].weekday()) % 7)

    def on_number(self, number: int) -> date | None:
        """The day of "ngày 26" without a month: the first from the period's beginning on."""
        if self.span is None:
            return None
        days = (self.span[0] + timedelta(days=step) for step in range(31))
        return next((day for day in days if day.day == number), None)


@dataclass(frozen=True)
class Day:
    """A day as a schedule prints it; `on` stays None when it cannot be told."""

    said: str
    on: date | None = None
    weekday: int | None = None

    @property
    def contradicts_weekday(self) -> bool:
        if self.on is None or self.weekday is None:
            return False
        return self.on.weekday() != self.weekday


@dataclass(frozen=True)
class Slot:
    """Day, session and hour that stand together; what is not said is None."""

    day: Day | None = None
    session: str | None = None
    hour: str | None = None
    said: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.day or self.session or self.hour)

    @property
    def weekday(self) -> str:
        """The weekday as clerks shorten it; "L" for an event without a day."""
        number = None
        if self.day:
            number = self.day.on.weekday() if self.day.on else self.day.weekday
        return "L" if number is None else SHORT_WEEKDAYS[number]

    @property
    def is_provisional(self) -> bool:
        """Whether "dự kiến" stands before the day or hour."""
        return "du kien" in fold(self.said)

    @property
    def printed(self) -> str:
        """Day, session and hour in one line."""
        parts = (self.day.said if self.day else None, self.session, self.hour)
        return " · ".join(filter(None, parts))


def slot_of(text: str, week: Week) -> tuple[Slot, str]:
    """The day, session and hour at the head of a text, in any order, and the words after them."""
    slot, rest = Slot(), text
    while True:
        head = _PROVISIONAL.sub("", rest.lstrip(_OPENING if slot.is_empty else _MARKS))
        found = _day(head, week, slot) or _session(head, slot) or _hour(head, slot)
        if found is None:
            break
        slot, rest = found
    if slot.is_empty:
        return slot, text
    said = " ".join(text[: len(text) - len(rest)].split()).strip(" :;,.–-")
    closed = ")" if said.count("(") > said.count(")") else ""
    return replace(slot, said=said + closed), rest.lstrip(_MARKS)


def begins_with_hour(text: str) -> bool:
    """Whether a line opens with an hour, in brackets or not."""
    return _hour(text.lstrip(_OPENING), Slot()) is not None


def _day(text: str, week: Week, slot: Slot) -> tuple[Slot, str] | None:
    found = next((one for shape in _DAY_SHAPES if (one := shape.match(text))), None)
    if found is None or (slot.day and slot.day.on):
        return None
    said = " ".join(found[0].split())
    closed = ")" if said.count("(") > said.count(")") else ""
    day = Day(said + closed, _date(found, week), _weekday(found.groupdict()))
    return replace(slot, day=_completed(slot.day, day)), text[found.end() :]


def _completed(above: Day | None, day: Day) -> Day:
    """Weekday and date may stand apart: "Thứ 2", below it or beside it "26/01"."""
    if above is None:
        return day
    weekday = day.weekday if day.weekday is not None else above.weekday
    return Day(f"{above.said} {day.said}", day.on or above.on, weekday)


def _weekday(groups: dict[str, str | None]) -> int | None:
    if groups.get("sunday"):
        return 6
    word = groups.get("weekday")
    return _WEEKDAYS[fold(word)] if word else None


def _date(found: re.Match[str], week: Week) -> date | None:
    groups = found.groupdict()
    if groups.get("only"):
        return week.on_number(int(found["only"]))
    if not groups.get("day"):
        weekday = _weekday(groups)
        return None if weekday is None else week.on_weekday(weekday)
    mention = next(days_in(found[0], pattern=_DATE_IN, near=week.span), None)
    return mention.on if mention else None


def _session(text: str, slot: Slot) -> tuple[Slot, str] | None:
    found = _SESSION.match(text)
    if found is None or slot.session:
        return None
    words = " ".join((found["named"] or found["bare"]).split()).capitalize()
    return replace(slot, session=words), text[found.end() :]


def _hour(text: str, slot: Slot) -> tuple[Slot, str] | None:
    found = HOUR.match(text)
    if found is None or slot.hour or (clock := clock_of(found)) is None:
        return None
    return replace(slot, hour=clock), text[found.end() :]


def clock_of(found: re.Match[str]) -> str | None:
    """The hour as HH:MM, None when no clock shows it."""
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None
