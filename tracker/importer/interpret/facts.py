"""The document's own facts: title, issuer, number, date and period, and what of them is missing."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.folding import fold
from tracker.domain.programme import PeriodKind
from tracker.importer.blocks import Block, Paragraph
from tracker.importer.interpret.kinds import speaks_of_programme
from tracker.importer.layout.closing import recipients_of, signer_of
from tracker.importer.layout.letterhead import Letterhead, letterhead_of
from tracker.importer.layout.outline import Section
from tracker.importer.layout.zones import Zones
from tracker.importer.meaning.dates import Span
from tracker.importer.meaning.period import (
    Period,
    has_period,
    last_year_of,
    named,
    names_part_of_year,
    period_of,
    with_year,
    year_misprinted,
)
from tracker.importer.meaning.reading import Doubt, ReadProgramme

# The period of a schedule may stand on one of the lines between its title and its first day.
_LINES_ABOVE = 4
_LONGEST_LINE = 120
# "Kết luận giao ban và nhiệm vụ trọng tâm tuần từ 16/3 đến 20/3".
_FOR_TASKS = re.compile(r"nhiem vu .{0,40}\b(tuan|thang|quy)\b")


@dataclass(frozen=True)
class Facts:
    """What the head and the title of a document say of it."""

    zones: Zones
    head: Letterhead
    title: str | None
    period: Period | None

    @property
    def sets_deadlines(self) -> bool:
        """Whether what names no day is due in the period; a letter's month only files it."""
        is_of_tasks = self.period is not None and _FOR_TASKS.search(fold(self.zones.title))
        return not self.zones.is_directive or bool(is_of_tasks)

    @property
    def span(self) -> Span | None:
        """The time from which a day without a year is completed."""
        if self.period:
            return self.period.span
        if self.head.issued_on:
            return self.head.issued_on, self.head.issued_on
        year = self.head.year
        return (date(year, 1, 1), date(year, 12, 31)) if year else None

    @property
    def until(self) -> date | None:
        """The last day of the time the paper is for; "giai đoạn 2026-2030" lasts to its end."""
        last = last_year_of(self.title or "")
        ends = [self.span[1]] if self.span else []
        return max([*ends, *([date(last, 12, 31)] if last else [])], default=None)

    @property
    def day(self) -> date | None:
        """The day of the paper, as far as it is known: names are those of that day."""
        return self.head.issued_on or (self.period.starts_on if self.period else None)

    def programme(self, *, days: Iterable[date]) -> tuple[ReadProgramme, list[Doubt]]:
        """The programme's facts; one that names no period is for the `days` of its events."""
        period = self.period or _period_of_days(sorted(days))
        programme = ReadProgramme(
            title=self.title,
            issuer=self.head.issuer,
            number=self.head.number,
            symbol=self.head.symbol,
            place=self.head.place,
            issued_on=self.head.issued_on,
            signer=signer_of(self.zones.tail),
            period=period,
            recipients=recipients_of(self.zones.tail),
        )
        return programme, [*self.head.doubts, *_missing(programme), *self._filed()]

    def _filed(self) -> Iterator[Doubt]:
        if self.zones.is_directive and self.period and not has_period(self.zones.title):
            yield Doubt("period-inferred", facts={"text": self.period.text})


def facts_of(zones: Zones, kept: list[Section], *, schedule: Sequence[Block]) -> Facts:
    """Read the facts; the title may be a heading of a bulletin that itself is a programme."""
    body = " ".join(block.text for block in zones.body if isinstance(block, Paragraph))
    head = letterhead_of(zones.letterhead, body=body, title=zones.title)
    title = zones.title or next((one.words for one in kept if speaks_of_programme(one)), None)
    below = [block.text for block in schedule[:_LINES_ABOVE] if isinstance(block, Paragraph)]
    if zones.is_directive:
        return Facts(zones, head, title, _period_of_directive(zones.title, head))
    return Facts(zones, head, title, _period(title, head, kept, below=below))


def _missing(programme: ReadProgramme) -> Iterator[Doubt]:
    facts = {
        "title-missing": programme.title,
        "issuer-missing": programme.issuer,
        "period-missing": programme.period,
    }
    return (Doubt(code) for code, known in facts.items() if not known)


def _period(
    title: str | None, head: Letterhead, kept: list[Section], *, below: list[str]
) -> Period | None:
    """The title's period; a title that lost it is completed by the basis or the letterhead."""
    short = [line for line in below if len(line) <= _LONGEST_LINE]
    lines = [title or "", *(f"{title or ''} {line}" for line in short)]
    is_misprinted = year_misprinted(title or "")
    year = None if is_misprinted else head.year
    dated = [with_year(line, year) for line in lines if line.strip() and year]
    basis = (_announced_period(line.text) for section in kept[:1] for line in section.prose)
    known = (period_of(line) for line in (*lines, *dated))
    found = next(filter(None, known), None) or next(filter(None, basis), None)
    is_other = is_misprinted and names_part_of_year(title or "")
    return None if found and is_other and found.kind is PeriodKind.YEAR else found


def _period_of_directive(title: str, head: Letterhead) -> Period | None:
    """The month or week that conclusions are for; else the month in which they were issued."""
    for words in (title, f"{title} năm {head.year}" if head.year else title):
        named_in_title = period_of(words)
        if named_in_title and named_in_title.kind is not PeriodKind.YEAR:
            return named_in_title
    day = head.issued_on
    if day is None:
        return None
    text = f"tháng {day:%m/%Y}"
    return named(PeriodKind.MONTH, year=day.year, word=str(day.month), text=text)


def _announced_period(line: str) -> Period | None:
    """The last one named in "… xây dựng Chương trình công tác tháng 02 năm 2026 như sau"."""
    _, announced, rest = line.rpartition("hương trình công tác")
    return period_of(rest) if announced else None


def _period_of_days(days: list[date]) -> Period | None:
    """A schedule of one day, or of a week that it does not name."""
    if not days:
        return None
    first = days[0].isocalendar()
    text = " – ".join(dict.fromkeys((f"{days[0]:%d/%m/%Y}", f"{days[-1]:%d/%m/%Y}")))
    return Period(PeriodKind.WEEK, first.year, first.week, days[0], days[-1], text)
