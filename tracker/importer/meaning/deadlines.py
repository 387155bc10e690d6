"""The deadline that an item itself writes, told from all the other dates in its text."""

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain

from tracker.domain.programme import PeriodKind
from tracker.domain.working_days import WorkingDays
from tracker.importer.meaning.dates import (
    DAY,
    Mention,
    Span,
    days_in,
    weekday_named,
    without_references,
)
from tracker.importer.meaning.days_apart import day_apart, days_to_ask
from tracker.importer.meaning.period import Period
from tracker.importer.meaning.reading import Doubt
from tracker.importer.meaning.stretches import Shapes, Stretch

_LEAD_BEFORE = r"(?:\b(?:chậm\s+nhất|muộn\s+nhất|xong|thời\s+hạn|hạn)(?:\s+là)?\s*:?\s*)?\btrước\s+"
_CLOCK = r"\d{1,2}\s*(?:h|g|giờ|:)\s*(?:\d{2})?\s*(?:phút|’|')?,?\s*"
_LEAD_BY = (
    rf"\b(?:trước\s+{_CLOCK}(?=ngày)|trong\s+(?=ngày\s+\d)|chậm\s+nhất|muộn\s+nhất|(?:đến\s+)?hết|xong\s+đến|thời\s+hạn|(?<!gia\s)hạn(?:\s+(?:chót|cuối|hoàn\s+thành))?"
    r"|thời\s+gian\s+(?:hoàn\s+thành|trình|thực\s+hiện))(?:\s+là)?(?:\s+(?:vào|đến))?\s*:?\s*"
    r"(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])\s*[,(]?\s*)?"
)
_BEFORE = re.compile(_LEAD_BEFORE + DAY, re.IGNORECASE)
_BY = re.compile(_LEAD_BY + DAY, re.IGNORECASE)
# A plain day is a deadline only beside a verb of finishing; anniversaries, events and
# days in force stand without one.
_PLAIN = re.compile(
    r"\b(?:(?:hoàn\s+thành|xong|trình|gửi|nộp)\s+(?:(?:vào|trong)\s+)?"
    rf"|(?:trình|gửi|báo\s+cáo)\s[^.;,()\d]{{2,60}}?\svào\s+)(?=ngày){DAY}",
    re.IGNORECASE,
)
# "từ ngày 15/3 sang ngày 30/3", "lùi sang tháng 4": the new day counts.
_MOVED = re.compile(rf"\b(?:sang|lùi\s+đến|lùi\s+lại)\s+{DAY}", re.IGNORECASE)
_IN_FORCE = re.compile(r"(?:hiệu\s+lực|từ\s+ngày)[^.;]{0,60}$", re.IGNORECASE)
# "chậm nhất ngày 25", "trước ngày 20 hằng tháng": the month is the programme's.
_DAY_ALONE = (
    r"ngày\s+(?:mùng\s+|mồng\s+)?(?P<day>\d{1,2})(?!\d|\s*[/.-]\s*\d|\s+tháng\s+\d)"
    r"(?P<other>\s+(?:của\s+)?tháng\s+(?:trước|sau|đầu)|)"
)
_BEFORE_ALONE = re.compile(_LEAD_BEFORE + _DAY_ALONE, re.IGNORECASE)
_BY_ALONE = re.compile(_LEAD_BY + _DAY_ALONE, re.IGNORECASE)
_RECURRING_WORD = r"(?:h[ằà]ng|mỗi)\s+(?:ngày|tuần|tháng|quý|năm)"
_RECURS_AFTER = re.compile(rf"[\s,(]{{0,3}}(?:của\s+)?{_RECURRING_WORD}", re.IGNORECASE)
_FINISHING = r"\b(?:hoàn\s+thành|xong|trình|gửi|ban\s+hành)\s+"
_WITHIN = Shapes(
    rf"(?:\b(?:trong|hết|chậm\s+nhất|muộn\s+nhất|(?:lùi|chuyển|điều\s+chỉnh)\s[^.;()]{{0,40}}?\bsang)\s+|{_FINISHING})(?:là\s+)?(?:(?:vào|trong)\s+)?",
    year_lead=rf"{_FINISHING}(?:trong\s+)?",
    own_lead=rf"{_FINISHING}(?:trong\s+)?",
)
_BEFORE_STRETCH = Shapes(r"\btrước\s+", year_lead=rf"{_FINISHING}trước\s+")
_LABELLED = re.compile(
    r"\b(?:thời\s+(?:gian|hạn)(?:\s+(?:hoàn\s+thành|trình|thực\s+hiện))?|hạn(?:\s+(?:hoàn\s+thành|(?:gửi|nộp|trình)[^:.;()\n]{0,20}))?)"
    r"\s*:\s*(?P<words>[^.;()\n]{3,80})",
    re.IGNORECASE,
)
# "(thường xuyên)", "(Sở X; tháng 6)", "(Sở X chủ trì), tháng 4-5/2026".
_BRACKETED = re.compile(
    r"(?:\((?:[^()]{0,200}[,;–-]\s*)?(?:thực\s+hiện\s+)?|\)\s*,\s*)(?P<words>thường\s+xuyên|định\s+kỳ[^()]{0,40}|(?:đầu|giữa|cuối)?\s*"
    rf"(?:tháng|quý|tuần)\s+[\dIVX][^()]{{0,20}}|{_RECURRING_WORD})\)?\W*$",
    re.IGNORECASE,
)
_SESSION = re.compile(
    r"\btrình\b[^.;()]{0,80}?\b(?P<words>(?:phiên\s+họp|kỳ\s+họp)\b[^.;,()]{0,80})", re.IGNORECASE
)
_BARE_DAY = re.compile(
    rf"(?<![\d/.])(?<!tuần\s)(?<!thứ\s)(?<!tháng\s)(?P<before>trước\s+)?{DAY}", re.IGNORECASE
)
# "Từ 01/3 đến 15/3", "15-20/3": only the last day of a run counts.
_RUN_BEGINS = re.compile(
    r"\b(?:từ\s+)?(?:ngày\s+)?\d{1,2}(?:[/.]\d{1,2}(?:[/.]\d{4})?)?\s*(?:-|–|đến)\s*"
    r"(?=(?:ngày\s+)?\d{1,2}[/.]\d{1,2}(?!\d))",
    re.IGNORECASE,
)
_BARE_ALONE = re.compile(rf"^{_DAY_ALONE}", re.IGNORECASE)
_BARE_STRETCH = Shapes("", own_lead="")
_BARE_NAMED = Shapes("")
_BARE_MONTH = re.compile(r"^(?:t\s*\.?\s*)?(\d{1,2})\s*[/.-]\s*(20\d\d)$", re.IGNORECASE)
_RECURRING = re.compile(rf"\b{_RECURRING_WORD}(?!\w)", re.IGNORECASE)
_RECURS = re.compile(rf"\b(?:{_RECURRING_WORD}|định\s+kỳ)", re.IGNORECASE)
_STANDS = re.compile(
    r"^(?:làm\s+)?(?:thường\s+xuyên|liên\s+tục|khi\s+có|đột\s+xuất)", re.IGNORECASE
)
_IS_SESSION = re.compile(r"^(?:tại\s+)?(?:phiên|kỳ|hội\s+nghị|cuộc)\s*(?:họp)?\b", re.IGNORECASE)


_WEEKDAY_ALONE = re.compile(
    r"(?:(?:sáng|chiều)\s+)?thứ\s+(hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])", re.IGNORECASE
)
_LONGEST_MONTH = 31
# Programmes look a year ahead at most: a later day is a slip of the pen or of the scanner.
_REACH = timedelta(days=366)
_LAST_DAY = date(2100, 12, 31)


class Nature(enum.StrEnum):
    """Whether a deadline comes once, again and again, all the time, or with a session."""

    ONCE = "once"
    RECURRING = "recurring"
    STANDING = "standing"
    SESSION = "session"


@dataclass(frozen=True)
class Deadline:
    """A day an item is due, the words that gave it, and what is doubtful about it.

    `inferred` when the words name a month or quarter and the day is our reading of it. `first`
    is the earlier of two stages. A session's day is known only when its meeting is.
    """

    due_on: date | None
    text: str
    inferred: bool = False
    unclear: bool = False
    contradicts_weekday: bool = False
    nature: Nature = Nature.ONCE
    first: str = ""

    def doubts(self, ref: str | None = None) -> Iterator[Doubt]:
        """What a person is told of the deadline, or asked."""
        if self.unclear:
            yield Doubt("deadline-unclear", ref, {"text": self.text})
        if self.contradicts_weekday:
            yield Doubt("weekday-mismatch", ref, {"text": self.text})
        if self.first:
            yield Doubt("deadline-staged", ref, {"first": self.first, "last": self.text})
        if self.nature is Nature.RECURRING:
            yield Doubt("deadline-recurring", ref, {"text": self.text})
        if self.nature is Nature.STANDING:
            yield Doubt("deadline-standing", ref, {"text": self.text})


def deadline_in(
    text: str, *, period: Period | None, working_days: WorkingDays, until: date | None = None
) -> Deadline | None:
    """The deadline written in an item, or None when it writes none.

    "trước ngày X" is the last working day before X; "chậm nhất ngày X", "đến hết ngày X" and a
    plain X are X; "trong tháng" ends on the last working day of the month (office rules).
    A stretch of time that ended before the programme began only tells what happened. A day
    more than a year after `until`, else after the period, is asked about.
    """
    reader = _Reader(period, working_days, until)
    return reader.within_reach(reader.in_sentence(without_references(text)))


def recurrence_in(text: str) -> str | None:
    """The words by which a text says that its task comes again and again: "hằng tháng"."""
    found = _RECURRING.search(text)
    return " ".join(found[0].split()) if found else None


def deadline_said(
    words: str, *, period: Period | None, working_days: WorkingDays, until: date | None = None
) -> Deadline | None:
    """The deadline that a cell says in so many words; None when the cell is blank.

    In such a place a bare "15/3", "Tháng 3" or "Thường xuyên" is a deadline without any verb.
    """
    said = " ".join(words.split())
    if not said.strip(" -–./…"):
        return None
    reader = _Reader(period, working_days, until)
    found = reader.within_reach(reader.in_cell(without_references(said)))
    return replace(found, text=said) if found else None


@dataclass(frozen=True)
class _Reader:
    """The programme's period, its last day and the calendar, against which deadlines are read."""

    period: Period | None
    working_days: WorkingDays
    until: date | None = None

    def in_sentence(self, text: str) -> Deadline | None:
        ways = (self._days, self._labelled, self._set_apart, self._stretches, self._sessions)
        found = next((found for way in ways if (found := way(text))), None)
        return found or self._asked(text)

    def within_reach(self, found: Deadline | None) -> Deadline | None:
        """The deadline, made a question when it lies too far ahead to be meant."""
        end = self.until or (self.period.ends_on if self.period else None)
        latest = end + _REACH if end else _LAST_DAY
        if found is None or found.due_on is None or found.due_on <= latest:
            return found
        said = f"{found.first}; {found.text}" if found.first else found.text
        return replace(found, due_on=None, text=said, unclear=True, first="")

    def in_cell(self, said: str) -> Deadline:
        if _IS_SESSION.match(said):
            return self._session(said)
        if _STANDS.match(said):
            return replace(self._period_end(said), nature=Nature.STANDING)
        ways = (self._bare_months, self._bare_days, self._days, self._bare_alone, self._bare)
        found = self._weekday(said) or next((one for way in ways if (one := way(said))), None)
        if _RECURS.search(said):
            return replace(found or self._period_end(said), nature=Nature.RECURRING)
        return found or Deadline(None, said, unclear=True)

    def _days(self, text: str) -> Deadline | None:
        return self._latest([*self._written(text), *self._alone(text)])

    def _written(self, text: str) -> Iterator[Deadline]:
        for mention in days_in(text, pattern=_BEFORE, near=self._near):
            before = self.working_days.before(mention.on) if mention.on else None
            yield _from_mention(mention, before)
        for mention in days_in(text, pattern=_MOVED, near=self._near):
            yield _from_mention(mention, mention.on)
        named = (days_in(text, pattern=pattern, near=self._near) for pattern in (_BY, _PLAIN))
        for mention in chain.from_iterable(named):
            if not _IN_FORCE.search(text, max(0, mention.start - 80), mention.start):
                yield _from_mention(mention, mention.on)

    @property
    def _near(self) -> Span | None:
        return self.period.span if self.period else None

    def _alone(self, text: str) -> Iterator[Deadline]:
        for found in _BEFORE_ALONE.finditer(text):
            day = self._day_of_period(found)
            yield self._on_day(text, found, self.working_days.before(day) if day else None)
        for found in _BY_ALONE.finditer(text):
            yield self._on_day(text, found, self._day_of_period(found))

    def _on_day(self, text: str, found: re.Match[str], day: date | None) -> Deadline:
        said = " ".join(found[0].split())
        recurs = _RECURS_AFTER.match(text, found.end())
        if recurs is None:
            return Deadline(day, said, unclear=day is None)
        said += f" {recurs[0].strip(' ,(')}"
        known = Deadline(day, said) if day else self._period_end(said)
        return replace(known, nature=Nature.RECURRING)

    def _day_of_period(self, found: re.Match[str]) -> date | None:
        """The day of that number in the programme's time, when there is just one."""
        if self.period is None or found["other"]:
            return None
        first, last = self.period.span
        months = {(first.year, first.month), (last.year, last.month)}
        if (last - first).days > _LONGEST_MONTH:
            return None
        days = [_day_or_none(year, month, int(found["day"])) for year, month in sorted(months)]
        inside = [day for day in days if day and first <= day <= last]
        return inside[0] if len(inside) == 1 else None

    def _labelled(self, text: str) -> Deadline | None:
        """Words set apart, as in a cell: "Thời gian: Tháng 3", "(Quý II)"."""
        found = _LABELLED.search(text) or _BRACKETED.search(text)
        if found is None:
            return None
        words = " ".join(found["words"].split())
        said = self.in_cell(words)
        return None if said.unclear else replace(said, text=words)

    def _set_apart(self, text: str) -> Deadline | None:
        words = day_apart(text)
        said = self.in_cell(" ".join(words.split())) if words else None
        return None if said is None or said.unclear else replace(said, text=words or "")

    def _asked(self, text: str) -> Deadline | None:
        """A day that may be the deadline: nobody but a person can say."""
        for words in days_to_ask(text):
            said = self.in_cell(" ".join(words.split()))
            if said.due_on or not any(letter.isdigit() for letter in words):
                return replace(said, text=" ".join(words.split()), unclear=True)
        return None

    def _stretches(self, text: str) -> Deadline | None:
        before = [self._day_before(one) for one in _BEFORE_STRETCH.find(text, self.period)]
        if before:
            return self._latest(before)
        within = _WITHIN.find(text, self.period)
        return self._latest([self._end_of(one) for one in within if self._is_not_over(one)])

    def _is_not_over(self, stretch: Stretch) -> bool:
        return self.period is None or stretch.ends_on >= self.period.starts_on

    def _day_before(self, stretch: Stretch) -> Deadline:
        return Deadline(self.working_days.before(stretch.starts_on), stretch.text, inferred=True)

    def _end_of(self, stretch: Stretch) -> Deadline:
        due_on = self.working_days.on_or_before(stretch.ends_on)
        return Deadline(due_on, stretch.text, inferred=True)

    def _sessions(self, text: str) -> Deadline | None:
        found = _SESSION.search(text)
        return self._session(" ".join(found["words"].split())) if found else None

    def _session(self, said: str) -> Deadline:
        """The end of the month that the session is named after; else its meeting will tell."""
        month = next(_BARE_NAMED.find(said, self.period), None)
        known = self._end_of(month) if month else Deadline(None, said)
        return replace(known, text=said, nature=Nature.SESSION)

    def _weekday(self, said: str) -> Deadline | None:
        """The day of that name in the programme of one week."""
        found = _WEEKDAY_ALONE.fullmatch(said)
        if found is None or self.period is None or self.period.kind is not PeriodKind.WEEK:
            return None
        weekday = weekday_named(found[1])
        days = ((self.period.starts_on + timedelta(days=n)) for n in range(7))
        due_on = next(day for day in days if day.weekday() == weekday)
        return Deadline(due_on, said) if due_on <= self.period.ends_on else None

    def _bare_months(self, said: str) -> Deadline | None:
        """Months that look like days, so tried before them: "3/2026", "Tháng 10-12/2026"."""
        found = _BARE_MONTH.match(said)
        words = f"tháng {found[1]}/{found[2]}" if found else said
        is_month = found or re.match(r"(?:từ\s+)?tháng\s+\d", said, re.IGNORECASE)
        return self._bare(words) if is_month else None

    def _bare_days(self, said: str) -> Deadline | None:
        ends = _RUN_BEGINS.sub("", said)
        mentions = days_in(ends, pattern=_BARE_DAY, near=self._near)
        return self._latest([self._bare_day(one) for one in mentions])

    def _bare_day(self, mention: Mention) -> Deadline:
        is_before = mention.on and mention.text.lower().startswith("trước")
        before = self.working_days.before(mention.on) if mention.on and is_before else mention.on
        return _from_mention(mention, before)

    def _bare_alone(self, said: str) -> Deadline | None:
        found = _BARE_ALONE.match(said)
        return self._on_day(said, found, self._day_of_period(found)) if found else None

    def _bare(self, said: str) -> Deadline | None:
        before = [self._day_before(one) for one in _BEFORE_STRETCH.find(said, self.period)]
        ends = (self._end_of(one) for one in _BARE_STRETCH.find(said, self.period))
        return self._latest(before or list(ends))

    def _period_end(self, said: str) -> Deadline:
        if self.period is None:
            return Deadline(None, said)
        due_on = self.working_days.on_or_before(self.period.ends_on)
        return Deadline(due_on, said, inferred=True)

    def _latest(self, found: list[Deadline]) -> Deadline | None:
        """Papers pass several desks: the last deadline is the task's, the first is told."""
        if not found:
            return None
        if any(one.unclear for one in found):
            return self._unclear(found)
        coming = [one for one in found if self._may_still_come(one)]
        if not coming:
            return None if found[0].inferred else self._unclear(found)
        first, last = (pick(coming, key=_day) for pick in (min, max))
        return replace(last, first=first.text) if _day(first) < _day(last) else last

    def _unclear(self, found: list[Deadline]) -> Deadline:
        coming = [one.due_on for one in found if one.due_on and self._may_still_come(one)]
        said = "; ".join(one.text for one in found)[:500]
        wrong = any(one.contradicts_weekday for one in found)
        return Deadline(max(coming, default=None), said, unclear=True, contradicts_weekday=wrong)

    def _may_still_come(self, deadline: Deadline) -> bool:
        if deadline.due_on is None or self.period is None:
            return True
        return deadline.due_on >= self.working_days.on_or_before(self.period.starts_on)


def _day(deadline: Deadline) -> date:
    return deadline.due_on or date.min


def _day_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _from_mention(mention: Mention, due_on: date | None) -> Deadline:
    return Deadline(
        due_on,
        mention.text,
        unclear=due_on is None,
        contradicts_weekday=mention.contradicts_weekday,
    )
