"""Day, session and hour at the head of a line or cell, and what is none of them."""

from datetime import date

import pytest

from tracker.importer.meaning.slots import Slot, Week, slot_of

WEEK = Week((date(2026, 1, 26), date(2026, 1, 30)))


def read(text: str, week: Week = WEEK) -> Slot:
    return slot_of(text, week)[0]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Thứ 2\n26/01", 26), ("Thứ Hai, ngày 26/01/2026", 26), ("THỨ HAI (26/01)", 26),
        ("26/01 (Thứ 2)", 26), ("T2 26/01", 26), ("Thứ Ba", 27), ("Ngày 28", 28),
        ("Ngày 28.1:", 28), ("ngày 28-30/01", 28), ("Từ ngày 28/01 đến 30/01/2026: Đi", 28),
        ("ngày 28 tháng 01 năm 2026", 28), ("28/01: Họp", 28), ("Sáng thứ Tư (28/01)", 28),
    ],
)  # fmt: skip
def test_a_day_is_read_in_every_writing(text: str, day: int) -> None:
    found = read(text).day
    assert found is not None
    assert found.on == date(2026, 1, day)


@pytest.mark.parametrize(
    "text",
    [
        "5/8 người",
        "Tháng 6",
        "1.1. Hội nghị",
        "Chiều cao",
        "Sáng kiến",
        "Tối ưu",
        "T6/2026",
        "7 xã",
    ],
)
def test_other_words_and_numbers_are_no_slot(text: str) -> None:
    assert slot_of(text, WEEK) == (Slot(), text)


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("8h00: Họp", "08:00"), ("(8h30) Họp", "08:30"), ("14h00-16h30: Họp", "14:00"),
        ("7 giờ 30’ Họp", "07:30"), ("Từ 8h đến 10h: Họp", "08:00"), ("9g30: Họp", "09:30"),
        ("Dự kiến 8h00: Họp", "08:00"), ("08:00:00 Họp", "08:00"),
    ],
)  # fmt: skip
def test_an_hour_is_read_and_taken_off(text: str, hour: str) -> None:
    slot, rest = slot_of(text, WEEK)
    assert (slot.hour, rest) == (hour, "Họp")


def test_day_session_and_hour_come_in_any_order() -> None:
    assert read("Chiều thứ Hai (26/01), 14h: Họp").printed == "thứ Hai (26/01) · Chiều · 14:00"


def test_a_weekday_alone_has_a_day_only_in_one_week() -> None:
    month = Week((date(2026, 1, 1), date(2026, 1, 31)))
    days = [slot.day and slot.day.on for slot in (read("Thứ Hai"), read("Thứ Hai", month))]
    assert days == [date(2026, 1, 26), None]


def test_a_weekday_that_does_not_fit_is_known() -> None:
    day = read("Thứ Ba 26/01").day
    assert day is not None
    assert day.contradicts_weekday
