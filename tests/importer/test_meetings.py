"""Meetings announced in a heading: name, day, hour, place, and whether the day is fixed."""

from datetime import date

import pytest

from tests.importer.papers import codes, read_lines
from tracker.domain.meeting import Certainty
from tracker.domain.task import Kind
from tracker.importer.reading import ReadMeeting


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


def test_a_list_of_meetings_is_no_meeting() -> None:
    assert read_lines("B. CÁC HỘI NGHỊ CHÍNH", "1. Báo cáo A (Sở Y tế chuẩn bị).").meetings == ()
