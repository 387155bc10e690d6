"""Which dates in an item are its deadline, and which only look like one."""

import time
from datetime import date

import pytest

from tests.importer.papers import TITLE, codes, one_item, paper, reading_of
from tracker.domain.working_days import published
from tracker.importer.meaning.deadlines import Deadline, Nature, deadline_in, deadline_said
from tracker.importer.meaning.period import Period, period_of

FEBRUARY = period_of(TITLE)
MARCH = period_of("tháng 3 năm 2026")
DECEMBER = period_of("tháng 12 năm 2025")
YEAR = period_of("năm 2026")
JUNE = period_of("tháng 6/2026")


def due(text: str, *, june: bool = False) -> Deadline | None:
    return deadline_in(text, period=JUNE if june else FEBRUARY, working_days=published())


def day(text: str, *, june: bool = False) -> date | None:
    found = due(text, june=june)
    return found.due_on if found else None


@pytest.mark.parametrize(
    ("text", "due_on"),
    [
        ("hoàn thành trước ngày 10/3/2026", date(2026, 3, 9)),
        ("trước ngày 23/02/2026", date(2026, 2, 13)),
        ("chậm nhất trước ngày 10/3/2026", date(2026, 3, 9)),
        ("chậm nhất ngày 05/3/2026", date(2026, 3, 5)),
        ("chậm nhất là ngày 05 tháng 3 năm 2026", date(2026, 3, 5)),
        ("chậm nhất vào ngày 5-3", date(2026, 3, 5)),
        ("đến hết ngày 31/3/2026", date(2026, 3, 31)),
        ("trình ngày 12.3.2026", date(2026, 3, 12)),
        ("Thời gian hoàn thành: 20/3/2026", date(2026, 3, 20)),
        ("xong trước ngày 15/01", None),
    ],
)
def test_a_written_day_is_the_deadline(text: str, due_on: date | None) -> None:
    assert day(f"Xây dựng kế hoạch, {text}.") == due_on


@pytest.mark.parametrize(
    ("text", "due_on"),
    [
        ("hoàn thành trong tháng 7/2026", date(2026, 7, 31)),
        ("trong tháng 6/2026", date(2026, 6, 30)),
        ("có thời hạn trong tháng 6 và quý II/2026", date(2026, 6, 30)),
        ("trình Chính phủ trong Quý IV năm 2026", date(2026, 12, 31)),
        ("trong quý III/2026", date(2026, 9, 30)),
        ("trong 6 tháng đầu năm 2026", date(2026, 6, 30)),
        ("xong trong năm 2026", date(2026, 12, 31)),
        ("trong tháng 10-12/2026", date(2026, 12, 31)),
        ("hoàn thành trong tháng 5/2027", date(2027, 5, 31)),
    ],
)
def test_a_stretch_of_time_ends_on_its_last_working_day_and_is_inferred(
    text: str, due_on: date
) -> None:
    found = due(f"Các nhiệm vụ {text}.", june=True)
    assert found is not None
    assert (found.due_on, found.inferred) == (due_on, True)


def test_a_month_that_ends_on_a_rest_day_is_due_on_the_working_day_before() -> None:
    may = period_of("tháng 5/2026")
    found = deadline_in("xong trong tháng 5/2026", period=may, working_days=published())
    assert found is not None
    assert found.due_on == date(2026, 5, 29)


@pytest.mark.parametrize(
    "text",
    [
        "Bãi bỏ Nghị quyết số 05/2023/NQ-HĐND ngày 12/4/2023",
        "sửa đổi, bổ sung Kế hoạch số 33/KH-UBND ngày 24/5/2024 của UBND tỉnh",
        "trước đây theo Quyết định số 31/2026/QĐ-UBND ngày 08/5/2026",
        "trẻ em từ 3 đến 5 tuổi",
        "giai đoạn 2026-2030, tầm nhìn đến năm 2045",
        "giai đoạn 2026 - 2030",
        "kỷ niệm 115 năm (05/6/1911-05/6/2026); Ngày Quốc tế Thiếu nhi (01/6)",
        "có hiệu lực thi hành đến hết ngày 31/12/2030",
        "có hiệu lực thi hành từ ngày 18/5/2026",
        "Từ ngày 19/4/2026 đến ngày 19/5/2026 đã kiểm tra",
        "tháng 2 và 2 tháng đầu năm; nhiệm vụ trọng tâm tháng 3 năm 2026",
        "kết quả đạt được trong tháng 01/2026",
        "kê khai tài sản hằng năm",
        "đạt 98,77% (11.380/11.525 đảng viên)",
    ],
)
def test_other_dates_are_no_deadline(text: str) -> None:
    assert due(f"Việc này {text}.") is None


def test_of_two_stages_the_last_is_the_deadline_and_the_first_is_told() -> None:
    found = due("gửi Sở Tài chính trước ngày 03/3/2026, trình UBND tỉnh trước ngày 17/3/2026")
    assert found is not None
    assert (found.due_on, found.unclear) == (date(2026, 3, 16), False)
    (doubt,) = found.doubts()
    facts = {"first": "trước ngày 03/3/2026", "last": "trước ngày 17/3/2026"}
    assert (doubt.code, doubt.facts, doubt.is_question) == ("deadline-staged", facts, False)


def test_a_day_that_does_not_exist_is_a_question_and_the_period_decides() -> None:
    item = one_item("Kế hoạch A, xong trước ngày 31/02/2026 (Sở Y tế chuẩn bị).")
    assert (item.due_on, item.due_inferred) == (date(2026, 2, 27), True)
    assert "deadline-unclear" in [doubt.code for doubt in item.doubts]


def test_a_wrong_weekday_beside_a_deadline_is_told() -> None:
    item = one_item("Kế hoạch A, chậm nhất ngày 05/3/2026 (Thứ Sáu) (Sở Y tế chuẩn bị).")
    assert "weekday-mismatch" in [doubt.code for doubt in item.doubts]


def test_a_deadline_inside_the_owner_bracket_counts() -> None:
    item = one_item("Kế hoạch A (Sở Y tế chuẩn bị, trước ngày 10/3/2026).")
    assert (item.due_on, item.due_inferred) == (date(2026, 3, 9), False)
    assert item.lead is not None
    assert item.lead.unit == "Sở Y tế"


def test_a_submission_without_a_date_is_due_on_the_last_working_day_of_the_period() -> None:
    item = one_item("Kế hoạch A (Sở Y tế chuẩn bị).")
    assert (item.due_on, item.due_text) == (date(2026, 2, 27), "Tháng 02 năm 2026")


def said(words: str, *, period: Period | None = MARCH) -> Deadline | None:
    return deadline_said(words, period=period, working_days=published())


@pytest.mark.parametrize(
    ("words", "due_on"),
    [
        ("15/3", date(2026, 3, 15)),
        ("5/8", date(2026, 8, 5)),
        ("05.3", date(2026, 3, 5)),
        ("30-6", date(2026, 6, 30)),
        ("Ngày 05 tháng 3 năm 2026", date(2026, 3, 5)),
        ("Trước 15/3", date(2026, 3, 13)),
        ("Trước 17h00 ngày 10/3", date(2026, 3, 10)),
        ("Từ 01/3 đến 15/3", date(2026, 3, 15)),
        ("15-20/3", date(2026, 3, 20)),
        ("Thứ Năm, 12/3", date(2026, 3, 12)),
        ("ngày 20", date(2026, 3, 20)),
        ("Trước ngày 20", date(2026, 3, 19)),
    ],
)
def test_a_cell_says_a_day_without_any_verb(words: str, due_on: date) -> None:
    found = said(words)
    assert found is not None
    assert (found.due_on, found.text, found.inferred, found.unclear) == (
        due_on,
        words,
        False,
        False,
    )


@pytest.mark.parametrize(
    ("words", "due_on"),
    [
        ("Tháng 3", date(2026, 3, 31)),
        ("Tháng Ba", date(2026, 3, 31)),
        ("T4/2026", date(2026, 4, 29)),
        ("Tháng 10-12/2026", date(2026, 12, 31)),
        ("Tháng 3, 4", date(2026, 4, 29)),
        ("Quý II", date(2026, 6, 30)),
        ("Trong quý", date(2026, 3, 31)),
        ("Trong tháng", date(2026, 3, 31)),
        ("Tuần 2", date(2026, 3, 13)),
        ("Tuần 1 tháng 3", date(2026, 3, 6)),
        ("Tuần cuối tháng 3", date(2026, 3, 31)),
        ("Đầu tháng 3", date(2026, 3, 10)),
        ("Giữa tháng 3", date(2026, 3, 20)),
        ("Cuối tháng 3", date(2026, 3, 31)),
        ("6 tháng đầu năm", date(2026, 6, 30)),
        ("Trước tháng 6", date(2026, 5, 29)),
        ("Hết quý I", date(2026, 3, 31)),
        ("Phiên họp tháng 3", date(2026, 3, 31)),
    ],
)
def test_a_cell_that_names_a_stretch_is_due_on_its_last_working_day(
    words: str, due_on: date
) -> None:
    found = said(words)
    assert found is not None
    assert (found.due_on, found.inferred, found.unclear) == (due_on, True, False)


@pytest.mark.parametrize(
    ("words", "nature", "due_on"),
    [
        ("Hằng tháng", Nature.RECURRING, date(2026, 3, 31)),
        ("Định kỳ hằng quý", Nature.RECURRING, date(2026, 3, 31)),
        ("Ngày 20 hằng tháng", Nature.RECURRING, date(2026, 3, 20)),
        ("Thường xuyên", Nature.STANDING, date(2026, 3, 31)),
        ("Khi có yêu cầu", Nature.STANDING, date(2026, 3, 31)),
        ("Kỳ họp thứ Bảy", Nature.SESSION, None),
    ],
)
def test_what_recurs_or_stands_is_marked_and_due_with_the_period(
    words: str, nature: Nature, due_on: date | None
) -> None:
    found = said(words)
    assert found is not None
    assert (found.nature, found.due_on) == (nature, due_on)
    assert not any(doubt.is_question for doubt in found.doubts())


@pytest.mark.parametrize("words", ["31/02/2026", "Theo kế hoạch", "10/2026/QĐ-UBND", "Tháng 01"])
def test_a_cell_that_says_no_day_to_come_is_a_question(words: str) -> None:
    found = said(words)
    assert found is not None
    assert (found.due_on, [doubt.code for doubt in found.doubts()]) == (None, ["deadline-unclear"])


@pytest.mark.parametrize("words", ["", " ", "-", "…"])
def test_a_blank_cell_says_nothing(words: str) -> None:
    assert said(words) is None


@pytest.mark.parametrize(
    ("words", "period", "due_on"),
    [
        ("15/01", DECEMBER, date(2026, 1, 15)),
        ("Tháng 01", DECEMBER, date(2026, 1, 30)),
        ("15/12", YEAR, date(2026, 12, 15)),
        ("15/01", YEAR, date(2026, 1, 15)),
        ("Quý IV", YEAR, date(2026, 12, 31)),
        ("Tuần 30", YEAR, date(2026, 7, 24)),
        ("15/12", MARCH, date(2026, 12, 15)),
    ],
)
def test_a_year_that_is_not_printed_is_the_one_nearest_ahead(
    words: str, period: Period | None, due_on: date
) -> None:
    found = said(words, period=period)
    assert found is not None
    assert found.due_on == due_on


@pytest.mark.parametrize(
    ("text", "due_on"),
    [
        ("gửi báo cáo chậm nhất ngày 25", date(2026, 2, 25)),
        ("báo cáo trước ngày 20 hằng tháng", date(2026, 2, 13)),
        ("hoàn thành trong tuần 2", date(2026, 2, 13)),
        ("hoàn thành cuối tháng 2", date(2026, 2, 27)),
        ("trình UBND tỉnh tại Phiên họp tháng 3", date(2026, 3, 31)),
        ("trình UBND tỉnh vào ngày 12-3-2026", date(2026, 3, 12)),
        ("Thời gian hoàn thành: tháng 4/2026", date(2026, 4, 29)),
        ("Báo cáo A (Sở Y tế; tháng 3)", date(2026, 3, 31)),
        ("Báo cáo A (Sở Y tế chủ trì), tháng 3/2026", date(2026, 3, 31)),
        ("hoàn thành trước tháng 4", date(2026, 3, 31)),
        ("Thời gian thực hiện: Thường xuyên", date(2026, 2, 27)),
    ],
)
def test_a_sentence_may_say_its_deadline_in_many_ways(text: str, due_on: date) -> None:
    assert day(text) == due_on


@pytest.mark.parametrize(
    "text",
    [
        "trong năm 2026 tăng 10%",
        "trước năm 2030",
        "gia hạn 20 ngày",
        "thường xuyên kiểm tra",
        "đánh giá kết quả 6 tháng đầu năm 2026",
    ],
)
def test_words_of_time_in_the_content_are_no_deadline(text: str) -> None:
    assert due(text) is None


def test_the_day_of_another_month_is_a_question() -> None:
    found = due("gửi chậm nhất ngày 25 của tháng trước tháng tổ chức phiên họp")
    assert found is not None
    assert (found.due_on, found.unclear) == (None, True)


@pytest.mark.parametrize(
    "junk", ["tháng 3, 4 - 5 và 6 ", "trước ngày ", "trình phiên họp ", "1/2."]
)
def test_a_long_line_of_times_is_read_in_no_time(junk: str) -> None:
    line = junk * (20_000 // len(junk))
    start = time.process_time()
    due(line)
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "text",
    ["trước ngày 15/7/2028", "chậm nhất ngày 5/3/2926", "hoàn thành trong tháng 5/2028"],
)
def test_a_deadline_long_after_the_period_is_asked_about(text: str) -> None:
    for found in (due(f"Đề án B, {text}"), said(text)):
        assert found is not None
        assert (found.unclear, found.due_on) == (True, None)


def test_a_later_year_that_is_no_deadline_asks_nothing() -> None:
    assert due("Đề án phát triển đô thị đến năm 2030, tầm nhìn đến năm 2050") is None


@pytest.mark.parametrize(
    ("title", "asked"),
    [("THÁNG 02 NĂM 2026", 1), ("NĂM 2026", 1), ("GIAI ĐOẠN 2026 - 2030", 0)],
)
def test_a_plan_for_several_years_has_deadlines_in_all_of_them(title: str, asked: int) -> None:
    line = "1. Đề án B, hoàn thành trước ngày 15/7/2029 (Sở Y tế chuẩn bị)."
    text = paper("I. Các nội dung trình Chủ tịch", line, title=f"KẾ HOẠCH CÔNG TÁC {title}")
    assert codes(reading_of(text)).count("deadline-unclear") == asked


def test_without_a_period_a_deadline_long_after_the_letterhead_is_asked_about() -> None:
    line = "1. Đề án B, hoàn thành trước ngày 15/7/2028 (Sở Y tế chuẩn bị)."
    head = "Số: 05/CTr-UBND\n\nBắc Ninh, ngày 30 tháng 5 năm 2026\n\nDANH MỤC NHIỆM VỤ NĂM 2926"
    text = paper("I. Các nội dung trình Chủ tịch", line, title=head)
    assert "deadline-unclear" in codes(reading_of(text))
