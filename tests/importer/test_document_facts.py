"""Letterhead, period and signature: what the paper says of itself, blank where it is blank."""

from datetime import date

import pytest

from tests.importer.papers import TITLE, codes, paper, reading_of
from tracker.domain.programme import PeriodKind
from tracker.importer.period import period_of
from tracker.importer.reading import Reading

ITEMS = ("A. NHIỆM VỤ TRỌNG TÂM", "1. UBND tỉnh chỉ đạo các sở.")


def headed(*lines: str, title: str = TITLE) -> Reading:
    return reading_of("\n\n".join((*lines, paper(*ITEMS, title=title))))


@pytest.mark.parametrize(
    ("line", "number", "symbol"),
    [
        ("Số: /CTr-UBND", None, "CTr-UBND"),
        ("Số:      /CTr-UBND", None, "CTr-UBND"),
        ("Số: …/CTr-UBND", None, "CTr-UBND"),
        ("Số: 05/CTr-UBND", "05", "CTr-UBND"),
        ("Số 18-CTr/TU", "18", "CTr/TU"),
    ],
)
def test_number_and_symbol_are_kept_as_printed(line: str, number: str | None, symbol: str) -> None:
    read = headed(line, "Bắc Ninh, ngày 30 tháng 01 năm 2026").programme
    assert (read.number, read.symbol) == (number, symbol)


@pytest.mark.parametrize("blank", ["ngày tháng 01", "ngày … tháng 01", "ngày    tháng 01"])
def test_a_blank_day_stays_blank_and_is_told(blank: str) -> None:
    read = headed("Số: 05/CTr-UBND", f"Bắc Ninh, {blank} năm 2026")
    assert (read.programme.place, read.programme.issued_on) == ("Bắc Ninh", None)
    assert "issue-day-blank" in codes(read)


def test_number_and_date_may_share_a_line() -> None:
    read = headed("Số: 05/CTr-UBND Bắc Ninh, ngày 30 tháng 01 năm 2026").programme
    assert (read.number, read.place, read.issued_on) == ("05", "Bắc Ninh", date(2026, 1, 30))


@pytest.mark.parametrize(
    ("lines", "issuer"),
    [
        (["ỦY BAN NHÂN DÂN TỈNH BẮC NINH"], "UBND tỉnh Bắc Ninh"),
        (["ỦY BAN NHÂN DÂN", "TỈNH BẮC NINH"], "UBND tỉnh Bắc Ninh"),
        (["UỶ BAN NHÂN DÂN PHƯỜNG VŨ NINH"], "UBND phường Vũ Ninh"),
        (["Số: /CTr-UBND", "Bắc Ninh, ngày tháng 01 năm 2026"], "UBND tỉnh Bắc Ninh"),
        (["ĐẢNG ỦY ỦY BAN NHÂN DÂN TỈNH BẮC NINH"], "Đảng ủy UBND tỉnh Bắc Ninh"),
        (["Bắc Ninh, ngày tháng 01 năm 2026"], None),
    ],
)
def test_the_issuer_is_printed_or_inferred_from_symbol_and_place(
    lines: list[str], issuer: str | None
) -> None:
    read = headed(*lines)
    assert read.programme.issuer == issuer
    assert ("issuer-missing" in codes(read)) == (issuer is None)


def test_a_letterhead_set_as_a_table_is_read_by_columns() -> None:
    table = (
        "| ỦY BAN NHÂN DÂN<br>TỈNH BẮC NINH | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n|---|---|\n"
        "| Số: 05/CTr-UBND | Bắc Ninh, ngày 30 tháng 01 năm 2026 |"
    )
    read = reading_of(f"{table}\n\n## {TITLE}\n\n## {ITEMS[0]}\n\n{ITEMS[1]}", name="a.md")
    assert (read.programme.issuer, read.programme.number) == ("UBND tỉnh Bắc Ninh", "05")
    assert read.programme.issued_on == date(2026, 1, 30)


@pytest.mark.parametrize(
    ("title", "kind", "number", "starts_on", "ends_on"),
    [
        ("Tháng 02 năm 2026", "month", 2, date(2026, 2, 1), date(2026, 2, 28)),
        ("tháng 2/2026", "month", 2, date(2026, 2, 1), date(2026, 2, 28)),
        ("Quý II năm 2026", "quarter", 2, date(2026, 4, 1), date(2026, 6, 30)),
        ("6 tháng cuối năm 2026", "half-year", 2, date(2026, 7, 1), date(2026, 12, 31)),
        ("năm 2026", "year", None, date(2026, 1, 1), date(2026, 12, 31)),
        ("Tuần 8 năm 2026", "week", 8, date(2026, 2, 16), date(2026, 2, 22)),
        (
            "Tuần 2 năm 2026 (từ ngày 12/01 đến ngày 16/01/2026)",
            "week",
            2,
            date(2026, 1, 12),
            date(2026, 1, 16),
        ),
    ],
)
def test_the_period_is_read_from_the_title(
    title: str, kind: str, number: int | None, starts_on: date, ends_on: date
) -> None:
    period = period_of(f"CHƯƠNG TRÌNH CÔNG TÁC {title}")
    assert period is not None
    assert (period.kind, period.number) == (PeriodKind(kind), number)
    assert (period.starts_on, period.ends_on) == (starts_on, ends_on)


def test_there_is_no_month_thirteen() -> None:
    assert period_of("tháng 13") is None


def test_a_title_without_a_period_is_completed_by_the_basis() -> None:
    basis = "UBND tỉnh xây dựng Chương trình công tác tháng 02 năm 2026 như sau:"
    text = "\n\n".join(("CHƯƠNG TRÌNH CÔNG TÁC", basis, *ITEMS))
    period = reading_of(text).programme.period
    assert period is not None
    assert period.number == 2


def test_without_any_period_nothing_is_due_and_that_is_told() -> None:
    read = headed(title="CHƯƠNG TRÌNH CÔNG TÁC")
    assert "period-missing" in codes(read)
    assert read.items[0].due_on is None
