"""Which dates in an item are its deadline, and which only look like one."""

from datetime import date

import pytest

from tests.importer.papers import TITLE, one_item
from tracker.domain.working_days import published
from tracker.importer.deadlines import Deadline, deadline_in
from tracker.importer.period import period_of

FEBRUARY = period_of(TITLE)
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
