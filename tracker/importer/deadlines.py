"""The deadline that an item itself writes, told from all the other dates in its text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from tracker.domain.programme import PeriodKind
from tracker.domain.working_days import WorkingDays
from tracker.importer.dates import DAY, Mention, days_in, without_references
from tracker.importer.period import Period, named

_BEFORE = re.compile(
    rf"(?:\b(?:chậm\s+nhất|xong|thời\s+hạn|hạn)(?:\s+là)?\s*:?\s*)?\btrước\s+{DAY}", re.IGNORECASE
)
_BY = re.compile(
    r"\b(?:chậm\s+nhất|muộn\s+nhất|đến\s+hết|xong\s+đến|thời\s+hạn|hạn\s+chót|hạn\s+hoàn\s+thành"
    r"|thời\s+gian\s+(?:hoàn\s+thành|trình|thực\s+hiện))"
    rf"(?:\s+là)?(?:\s+vào)?\s*:?\s*{DAY}",
    re.IGNORECASE,
)
# A plain day is a deadline only beside a verb of finishing; anniversaries, events and
# days in force stand without one.
_PLAIN = re.compile(
    rf"\b(?:hoàn\s+thành|xong|trình|gửi|nộp)\s+(?:(?:vào|trong)\s+)?(?=ngày){DAY}", re.IGNORECASE
)
_IN_FORCE = re.compile(r"(?:hiệu\s+lực|từ\s+ngày)[^.;]{0,60}$", re.IGNORECASE)
_WITHIN = r"\b(?:trong|cuối|xong\s+trong|hết)\s+"
_MAYBE_YEAR = r"(?:(?:\s*/\s*|\s+năm\s+)(?P<year>20\d\d))?(?!\d|[/.-]\d)"
_STRETCHES: tuple[tuple[PeriodKind, re.Pattern[str]], ...] = (
    (
        PeriodKind.MONTH,
        re.compile(
            rf"{_WITHIN}tháng\s+(?:\d{{1,2}}\s*-\s*)?(?P<word>\d{{1,2}}){_MAYBE_YEAR}",
            re.IGNORECASE,
        ),
    ),
    (
        PeriodKind.QUARTER,
        re.compile(rf"{_WITHIN}qu[ýí]\s+(?P<word>iv|i{{1,3}}|[1-4])\b{_MAYBE_YEAR}", re.IGNORECASE),
    ),
    (
        PeriodKind.HALF_YEAR,
        re.compile(
            r"\btrong\s+0?6\s+tháng\s+(?P<word>đầu|cuối)\s+năm(?:\s+(?P<year>20\d\d))?",
            re.IGNORECASE,
        ),
    ),
    (
        PeriodKind.YEAR,
        re.compile(
            r"\b(?:hoàn\s+thành|xong)\s+trong\s+(?P<word>)năm\s+(?P<year>20\d\d)", re.IGNORECASE
        ),
    ),
)


@dataclass(frozen=True)
class Deadline:
    """A day an item is due, the words that gave it, and what is doubtful about it.

    `inferred` when the words name a month or quarter and the day is our reading of it.
    """

    due_on: date | None
    text: str
    inferred: bool = False
    unclear: bool = False
    contradicts_weekday: bool = False


def deadline_in(text: str, *, period: Period | None, working_days: WorkingDays) -> Deadline | None:
    """The deadline written in an item, or None when it writes none.

    "trước ngày X" is the last working day before X; "chậm nhất ngày X", "đến hết ngày X" and a
    plain X are X; "trong tháng" ends on the last working day of the month (office rules).
    A stretch of time that ended before the programme began only tells what happened.
    """
    searched = without_references(text)
    starts_on = period.starts_on if period else None
    written = list(_written(searched, near=starts_on, working_days=working_days))
    if written:
        return _latest(written, starts_on)
    return _latest(list(_stretches(searched, period, working_days)), None)


def _written(text: str, *, near: date | None, working_days: WorkingDays) -> Iterator[Deadline]:
    for mention in days_in(text, pattern=_BEFORE, near=near):
        before = working_days.before(mention.on) if mention.on else None
        yield _from_mention(mention, before)
    named_days = (days_in(text, pattern=pattern, near=near) for pattern in (_BY, _PLAIN))
    for mention in chain.from_iterable(named_days):
        if not _IN_FORCE.search(text, max(0, mention.start - 80), mention.start):
            yield _from_mention(mention, mention.on)


def _from_mention(mention: Mention, due_on: date | None) -> Deadline:
    return Deadline(
        due_on,
        mention.text,
        unclear=due_on is None,
        contradicts_weekday=mention.contradicts_weekday,
    )


def _latest(found: list[Deadline], starts_on: date | None) -> Deadline | None:
    """Papers pass several desks, the last deadline is the task's; but a person must look."""
    if len(found) < 2 and all(_may_still_come(one, starts_on) for one in found):
        return next(iter(found), None)
    latest = max(found, key=lambda one: one.due_on or date.min)
    said = "; ".join(one.text for one in found)
    due_on = latest.due_on if _may_still_come(latest, starts_on) else None
    return Deadline(due_on, said[:500], inferred=latest.inferred, unclear=True)


def _may_still_come(deadline: Deadline, starts_on: date | None) -> bool:
    if deadline.due_on is None or starts_on is None:
        return True
    return deadline.due_on >= starts_on


def _stretches(text: str, period: Period | None, working_days: WorkingDays) -> Iterator[Deadline]:
    found = (_stretch(kind, one, period) for kind, p in _STRETCHES for one in p.finditer(text))
    for stretch in filter(None, found):
        if period is None or stretch.ends_on >= period.starts_on:
            due_on = working_days.on_or_before(stretch.ends_on)
            yield Deadline(due_on, stretch.text, inferred=True)


def _stretch(kind: PeriodKind, found: re.Match[str], own: Period | None) -> Period | None:
    year = found["year"] or (own.year if own else None)
    return named(kind, year=int(year), word=found["word"], text=found[0]) if year else None
