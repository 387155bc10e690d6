"""Two years of monthly programmes with their sections and meetings."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from random import Random

from tracker.domain.meeting import Certainty
from tracker.domain.programme import PeriodKind
from tracker.domain.task import Kind
from tracker.sample.bodies import ISSUER, Row
from tracker.sample.words import SUBJECTS

MONTHS_BEHIND = 18
MONTHS_AHEAD = 6
_MEETINGS_A_MONTH = range(2, 13)
_ITEMS_OF_A_MEETING = 15
SECTIONS = {
    Kind.FOCUS: "A. NHIỆM VỤ TRỌNG TÂM",
    Kind.AGENDA: "B. CÁC HỘI NGHỊ CHÍNH TRONG THÁNG",
    Kind.SUBMISSION: "C. CÁC NỘI DUNG, ĐỀ ÁN TRÌNH CHỦ TỊCH UBND TỈNH",
    Kind.TASK: "D. NHIỆM VỤ GIAO CÁC ĐƠN VỊ",
}


@dataclass
class Month:
    """One monthly programme while it is being written: its days, its meetings, its numbering."""

    id: int
    starts_on: date
    meetings: list[tuple[int, date]] = field(default_factory=list)
    numbers: dict[Kind, int] = field(default_factory=lambda: defaultdict(int))
    positions: int = 0

    @property
    def ends_on(self) -> date:
        """The last day of the month."""
        return month_after(self.starts_on, 1) - timedelta(days=1)

    def section_id(self, kind: Kind) -> int:
        """The section that holds the items of a kind."""
        return (self.id - 1) * len(SECTIONS) + list(SECTIONS).index(kind) + 1

    def place(self, kind: Kind) -> tuple[int, str]:
        """The position in the programme and the printed number of its next item."""
        self.numbers[kind] += 1
        self.positions += 1
        return self.positions, f"{SECTIONS[kind][0]}.{self.numbers[kind]}"

    def row(self) -> Row:
        """The programme as its table keeps it."""
        month = f"{self.starts_on.month:02} năm {self.starts_on.year}"
        return {
            "id": self.id,
            "issuer_id": ISSUER,
            "title": f"Chương trình công tác tháng {month}",
            "period": PeriodKind.MONTH,
            "year": self.starts_on.year,
            "period_number": self.starts_on.month,
            "starts_on": self.starts_on,
            "ends_on": self.ends_on,
            "number": str(10 + self.id),
            "symbol": "CTr-UBND",
            "issued_on": self.starts_on - timedelta(days=3),
        }


def month_after(day: date, count: int) -> date:
    """The first day of the month that lies `count` months after the day's own."""
    months = day.year * 12 + day.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)


def months(today: date) -> list[Month]:
    """The programmes around a day, the oldest first."""
    offsets = range(-MONTHS_BEHIND, MONTHS_AHEAD)
    return [Month(n, month_after(today, offset)) for n, offset in enumerate(offsets, start=1)]


def sections(programmes: list[Month]) -> list[Row]:
    """The four headings of each programme."""
    return [
        {"id": month.section_id(kind), "programme_id": month.id, "position": n, "text": text}
        for month in programmes
        for n, (kind, text) in enumerate(SECTIONS.items(), start=1)
    ]


def meetings(rng: Random, programmes: list[Month], *, items: int) -> list[Row]:
    """Enough meetings for that many agenda items, on working days of the week."""
    wanted = items // _ITEMS_OF_A_MEETING // len(programmes)
    each = min(max(wanted, _MEETINGS_A_MONTH[0]), _MEETINGS_A_MONTH[-1])
    rows: list[Row] = []
    for month in programmes:
        for n in range(1, each + 1):
            held_on = _weekday(month.starts_on + timedelta(days=rng.randint(1, 24)))
            month.meetings.append((len(rows) + 1, held_on))
            rows.append(_meeting(rng, len(rows) + 1, month, n) | {"held_on": held_on})
    return rows


def _meeting(rng: Random, key: int, month: Month, n: int) -> Row:
    usual = f"Hội nghị UBND tỉnh thường kỳ tháng {month.starts_on:%m/%Y}"
    return {
        "id": key,
        "version": 1,
        "issuer_id": ISSUER,
        "programme_id": month.id,
        "ref": f"B.{n}",
        "title": usual if n == 1 else f"Hội nghị chuyên đề về {rng.choice(SUBJECTS)}",
        "starts_at": time(rng.choice((8, 14)), rng.choice((0, 30))),
        "place": f"Phòng họp số {rng.randint(1, 5)}, Trụ sở UBND tỉnh",
        "certainty": rng.choice(list(Certainty)),
        "due_version": 1,
    }


def _weekday(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
