"""Letterhead, period and signature: what the paper says of itself, blank where it is blank."""

from datetime import date

import pytest

from tests.importer.papers import TITLE, codes, paper, reading_of
from tracker.domain.programme import PeriodKind
from tracker.importer.meaning.period import period_of
from tracker.importer.meaning.reading import Reading

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
        (["UBND TỈNH BẮC NINH", "SỞ TÀI CHÍNH"], "Sở Tài chính"),
        (
            ["UBND TỈNH BẮC NINH", "SỞ NÔNG NGHIỆP", "VÀ MÔI TRƯỜNG", "Số: 5/KH-SNNMT"],
            "Sở Nông nghiệp và Môi trường",
        ),
        (["UBND TỈNH BẮC NINH", "VĂN PHÒNG"], "Văn phòng UBND tỉnh Bắc Ninh"),
        (["UBND XÃ TÂN CHI", "PHÒNG VĂN HÓA - XÃ HỘI"], "Phòng Văn hóa - Xã hội"),
        (["ĐẢNG BỘ TỈNH BẮC NINH", "ĐẢNG ỦY PHƯỜNG VŨ NINH", "*"], "Đảng ủy phường Vũ Ninh"),
        (["TỈNH ỦY BẮC NINH", "*", "Số 12-CTr/TU"], "Tỉnh ủy Bắc Ninh"),
        (["BAN THƯỜNG VỤ", "TỈNH ỦY BẮC NINH"], "Ban Thường vụ Tỉnh ủy Bắc Ninh"),
        (["THƯỜNG TRỰC", "HỘI ĐỒNG NHÂN DÂN", "XÃ TÂN CHI"], "Thường trực HĐND xã Tân Chi"),
        (["BỘ NỘI VỤ"], "Bộ Nội vụ"),
        (["ỦY BAN NHÂN DÂN", "ĐẶC KHU PHÚ QUỐC"], "UBND đặc khu Phú Quốc"),
        (["ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI"], "UBND thành phố Hà Nội"),
        (["Số: 5/KH-STC"], "Sở Tài chính"),
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
        ("Tuần thứ 9 (từ 23/02 đến 01/3/2026)", "week", 9, date(2026, 2, 23), date(2026, 3, 1)),
        ("Từ ngày 26/01 đến ngày 30/01/2026", "week", 5, date(2026, 1, 26), date(2026, 1, 30)),
        ("tuần 6-12.9 năm 2026", "week", 36, date(2026, 9, 6), date(2026, 9, 12)),
        (
            "tuần 52 (từ 29/12/2025 đến 04/01/2026)",
            "week",
            52,
            date(2025, 12, 29),
            date(2026, 1, 4),
        ),
        ("tháng Ba năm 2026", "month", 3, date(2026, 3, 1), date(2026, 3, 31)),
        ("tháng Mười hai năm 2026", "month", 12, date(2026, 12, 1), date(2026, 12, 31)),
        ("Quý IV-2025", "quarter", 4, date(2025, 10, 1), date(2025, 12, 31)),
        (
            "Báo cáo kết quả tháng 02/2026, nhiệm vụ tháng 3/2026",
            "month",
            3,
            date(2026, 3, 1),
            date(2026, 3, 31),
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


def test_a_blank_month_is_not_may() -> None:
    period = period_of("tháng năm 2026")
    assert period is not None
    assert period.kind is PeriodKind.YEAR


@pytest.mark.parametrize(
    "lines",
    [
        ("CHƯƠNG TRÌNH", "CÔNG TÁC THÁNG 3 NĂM 2026", "CỦA UBND XÃ TÂN CHI"),
        ("KẾ HOẠCH", "Công tác tháng 3 năm 2026"),
        ("LỊCH CÔNG TÁC THÁNG 3/2026",),
        ("CHƯƠNG TRÌNH CÔNG TÁC TRỌNG TÂM THÁNG 3 NĂM 2026",),
        ("CHƯƠNG TRÌNH CÔNG TÁC", "Tháng 3 năm 2026", "(Điều chỉnh lần 9)"),
        ("DANH MỤC", "NHIỆM VỤ, ĐỀ ÁN TRÌNH UBND TỈNH THÁNG 3 NĂM 2026"),
        ("KẾ HOẠCH CHỈ ĐẠO ĐIỀU HÀNH THÁNG 3 NĂM 2026",),
        ("ĐIỀU CHỈNH, BỔ SUNG CHƯƠNG TRÌNH CÔNG TÁC THÁNG 3 NĂM 2026",),
        ("BÁO CÁO", "Kết quả công tác tháng 02, nhiệm vụ trọng tâm tháng 3 năm 2026"),
        ("V/v điều chỉnh, bổ sung Chương trình công tác tháng 3 năm 2026",),
    ],
)
def test_a_title_may_have_many_words_and_lines(lines: tuple[str, ...]) -> None:
    read = reading_of("\n\n".join(("UBND TỈNH BẮC NINH", "Số: 5/CTr-UBND", *lines, *ITEMS)))
    assert read.programme.title == " ".join(lines)
    assert read.programme.period is not None
    assert read.programme.period.number == 3
    assert [item.ref for item in read.items] == ["A.1"]


def test_the_title_says_whose_programme_it_is_when_nothing_is_printed_above() -> None:
    read = reading_of(
        "\n\n".join(("CHƯƠNG TRÌNH", "CÔNG TÁC QUÝ I NĂM 2026 CỦA UBND XÃ A", *ITEMS))
    )
    assert read.programme.issuer == "UBND xã A"


@pytest.mark.parametrize(
    ("lines", "signer"),
    [
        (("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Văn An"), "Lê Văn An"),
        (("T/M BAN THƯỜNG VỤ", "BÍ THƯ", "Nguyễn Thị Tống"), "Nguyễn Thị Tống"),
        (("TL. BỘ TRƯỞNG", "CHÁNH VĂN PHÒNG", "TS. Trương Văn Minh"), "Trương Văn Minh"),
        (("GIÁM ĐỐC", "Phạm Văn An"), "Phạm Văn An"),
        (("Người ký: Phạm Văn An", "Ngày ký: 30/01/2026"), "Phạm Văn An"),
    ],
)
def test_the_signer_is_found_under_every_signature(lines: tuple[str, ...], signer: str) -> None:
    read = reading_of(paper(*ITEMS, *lines))
    assert read.programme.signer == signer
    assert len(read.items) == 1


def test_an_annex_after_the_signature_is_part_of_the_programme() -> None:
    read = reading_of(
        paper(
            "Ban hành kèm theo danh mục nhiệm vụ.",
            "Nơi nhận:",
            "- Lưu: VT.",
            "CHỦ TỊCH",
            "Lê Văn An",
            "PHỤ LỤC",
            "I. Nội dung trình Chủ tịch UBND tỉnh",
            "1. Kế hoạch A (Sở Y tế chuẩn bị).",
        )
    )
    assert [item.text for item in read.items] == ["Kế hoạch A."]
    assert (read.programme.signer, read.programme.recipients) == ("Lê Văn An", ("Lưu: VT",))


def test_the_results_of_a_report_are_no_tasks() -> None:
    read = reading_of(
        paper(
            "I. KẾT QUẢ THỰC HIỆN NHIỆM VỤ THÁNG 01",
            "1. Đã ban hành 12 văn bản.",
            "II. NHIỆM VỤ TRỌNG TÂM",
            "1. Triển khai kế hoạch.",
        )
    )
    assert [item.ref for item in read.items] == ["II.1"]
    assert "Đã ban hành" in " ".join(passage.text for passage in read.passages)


def test_what_is_said_to_everybody_at_the_end_is_no_item() -> None:
    read = reading_of(paper(*ITEMS, "Trên đây là Chương trình công tác tháng 02 năm 2026./."))
    assert [item.text for item in read.items] == ["UBND tỉnh chỉ đạo các sở."]
    assert any("Trên đây" in passage.text for passage in read.passages)


@pytest.mark.parametrize(
    "misprinted", ["THÁNG 6 NĂM 2926", "THÁNG 6 NĂM 2O26", "QUÝ III/2926", "NĂM 20261"]
)
def test_a_year_that_cannot_be_is_asked_about_and_makes_no_other_period(misprinted: str) -> None:
    head = ("Số: 05/CTr-UBND", "Bắc Ninh, ngày 30 tháng 5 năm 2026")
    read = headed(*head, title=f"CHƯƠNG TRÌNH CÔNG TÁC {misprinted}")
    assert (read.programme.period, "period-missing" in codes(read)) == (None, True)


@pytest.mark.parametrize("year", ["2926", "2O26"])
def test_a_day_of_issue_in_an_impossible_year_is_left_blank(year: str) -> None:
    read = headed("Số: 05/CTr-UBND", f"Bắc Ninh, ngày 30 tháng 01 năm {year}")
    assert (read.programme.issued_on, "issue-day-blank" in codes(read)) == (None, True)


def test_the_days_of_a_week_in_an_impossible_year_are_no_period() -> None:
    assert period_of("TUẦN TỪ 16/3 ĐẾN 20/3/2926") is None


def test_a_month_without_a_year_is_completed_where_it_stands() -> None:
    head = ("Số: 05/CTr-UBND", "Bắc Ninh, ngày 30 tháng 5 năm 2026")
    period = headed(*head, title="CHƯƠNG TRÌNH CÔNG TÁC Tháng 6 của UBND tỉnh").programme.period
    assert period is not None
    assert (period.kind, period.number) == (PeriodKind.MONTH, 6)
