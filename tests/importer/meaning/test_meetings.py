"""Meetings announced in a heading: name, day, hour, place, and whether the day is fixed."""

from datetime import date

import pytest

from tests.importer.papers import codes, read_lines
from tracker.domain.meeting import Certainty
from tracker.domain.task import Kind
from tracker.importer.meaning.meetings import meeting_named
from tracker.importer.meaning.reading import ReadMeeting


def meeting(heading: str, *below: str) -> ReadMeeting:
    (only,) = read_lines(f"I. {heading}", *below, "1. Báo cáo A (Sở Y tế chuẩn bị).").meetings
    return only


@pytest.mark.parametrize(
    ("heading", "held_on", "certainty"),
    [
        ("Hội nghị UBND tỉnh: Dự kiến ngày 05/3/2026 (Thứ Năm).", date(2026, 3, 5), "planned"),
        ("Hội nghị UBND tỉnh: Ngày 05/3/2026.", date(2026, 3, 5), "fixed"),
        ("Hội nghị UBND tỉnh (dự kiến ngày 05/3)", date(2026, 3, 5), "planned"),
        ("Hội nghị UBND tỉnh, ngày 05 tháng 3 năm 2026", date(2026, 3, 5), "fixed"),
        ("Hội nghị UBND tỉnh: 8h30, Thứ Năm, ngày 05/3/2026", date(2026, 3, 5), "fixed"),
        ("Hội nghị UBND tỉnh: Dự kiến cuối tháng 02/2026", None, "planned"),
        ("Hội nghị UBND tỉnh", None, "planned"),
    ],
)
def test_the_day_is_read_and_only_du_kien_makes_it_provisional(
    heading: str, held_on: date | None, certainty: str
) -> None:
    read = meeting(heading)
    assert (read.title, read.held_on) == ("Hội nghị UBND tỉnh", held_on)
    assert read.certainty is Certainty(certainty)


@pytest.mark.parametrize(
    ("said", "time"),
    [("8h30", "08:30"), ("14 giờ", "14:00"), ("07 giờ 30’", "07:30"), ("14h", "14:00")],
)
def test_the_hour_is_read(said: str, time: str) -> None:
    assert meeting(f"Hội nghị UBND tỉnh: {said} ngày 05/3/2026").time == time


def test_the_place_and_day_may_stand_below_the_heading() -> None:
    read = meeting("Hội nghị UBND tỉnh", "Thời gian: 8h ngày 05/3/2026 tại Phòng họp số 1.")
    assert (read.held_on, read.time, read.place) == (date(2026, 3, 5), "08:00", "Phòng họp số 1")


def test_a_wrong_weekday_is_told_and_the_date_kept() -> None:
    read = read_lines("I. Hội nghị UBND tỉnh: ngày 05/3/2026 (Thứ Sáu)", "1. Báo cáo A (Sở Y tế).")
    assert "weekday-mismatch" in codes(read)
    assert read.meetings[0].held_on == date(2026, 3, 5)


def test_a_session_number_is_no_weekday() -> None:
    read = read_lines("I. Kỳ họp thứ Bảy HĐND tỉnh: ngày 05/3/2026", "1. Báo cáo A (Sở Y tế).")
    assert "weekday-mismatch" not in codes(read)


def test_agenda_items_are_due_with_their_meeting() -> None:
    read = read_lines("I. Hội nghị UBND tỉnh: ngày 05/3/2026", "1. Báo cáo A (Sở Y tế chuẩn bị).")
    (item,) = read.items
    assert (item.kind, item.meeting, item.due_on) == (Kind.AGENDA, "I", date(2026, 3, 5))
    assert item.due_inferred


def test_an_impossible_meeting_day_is_a_question_and_leaves_its_items_without_one() -> None:
    read = read_lines("I. Hội nghị UBND tỉnh: ngày 31/02/2026", "1. Báo cáo A (Sở Y tế).")
    assert "meeting-day-unclear" in codes(read)
    assert (read.meetings[0].held_on, read.items[0].due_on) == (None, None)


# A list of meetings, invented after the monthly programmes of provinces.
LIST = read_lines(
    "A. CÁC HỘI NGHỊ, CUỘC HỌP TRONG THÁNG",
    "1. Họp thường kỳ UBND tỉnh tháng 3: dự kiến ngày 28/3",
    "2. Hội nghị sơ kết thi đua: 14h00-16h30 ngày 20/3/2026 (Thứ Sáu), tại Hội trường tầng 3, do"
    " đồng chí Phó Chủ tịch Mai Sơn chủ trì (Sở Nội vụ chuẩn bị; Sở Tài chính phối hợp).",
    "3. Hội nghị tập huấn chuyển đổi số, từ ngày 05 đến 07/3",
    "4. Kỳ họp thứ Bảy HĐND tỉnh: ngày 30/3/2026",
    "B. CÁC NỘI DUNG TRÌNH CHỦ TỊCH UBND TỈNH",
    "1. Đề án A, trình tại phiên họp thường kỳ tháng 3 (Sở Y tế chuẩn bị).",
    "2. Nghị quyết B, trình Kỳ họp thứ Bảy (Sở Tài chính chuẩn bị).",
    "3. Kế hoạch C, hoàn thành trước ngày 10/3/2026 (Sở Y tế chuẩn bị).",
    "4. Kế hoạch D, trình tại phiên họp tháng 9 (Sở Y tế chuẩn bị).",
)


def test_each_line_of_a_list_of_meetings_is_one() -> None:
    days = [(one.ref, one.title, one.held_on and one.held_on.day) for one in LIST.meetings]
    assert days == [
        ("A.1", "Họp thường kỳ UBND tỉnh tháng 3", 28),
        ("A.2", "Hội nghị sơ kết thi đua", 20),
        ("A.3", "Hội nghị tập huấn chuyển đổi số", 5),
        ("A.4", "Kỳ họp thứ Bảy HĐND tỉnh", 30),
    ]


def test_hour_place_and_chair_of_a_listed_meeting_are_told_apart() -> None:
    read = LIST.meetings[1]
    assert (read.time, read.place) == ("14:00", "Hội trường tầng 3")
    assert read.chair == "đồng chí Phó Chủ tịch Mai Sơn"


def test_who_prepares_a_listed_meeting_owes_an_item_for_it() -> None:
    item = LIST.items[0]
    assert (item.ref, item.kind, item.meeting) == ("A.2.1", Kind.AGENDA, "A.2")
    assert (item.text, [one.text for one in item.support]) == (
        "Hội nghị sơ kết thi đua",
        ["Sở Tài chính"],
    )
    assert item.section == ("A. CÁC HỘI NGHỊ, CUỘC HỌP TRONG THÁNG",)


def test_an_item_for_a_session_is_due_at_the_meeting_of_that_name() -> None:
    due = [(item.meeting, item.due_on) for item in LIST.items[1:3]]
    assert due == [("A.1", date(2026, 3, 28)), ("A.4", date(2026, 3, 30))]


def test_a_written_day_or_another_session_links_to_no_meeting() -> None:
    assert [item.meeting for item in LIST.items[3:]] == [None, None]


def test_what_is_no_meeting_in_a_list_of_meetings_stays_an_item() -> None:
    read = read_lines("B. CÁC HỘI NGHỊ TRONG THÁNG", "1. Báo cáo A (Sở Y tế chuẩn bị).")
    assert (read.meetings, len(read.items)) == ((), 1)


@pytest.mark.parametrize(
    ("words", "ref"),
    [
        ("phiên họp tháng 3", "A.1"),
        ("tại Phiên họp thường kỳ UBND tỉnh tháng 03/2026", "A.1"),
        ("kỳ họp thứ 7", "A.4"),
        ("Kỳ họp thứ Tám", None),
        ("tháng 3", None),
        ("phiên họp tới", None),
    ],
)
def test_a_session_is_known_by_its_month_or_number(words: str, ref: str | None) -> None:
    assert meeting_named(words, LIST.meetings) == ref


@pytest.mark.parametrize("said", ["Chủ trì: đồng chí Mai Sơn", "do đồng chí Mai Sơn chủ trì"])
def test_who_chairs_a_meeting_is_as_written(said: str) -> None:
    assert meeting(f"Hội nghị UBND tỉnh: ngày 05/3/2026, {said}").chair == "đồng chí Mai Sơn"


def test_a_list_of_meetings_is_no_meeting() -> None:
    assert read_lines("B. CÁC HỘI NGHỊ CHÍNH", "1. Báo cáo A (Sở Y tế chuẩn bị).").meetings == ()


@pytest.mark.parametrize(
    "heading",
    [
        "Trình hội nghị UBND tỉnh ngày 28/7/2026",
        "Trình tại phiên họp UBND tỉnh ngày 28/7/2026",
        "Các nội dung trình phiên họp ngày 28/7/2026",
        "Các đề án, báo cáo trình Hội nghị UBND tỉnh ngày 28/7/2026",
    ],
)
def test_what_is_submitted_to_a_meeting_of_a_day_announces_it(heading: str) -> None:
    read = read_lines(f"I. {heading}", "1. Báo cáo A (Sở Y tế chuẩn bị).")
    assert [one.held_on for one in read.meetings] == [date(2026, 7, 28)]
    assert [one.kind for one in read.items] == [Kind.AGENDA]


def test_the_bracket_that_closes_round_the_day_is_not_part_of_it() -> None:
    assert meeting("Hội nghị UBND tỉnh (dự kiến ngày 05/3/2026)").said == "dự kiến ngày 05/3/2026"
    within = meeting("Hội nghị UBND tỉnh: ngày 05/3/2026 (Thứ Năm)")
    assert within.said == "ngày 05/3/2026 (Thứ Năm)"


@pytest.mark.parametrize(
    "text", ["Báo cáo A hằng tháng (Sở Y tế).", "Hàng tháng, báo cáo A (Sở Y tế)."]
)
def test_a_recurring_matter_of_an_agenda_is_told_and_asks_nothing(text: str) -> None:
    (item,) = read_lines("I. Hội nghị UBND tỉnh: ngày 05/3/2026", f"1. {text}").items
    told = [(one.code, one.is_question) for one in item.doubts]
    assert (item.due_on, told) == (date(2026, 3, 5), [("deadline-recurring", False)])
